package io.orrery.lab.instrument.training;

import io.orrery.lab.data.SplitName;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.EvaluationReading;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Reading;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Loss, objective and accuracy of every split, in evaluation mode. {@code loss} is the data term in the convention of the
 * spec, {@code objective} adds decay, {@code examples} says how many examples were looked at.
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
        return List.of("loss", "objective", "accuracy", "examples");
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
                emitter.number("accuracy", "", split.text(), evaluation.accuracy());
                emitter.number("examples", "", split.text(), evaluation.examples());
            });
        }
    }
}
