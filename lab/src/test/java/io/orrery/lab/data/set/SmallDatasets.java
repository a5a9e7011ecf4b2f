package io.orrery.lab.data.set;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Data on which transforms can be followed by eye. */
public final class SmallDatasets {
    private SmallDatasets() {}

    /** The inputs of all examples, which are whole numbers. */
    public static List<Integer> inputs(Split split) {
        return Arrays.stream(split.inputs().doubles())
                .mapToObj(value -> (int) value)
                .toList();
    }

    /** Example i has the input i and the class i mod classes, for training and testing alike. */
    public static Dataset counting(int count, int classes) {
        return dataset(
                IntStream.range(0, count).asDoubleStream().toArray(),
                IntStream.range(0, count).map(i -> i % classes).toArray(),
                classes);
    }

    /** One input per example; the same examples for training and testing. */
    public static Dataset dataset(double[] inputs, int[] labels, int classes) {
        return dataset(SharedArray.of(Shape.of(labels.length, 1), inputs), labels, classes);
    }

    /** Any examples, for training and testing alike. */
    public static Dataset dataset(SharedArray inputs, int[] labels, int classes) {
        Split split = new Split(inputs, labels);
        return new Dataset(
                "counting",
                inputs.shape().without(0),
                new TargetKind.Classes(
                        IntStream.range(0, classes).mapToObj(c -> "class " + c).toList()),
                split,
                Optional.empty(),
                Optional.of(split));
    }
}
