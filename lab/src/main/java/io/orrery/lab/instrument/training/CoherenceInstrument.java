package io.orrery.lab.instrument.training;

import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.reading.CoherenceReading;
import io.orrery.lab.observe.reading.CoherenceReading.Coherence;
import io.orrery.lab.observe.reading.CoherenceReading.Sums;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How much the gradients g_n of single examples agree (Chatterjee and Zielinski 2020, arXiv 2008.01217): {@code coherence},
 * ||sum of g_n||^2 / sum of ||g_n||^2 over the training probe, from 0 through 1 where they are orthogonal to the number of
 * examples where they are equal; {@code coherence-wrong}, the same over the examples that are decided wrongly, because those
 * that are fitted add little to it; not read where targets are real numbers, of which none is right or wrong. {@code examples} and {@code wrong} say over how many. No units; it does not depend on the
 * scale of the loss. Neither is read where all gradients are 0.
 */
@Serves("002-036")
public final class CoherenceInstrument implements Instrument {
    @Override
    public String name() {
        return "gradient-coherence";
    }

    @Override
    public String about() {
        return "how much the gradients of single examples agree, over all and over those decided wrongly"
                + " (Chatterjee and Zielinski 2020)";
    }

    @Override
    public List<String> quantities() {
        return List.of("coherence", "coherence-wrong", "examples", "wrong");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                        "Coherence of gradients",
                        Curves.of(
                                        "How much gradients of examples agree",
                                        "‖Σg‖² / Σ‖g‖² over the training probe: 1 where they are orthogonal, the number of examples where they are equal.",
                                        AxisScale.AUTO)
                                .curve("coherence", "all")
                                .curve("coherence-wrong", "those decided wrongly"))
                .andFurther(Curves.of("Examples", "How many each reading is over.", AxisScale.AUTO)
                        .curve("examples", "all")
                        .curve("wrong", "decided wrongly"));
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new CoherenceReading());
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        Emitter emitter = new Emitter(observation, this, measurements);
        Coherence found = observation.read(new CoherenceReading());
        coherence(emitter, "coherence", found.all());
        found.wrong().ifPresent(wrong -> coherence(emitter, "coherence-wrong", wrong));
        emitter.number("examples", found.all().examples());
        found.wrong().ifPresent(wrong -> emitter.number("wrong", wrong.examples()));
    }

    private static void coherence(Emitter emitter, String quantity, Sums sums) {
        if (sums.sumOfSquares() != 0) {
            emitter.number(quantity, sums.squaredSum() / sums.sumOfSquares());
        }
    }
}
