package io.orrery.lab.observe.reading;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.Targets;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.LayerView;
import io.orrery.lab.model.Network;
import io.orrery.lab.observe.Chunks;
import io.orrery.lab.observe.Observation.Features;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.observe.Scores;
import io.orrery.lab.observe.Subject;
import io.orrery.lab.train.loss.Loss;
import io.orrery.lab.train.step.Batch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Features, outputs and losses on the probe set of one split: a read-only plan in chunks. */
final class ProbeReader {
    private static final String OUTPUTS = "outputs";
    private static final String LOSSES = "losses";

    private final Network network;
    private final Loss loss;
    private final Scores scores;
    private final Targets targets;
    private final Matrix inputs;
    private final Chunks chunks;
    private final Execution execution;
    /** Width of each feature, by the name of the layer that produces it. */
    private final SequencedMap<String, Integer> widths = new LinkedHashMap<>();

    ProbeReader(Subject subject, SplitName name) {
        Split split = subject.data().split(name).orElseThrow();
        int[] rows = subject.probeRows(name);
        this.network = subject.network();
        this.loss = subject.loss();
        this.scores = Scores.of(rows);
        this.targets = split.targets().at(rows);
        this.inputs = inputs(split.inputs(), rows);
        this.chunks = new Chunks(Math.min(subject.chunk(split.count()), rows.length));
        Graph graph = new Graph(subject.precision());
        Batch batch = Batch.taken(graph, network, loss, split.count(), chunks.size());
        Forward forward = network.evaluate(graph, network.read(graph), batch.inputs());
        for (LayerView view : forward.layers()) {
            Node input = view.input();
            // A residual block's projection reads what its first inner layer reads.
            if (!view.producer().isEmpty() && !widths.containsKey(view.producer())) {
                widths.put(view.producer(), input.shape().count() / chunks.size());
                graph.output(view.producer(), input);
            }
        }
        graph.output(OUTPUTS, forward.outputs());
        graph.output(LOSSES, loss.perExample(forward.outputs(), batch.targets()));
        this.execution = subject.bind(graph, split);
        subject.derived().lasting(inputs);
    }

    /** Loss and decision of each example when it was last read. */
    Scores scores() {
        return scores;
    }

    Probe read(double rho) {
        int[] rows = scores.rows();
        List<Features> features = new ArrayList<>();
        widths.forEach((name, width) -> features.add(new Features(name, Matrix.zeros(rows.length, width))));
        Matrix outputs = Matrix.zeros(rows.length, network.outputs());
        chunks.run(execution, Batch.ROWS, rows, (start, count) -> {
            features.forEach(feature -> copy(
                    feature.name(),
                    feature.activations().values(),
                    feature.activations().columns(),
                    start,
                    count));
            copy(OUTPUTS, outputs.values(), outputs.columns(), start, count);
            copy(LOSSES, scores.losses(), 1, start, count);
        });
        for (int i = 0; i < rows.length; i++) {
            scores.asked()[i] = loss.asked(targets, i);
            scores.right()[i] = loss.right(outputs.values(), i * outputs.columns(), targets, i);
        }
        return new Probe(targets, inputs, List.copyOf(features), outputs, network.homogeneous(), rho);
    }

    private void copy(String output, double[] target, int width, int start, int count) {
        if (count == chunks.size()) {
            execution.read(output, target, start * width);
        } else {
            double[] chunk = execution.read(output);
            System.arraycopy(chunk, 0, target, start * width, count * width);
        }
    }

    private static Matrix inputs(SharedArray all, int[] rows) {
        int width = all.shape().count() / all.shape().size(0);
        Matrix inputs = Matrix.zeros(rows.length, width);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < width; j++) {
                inputs.values()[i * width + j] = all.get(rows[i] * width + j);
            }
        }
        return inputs;
    }
}
