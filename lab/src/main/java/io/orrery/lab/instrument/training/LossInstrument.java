package io.orrery.lab.instrument.training;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.figure.KeyNumber;
import io.orrery.lab.observe.reading.EvaluationReading;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Loss, objective and accuracy of every split, in evaluation mode. {@code loss} is the data term in the convention of the
 * spec, {@code objective} adds decay, {@code examples} says how many examples were looked at. {@code accuracy} is the share of
 * labels, or of marked positions of sequences, that are answered right; there is none of real targets. {@code sequence-accuracy} is the share
 * of sequences that are answered right at all their marked positions.
 */
public final class LossInstrument implements Instrument {
    @Override
    public String name() {
        return "loss";
    }

    @Override
    public String about() {
        return "loss, objective and accuracy on each split";
    }

    @Override
    public List<String> quantities() {
        return List.of("loss", "objective", "accuracy", "sequence-accuracy", "examples");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                        "Loss and accuracy",
                        Curves.of("Loss", "The data term in evaluation mode.", AxisScale.LOG, "loss"),
                        Curves.of(
                                "Objective", "Loss plus decay: what the optimizer lowers.", AxisScale.LOG, "objective"),
                        Curves.of(
                                "Accuracy",
                                "Share of examples whose largest output is the label's; of tokens, of marked positions.",
                                AxisScale.PERCENT,
                                "accuracy"),
                        Curves.of(
                                "Whole sequences",
                                "Share of examples that are right at all their marked positions.",
                                AxisScale.PERCENT,
                                "sequence-accuracy"))
                .andFurther(Curves.of("Examples", "How many each reading is over.", AxisScale.AUTO, "examples"))
                .andKeyNumbers(
                        KeyNumber.percent("training accuracy", "accuracy", "train"),
                        KeyNumber.percent("test accuracy", "accuracy", "test"),
                        KeyNumber.of("training loss", "loss", "train"),
                        KeyNumber.of("test loss", "loss", "test").unless("accuracy"));
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new EvaluationReading());
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        Emitter emitter = new Emitter(observation, this, measurements);
        for (SplitName split : SplitName.values()) {
            observation.evaluation(split).ifPresent(evaluation -> {
                emitter.number("loss", "", split.text(), evaluation.loss());
                emitter.number("objective", "", split.text(), evaluation.objective());
                evaluation.accuracy().ifPresent(share -> emitter.number("accuracy", "", split.text(), share));
                evaluation.whole().ifPresent(share -> emitter.number("sequence-accuracy", "", split.text(), share));
                emitter.number("examples", "", split.text(), evaluation.examples());
            });
        }
    }
}
