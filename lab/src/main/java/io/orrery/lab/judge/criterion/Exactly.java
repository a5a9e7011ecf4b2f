package io.orrery.lab.judge.criterion;

import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Phrase;
import io.orrery.lab.judge.statistics.Sampling;
import io.orrery.lab.judge.statistics.Seeds;
import io.orrery.lab.judge.statistics.Threshold;
import java.util.Arrays;

/** Statements that admit no exception: judged by their worst case over all seeds, without an interval. */
public final class Exactly {
    private Exactly() {}

    /**
     * An identity: the largest relative error is at most the tolerance. A seed without a number leaves it INCONCLUSIVE.
     *
     * @param quantity what the errors are of, as in "the largest relative error of QUANTITY is 1e-9"
     * @param errors largest relative error of each seed, 0 or more
     */
    public static Finding identity(String quantity, String prediction, double[] errors, double tolerance) {
        Seeds seeds = Seeds.of(errors);
        double[] kept = seeds.keep(errors);
        boolean whole = kept.length == errors.length;
        return Finding.of(
                quantity,
                Kind.IDENTITY,
                prediction,
                new Phrase("the largest relative error of " + quantity + " is", ""),
                worst(kept),
                Threshold.atMost(tolerance),
                seeds.sample("seeds", whole ? "" : "an identity is judged on all of them"),
                "");
    }

    /** {@link #identity} of two sides: errors |left - right| / max(|left|, |right|), 0 where both are 0. */
    public static Finding equality(
            String quantity, String prediction, double[] left, double[] right, double tolerance) {
        Seeds.of(left, right);
        double[] errors = new double[left.length];
        for (int seed = 0; seed < left.length; seed++) {
            double size = Math.max(Math.abs(left[seed]), Math.abs(right[seed]));
            errors[seed] = left[seed] == right[seed] ? 0 : Math.abs(left[seed] - right[seed]) / size;
        }
        return identity(quantity, prediction, errors, tolerance);
    }

    /**
     * A bound that is never violated: every value is at most its bound. One violation refutes it.
     *
     * @param quantity what is bounded, as in "QUANTITY is at worst 0.9 times its bound"
     * @param values one per seed; NaN where a seed gave none
     * @param bounds one per seed, 0 or more
     */
    public static Finding bound(String quantity, String prediction, double[] values, double[] bounds) {
        return bound(quantity, prediction, values, bounds, 0);
    }

    /**
     * A bound that is never violated by more than rounding.
     *
     * @param slack relative excess that rounding may cause, such as 1e-9
     * @throws IllegalArgumentException for a negative bound, of which a ratio says nothing
     */
    public static Finding bound(String quantity, String prediction, double[] values, double[] bounds, double slack) {
        Seeds seeds = Seeds.of(values, bounds);
        double[] kept = seeds.keep(values);
        double[] limits = seeds.keep(bounds);
        double[] ratios = new double[kept.length];
        for (int i = 0; i < kept.length; i++) {
            if (limits[i] < 0) {
                throw new IllegalArgumentException("a bound must be at least 0, found " + limits[i]);
            }
            ratios[i] = limits[i] == 0 && kept[i] <= 0 ? 0 : kept[i] / limits[i];
        }
        return Finding.of(
                quantity,
                Kind.BOUND,
                prediction,
                new Phrase(quantity + " is at worst", "times its bound"),
                worst(ratios),
                Threshold.atMost(1 + slack),
                seeds.sample("seeds", ""),
                "");
    }

    private static Sampling worst(double[] values) {
        return values.length == 0
                ? new Sampling.None()
                : new Sampling.Exact(Arrays.stream(values).max().orElseThrow());
    }
}
