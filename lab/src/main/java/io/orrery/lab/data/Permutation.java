package io.orrery.lab.data;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.SharedArray;

/**
 * One random permutation of the places of all examples, by the stream {@code permute}: what each place holds stays the same
 * for a classifier that treats all places alike, while neighbours no longer mean anything. Of images the pixels change
 * places, all channels of a pixel together.
 */
final class Permutation {
    private Permutation() {}

    static Dataset apply(Dataset data, long seed) {
        Shape example = data.exampleShape();
        int channels = example.rank() == 3 ? example.size(0) : 1;
        int places = example.count() / channels;
        int[] order = RandomStream.of(seed, "permute").permutation(0, places);
        return data.with(
                permuted(data.train(), order),
                data.validation().map(split -> permuted(split, order)),
                data.test().map(split -> permuted(split, order)));
    }

    private static Split permuted(Split split, int[] order) {
        SharedArray inputs = split.inputs();
        int count = inputs.shape().count();
        if (inputs.precision() == Precision.SINGLE) {
            float[] moved = new float[count];
            for (int start = 0; start < count; start += order.length) {
                for (int i = 0; i < order.length; i++) {
                    moved[start + i] = inputs.singles()[start + order[i]];
                }
            }
            return new Split(SharedArray.of(inputs.shape(), moved), split.labels());
        }
        double[] moved = new double[count];
        for (int start = 0; start < count; start += order.length) {
            for (int i = 0; i < order.length; i++) {
                moved[start + i] = inputs.doubles()[start + order[i]];
            }
        }
        return new Split(SharedArray.of(inputs.shape(), moved), split.labels());
    }
}
