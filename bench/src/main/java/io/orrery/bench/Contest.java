package io.orrery.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Two pieces of work that do the same, timed in turns so that both see the same machine. Who begins changes from turn to
 * turn, and medians are taken over turns, so that neither a slow drift nor a few disturbed turns decide. A turn begins when
 * the threads of the other side sleep, with a repetition or a few that are not counted.
 *
 * @param suite such as mlp
 * @param shape for people and scripts, such as {@code B128-H256}
 * @param threads of each side
 * @param flops of one repetition; 0 if memory is what limits
 * @param bytes that one repetition must move; 0 if arithmetic is what limits
 */
record Contest(String suite, String shape, int threads, double flops, double bytes, RepeatableWork ours, RepeatableWork theirs) {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static final double TURN_SECONDS = 0.04;
    private static final double MOST_SECONDS = 6;
    private static final int MOST_TURNS = 25;
    private static final int LEAST_TURNS = 7;
    private static final int ATTEMPTS = 3;
    private static final double TOO_FAST = 0.8;
    private static final long REST_MILLISECONDS = 2;
    private static final double IDLE = 0.1;
    private static final int MOST_RESTS = 100;
    private static final int WARMING = 20;

    /**
     * Medians over the turns.
     *
     * @param ratio their median time over ours
     * @param gigaflops ours, in GFLOP/s
     * @param gigabytes ours, in GB/s
     * @param peak what multiply-adds in registers reached on one core in the same turns, in GFLOP/s
     * @param oursCores processor time of this process over the clock while ours ran: how many cores were busy, other
     *     threads of either side included
     * @param theirsCores the same while theirs ran
     */
    record Result(
            String suite,
            String shape,
            int threads,
            double oursMicroseconds,
            double theirsMicroseconds,
            double ratio,
            double gigaflops,
            double gigabytes,
            double peak,
            double oursCores,
            double theirsCores) {
        /** How much of the peak ours reached. */
        double peakShare() {
            return gigaflops / peak;
        }
    }

    /**
     * Warms both up, then lets them take turns of equal length. Again if one turns out much faster than its warm-up had
     * ended: on a busy machine a compiler may be late.
     */
    Result run() {
        for (int attempt = 1; ; attempt++) {
            Side first = new Side(ours);
            Side second = new Side(theirs);
            double peak = takeTurns(first, second);
            if (attempt == ATTEMPTS || (first.warm() && second.warm())) {
                double median = first.median();
                return new Result(
                        suite,
                        shape,
                        threads,
                        median,
                        second.median(),
                        second.median() / median,
                        flops / median / 1e3,
                        bytes / median / 1e3,
                        peak,
                        first.cores(),
                        second.cores());
            }
        }
    }

    /** The median of what a core's multiply-adds reach between turns: its clock is not the same all day. */
    private static double takeTurns(Side first, Side second) {
        double round = first.secondsPerTurn() + second.secondsPerTurn();
        int turns = Math.clamp((long) (MOST_SECONDS / round), LEAST_TURNS, MOST_TURNS);
        double[] peaks = new double[turns];
        for (int turn = 0; turn < turns; turn++) {
            rest();
            peaks[turn] = Peak.now();
            (turn % 2 == 0 ? first : second).turn();
            (turn % 2 == 0 ? second : first).turn();
        }
        return median(peaks);
    }

    /**
     * Sleeps until no thread of this process works any more. Threads that wait for work may spin before they sleep:
     * OpenBLAS's do for 7 to 32 milliseconds, on a core that the other side then lacks.
     */
    private static void rest() {
        for (int rest = 0; rest < MOST_RESTS; rest++) {
            long busy = SYSTEM.getProcessCpuTime();
            long start = System.nanoTime();
            LockSupport.parkNanos(REST_MILLISECONDS * 1_000_000);
            if (SYSTEM.getProcessCpuTime() - busy < IDLE * (System.nanoTime() - start)) {
                return;
            }
        }
    }

    /** One contestant's repetitions, times and processor time. */
    private static final class Side {
        private final RepeatableWork work;
        private final double fastest;
        private final int repeats;
        private final List<Double> micros = new ArrayList<>();
        private long busyNanoseconds;
        private long nanoseconds;

        Side(RepeatableWork work) {
            this.work = work;
            this.fastest = WarmUp.untilSteady(work);
            this.repeats = (int) Math.max(1, TURN_SECONDS * 1e6 / fastest);
        }

        double secondsPerTurn() {
            return repeats * fastest / 1e6;
        }

        void turn() {
            rest();
            // Uncounted: the other side has had the caches, which no training shares with a second engine.
            work.run(Math.max(1, repeats / WARMING));
            long busy = SYSTEM.getProcessCpuTime();
            long start = System.nanoTime();
            micros.add(Contest.micros(work, repeats));
            nanoseconds += System.nanoTime() - start;
            busyNanoseconds += SYSTEM.getProcessCpuTime() - busy;
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

    static double micros(RepeatableWork work, int repeats) {
        long start = System.nanoTime();
        work.run(repeats);
        return (System.nanoTime() - start) / 1e3 / repeats;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
