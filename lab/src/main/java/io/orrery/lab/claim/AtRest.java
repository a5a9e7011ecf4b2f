package io.orrery.lab.claim;

import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.statistics.Plain;
import io.orrery.lab.judge.statistics.Threshold;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whether runs have come to rest, for claims about where training ends: a run that still moves is not judged, at any scale,
 * since what it shows is a state on the way. Each is a {@link Requirement} of the ruling.
 */
public final class AtRest {
    private static final String NAME = "at rest";
    private static final String RELAXATION = "norms.relaxation";

    private AtRest() {}

    /**
     * The scale has forgotten its start: at least so many relaxation times 2 (M + lambda) t have passed in every run (core theory
     * 2.3). The arm measures {@code norms} and has one output.
     */
    public static Requirement relaxed(ArmRuns arm, double times) {
        return Requirement.all(
                NAME + ", " + arm.name(),
                "2 (M + lambda) t of " + arm.name(),
                arm.last(RELAXATION),
                Threshold.atLeast(times));
    }

    /**
     * A series no longer moves: over the last third of every run it changes by at most a share of its size.
     *
     * @param series as {@code neural-collapse.nc1@train}
     * @param words what it is, as in "the change of WORDS over the last third of training"
     * @param share such as 0.05
     */
    public static Requirement settled(ArmRuns arm, String series, String words, double share) {
        return Requirement.all(
                NAME + ", " + arm.name(),
                "the change of " + words + " over the last third of training, as a share of it, of " + arm.name(),
                changes(arm, series),
                Threshold.atMost(share));
    }

    /** How far a series moves over the last third of each run, over the larger of both ends; NaN if it was not measured there. */
    public static double[] changes(ArmRuns arm, String series) {
        double[] last = arm.last(series);
        double[] before = beforeTheLastThird(arm, series);
        return IntStream.range(0, last.length)
                .mapToDouble(seed -> change(before[seed], last[seed]))
                .toArray();
    }

    /** As {@code NC1 still moves by 0.2 of its size over the last third}; for a remark. */
    public static String text(ArmRuns arm, String series, String words) {
        double most = Arrays.stream(changes(arm, series)).max().orElse(Double.NaN);
        return words + " of " + arm.name() + " moves by up to " + Plain.number(most)
                + " of its size over the last third of training";
    }

    /** The value at the last look that is not in the last third of the run's steps. */
    private static double[] beforeTheLastThird(ArmRuns arm, String series) {
        ArmRuns.Course course = arm.course(series);
        double[] steps = arm.steps();
        return IntStream.range(0, arm.count())
                .mapToDouble(seed -> {
                    double value = Double.NaN;
                    for (int look = 0; look < course.steps().length; look++) {
                        double at = course.values()[seed][look];
                        if (3.0 * course.steps()[look] <= 2 * steps[seed]
                                && course.steps()[look] > 0
                                && !Double.isNaN(at)) {
                            value = at;
                        }
                    }
                    return value;
                })
                .toArray();
    }

    private static double change(double before, double last) {
        return before == last ? 0 : Math.abs(last - before) / Math.max(Math.abs(last), Math.abs(before));
    }
}
