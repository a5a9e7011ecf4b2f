package io.orrery.lab.run;

import io.orrery.lab.UserError;
import io.orrery.lab.setup.MeasureSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * At which steps instruments look: 0, 1, then 10^(j / perDecade) rounded, every so many steps and at single
 * ones if asked, and the last step. It depends on the spec alone, never on how long anything takes.
 */
public final class LookSchedule {
    /** A run of this many steps has at least {@link #LEAST} looks, unless its spec asks for fewer. */
    private static final long STEPS = 100;

    /** Log-spaced looks at which every run of {@link #STEPS} or more shows what is cheap. */
    static final int LEAST = 20;

    /** Each look takes about a kilobyte of the lab book, and while the run lasts some memory. */
    private static final long MOST = 2_000_000;

    private static final long BYTES = 200;

    private final List<Look> looks;
    private int next;

    /** What a spec asks of a look. */
    enum Demand {
        /** Nothing: what is shown is fitted to the length of the run. */
        FITTING,
        /** Every reading of every instrument. */
        READ,
        /** Every reading, loss and accuracy on whole splits. */
        WHOLE
    }

    /** One look. */
    record Look(long step, Demand demand) {}

    private LookSchedule(List<Look> looks) {
        this.looks = looks;
    }

    /**
     * The looks of a run of so many steps.
     *
     * @throws UserError if a step of {@code measure.at} comes after the last
     */
    public static LookSchedule of(long totalSteps, MeasureSpec measure) {
        return of(totalSteps, measure, List.of());
    }

    /**
     * The same where looks on whole splits are taken after some steps whatever the spec asks.
     *
     * @throws UserError if a step of {@code measure.at} comes after the last
     */
    static LookSchedule of(long totalSteps, MeasureSpec measure, List<Long> whole) {
        TreeSet<Long> at = new TreeSet<>(measure.at());
        if (!at.isEmpty() && at.last() > totalSteps) {
            throw new UserError("measure.at: there is no step " + at.last() + ", the run has " + totalSteps
                    + " steps; leave it out or move stop");
        }
        requireFew(totalSteps, measure);
        boolean dense = measure.perDecade().isPresent();
        TreeSet<Long> spaced = spaced(totalSteps, measure.looksPerDecade());
        while (!dense && totalSteps >= STEPS && spaced.size() < LEAST) {
            halveLongest(spaced);
        }
        Map<Long, Demand> demands = new TreeMap<>();
        spaced.forEach(step -> demands.put(step, dense ? Demand.READ : Demand.FITTING));
        measure.every().ifPresent(every -> {
            for (long step = every; step < totalSteps; step += every) {
                demands.put(step, Demand.READ);
            }
        });
        at.forEach(step -> demands.put(step, Demand.WHOLE));
        whole.forEach(step -> demands.put(step, Demand.WHOLE));
        List<Look> looks = new ArrayList<>();
        boolean all = measure.thorough() == MeasureSpec.Thorough.ALL;
        demands.forEach((step, demand) -> looks.add(new Look(step, all ? Demand.WHOLE : demand)));
        return new LookSchedule(List.copyOf(looks));
    }

    private static void requireFew(long totalSteps, MeasureSpec measure) {
        long looks = measure.every().isPresent() ? totalSteps / measure.every().getAsLong() : 0;
        long most = Math.min(MOST, Runtime.getRuntime().maxMemory() / 4 / BYTES);
        if (looks > most) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "measure.every: %,d looks in %,d steps, at most %,d can be kept; raise measure.every to %,d",
                    looks,
                    totalSteps,
                    most,
                    (totalSteps + most - 1) / most));
        }
    }

    private static TreeSet<Long> spaced(long totalSteps, int perDecade) {
        TreeSet<Long> steps = new TreeSet<>(List.of(0L, totalSteps));
        long step = 1;
        for (int j = 1; step <= totalSteps; j++) {
            steps.add(step);
            step = Math.round(StrictMath.pow(10, (double) j / perDecade));
        }
        return steps;
    }

    /** Adds a step in the middle of the last of the longest gaps. */
    private static void halveLongest(TreeSet<Long> steps) {
        long before = 0;
        long longest = 0;
        long middle = 0;
        for (long step : steps) {
            if (step - before >= longest) {
                longest = step - before;
                middle = before + longest / 2;
            }
            before = step;
        }
        steps.add(middle);
    }

    /** All steps, ascending. */
    public long[] steps() {
        return looks.stream().mapToLong(Look::step).toArray();
    }

    /** All looks, ascending. */
    List<Look> looks() {
        return looks;
    }

    /** Leaves out looks that were done before a run was resumed. */
    void skip(int done) {
        next = done;
    }

    /** How many looks are done. */
    int passed() {
        return next;
    }

    /** The next look at or after the present step; beyond every step when none is left. */
    long next() {
        return next < looks.size() ? looks.get(next).step() : Long.MAX_VALUE;
    }

    /** The look at {@link #next} is done. */
    void done() {
        next++;
    }
}
