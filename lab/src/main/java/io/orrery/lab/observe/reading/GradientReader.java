package io.orrery.lab.observe.reading;

import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.State;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.observe.Look;
import io.orrery.lab.observe.Observation.Gradients;
import io.orrery.lab.observe.Observation.LayerGradient;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Subject;
import io.orrery.lab.train.update.Decay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gradients of the data loss in evaluation mode, over the training probe and over mini-batches of the spec's size. Under
 * frobenius normalization the gradient of each V_k is its part tangent to the unit sphere wherever norms are taken.
 */
final class GradientReader implements Reading.Reader<Gradients> {
    /** How many batches the variance is taken over, where there are enough examples. */
    static final int BATCHES = 16;

    private final Network network;
    private final List<Parameter> trainedParameters;
    private final Decay decay;
    private final State state;
    private final int[] probe;
    private final int[][] batches;
    private final int examples;
    private final MeanGradient overProbe;
    private final MeanGradient overBatches;

    private GradientReader(Subject subject) {
        this.network = subject.network();
        this.trainedParameters = subject.trained();
        this.decay = subject.decay();
        this.state = subject.state();
        this.probe = subject.probeRows(SplitName.TRAIN);
        this.examples = subject.data().train().count();
        int batch = Math.min(subject.spec().data().batchSize(), examples);
        this.batches = batches(examples, batch, subject.seed());
        List<String> trained = trainedParameters.stream().map(Parameter::name).toList();
        List<String> all = new ArrayList<>(trained);
        network.layers().stream()
                .map(GradientReader::gradientName)
                .filter(name -> !all.contains(name))
                .forEach(all::add);
        int whole = subject.chunk(probe.length);
        int part = subject.chunk(batch);
        this.overProbe = new MeanGradient(subject, List.copyOf(all), whole);
        this.overBatches = part == whole ? overProbe : new MeanGradient(subject, trained, part);
    }

    /** The one of a run. */
    static GradientReader of(Subject subject) {
        return subject.once(GradientReader.class, () -> new GradientReader(subject));
    }

    @Override
    public Gradients read(Look look) {
        Map<String, double[]> full = overProbe.over(probe);
        List<LayerGradient> layers = network.layers().stream()
                .map(layer -> new LayerGradient(
                        layer.name(),
                        new Matrix(layer.rows(), layer.columns(), ofLayer(full, layer)),
                        decay.factor(layer.magnitude().orElse(layer.weight()))))
                .toList();
        return new Gradients(objectiveNorm(full), variance(), batches.length, layers);
    }

    /** The gradient of the data loss over many examples, by parameter. */
    Map<String, double[]> overMany(int[] rows) {
        return overProbe.over(rows);
    }

    /** The gradient of the data loss over a batch, by parameter. */
    Map<String, double[]> overBatch(int[] rows) {
        return overBatches.over(rows);
    }

    /** The norm of the gradient of the objective, decay included, given that of the data loss, which is used up. */
    double objectiveNorm(Map<String, double[]> gradients) {
        double square = 0;
        for (Parameter parameter : trainedParameters) {
            double[] gradient = trained(gradients, parameter);
            if (decay.covers(parameter)) {
                double[] values = state.read(parameter.name());
                double factor = decay.factor(parameter);
                for (int j = 0; j < values.length; j++) {
                    gradient[j] += factor * values[j];
                }
            }
            square += Products.dot(gradient, 0, gradient, 0, gradient.length);
        }
        return Math.sqrt(square);
    }

    /** The squared norm of the gradient of the data loss, which is used up. */
    double squaredDataNorm(Map<String, double[]> gradients) {
        double square = 0;
        for (Parameter parameter : trainedParameters) {
            double[] gradient = trained(gradients, parameter);
            square += Products.dot(gradient, 0, gradient, 0, gradient.length);
        }
        return square;
    }

    /**
     * E ||G_B - G||^2 over batches drawn without replacement from the whole set (core theory, 5.3), estimated without bias:
     * n disjoint batches of B among N examples lie closer to their own mean than to G, on average by (n - 1) N / (n (N - B)).
     * 0 without batches. One gradient is held at a time beside the first, from which distances are taken: sum over i of
     * ||g_i - mean||^2 = sum ||g_i - g_1||^2 - ||sum (g_i - g_1)||^2 / n.
     */
    private double variance() {
        if (batches.length == 0) {
            return 0;
        }
        Map<String, double[]> first = overBatches.over(batches[0]);
        List<double[]> sums = trainedParameters.stream()
                .map(parameter -> new double[trained(first, parameter).length])
                .toList();
        double total = 0;
        for (int[] batch : Arrays.asList(batches).subList(1, batches.length)) {
            Map<String, double[]> gradients = overBatches.over(batch);
            for (int i = 0; i < sums.size(); i++) {
                double[] distance = trained(gradients, trainedParameters.get(i));
                subtract(distance, gradient(first, trainedParameters.get(i).name()));
                total += Products.dot(distance, 0, distance, 0, distance.length);
                add(sums.get(i), distance);
            }
        }
        double count = batches.length;
        for (double[] sum : sums) {
            total -= Products.dot(sum, 0, sum, 0, sum.length) / count;
        }
        double left = (double) examples - batches[0].length;
        return Math.max(0, total) / count * (count * left / ((count - 1) * examples));
    }

    /** The gradient of a layer's weights as the network uses them, that of a V_k tangent to the sphere; a copy. */
    private double[] ofLayer(Map<String, double[]> gradients, WeightLayer layer) {
        double[] gradient = gradient(gradients, gradientName(layer)).clone();
        project(gradient, layer.weight());
        return gradient;
    }

    /** The gradient of a trained parameter, that of a V_k projected, in place, on the tangent of the sphere. */
    private double[] trained(Map<String, double[]> gradients, Parameter parameter) {
        double[] gradient = gradient(gradients, parameter.name());
        project(gradient, parameter);
        return gradient;
    }

    private void project(double[] gradient, Parameter parameter) {
        if (network.spec().normalization() == Normalization.FROBENIUS && parameter.role() == Parameter.Role.WEIGHT) {
            double[] values = state.read(parameter.name());
            double along = Products.dot(gradient, 0, values, 0, values.length);
            for (int j = 0; j < values.length; j++) {
                gradient[j] -= along * values[j];
            }
        }
    }

    private static double[] gradient(Map<String, double[]> gradients, String name) {
        return Objects.requireNonNull(gradients.get(name), name);
    }

    /** The gradient that says what a layer does: of the weights as the network uses them. */
    private static String gradientName(WeightLayer layer) {
        return layer.magnitude().isPresent()
                ? MeanGradient.ofLayer(layer.name())
                : layer.weight().name();
    }

    private static void subtract(double[] from, double[] values) {
        for (int j = 0; j < from.length; j++) {
            from[j] -= values[j];
        }
    }

    private static void add(double[] sum, double[] values) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += values[j];
        }
    }

    /** Disjoint batches, at most 16; none if the set has fewer than two. */
    private static int[][] batches(int count, int batch, long seed) {
        int number = Math.min(BATCHES, count / batch);
        if (number < 2) {
            return new int[0][];
        }
        int[] order = RandomStream.of(seed, "instrument/gradient").permutation(0, count);
        int[][] batches = new int[number][];
        for (int i = 0; i < number; i++) {
            batches[i] = Arrays.copyOfRange(order, i * batch, (i + 1) * batch);
        }
        return batches;
    }
}
