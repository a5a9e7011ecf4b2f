package io.orrery.lab.model.layer;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.lab.model.Initial;
import io.orrery.lab.model.Layered;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.train.TestSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/** Layers one after the other, in double, with weights that tests set: what comes out, and how it changes with the weights. */
final class Layers {
    private static final double STEP = 1e-5;

    final Network network;
    private final Shape example;
    private final State state;

    private Layers(Network network, Shape example) {
        this.network = network;
        this.example = example;
        this.state = new State(new StateLayout(Precision.DOUBLE, network.arrays()));
        Initial.of(network, 1).forEach(state::write);
    }

    static Layers of(Shape example, int outputs, Layer... layers) {
        return of(new TestSpec(), example, outputs, layers);
    }

    static Layers of(TestSpec spec, Shape example, int outputs, Layer... layers) {
        spec.architecture = new Layered(List.of(layers), false);
        return new Layers(Network.of(spec.model(), example, outputs), example);
    }

    /** Every array normal with a deviation of a half, so that nothing is 0 or 1. */
    Layers drawn(long seed) {
        for (Parameter parameter : network.parameters()) {
            double[] values = RandomStream.of(seed, parameter.name())
                    .normals(0, parameter.shape().count());
            set(parameter.name(), Arrays.stream(values).map(value -> value / 2).toArray());
        }
        return this;
    }

    Layers set(String array, double... values) {
        state.write(array, values);
        return this;
    }

    double[] get(String array) {
        return state.read(array);
    }

    /** Outputs of a batch, example after example. */
    double[] of(double... inputs) {
        Graph graph = new Graph(Precision.DOUBLE);
        graph.output("value", outputs(graph, network.read(graph), inputs));
        return read(bind(graph, inputs));
    }

    /** The gradient, in an array, of the sum of squares of the outputs. */
    double[] gradient(String array, double... inputs) {
        Graph graph = new Graph(Precision.DOUBLE);
        graph.output("value", gradient(graph, network.read(graph), array, inputs));
        return read(bind(graph, inputs));
    }

    /** The largest difference between the gradient of the sum of squares and central differences, over all arrays, over the largest. */
    double gradientError(double... inputs) {
        Graph graph = new Graph(Precision.DOUBLE);
        graph.output("value", outputs(graph, network.read(graph), inputs));
        Execution outputs = bind(graph, inputs);
        double worst = 0;
        double largest = 0;
        for (Parameter parameter : network.parameters()) {
            double[] found = gradient(parameter.name(), inputs);
            double[] expected = differences(outputs, parameter.name());
            for (int i = 0; i < found.length; i++) {
                worst = Math.max(worst, Math.abs(found[i] - expected[i]));
                largest = Math.max(largest, Math.abs(found[i]));
            }
        }
        return worst / largest;
    }

    /** The same of second derivatives: of the gradient's squared norm in one array, differentiated in it again. */
    double secondOrderError(String array, double... inputs) {
        Graph first = new Graph(Precision.DOUBLE);
        first.output("value", gradient(first, network.read(first), array, inputs));
        double[] expected = differences(bind(first, inputs), array);
        Graph second = new Graph(Precision.DOUBLE);
        SequencedMap<String, Node> values = network.read(second);
        Node norm = gradient(second, values, array, inputs).square().sum();
        second.output(
                "value",
                Gradient.of(norm, List.of(Objects.requireNonNull(values.get(array))))
                        .getFirst());
        double[] found = read(bind(second, inputs));
        double worst = 0;
        double largest = 0;
        for (int i = 0; i < found.length; i++) {
            worst = Math.max(worst, Math.abs(found[i] - expected[i]));
            largest = Math.max(largest, Math.abs(found[i]));
        }
        return worst / largest;
    }

    /** Central differences, in an array, of the sum of squares of what is computed. */
    private double[] differences(Execution execution, String array) {
        double[] start = get(array);
        double[] differences = new double[start.length];
        for (int i = 0; i < start.length; i++) {
            double[] shifted = start.clone();
            shifted[i] = start[i] + STEP;
            set(array, shifted);
            double above = squares(read(execution));
            shifted[i] = start[i] - STEP;
            set(array, shifted);
            differences[i] = (above - squares(read(execution))) / (2 * STEP);
        }
        set(array, start);
        return differences;
    }

    private static double squares(double[] values) {
        return Arrays.stream(values).map(value -> value * value).sum();
    }

    private Node outputs(Graph graph, SequencedMap<String, Node> values, double[] inputs) {
        return network.evaluate(graph, values, graph.input("x", batch(inputs))).outputs();
    }

    private Node gradient(Graph graph, SequencedMap<String, Node> values, String array, double[] inputs) {
        Node outputs = outputs(graph, values, inputs);
        return Gradient.of(outputs.square().sum(), List.of(Objects.requireNonNull(values.get(array))))
                .getFirst();
    }

    private Execution bind(Graph graph, double[] inputs) {
        Execution execution = Cpu.single().bind(Compiler.compile(graph), state, 0);
        execution.set("x", inputs);
        return execution;
    }

    private static double[] read(Execution execution) {
        execution.run();
        return execution.read("value");
    }

    private Shape batch(double[] inputs) {
        int[] sizes = new int[example.rank() + 1];
        sizes[0] = inputs.length / example.count();
        System.arraycopy(example.sizes(), 0, sizes, 1, example.rank());
        return Shape.of(sizes);
    }

    /** Numbers without a pattern. */
    static double[] numbers(int count) {
        return RandomStream.of(7, "numbers").normals(0, count);
    }

    /** A matrix with ones on its diagonal times a number. */
    static double[] diagonal(int size, double value) {
        double[] matrix = new double[size * size];
        for (int i = 0; i < size; i++) {
            matrix[i * size + i] = value;
        }
        return matrix;
    }
}
