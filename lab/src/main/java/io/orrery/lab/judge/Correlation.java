package io.orrery.lab.judge;

import java.util.Arrays;

/** Association of two quantities over settings. The setting is the unit: average over seeds first. */
public final class Correlation {
    /** Most settings whose permutations are all tried: 9! = 362880. */
    private static final int EXACT = 9;

    private Correlation() {}

    /**
     * Spearman's rank correlation over settings, ties at their mean rank, with Fisher's z and the variance
     * (1 + r^2 / 2) / (n - 3) of Bonett and Wright (2000); at r = 1 and -1 the z of the nearest other value, since the
     * true correlation need not be perfect. Up to nine settings the exact permutation p-value for no association is stated.
     *
     * @param first what is correlated, as in "the rank correlation of FIRST with SECOND is 0.9"
     * @param x one number per setting
     * @param y one number per setting, in the same order
     */
    public static Finding ofRanks(
            String first, String second, String prediction, double[] x, double[] y, Threshold threshold) {
        Seeds settings = Seeds.of(x, y);
        double[] keptX = settings.keep(x);
        double[] keptY = settings.keep(y);
        double correlation = keptX.length == 0 ? Double.NaN : spearman(keptX, keptY);
        boolean varies = !Double.isNaN(correlation);
        Sampling sampling =
                varies && keptX.length > 3 ? new Sampling.Ranks(correlation, keptX.length) : new Sampling.None();
        String note = "";
        if (varies && keptX.length <= EXACT) {
            note = "were there no association, a correlation this far from 0 would have probability "
                    + Plain.number(permutationPValue(keptX, keptY));
        }
        return Finding.of(
                "rank correlation",
                Kind.TREND,
                prediction,
                new Phrase("the rank correlation of " + first + " with " + second + " is", ""),
                sampling,
                threshold,
                settings.sample("settings", varies ? "" : "one of the two is the same in all settings"),
                note);
    }

    /** Spearman's correlation: Pearson's of the ranks; NaN if one side does not vary or there is nothing to rank. */
    public static double spearman(double[] x, double[] y) {
        return x.length == 0 ? Double.NaN : pearson(ranks(x), ranks(y));
    }

    /** Share of all orders of y whose rank correlation with x is at least as far from 0 as the one seen. */
    static double permutationPValue(double[] x, double[] y) {
        double[] ranksX = ranks(x);
        double[] ranksY = ranks(y);
        double seen = Math.abs(pearson(ranksX, ranksY)) - 1e-12;
        long[] counts = new long[2];
        permute(ranksX, ranksY, 0, seen, counts);
        return counts[0] / (double) counts[1];
    }

    private static void permute(double[] x, double[] y, int fixed, double seen, long[] counts) {
        if (fixed == y.length) {
            counts[1]++;
            counts[0] += Math.abs(pearson(x, y)) >= seen ? 1 : 0;
            return;
        }
        for (int i = fixed; i < y.length; i++) {
            swap(y, fixed, i);
            permute(x, y, fixed + 1, seen, counts);
            swap(y, fixed, i);
        }
    }

    private static void swap(double[] values, int i, int j) {
        double moved = values[i];
        values[i] = values[j];
        values[j] = moved;
    }

    /** Ranks from 1; equal values share the mean of theirs. */
    static double[] ranks(double[] values) {
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            long smaller = Arrays.stream(values).filter(other -> other < value).count();
            long equal = Arrays.stream(values).filter(other -> other == value).count();
            ranks[i] = smaller + (equal + 1) / 2.0;
        }
        return ranks;
    }

    private static double pearson(double[] x, double[] y) {
        double meanX = Means.mean(x);
        double meanY = Means.mean(y);
        double products = 0;
        double squaresX = 0;
        double squaresY = 0;
        for (int i = 0; i < x.length; i++) {
            products += (x[i] - meanX) * (y[i] - meanY);
            squaresX += (x[i] - meanX) * (x[i] - meanX);
            squaresY += (y[i] - meanY) * (y[i] - meanY);
        }
        return squaresX == 0 || squaresY == 0 ? Double.NaN : products / Math.sqrt(squaresX * squaresY);
    }
}
