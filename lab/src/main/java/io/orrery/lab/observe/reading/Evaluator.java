package io.orrery.lab.observe.reading;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.Network;
import io.orrery.lab.observe.Chunks;
import io.orrery.lab.observe.Scores;
import io.orrery.lab.observe.Subject;
import io.orrery.lab.train.loss.Loss;
import io.orrery.lab.train.step.Batch;
import java.util.Map;
import java.util.stream.IntStream;

/** Loss and decision of examples of one split: a read-only plan in chunks. */
final class Evaluator {
    private static final String LOSSES = "losses";
    private static final String OUTPUTS = "outputs";

    private final Loss loss;
    private final Split split;
    private final Chunks chunks;
    private final Execution execution;
    private final double[] losses;
    private final double[] outputs;

    Evaluator(Subject subject, Split split) {
        Network network = subject.network();
        int chunk = subject.chunk(split.count());
        this.loss = subject.loss();
        this.split = split;
        this.chunks = new Chunks(chunk);
        Graph graph = new Graph(subject.precision());
        Batch batch = Batch.taken(graph, network, loss, split.count(), chunk);
        Map<String, Node> values = network.read(graph);
        Forward forward = network.evaluate(graph, values, batch.inputs());
        graph.output(LOSSES, loss.perExample(forward.outputs(), batch.targets()));
        graph.output(OUTPUTS, forward.outputs());
        this.execution = subject.bind(graph, split);
        this.losses = new double[chunk];
        this.outputs = new double[chunk * network.outputs()];
    }

    /** Fills in scores at some places. */
    void score(Scores scores, int[] places) {
        int[] rows = IntStream.of(places).map(place -> scores.rows()[place]).toArray();
        int width = outputs.length / losses.length;
        chunks.run(execution, Batch.ROWS, rows, (start, count) -> {
            execution.read(LOSSES, losses, 0);
            execution.read(OUTPUTS, outputs, 0);
            for (int i = 0; i < count; i++) {
                int place = places[start + i];
                scores.losses()[place] = losses[i];
                scores.asked()[place] = loss.asked(split.targets(), rows[start + i]);
                scores.right()[place] = loss.right(outputs, i * width, split.targets(), rows[start + i]);
            }
        });
    }
}
