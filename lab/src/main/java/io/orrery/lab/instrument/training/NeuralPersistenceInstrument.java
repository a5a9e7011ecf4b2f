package io.orrery.lab.instrument.training;

import io.orrery.lab.math.Matrix;
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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Neural persistence (Rieck et al. 2019, arXiv 1812.09764): a layer is a graph of its inputs and outputs whose edges are the weights
 * |w| over the largest of all layers, largest first. An edge that joins two parts ends the younger of them, which has lived for
 * 1 - |w| / max; these edges are those of a maximum spanning tree.
 *
 * <p>Per layer, and without a layer the mean over layers: {@code normalized} is the root of the sum of squared lives over
 * sqrt(V - 1), V vertices; it is at most 1. {@code with-unpaired} counts the part that never ends too, with a life of 1, as the
 * authors' code does. {@code weight-variance} is the variance of |w| / max, of which persistence may be little more.
 */
@Serves("002-205")
public final class NeuralPersistenceInstrument implements Instrument {
    @Override
    public String name() {
        return "neural-persistence";
    }

    @Override
    public String about() {
        return "neural persistence of each layer: how late its units are joined when edges enter from the largest weight down";
    }

    @Override
    public List<String> quantities() {
        return List.of("normalized", "with-unpaired", "weight-variance");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                        "Neural persistence",
                        Curves.of(
                                "Normalized neural persistence",
                                "Per layer, and the mean over layers. 1 is a layer of which all weights but those that are needed to tell its"
                                        + " largest are nothing beside the network's largest weight; 0 one whose weights are all as large as that.",
                                AxisScale.AUTO,
                                "normalized"))
                .andFurther(
                        Curves.of(
                                "Normalized neural persistence, the part that never ends among it",
                                "As the authors' code counts it; little else unless a layer is small.",
                                AxisScale.AUTO,
                                "with-unpaired"),
                        Curves.of(
                                "Variance of the weights' sizes",
                                "Of |w| over the network's largest. Where persistence moves as this does, it says no more than this.",
                                AxisScale.AUTO,
                                "weight-variance"));
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new WeightsReading());
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        Emitter emitter = new Emitter(observation, this, measurements);
        List<LayerWeights> layers = observation.weights();
        double largest = layers.stream()
                .flatMapToDouble(layer -> Arrays.stream(layer.matrix().values()))
                .map(Math::abs)
                .max()
                .orElse(Double.NaN);
        double[] sums = new double[3];
        for (LayerWeights layer : layers) {
            Matrix matrix = layer.matrix();
            double squares = squaredLives(matrix, largest);
            double normalizer = Math.sqrt(matrix.rows() + matrix.columns() - 1.0);
            double[] found = {
                Math.sqrt(squares) / normalizer, Math.sqrt(squares + 1) / normalizer, variance(matrix, largest)
            };
            for (int i = 0; i < found.length; i++) {
                emitter.number(quantities().get(i), layer.name(), "", found[i]);
                sums[i] += found[i] / layers.size();
            }
        }
        for (int i = 0; i < sums.length; i++) {
            emitter.number(quantities().get(i), sums[i]);
        }
    }

    /**
     * The squared lives of a maximum spanning tree's edges, by Prim's algorithm (1957): from one output on, always the vertex that the
     * largest weight joins to what is joined already.
     */
    private static double squaredLives(Matrix matrix, double largest) {
        int outputs = matrix.rows();
        int vertices = outputs + matrix.columns();
        double[] joins = new double[vertices];
        boolean[] joined = new boolean[vertices];
        Arrays.fill(joins, -1);
        double sum = 0;
        int vertex = 0;
        for (int count = 1; count < vertices; count++) {
            joined[vertex] = true;
            boolean output = vertex < outputs;
            for (int other = output ? outputs : 0; other < (output ? vertices : outputs); other++) {
                double weight = output ? matrix.at(vertex, other - outputs) : matrix.at(other, vertex - outputs);
                joins[other] = Math.max(joins[other], Math.abs(weight) / largest);
            }
            vertex = -1;
            for (int other = 0; other < vertices; other++) {
                if (!joined[other] && (vertex < 0 || joins[other] > joins[vertex])) {
                    vertex = other;
                }
            }
            sum += (1 - joins[vertex]) * (1 - joins[vertex]);
        }
        return sum;
    }

    private static double variance(Matrix matrix, double largest) {
        double mean = Arrays.stream(matrix.values()).map(Math::abs).average().orElse(Double.NaN) / largest;
        return Arrays.stream(matrix.values())
                .map(weight -> Math.abs(weight) / largest - mean)
                .map(apart -> apart * apart)
                .average()
                .orElse(Double.NaN);
    }
}
