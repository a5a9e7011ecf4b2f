package io.orrery.bench;

import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.engine.worker.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The same training step as the peers', as one plan of the engine: mean square error, SGD with momentum and decay. */
public final class OrreryTraining implements Work {
    private static final double MOMENTUM = 0.9;
    private static final double DECAY = 1e-4;

    private final Plan plan;
    private final Execution execution;

    private OrreryTraining(Plan plan, Execution execution) {
        this.plan = plan;
        this.execution = execution;
    }

    /** Collects weights while layers are added. */
    private static final class Builder {
        final Graph graph;
        final LinkedHashMap<String, Shape> shapes = new LinkedHashMap<>();
        final LinkedHashMap<String, Integer> fanIns = new LinkedHashMap<>();
        final List<Node> weights = new ArrayList<>();

        Builder(Precision precision) {
            graph = new Graph(precision);
        }

        Node weight(int fanIn, int... sizes) {
            String name = "weight" + weights.size();
            Shape shape = Shape.of(sizes);
            shapes.put(name, shape);
            fanIns.put(name, fanIn);
            Node node = graph.state(name, shape);
            weights.add(node);
            return node;
        }

        OrreryTraining train(Node input, Node output, Workers workers) {
            Node target = graph.input("target", output.shape());
            Node loss = output.subtract(target).square().mean();
            List<Node> gradients = Gradient.of(loss, weights);
            Node rate = graph.scalarInput("rate");
            LinkedHashMap<String, Shape> all = new LinkedHashMap<>(shapes);
            int i = 0;
            for (var entry : shapes.entrySet()) {
                String memory = "momentum." + entry.getKey();
                all.put(memory, entry.getValue());
                Node weight = weights.get(i);
                Node velocity = graph.state(memory, entry.getValue())
                        .multiply(MOMENTUM)
                        .add(gradients.get(i).add(weight.multiply(DECAY)));
                velocity.assignTo(memory);
                weight.subtract(velocity.multiply(rate)).assignTo(entry.getKey());
                i++;
            }
            graph.output("loss", loss);
            State state = new State(new StateLayout(graph.precision(), all));
            shapes.forEach((name, shape) -> {
                RandomStream stream = RandomStream.of(1, name);
                double scale = StrictMath.sqrt(2.0 / fanIns.getOrDefault(name, 1));
                double[] values = new double[shape.count()];
                for (int k = 0; k < values.length; k++) {
                    values[k] = scale * stream.normal(0, k);
                }
                state.write(name, values);
            });
            Plan plan = Plan.compile(graph);
            Execution execution = plan.bind(state, 1, workers);
            execution.set("x", normals("x", input.shape().count()));
            execution.set("target", normals("target", output.shape().count()));
            execution.set("rate", 0.01);
            return new OrreryTraining(plan, execution);
        }

        private static double[] normals(String name, int count) {
            double[] values = new double[count];
            for (int k = 0; k < count; k++) {
                values[k] = RandomStream.of(2, name).normal(0, k);
            }
            return values;
        }
    }

    /** Fully connected layers of the given sizes without bias, ReLU between. */
    public static OrreryTraining mlp(int batch, Precision precision, Workers workers, int... sizes) {
        Builder builder = new Builder(precision);
        Node input = builder.graph.input("x", Shape.of(batch, sizes[0]));
        Node x = input;
        for (int i = 1; i < sizes.length; i++) {
            x = x.matmul(builder.weight(sizes[i - 1], sizes[i], sizes[i - 1]), false, true);
            x = i < sizes.length - 1 ? x.relu() : x;
        }
        return builder.train(input, x, workers);
    }

    /** Convolutions with ReLU, each followed by 2 x 2 max pooling where stated, and a dense output layer. */
    public static OrreryTraining cnn(
            int batch,
            int channels,
            int size,
            int[] widths,
            int kernel,
            int stride,
            int padding,
            boolean[] pool,
            int outputs,
            Workers workers) {
        Builder builder = new Builder(Precision.SINGLE);
        Node input = builder.graph.input("x", Shape.of(batch, channels, size, size));
        Node x = input;
        for (int i = 0; i < widths.length; i++) {
            int from = x.shape().size(1);
            Node weight = builder.weight(from * kernel * kernel, widths[i], from, kernel, kernel);
            x = x.convolve(weight, Window.square(kernel, stride, padding)).relu();
            x = pool[i] ? x.maxPool(Window.square(2, 2, 0)) : x;
        }
        int features = x.shape().count() / batch;
        x = x.reshape(batch, features).matmul(builder.weight(features, outputs, features), false, true);
        return builder.train(input, x, workers);
    }

    /** Floating-point operations of one step. */
    public double flops() {
        return plan.flops();
    }

    /** The schedule as text. */
    public String describe() {
        return plan.describe();
    }

    /** The last step's loss. */
    public double loss() {
        return execution.scalar("loss");
    }

    @Override
    public void run() {
        execution.run();
    }
}
