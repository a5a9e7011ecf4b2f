package io.orrery.lab.examine;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.LayerView;
import io.orrery.lab.model.Network;
import io.orrery.lab.observe.Chunks;
import io.orrery.lab.train.loss.Loss;
import io.orrery.lab.train.step.Batch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** A network on the examples of one split, with whatever arrays: a plan of its own on a state of its own, in chunks. */
final class SplitEvaluation {
    private static final String LOSSES = "losses";
    private static final String OUTPUTS = "outputs";
    /** No plan of an evaluation draws random numbers. */
    private static final long NO_SEED = 0;

    private final Network network;
    private final Loss loss;
    private final Split split;
    private final Chunks chunks;
    private final State state;
    private final Execution execution;
    private final Map<String, Integer> widths = new LinkedHashMap<>();

    SplitEvaluation(Network network, Loss loss, Precision precision, Split split, Workers workers) {
        this.network = network;
        this.loss = loss;
        this.split = split;
        int chunk = Chunks.sizeFor(network.largestActivation(), split.count());
        this.chunks = new Chunks(chunk);
        this.state = new State(new StateLayout(precision, network.arrays()));
        Graph graph = new Graph(precision);
        Batch batch = Batch.taken(graph, network, loss, split.count(), chunk);
        Forward forward = network.evaluate(graph, network.read(graph), batch.inputs());
        output(graph, LOSSES, loss.perExample(forward.outputs(), batch.targets()), chunk);
        output(graph, OUTPUTS, forward.outputs(), chunk);
        for (LayerView view : forward.layers()) {
            output(graph, view.layer().name(), view.activation(), chunk);
        }
        this.execution = new Cpu(workers).bind(Compiler.compile(graph), state, NO_SEED);
        Batch.share(execution, loss, split);
    }

    private void output(Graph graph, String name, Node node, int chunk) {
        graph.output(name, node);
        widths.put(name, node.shape().count() / chunk);
    }

    Evaluated evaluate(Map<String, double[]> values) {
        write(values);
        double[] losses = new double[chunks.size()];
        double[][] outputs = new double[split.count()][];
        double[] sums = new double[3];
        int width = width(OUTPUTS);
        double[] some = new double[chunks.size() * width];
        chunks.run(execution, Batch.ROWS, rows(), (start, count) -> {
            execution.read(LOSSES, losses, 0);
            execution.read(OUTPUTS, some, 0);
            for (int i = 0; i < count; i++) {
                sums[0] += losses[i];
                sums[1] += loss.right(some, i * width, split.targets(), start + i);
                sums[2] += loss.asked(split.targets(), start + i);
                outputs[start + i] = java.util.Arrays.copyOfRange(some, i * width, (i + 1) * width);
            }
        });
        return new Evaluated(sums[0] / split.count(), sums[2] == 0 ? Double.NaN : sums[1] / sums[2], outputs);
    }

    double[][] features(String layer, Map<String, double[]> values) {
        if (!widths.containsKey(layer)) {
            throw new IllegalArgumentException(
                    "the network has no layer " + layer + "; it has " + network.layerNames());
        }
        write(values);
        int width = width(layer);
        double[] some = new double[chunks.size() * width];
        double[][] features = new double[split.count()][];
        chunks.run(execution, Batch.ROWS, rows(), (start, count) -> {
            execution.read(layer, some, 0);
            for (int i = 0; i < count; i++) {
                features[start + i] = java.util.Arrays.copyOfRange(some, i * width, (i + 1) * width);
            }
        });
        return features;
    }

    private int width(String output) {
        return widths.getOrDefault(output, 0);
    }

    private int[] rows() {
        return IntStream.range(0, split.count()).toArray();
    }

    private void write(Map<String, double[]> values) {
        for (String name : state.layout().names()) {
            double[] value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("the array " + name + " of the network has no value");
            }
            state.write(name, value);
        }
    }
}
