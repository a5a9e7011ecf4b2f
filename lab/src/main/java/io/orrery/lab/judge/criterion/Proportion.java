package io.orrery.lab.judge.criterion;

import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Phrase;
import io.orrery.lab.judge.statistics.Sampling;
import io.orrery.lab.judge.statistics.Seeds;
import io.orrery.lab.judge.statistics.Threshold;
import java.util.Arrays;
import java.util.function.DoublePredicate;

/** The share of seeds in which something happens, with the exact interval of Clopper and Pearson (1934). */
public final class Proportion {
    private Proportion() {}

    /**
     * The share of seeds whose value passes a test.
     *
     * @param event what happens, as in "the share of seeds in which EVENT is 0.9"
     * @param values one per seed; NaN where a seed gave none
     */
    public static Finding of(
            String event, String prediction, double[] values, DoublePredicate happens, Threshold threshold) {
        Seeds seeds = Seeds.of(values);
        double[] kept = seeds.keep(values);
        int count = (int) Arrays.stream(kept).filter(happens).count();
        Sampling sampling = kept.length == 0 ? new Sampling.None() : new Sampling.Binomial(count, kept.length);
        return Finding.of(
                "share of seeds",
                Kind.EFFECT,
                prediction,
                new Phrase("the share of seeds in which " + event + " is", ""),
                sampling,
                threshold,
                seeds.sample("seeds", ""),
                "");
    }
}
