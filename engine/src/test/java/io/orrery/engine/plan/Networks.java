package io.orrery.engine.plan;

import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/** Whole training steps (square loss, SGD with momentum and decay) as plans under test. */
public final class Networks {
    private final Graph graph;
    private final SequencedMap<String, Shape> states = new LinkedHashMap<>();
    private final List<Node> parameters = new ArrayList<>();

    private Networks(Precision precision) {
        this.graph = new Graph(precision);
    }

    /** A graph and the state that it needs. */
    public record Network(Graph graph, SequencedMap<String, Shape> states) {
        /** A state of small random numbers. */
        public State state() {
            State state = new State(new StateLayout(graph.precision(), states));
            SplittableRandom random = new SplittableRandom(11);
            states.forEach((label, shape) ->
                    state.write(label, random.doubles(shape.count(), -0.3, 0.3).toArray()));
            return state;
        }
    }

    /** A perceptron that takes rows of a table "images" and "targets" at the positions "rows". */
    public static Network perceptron(Precision precision, int examples, int batch, int... widths) {
        Networks networks = new Networks(precision);
        Graph graph = networks.graph;
        Node rows = graph.indexInput("rows", Shape.of(batch));
        Node x = graph.input("images", Shape.of(examples, widths[0])).takeRows(rows);
        Node target = graph.input("targets", Shape.of(examples, widths[widths.length - 1]))
                .takeRows(rows);
        for (int layer = 1; layer < widths.length; layer++) {
            Node weight = networks.parameter("w" + layer, widths[layer], widths[layer - 1]);
            Node bias = networks.parameter("b" + layer, widths[layer]);
            x = x.matmul(weight, false, true).add(bias);
            x = layer < widths.length - 1 ? x.relu() : x;
        }
        return networks.train(x, target, batch);
    }

    /** Two convolutions with bias, maximum and average pooling, and a dense layer. */
    public static Network convolutional(
            Precision precision, int batch, int channels, int size, int kernels, int classes) {
        Networks networks = new Networks(precision);
        Graph graph = networks.graph;
        Node x = graph.input("images", Shape.of(batch, channels, size, size));
        Node target = graph.input("targets", Shape.of(batch, classes));
        Window window = Window.square(3, 1, 1);
        x = x.convolve(networks.parameter("k1", kernels, channels, 3, 3), window)
                .add(networks.parameter("c1", 1, kernels, 1, 1))
                .relu()
                .maxPool(Window.square(2, 2, 0));
        x = x.convolve(networks.parameter("k2", kernels, kernels, 3, 3), window)
                .add(networks.parameter("c2", 1, kernels, 1, 1))
                .tanh()
                .averagePool(Window.square(2, 2, 0));
        int features = x.shape().count() / batch;
        x = x.reshape(batch, features)
                .matmul(networks.parameter("w", classes, features), false, true)
                .add(networks.parameter("b", classes));
        return networks.train(x, target, batch);
    }

    private Node parameter(String label, int... sizes) {
        Shape shape = Shape.of(sizes);
        states.put(label, shape);
        Node node = graph.state(label, shape);
        parameters.add(node);
        return node;
    }

    private Network train(Node output, Node target, int batch) {
        Node rate = graph.scalarInput("rate");
        Node decay = graph.scalarInput("decay");
        Node loss = output.subtract(target).square().sum().divide(batch);
        graph.output("loss", loss);
        List<Node> gradients = Gradient.of(loss, parameters);
        List<String> labels = List.copyOf(states.keySet());
        for (int i = 0; i < labels.size(); i++) {
            Node weight = parameters.get(i);
            String momentum = "v/" + labels.get(i);
            states.put(momentum, weight.shape());
            Node gradient = gradients.get(i).add(weight.multiply(decay.multiply(2)));
            Node velocity = graph.state(momentum, weight.shape()).multiply(0.9).add(gradient);
            velocity.assignTo(momentum);
            weight.subtract(velocity.multiply(rate)).assignTo(labels.get(i));
        }
        return new Network(graph, states);
    }
}
