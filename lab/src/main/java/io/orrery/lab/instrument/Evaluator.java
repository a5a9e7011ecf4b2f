package io.orrery.lab.instrument;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.Split;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.Network;
import io.orrery.lab.train.Batch;
import io.orrery.lab.train.Loss;
import java.util.Map;

/** Loss and accuracy over examples of one split: a read-only plan in chunks, sums in double in the order of examples. */
final class Evaluator {
    private static final String LOSSES = "losses";
    private static final String OUTPUTS = "outputs";

    private final Loss loss;
    private final Split split;
    private final Chunks chunks;
    private final Execution execution;
    private final double[] losses;
    private final double[] outputs;

    Evaluator(Network network, Loss loss, Split split, int chunk, State state, long seed, Workers workers) {
        this.loss = loss;
        this.split = split;
        this.chunks = new Chunks(chunk);
        Precision precision = state.layout().precision();
        Graph graph = new Graph(precision);
        Batch batch = Batch.taken(graph, network, loss, split.count(), chunk);
        Map<String, Node> values = network.read(graph);
        Forward forward = network.evaluate(graph, values, batch.inputs());
        graph.output(LOSSES, loss.perExample(forward.outputs(), batch.labels()));
        graph.output(OUTPUTS, forward.outputs());
        this.execution = Plan.compile(graph).bind(state, seed, workers);
        Batch.share(execution, loss, split);
        this.losses = new double[chunk];
        this.outputs = new double[chunk * network.outputs()];
    }

    /** Mean loss and accuracy of the examples at the given positions. */
    Result evaluate(int[] rows) {
        Sums sums = new Sums();
        int width = outputs.length / losses.length;
        chunks.run(execution, Batch.ROWS, rows, (start, count) -> {
            execution.read(LOSSES, losses, 0);
            execution.read(OUTPUTS, outputs, 0);
            for (int i = 0; i < count; i++) {
                sums.loss += losses[i];
                if (loss.correct(outputs, i * width, split.labels()[rows[start + i]])) {
                    sums.correct++;
                }
            }
        });
        return new Result(sums.loss / rows.length, (double) sums.correct / rows.length, rows.length);
    }

    record Result(double loss, double accuracy, int examples) {}

    private static final class Sums {
        private double loss;
        private int correct;
    }
}
