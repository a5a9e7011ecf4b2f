package io.orrery.lab.train;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Indexing;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.data.Split;
import io.orrery.lab.model.Network;

/**
 * Examples of a split within a graph, from the shared data set.
 *
 * @param inputs [batch, ...example]
 * @param labels classes [batch] as integers, or bits [batch, bits] as reals
 */
public record Batch(Node inputs, Node labels) {
    /** The index input of the positions that make the batch. */
    public static final String ROWS = "rows";

    private static final String INPUTS = "inputs";
    private static final String LABELS = "labels";

    /** All examples of a split in order. */
    public static Batch whole(Graph graph, Network network, Loss loss, int examples) {
        Node inputs = graph.input(INPUTS, table(network.example(), examples));
        Node labels = loss.bits()
                ? graph.input(LABELS, Shape.of(examples, loss.classes()))
                : graph.indexInput(LABELS, Shape.of(examples));
        return new Batch(inputs, labels);
    }

    /** Examples at the positions given by the index input {@link #ROWS}. */
    public static Batch taken(Graph graph, Network network, Loss loss, int examples, int batch) {
        Batch all = whole(graph, network, loss, examples);
        Node rows = graph.indexInput(ROWS, Shape.of(batch));
        Node labels = loss.bits() ? all.labels.takeRows(rows) : graph.add(new Indexing.TakeIndices(), all.labels, rows);
        return new Batch(all.inputs.takeRows(rows), labels);
    }

    /** Binds the split's examples, which must have the plan's precision, and its labels. */
    public static void share(Execution execution, Loss loss, Split split) {
        execution.share(INPUTS, split.inputs());
        if (loss.bits()) {
            execution.share(LABELS, bits(split, loss.classes()));
        } else {
            execution.shareIndices(LABELS, split.labels());
        }
    }

    private static SharedArray bits(Split split, int bits) {
        double[] values = new double[split.count() * bits];
        for (int i = 0; i < values.length; i++) {
            values[i] = split.labels()[i / bits] >> (i % bits) & 1;
        }
        return SharedArray.of(Shape.of(split.count(), bits), values)
                .in(split.inputs().precision());
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
