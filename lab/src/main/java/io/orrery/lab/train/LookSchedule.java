package io.orrery.lab.train;

import io.orrery.lab.UserError;
import io.orrery.lab.instrument.MeasureSpec;
import java.util.Set;
import java.util.TreeSet;

/**
 * At which steps instruments look: 0, 1, then 10^(j / perDecade) rounded, every so many steps and at single
 * ones if asked, and the last step.
 * It depends on the spec alone, never on how long anything takes.
 */
public final class LookSchedule {
    private static final int THOROUGH = 10;

    private final long[] steps;
    private final Set<Long> asked;
    private final boolean all;
    private int next;

    private LookSchedule(long[] steps, Set<Long> asked, boolean all) {
        this.steps = steps;
        this.asked = asked;
        this.all = all;
    }

    /**
     * The looks of a run of so many steps.
     *
     * @throws UserError if a step of {@code measure.at} comes after the last
     */
    public static LookSchedule of(long totalSteps, MeasureSpec measure) {
        TreeSet<Long> looks = new TreeSet<>(measure.at());
        if (!looks.isEmpty() && looks.last() > totalSteps) {
            throw new UserError("measure.at: there is no step " + looks.last() + ", the run has " + totalSteps
                    + " steps; leave it out or move stop");
        }
        int perDecade = measure.perDecade();
        looks.add(0L);
        looks.add(totalSteps);
        if (perDecade > 0) {
            long step = 1;
            for (int j = 1; step <= totalSteps; j++) {
                looks.add(step);
                step = Math.round(StrictMath.pow(10, (double) j / perDecade));
            }
        }
        measure.every().ifPresent(every -> {
            for (long step = every; step < totalSteps; step += every) {
                looks.add(step);
            }
        });
        return new LookSchedule(
                looks.stream().mapToLong(Long::longValue).toArray(),
                Set.copyOf(measure.at()),
                measure.thorough() == MeasureSpec.Thorough.ALL);
    }

    /** All steps, ascending. */
    public long[] steps() {
        return steps.clone();
    }

    /** Whether the next look should show everything: the first, the last, a tenth one, or one that was asked for. */
    boolean thorough() {
        return next % THOROUGH == 0 || next == steps.length - 1 || full();
    }

    /** Whether the spec asks for everything at the next look, whatever it costs. */
    boolean full() {
        return all || next < steps.length && asked.contains(steps[next]);
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
