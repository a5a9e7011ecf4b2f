package io.orrery.bench;

import java.util.Arrays;

/**
 * Two pieces of work that do the same, timed in turns: ours, theirs, ours, ... so that both see the same machine.
 *
 * @param suite mlp, cnn, products, tiny
 * @param shape for people and scripts, such as {@code B128-H256}
 * @param flops of one repetition
 */
public record Contest(String suite, String shape, double flops, Work ours, Work theirs) {
    private static final double WARM_UP_SECONDS = 1.2;
    private static final double TURN_SECONDS = 0.05;
    private static final int TURNS = 15;

    /**
     * Medians over the turns.
     *
     * @param ratio median over turns of theirs / ours
     */
    public record Result(
            String suite, String shape, double oursMicroseconds, double theirsMicroseconds, double ratio, double gigaflops) {}

    /** Warms both up, then lets them take turns of equal length. */
    public Result run() {
        int oursRepeats = repeats(ours);
        int theirsRepeats = repeats(theirs);
        double[] oursMicros = new double[TURNS];
        double[] theirsMicros = new double[TURNS];
        double[] ratios = new double[TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            oursMicros[turn] = micros(ours, oursRepeats);
            theirsMicros[turn] = micros(theirs, theirsRepeats);
            ratios[turn] = theirsMicros[turn] / oursMicros[turn];
        }
        double median = median(oursMicros);
        return new Result(suite, shape, median, median(theirsMicros), median(ratios), flops / median / 1e3);
    }

    /** How often the work fits one turn, found while warming up. */
    private static int repeats(Work work) {
        long start = System.nanoTime();
        int done = 0;
        double best = Double.MAX_VALUE;
        while (done < 3 || (System.nanoTime() - start) / 1e9 < WARM_UP_SECONDS) {
            best = Math.min(best, micros(work, 1));
            done++;
        }
        return (int) Math.max(1, TURN_SECONDS * 1e6 / best);
    }

    static double micros(Work work, int repeats) {
        long start = System.nanoTime();
        for (int i = 0; i < repeats; i++) {
            work.run();
        }
        return (System.nanoTime() - start) / 1e3 / repeats;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
