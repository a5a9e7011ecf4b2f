package io.orrery.lab.instrument.training;

import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.reading.WeightsReading;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How many weights are nothing, per layer and (without a layer) of all of them: {@code zeros} is the share that is exactly 0,
 * {@code mean-absolute} the mean of |w|. Biases, gains and tables do not count.
 */
@Serves("004-09")
public final class SparsityInstrument implements Instrument {
    @Override
    public String name() {
        return "sparsity";
    }

    @Override
    public String about() {
        return "share of weights that are exactly 0 and mean absolute weight, per layer";
    }

    @Override
    public List<String> quantities() {
        return List.of("zeros", "mean-absolute");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                "Sparsity",
                Curves.of("Weights that are exactly 0", "", AxisScale.PERCENT, "zeros"),
                Curves.of("Mean absolute weight", "", AxisScale.AUTO, "mean-absolute"));
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new WeightsReading());
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        Emitter emitter = new Emitter(observation, this, measurements);
        int count = 0;
        int zeros = 0;
        double sum = 0;
        for (LayerWeights layer : observation.weights()) {
            int layerZeros = 0;
            double layerSum = 0;
            double[] weights = layer.matrix().values();
            for (double weight : weights) {
                layerZeros += weight == 0 ? 1 : 0;
                layerSum += Math.abs(weight);
            }
            emitter.number("zeros", layer.name(), "", (double) layerZeros / weights.length);
            emitter.number("mean-absolute", layer.name(), "", layerSum / weights.length);
            count += weights.length;
            zeros += layerZeros;
            sum += layerSum;
        }
        emitter.number("zeros", (double) zeros / count);
        emitter.number("mean-absolute", sum / count);
    }
}
