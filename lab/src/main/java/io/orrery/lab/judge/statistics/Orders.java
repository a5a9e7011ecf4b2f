package io.orrery.lab.judge.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All orders of a few things. */
public final class Orders {
    private Orders() {}

    /** Every permutation of 0 to count - 1, each once. */
    public static Stream<int[]> of(int count) {
        List<int[]> all = new ArrayList<>();
        fill(all, IntStream.range(0, count).toArray(), 0);
        return all.stream();
    }

    /** Values in an order: at i stands the value of order[i]. */
    public static double[] applied(int[] order, double[] values) {
        double[] ordered = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            ordered[i] = values[order[i]];
        }
        return ordered;
    }

    private static void fill(List<int[]> all, int[] order, int fixed) {
        if (fixed == order.length) {
            all.add(order.clone());
            return;
        }
        for (int i = fixed; i < order.length; i++) {
            swap(order, fixed, i);
            fill(all, order, fixed + 1);
            swap(order, fixed, i);
        }
    }

    private static void swap(int[] order, int i, int j) {
        int moved = order[i];
        order[i] = order[j];
        order[j] = moved;
    }
}
