package io.orrery.lab.instrument.training;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.figure.VectorEntries;
import io.orrery.lab.observe.reading.ProbeReading;
import io.orrery.lab.observe.reading.WeightsReading;
import io.orrery.lab.spec.Serves;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where weights and outputs are at a look, so that their fluctuation over looks can be computed from the record alone: nothing is kept
 * between looks, and what was interrupted goes on with the same numbers. {@code outputs}: those of the first 16 examples of the
 * training probe, flattened example by example. {@code directions}, per layer: inner products of the weights, row by row, with 8 fixed
 * directions of independent standard normal entries. For any displacement D of the weights the mean square of its inner products is ||D||_F^2 in expectation over
 * directions, with a relative deviation of sqrt(2 / 8), so that a variance over looks of these numbers, averaged over directions, is that of the whole
 * layer. {@code size}, per layer: ||W||_F, to which it compares.
 */
@Serves("001-06")
public final class FluctuationInstrument implements Instrument {
    static final int EXAMPLES = 16;
    static final int DIRECTIONS = 8;
    /** A random normal number and its product take as long as so many FLOPs of a kernel. */
    private static final double PER_ENTRY = 400;

    @Override
    public String name() {
        return "fluctuation";
    }

    @Override
    public String about() {
        return "outputs of fixed examples and weights along fixed random directions: what fluctuates over looks";
    }

    @Override
    public List<String> quantities() {
        return List.of("outputs", "directions", "size");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                        "Fluctuation",
                        VectorEntries.of(
                                "Outputs of fixed training examples",
                                "Of the first 16 examples of the training probe: what still moves at the end moves for as long as one trains.",
                                "outputs"),
                        VectorEntries.of(
                                "Weights along fixed directions",
                                "Inner products with 8 random directions; their spread over looks is that of the layer's weights.",
                                "directions"))
                .andFurther(Curves.of("Frobenius norm", "Of each layer.", AxisScale.AUTO, "size"));
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new WeightsReading(), new ProbeReading(SplitName.TRAIN));
    }

    @Override
    public double flops(Sizes sizes) {
        return PER_ENTRY * DIRECTIONS * sizes.numbersOfWeights();
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        Emitter emitter = new Emitter(observation, this, measurements);
        observation.probe(SplitName.TRAIN).ifPresent(probe -> {
            Matrix outputs = probe.outputs();
            int kept = Math.min(EXAMPLES, outputs.rows()) * outputs.columns();
            emitter.vector("outputs", "", SplitName.TRAIN.text(), Arrays.copyOf(outputs.values(), kept));
        });
        for (LayerWeights layer : observation.weights()) {
            double[] weights = layer.matrix().values();
            RandomStream stream = RandomStream.of(observation.seed(), "instrument/fluctuation/" + layer.name());
            double[] along = new double[DIRECTIONS];
            for (int direction = 0; direction < DIRECTIONS; direction++) {
                double[] entries = stream.normals(direction, weights.length);
                for (int i = 0; i < weights.length; i++) {
                    along[direction] += entries[i] * weights[i];
                }
            }
            emitter.vector("directions", layer.name(), "", along);
            double squares = 0;
            for (double weight : weights) {
                squares += weight * weight;
            }
            emitter.number("size", layer.name(), "", Math.sqrt(squares));
        }
    }
}
