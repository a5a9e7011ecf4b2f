package io.orrery.bench;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Composites;
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
public final class OrreryTraining implements RepeatableWork {
    private static final double MOMENTUM = 0.9;
    private static final double DECAY = 1e-4;
    private static final double EPSILON = 1e-5;
    private static final double STATISTICS = 0.1;

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
        final LinkedHashMap<String, Shape> statistics = new LinkedHashMap<>();
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

        /** Batch normalization without scale and shift, its running statistics kept. */
        Node normalized(Node x) {
            Composites.Normalized batch = Composites.batchNormalization(x, EPSILON);
            double count = x.shape().count() / (double) batch.mean().shape().count();
            running("mean" + statistics.size(), batch.mean());
            running("variance" + statistics.size(), batch.variance().multiply(count / (count - 1)));
            return batch.normalized();
        }

        private void running(String name, Node now) {
            statistics.put(name, now.shape());
            graph.state(name, now.shape())
                    .multiply(1 - STATISTICS)
                    .add(now.multiply(STATISTICS))
                    .assignTo(name);
        }

        OrreryTraining train(Node input, Node output, Workers workers) {
            Node target = graph.input("target", output.shape());
            Node loss = output.subtract(target).square().mean();
            List<Node> gradients = Gradient.of(loss, weights);
            Node minusRate = graph.scalarInput("minusRate");
            LinkedHashMap<String, Shape> all = new LinkedHashMap<>(shapes);
            all.putAll(statistics);
            int i = 0;
            for (var entry : shapes.entrySet()) {
                String memory = "momentum." + entry.getKey();
                all.put(memory, entry.getValue());
                Node weight = weights.get(i);
                Node decayed = weight.multiplyAdd(graph.constant(DECAY), gradients.get(i));
                Node velocity = graph.state(memory, entry.getValue()).multiplyAdd(graph.constant(MOMENTUM), decayed);
                velocity.assignTo(memory);
                velocity.multiplyAdd(minusRate, weight).assignTo(entry.getKey());
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
            Plan plan = Compiler.compile(graph);
            Execution execution = new Cpu(workers).bind(plan, state, 1);
            execution.set("x", normals("x", input.shape().count()));
            execution.set("target", normals("target", output.shape().count()));
            execution.set("minusRate", -0.01);
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
        return mlp(batch, precision, false, workers, sizes);
    }

    /** The same, with batch normalization before each ReLU if asked for. */
    public static OrreryTraining mlp(
            int batch, Precision precision, boolean batchNormalization, Workers workers, int... sizes) {
        Builder builder = new Builder(precision);
        Node input = builder.graph.input("x", Shape.of(batch, sizes[0]));
        Node x = input;
        for (int i = 1; i < sizes.length; i++) {
            x = x.matmul(builder.weight(sizes[i - 1], sizes[i], sizes[i - 1]), false, true);
            boolean hidden = i < sizes.length - 1;
            x = hidden && batchNormalization ? builder.normalized(x) : x;
            x = hidden ? x.relu() : x;
        }
        return builder.train(input, x, workers);
    }

    /** A convolutional network, see {@link ConvolutionalNetwork}. */
    public static OrreryTraining cnn(int batch, ConvolutionalNetwork network, Workers workers) {
        Builder builder = new Builder(Precision.SINGLE);
        Node input = builder.graph.input("x", Shape.of(batch, network.channels(), network.size(), network.size()));
        Node x = input;
        for (ConvolutionalNetwork.Layer layer : network.layers()) {
            int from = x.shape().size(1);
            int kernel = layer.kernel();
            Node weight = builder.weight(from * kernel * kernel, layer.outputs(), from, kernel, kernel);
            x = x.convolve(weight, Window.square(kernel, layer.stride(), layer.padding()));
            x = layer.batchNormalization() ? builder.normalized(x) : x;
            x = layer.relu() ? x.relu() : x;
            x = layer.pool() ? x.maxPool(Window.square(2, 2, 0)) : x;
        }
        int features = x.shape().count() / batch;
        x = x.reshape(batch, features);
        if (network.classes() > 0) {
            x = x.matmul(builder.weight(features, network.classes(), features), false, true);
        }
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
