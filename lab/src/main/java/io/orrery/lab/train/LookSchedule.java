package io.orrery.lab.train;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * At which steps instruments look: 0, 1, then 10^(j / perDecade) rounded, every so many steps if asked, and the last step.
 * It depends on the spec alone, never on how long anything takes.
 */
public final class LookSchedule {
    private static final int THOROUGH = 10;

    private final long[] steps;
    private int next;

    private LookSchedule(long[] steps) {
        this.steps = steps;
    }

    /** The looks of a run of so many steps. */
    public static LookSchedule of(long totalSteps, int perDecade, OptionalLong every) {
        TreeSet<Long> looks = new TreeSet<>();
        looks.add(0L);
        looks.add(totalSteps);
        if (perDecade > 0) {
            long step = 1;
            for (int j = 1; step <= totalSteps; j++) {
                looks.add(step);
                step = Math.round(StrictMath.pow(10, (double) j / perDecade));
            }
        }
        if (every.isPresent()) {
            for (long step = every.getAsLong(); step < totalSteps; step += every.getAsLong()) {
                looks.add(step);
            }
        }
        return new LookSchedule(looks.stream().mapToLong(Long::longValue).toArray());
    }

    /** All steps, ascending. */
    public long[] steps() {
        return steps.clone();
    }

    /** Whether the next look is the first, the last or a tenth one. */
    boolean thorough() {
        return next % THOROUGH == 0 || next == steps.length - 1;
    }

    /** Leaves out looks that were done before a run was resumed. */
    void skip(int looks) {
        next = looks;
    }

    /** How many looks are done. */
    int passed() {
        return next;
    }

    /** The next look at or after the present step; beyond every step when none is left. */
    long next() {
        return next < steps.length ? steps[next] : Long.MAX_VALUE;
    }

    /** The look at {@link #next} is done. */
    void done() {
        next++;
    }
}
