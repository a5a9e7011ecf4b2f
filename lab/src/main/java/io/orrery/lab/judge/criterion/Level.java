package io.orrery.lab.judge.criterion;

import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Phrase;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.Means;
import io.orrery.lab.judge.statistics.Sampling;
import io.orrery.lab.judge.statistics.Seeds;
import io.orrery.lab.judge.statistics.Threshold;

/** One quantity against a threshold, by Student's t over seeds. */
public final class Level {
    private Level() {}

    /** The mean of a quantity over seeds. */
    public static Finding of(String quantity, String prediction, double[] values, Threshold threshold) {
        return of(quantity, prediction, values, Average.ARITHMETIC, threshold);
    }

    /**
     * The mean of a quantity over seeds; on {@link Average#GEOMETRIC} the geometric mean.
     *
     * @param quantity what the values are, as in "QUANTITY is 0.3"
     * @param values one per seed, in seed order; NaN where a seed gave none
     */
    public static Finding of(
            String quantity, String prediction, double[] values, Average average, Threshold threshold) {
        Seeds seeds = Seeds.of(values);
        double[] kept = seeds.keep(values);
        String flaw = Seeds.flaw(average, kept);
        Sampling sampling = flaw.isEmpty() ? Means.of(average.to(kept), average) : new Sampling.None();
        return Finding.of(
                quantity,
                Kind.EFFECT,
                prediction,
                new Phrase(quantity + " is", ""),
                sampling,
                threshold,
                seeds.sample("seeds", flaw),
                "");
    }
}
