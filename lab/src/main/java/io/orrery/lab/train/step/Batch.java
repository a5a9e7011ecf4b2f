package io.orrery.lab.train.step;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.model.Network;
import io.orrery.lab.train.loss.Loss;
import java.util.Optional;

/**
 * Examples of a split within a graph, from the shared data set.
 *
 * @param inputs [batch, ...example]
 * @param targets as {@link Loss#input} and {@link Loss#taken} give them
 * @param rows positions of the examples in their split as integers [batch]; empty if these are all of them in order
 */
public record Batch(Node inputs, Node targets, Optional<Node> rows) {
    /** The index input of the positions that make the batch. */
    public static final String ROWS = "rows";

    private static final String INPUTS = "inputs";
    private static final String TARGETS = "targets";

    /** All examples of a split in order. */
    public static Batch whole(Graph graph, Network network, Loss loss, int examples) {
        Node inputs = graph.input(INPUTS, table(network.example(), examples));
        return new Batch(inputs, loss.input(graph, TARGETS, examples), Optional.empty());
    }

    /** Examples at the positions given by the index input {@link #ROWS}. */
    public static Batch taken(Graph graph, Network network, Loss loss, int examples, int batch) {
        Batch all = whole(graph, network, loss, examples);
        Node rows = graph.indexInput(ROWS, Shape.of(batch));
        Node targets = loss.taken(all.targets, rows);
        return new Batch(all.inputs.takeRows(rows), targets, Optional.of(rows));
    }

    /** Binds the split's examples, which must have the plan's precision, and its targets. */
    public static void share(Execution execution, Loss loss, Split split) {
        execution.share(INPUTS, split.inputs());
        loss.share(execution, TARGETS, split);
    }

    private static Shape table(Shape example, int examples) {
        int[] sizes = new int[example.rank() + 1];
        sizes[0] = examples;
        for (int axis = 0; axis < example.rank(); axis++) {
            sizes[axis + 1] = example.size(axis);
        }
        return Shape.of(sizes);
    }
}
