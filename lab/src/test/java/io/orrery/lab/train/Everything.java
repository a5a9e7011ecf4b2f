package io.orrery.lab.train;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.reading.EvaluationReading;
import io.orrery.lab.observe.reading.GradientsReading;
import io.orrery.lab.observe.reading.InputNormsReading;
import io.orrery.lab.observe.reading.ProbeReading;
import io.orrery.lab.observe.reading.RhoReading;
import io.orrery.lab.observe.reading.StartReading;
import io.orrery.lab.observe.reading.UpdatesReading;
import io.orrery.lab.observe.reading.WeightsReading;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Reads every part of an observation: an instrument for tests of what observing costs and changes. */
public final class Everything implements Instrument {
    /** All readings of runs. */
    public static final Set<Reading<?>> NEEDS = Set.of(
            new EvaluationReading(),
            new WeightsReading(),
            new StartReading(),
            new RhoReading(),
            new ProbeReading(SplitName.TRAIN),
            new ProbeReading(SplitName.TEST),
            new GradientsReading(),
            new UpdatesReading(),
            new InputNormsReading());

    @Override
    public String name() {
        return "everything";
    }

    @Override
    public String about() {
        return "all parts of an observation";
    }

    @Override
    public List<String> quantities() {
        return List.of("loss", "objective", "accuracy", "weight", "output", "rho", "gradient", "variance");
    }

    @Override
    public Set<Reading<?>> needs() {
        return NEEDS;
    }

    @Override
    public void observe(Observation seen, Consumer<Measurement> measurements) {
        for (SplitName split : SplitName.values()) {
            seen.evaluation(split).ifPresent(evaluation -> {
                measurements.accept(measurement(seen, "loss", split.text(), evaluation.loss()));
                measurements.accept(measurement(seen, "objective", split.text(), evaluation.objective()));
                evaluation
                        .accuracy()
                        .ifPresent(share -> measurements.accept(measurement(seen, "accuracy", split.text(), share)));
            });
        }
        seen.weights()
                .forEach(layer -> measurements.accept(Measurement.of(
                        seen.step(),
                        name(),
                        "weight",
                        layer.name(),
                        "",
                        layer.matrix().at(0, 0))));
        for (SplitName split : new SplitName[] {SplitName.TRAIN, SplitName.TEST}) {
            seen.probe(split).ifPresent(probe -> {
                measurements.accept(measurement(
                        seen, "output", split.text(), probe.outputs().at(0, 0)));
                measurements.accept(measurement(seen, "rho", split.text(), probe.rho()));
            });
        }
        measurements.accept(measurement(seen, "gradient", "", seen.gradients().fullNorm()));
        measurements.accept(measurement(seen, "variance", "", seen.gradients().batchVariance()));
    }

    private Measurement measurement(Observation seen, String quantity, String split, double value) {
        return Measurement.of(seen.step(), name(), quantity, "", split, value);
    }
}
