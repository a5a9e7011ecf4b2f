package io.orrery.lab.observe.reading;

import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.LayerView;
import io.orrery.lab.model.Network;
import io.orrery.lab.observe.Chunks;
import io.orrery.lab.observe.Subject;
import io.orrery.lab.train.loss.Loss;
import io.orrery.lab.train.step.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * The gradient of the mean data loss in evaluation mode over any training examples: a read-only plan in chunks, added in
 * double in the order of examples.
 */
final class MeanGradient {
    private static final String WEIGHTS = "weights";
    private static final String LAYER = "layer/";

    private final List<String> names;
    private final Chunks chunks;
    private final Execution execution;

    /**
     * Compiles the plan.
     *
     * @param names of parameters, and {@link #ofLayer} of layers whose weight is not itself a parameter
     */
    MeanGradient(Subject subject, List<String> names, int chunk) {
        Network network = subject.network();
        Loss loss = subject.loss();
        Split train = subject.data().train();
        this.names = names;
        this.chunks = new Chunks(chunk);
        Graph graph = new Graph(subject.precision());
        Batch examples = Batch.taken(graph, network, loss, train.count(), chunk);
        SequencedMap<String, Node> values = network.read(graph);
        Forward forward = network.evaluate(graph, values, examples.inputs());
        Node sum = loss.perExample(forward.outputs(), examples.targets())
                .multiply(graph.input(WEIGHTS, Shape.of(chunk)))
                .sum();
        Map<String, Node> sources = new LinkedHashMap<>(values);
        for (LayerView view : forward.layers()) {
            sources.put(ofLayer(view.layer().name()), view.weight());
        }
        List<Node> gradients = Gradient.of(
                sum,
                names.stream()
                        .map(name -> Objects.requireNonNull(sources.get(name), name))
                        .toList());
        for (int i = 0; i < names.size(); i++) {
            graph.output(names.get(i), gradients.get(i));
        }
        this.execution = subject.bind(graph, train);
    }

    /** The name of the gradient with respect to a layer's weights as the network uses them. */
    static String ofLayer(String layer) {
        return LAYER + layer;
    }

    /** The gradient by name over the examples at the given positions. */
    Map<String, double[]> over(int[] rows) {
        List<double[]> sums = new ArrayList<>();
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
                (start, _) -> {
                    for (int i = 0; i < names.size(); i++) {
                        double[] part = execution.read(names.get(i));
                        if (start == 0) {
                            sums.add(part);
                        } else {
                            add(sums.get(i), part);
                        }
                    }
                });
        Map<String, double[]> means = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            double[] sum = sums.get(i);
            for (int j = 0; j < sum.length; j++) {
                sum[j] /= rows.length;
            }
            means.put(names.get(i), sum);
        }
        return means;
    }

    private static void add(double[] sum, double[] part) {
        for (int j = 0; j < part.length; j++) {
            sum[j] += part[j];
        }
    }
}
