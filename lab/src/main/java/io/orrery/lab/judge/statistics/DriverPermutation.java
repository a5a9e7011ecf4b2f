package io.orrery.lab.judge.statistics;

import io.orrery.engine.random.RandomStream;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The driver's labels permuted over the runs of each seed, for the negative control of a trend: each seed has its own
 * permutation, drawn from the stream {@code judge} of a stated number, never the identity or its reverse. Of two driver
 * values nothing else exists: then they are swapped in a random half of the seeds.
 *
 * @param order {@code order[seed][i]}: whose value stands at driver value i
 */
public record DriverPermutation(long drawnFrom, int[][] order) {
    private static final int ATTEMPTS = 1 << 10;

    /** The permutations of a number of driver values in each of a number of seeds. */
    public static DriverPermutation of(long drawnFrom, int driverValues, int seeds) {
        if (driverValues < 2) {
            throw new IllegalArgumentException("one driver value cannot be permuted");
        }
        RandomStream random = RandomStream.of(drawnFrom, "judge");
        int[][] order = new int[seeds][];
        int[] place = random.permutation(0, seeds);
        for (int seed = 0; seed < seeds; seed++) {
            if (driverValues == 2) {
                order[seed] = place[seed] < seeds / 2 ? new int[] {1, 0} : new int[] {0, 1};
                continue;
            }
            long step = 1 + (long) seed * ATTEMPTS;
            order[seed] = random.permutation(step, driverValues);
            while (isTrivial(order[seed])) {
                order[seed] = random.permutation(++step, driverValues);
            }
        }
        return new DriverPermutation(drawnFrom, order);
    }

    /** Values {@code [driver value][seed]} with each seed's permuted. */
    public double[][] applied(double[][] values) {
        double[][] permuted = new double[values.length][order.length];
        for (int i = 0; i < values.length; i++) {
            for (int seed = 0; seed < order.length; seed++) {
                permuted[i][seed] = values[order[seed][i]][seed];
            }
        }
        return permuted;
    }

    /** As {@code seed by seed (from 1): 2 0 1, 1 0 2}. */
    public String text() {
        return "whose value stands where, seed by seed: "
                + Arrays.stream(order)
                        .map(one -> Arrays.stream(one)
                                .mapToObj(place -> String.valueOf(place + 1))
                                .collect(Collectors.joining(" ")))
                        .collect(Collectors.joining(", "));
    }

    private static boolean isTrivial(int[] order) {
        boolean identity = true;
        boolean reverse = true;
        for (int i = 0; i < order.length; i++) {
            identity &= order[i] == i;
            reverse &= order[i] == order.length - 1 - i;
        }
        return identity || reverse;
    }
}
