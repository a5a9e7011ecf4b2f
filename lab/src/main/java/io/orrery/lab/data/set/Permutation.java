package io.orrery.lab.data.set;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.SharedArray;
import java.util.Arrays;

/**
 * One random permutation of the places of all examples, by the stream {@code permute}: what each place holds stays the same
 * for a classifier that treats all places alike, while neighbours no longer mean anything. Of images the pixels change
 * places, all channels of a pixel together.
 */
public final class Permutation {
    private Permutation() {}

    /** The data with all places of its examples permuted by the stream of a seed. */
    public static Dataset apply(Dataset data, long seed) {
        return apply(data, RandomStream.of(seed, "permute").permutation(0, places(data.exampleShape())));
    }

    /** The same for a share of the places, rounded to whole ones and chosen at random, that change among themselves. */
    public static Dataset apply(Dataset data, RandomStream random, double share) {
        int places = places(data.exampleShape());
        int moving = (int) Math.round(share * places);
        int[] chosen = Arrays.copyOf(random.permutation(0, places), moving);
        int[] among = random.permutation(1, moving);
        int[] order = new int[places];
        Arrays.setAll(order, place -> place);
        for (int i = 0; i < moving; i++) {
            order[chosen[i]] = chosen[among[i]];
        }
        return apply(data, order);
    }

    private static int places(Shape example) {
        return example.rank() == 3 ? example.count() / example.size(0) : example.count();
    }

    private static Dataset apply(Dataset data, int[] order) {
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
            return split.with(SharedArray.of(inputs.shape(), moved));
        }
        double[] moved = new double[count];
        for (int start = 0; start < count; start += order.length) {
            for (int i = 0; i < order.length; i++) {
                moved[start + i] = inputs.doubles()[start + order[i]];
            }
        }
        return split.with(SharedArray.of(inputs.shape(), moved));
    }
}
