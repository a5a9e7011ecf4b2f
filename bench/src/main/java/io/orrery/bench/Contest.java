package io.orrery.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Two pieces of work that do the same, timed in turns so that both see the same machine. Who begins changes from turn to
 * turn, and medians are taken over turns, so that neither a slow drift nor a few disturbed turns decide.
 *
 * @param suite mlp, cnn, products, tiny
 * @param shape for people and scripts, such as {@code B128-H256}
 * @param flops of one repetition
 */
public record Contest(String suite, String shape, double flops, Work ours, Work theirs) {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static final double TURN_SECONDS = 0.04;
    private static final double MOST_SECONDS = 12;
    private static final int MOST_TURNS = 31;
    private static final int LEAST_TURNS = 7;
    private static final int ATTEMPTS = 3;
    private static final double TOO_FAST = 0.8;

    /**
     * Medians over the turns.
     *
     * @param ratio median over turns of theirs / ours
     * @param oursCores processor time of this process over the clock while ours ran: how many cores were busy, other
     *     threads of either side included
     * @param theirsCores the same while theirs ran
     */
    public record Result(
            String suite,
            String shape,
            double oursMicroseconds,
            double theirsMicroseconds,
            double ratio,
            double gigaflops,
            double oursCores,
            double theirsCores) {}

    /**
     * Warms both up, then lets them take turns of equal length. Again if one turns out much faster than its warm-up had
     * ended: on a busy machine a compiler may be late.
     */
    public Result run() {
        for (int attempt = 1; ; attempt++) {
            Side first = new Side(ours);
            Side second = new Side(theirs);
            double[] ratios = ratios(first, second);
            if (attempt == ATTEMPTS || (first.warm() && second.warm())) {
                double median = first.median();
                return new Result(
                        suite,
                        shape,
                        median,
                        second.median(),
                        median(ratios),
                        flops / median / 1e3,
                        first.cores(),
                        second.cores());
            }
        }
    }

    private static double[] ratios(Side first, Side second) {
        double round = first.secondsPerTurn() + second.secondsPerTurn();
        double[] ratios = new double[Math.clamp((long) (MOST_SECONDS / round), LEAST_TURNS, MOST_TURNS)];
        for (int turn = 0; turn < ratios.length; turn++) {
            if (turn % 2 == 0) {
                double mine = first.turn();
                ratios[turn] = second.turn() / mine;
            } else {
                double other = second.turn();
                ratios[turn] = other / first.turn();
            }
        }
        return ratios;
    }

    /** One contestant's repetitions, times and processor time. */
    private static final class Side {
        private final Work work;
        private final double fastest;
        private final int repeats;
        private final List<Double> micros = new ArrayList<>();
        private long busyNanoseconds;
        private long nanoseconds;

        Side(Work work) {
            this.work = work;
            this.fastest = WarmUp.untilSteady(work);
            this.repeats = (int) Math.max(1, TURN_SECONDS * 1e6 / fastest);
        }

        double secondsPerTurn() {
            return repeats * fastest / 1e6;
        }

        /** Microseconds per repetition. */
        double turn() {
            long busy = SYSTEM.getProcessCpuTime();
            long start = System.nanoTime();
            micros.add(Contest.micros(work, repeats));
            nanoseconds += System.nanoTime() - start;
            busyNanoseconds += SYSTEM.getProcessCpuTime() - busy;
            return micros.getLast();
        }

        double median() {
            return Contest.median(
                    micros.stream().mapToDouble(Double::doubleValue).toArray());
        }

        boolean warm() {
            return median() > TOO_FAST * fastest;
        }

        double cores() {
            return (double) busyNanoseconds / nanoseconds;
        }
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
