package io.orrery.lab.instrument.training;

import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.reading.NetworksReading;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the networks of other roles than the main one, such as a teacher, make of the splits, at thorough looks; nothing in a run with one
 * network. The role stands where others name a layer, as in {@code networks.agreement/teacher@test}. {@code loss} and {@code accuracy} are as
 * those of the instrument of that name; {@code agreement} is the share of examples of which both networks have the same largest output
 * (Stanton and others 2021, arXiv 2106.05945, on the fidelity of a student to its teacher).
 */
@Serves("002-130")
public final class NetworksInstrument implements Instrument {
    @Override
    public String name() {
        return "networks";
    }

    @Override
    public String about() {
        return "loss and accuracy of networks of other roles, such as a teacher, and how often they agree with the main one; only for runs with"
                + " several networks";
    }

    @Override
    public List<String> quantities() {
        return List.of("loss", "accuracy", "agreement");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                "Networks of other roles",
                Curves.of(
                        "Agreement with the main network",
                        "Share of examples of which both networks have the same largest output.",
                        AxisScale.PERCENT,
                        "agreement"),
                Curves.of("Loss of other networks", "", AxisScale.AUTO, "loss"),
                Curves.of("Accuracy of other networks", "", AxisScale.PERCENT, "accuracy"));
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new NetworksReading());
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        if (!observation.thorough()) {
            return;
        }
        Emitter emitter = new Emitter(observation, this, measurements);
        observation
                .read(new NetworksReading())
                .forEach((role, splits) -> splits.forEach((split, seen) -> {
                    emitter.number("loss", role, split.text(), seen.loss());
                    seen.accuracy().ifPresent(share -> emitter.number("accuracy", role, split.text(), share));
                    seen.agreement().ifPresent(share -> emitter.number("agreement", role, split.text(), share));
                }));
    }
}
