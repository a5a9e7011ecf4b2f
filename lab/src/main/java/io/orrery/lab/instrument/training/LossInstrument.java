package io.orrery.lab.instrument.training;

import io.orrery.lab.data.SplitName;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Readings;
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
    public Set<Need> needs() {
        return Set.of(Need.EVALUATION);
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        Readings readings = new Readings(observation, this, measurements);
        for (SplitName split : SplitName.values()) {
            observation.evaluation(split).ifPresent(evaluation -> {
                readings.number("loss", "", split.text(), evaluation.loss());
                readings.number("objective", "", split.text(), evaluation.objective());
                readings.number("accuracy", "", split.text(), evaluation.accuracy());
                readings.number("examples", "", split.text(), evaluation.examples());
            });
        }
    }
}
