package io.orrery.lab.instrument;

import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.Split;
import io.orrery.lab.instrument.Observation.Gradients;
import io.orrery.lab.instrument.Observation.LayerGradient;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.LayerView;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.train.Batch;
import io.orrery.lab.train.Decay;
import io.orrery.lab.train.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gradients of the data loss in evaluation mode, over the training probe and over mini-batches of the spec's size: a
 * read-only plan in chunks, added in double in the order of examples. Under frobenius normalization the gradient of each
 * V_k is its part tangent to the unit sphere wherever norms are taken.
 */
final class GradientReader {
    /** How many batches the variance is taken over, where there are enough examples. */
    static final int BATCHES = 16;

    private static final String WEIGHTS = "weights";
    private static final String LAYER = "layer/";

    private final Network network;
    private final List<Parameter> trainedParameters;
    private final Decay decay;
    private final State state;
    private final int[] probe;
    private final int[][] batches;
    private final int examples;
    private final Chunks chunks;
    private final Execution execution;
    /** Names of outputs: one per parameter, then one per layer whose weight is not itself a parameter. */
    private final List<String> names = new ArrayList<>();

    GradientReader(
            Network network,
            List<Parameter> trainedParameters,
            Loss loss,
            Decay decay,
            Split train,
            int[] probe,
            int batch,
            int chunk,
            State state,
            long seed,
            Workers workers) {
        this.network = network;
        this.trainedParameters = trainedParameters;
        this.decay = decay;
        this.state = state;
        this.probe = probe;
        this.batches = batches(train.count(), batch, seed);
        this.examples = train.count();
        this.chunks = new Chunks(batches.length == 0 ? chunk : Math.min(chunk, batch));
        Graph graph = new Graph(state.layout().precision());
        Batch examples = Batch.taken(graph, network, loss, train.count(), chunks.size());
        Map<String, Node> values = network.read(graph);
        Forward forward = network.evaluate(graph, values, examples.inputs());
        Node weights = graph.input(WEIGHTS, Shape.of(chunks.size()));
        Node sum = loss.perExample(forward.outputs(), examples.labels())
                .multiply(weights)
                .sum();
        List<Node> sources = new ArrayList<>();
        for (Parameter parameter : network.parameters()) {
            names.add(parameter.name());
            sources.add(Objects.requireNonNull(values.get(parameter.name())));
        }
        for (LayerView view : forward.layers()) {
            if (view.layer().magnitude().isPresent()) {
                names.add(LAYER + view.layer().name());
                sources.add(view.weight());
            }
        }
        List<Node> gradients = Gradient.of(sum, sources);
        for (int i = 0; i < names.size(); i++) {
            graph.output(names.get(i), gradients.get(i));
        }
        this.execution = Plan.compile(graph).bind(state, seed, workers);
        Batch.share(execution, loss, train);
    }

    Gradients read() {
        double[][] full = mean(probe);
        List<LayerGradient> layers = network.layers().stream()
                .map(layer -> {
                    String own = layer.magnitude().isPresent()
                            ? LAYER + layer.name()
                            : layer.weight().name();
                    Matrix matrix = new Matrix(layer.rows(), layer.columns(), full[names.indexOf(own)].clone());
                    return new LayerGradient(
                            layer.name(), matrix, decay.factor(layer.magnitude().orElse(layer.weight())));
                })
                .toList();
        return new Gradients(objectiveNorm(full), variance(), batches.length, layers);
    }

    /** The norm of the gradient of the objective, decay included, given that of the data loss as {@link #mean} gives it. */
    double objectiveNorm(double[][] gradients) {
        double[][] objective = trained(gradients);
        for (int i = 0; i < objective.length; i++) {
            Parameter parameter = trainedParameters.get(i);
            if (decay.covers(parameter)) {
                double[] values = state.read(parameter.name());
                for (int j = 0; j < values.length; j++) {
                    objective[i][j] += decay.factor(parameter) * values[j];
                }
            }
        }
        return Math.sqrt(squaredNorm(objective));
    }

    /** The squared norm of the gradient of the data loss as {@link #mean} gives it. */
    double squaredDataNorm(double[][] gradients) {
        return squaredNorm(trained(gradients));
    }

    /**
     * E ||G_B - G||^2 over batches drawn without replacement from the whole set (core theory, 5.3), estimated without bias:
     * n disjoint batches of B among N examples lie closer to their own mean than to G, on average by (n - 1) N / (n (N - B)).
     * 0 without batches.
     */
    private double variance() {
        if (batches.length == 0) {
            return 0;
        }
        List<double[][]> gradients =
                Arrays.stream(batches).map(rows -> trained(mean(rows))).toList();
        double total = 0;
        for (int i = 0; i < trainedParameters.size(); i++) {
            int count = gradients.getFirst()[i].length;
            for (int j = 0; j < count; j++) {
                double sum = 0;
                for (double[][] gradient : gradients) {
                    sum += gradient[i][j];
                }
                double center = sum / gradients.size();
                for (double[][] gradient : gradients) {
                    double distance = gradient[i][j] - center;
                    total += distance * distance;
                }
            }
        }
        double count = gradients.size();
        double left = (double) examples - batches[0].length;
        return total / count * (count * left / ((count - 1) * examples));
    }

    /** The gradient of the mean loss of the examples at the given positions, one array per output. */
    double[][] mean(int[] rows) {
        double[][] sums = new double[names.size()][];
        double[] weights = new double[chunks.size()];
        chunks.run(
                execution,
                Batch.ROWS,
                rows,
                count -> {
                    Arrays.fill(weights, 0, count, 1);
                    Arrays.fill(weights, count, weights.length, 0);
                    execution.set(WEIGHTS, weights);
                },
                (start, count) -> {
                    for (int i = 0; i < sums.length; i++) {
                        double[] part = execution.read(names.get(i));
                        if (start == 0) {
                            sums[i] = part;
                        } else {
                            for (int j = 0; j < part.length; j++) {
                                sums[i][j] += part[j];
                            }
                        }
                    }
                });
        for (double[] sum : sums) {
            for (int j = 0; j < sum.length; j++) {
                sum[j] /= rows.length;
            }
        }
        return sums;
    }

    /** The gradients of the trained parameters alone, those of V_k projected on the tangent of the sphere. */
    private double[][] trained(double[][] gradients) {
        double[][] trained = new double[trainedParameters.size()][];
        for (int i = 0; i < trained.length; i++) {
            Parameter parameter = trainedParameters.get(i);
            trained[i] = gradients[names.indexOf(parameter.name())];
            if (network.spec().normalization() == Normalization.FROBENIUS
                    && parameter.role() == Parameter.Role.WEIGHT) {
                double[] values = state.read(parameter.name());
                double along = 0;
                for (int j = 0; j < values.length; j++) {
                    along += trained[i][j] * values[j];
                }
                for (int j = 0; j < values.length; j++) {
                    trained[i][j] -= along * values[j];
                }
            }
        }
        return trained;
    }

    private static double squaredNorm(double[][] arrays) {
        double sum = 0;
        for (double[] array : arrays) {
            for (double value : array) {
                sum += value * value;
            }
        }
        return sum;
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
