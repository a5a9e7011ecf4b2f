package io.orrery.lab.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
                phrase(first, second),
                sampling,
                threshold,
                settings.sample("settings", varies ? "" : "one of the two is the same in all settings"),
                note);
    }

    /**
     * Spearman's correlation over settings that share their seeds. Both quantities are averaged over seeds in each setting; the
     * interval is wider than that over settings alone by what the seeds have in common, found by leaving out one seed in all
     * settings at a time (a jackknife over clusters): a seed whose data make one setting err more makes others do so too.
     *
     * @param x one number per {@code [setting][seed]}
     * @param y the same of the other quantity
     * @param average how each is averaged over seeds
     */
    public static Finding ofRanks(
            String first,
            String second,
            String prediction,
            double[][] x,
            double[][] y,
            Average average,
            Threshold threshold) {
        Seeds seeds = Seeds.of(Stream.concat(Arrays.stream(x), Arrays.stream(y)).toArray(double[][]::new));
        double[][] keptX = Arrays.stream(x).map(seeds::keep).toArray(double[][]::new);
        double[][] keptY = Arrays.stream(y).map(seeds::keep).toArray(double[][]::new);
        int count = keptX[0].length;
        double correlation = count == 0 ? Double.NaN : acrossSettings(keptX, keptY, average, -1);
        boolean varies = !Double.isNaN(correlation);
        List<String> flaws = new ArrayList<>();
        if (count < Sample.MINIMUM) {
            flaws.add("at least " + Sample.MINIMUM + " seeds are needed, found " + count);
        }
        if (!varies) {
            flaws.add("one of the two is the same in all settings");
        }
        Sampling sampling = new Sampling.None();
        if (varies && x.length > 3 && count > 1) {
            double[] left = IntStream.range(0, count)
                    .mapToDouble(seed -> Sampling.Ranks.z(acrossSettings(keptX, keptY, average, seed), x.length))
                    .toArray();
            double mean = Means.mean(left);
            double variance =
                    Arrays.stream(left).map(z -> (z - mean) * (z - mean)).sum() * (count - 1) / count;
            sampling = Double.isNaN(variance)
                    ? new Sampling.None()
                    : new Sampling.Ranks(correlation, x.length, variance, count);
        }
        return Finding.of(
                "rank correlation",
                Kind.TREND,
                prediction,
                phrase(first, second),
                sampling,
                threshold,
                new Sample("settings", x.length, List.of(), String.join("; ", flaws)),
                count + " seeds, which all settings share");
    }

    /**
     * The same when which setting has which of the second quantity means nothing: the control. All permutations of the settings
     * up to eight of them, else drawn ones; excluded as {@link PermutedDriver} says. Settings keep their seeds.
     */
    public static Finding permuted(
            String first,
            String second,
            String prediction,
            double[][] x,
            double[][] y,
            Average average,
            Threshold threshold) {
        double[][] one = {means(x, average, -1)};
        double[] other = means(y, average, -1);
        boolean whole = Arrays.stream(one[0]).allMatch(Double::isFinite)
                && Arrays.stream(other).allMatch(Double::isFinite);
        return PermutedDriver.ofSettings(
                phrase(first, second), prediction, other, order -> spearman(one[0], order), threshold, whole);
    }

    private static Phrase phrase(String first, String second) {
        return new Phrase("the rank correlation of " + first + " with " + second + " is", "");
    }

    private static double acrossSettings(double[][] x, double[][] y, Average average, int without) {
        return spearman(means(x, average, without), means(y, average, without));
    }

    /** Each setting's mean over seeds but one; over all for -1. */
    private static double[] means(double[][] values, Average average, int without) {
        return Arrays.stream(values)
                .mapToDouble(setting -> Means.mean(average.to(IntStream.range(0, setting.length)
                        .filter(seed -> seed != without)
                        .mapToDouble(seed -> setting[seed])
                        .toArray())))
                .toArray();
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
        Orders.of(y.length).forEach(order -> {
            counts[1]++;
            counts[0] += Math.abs(pearson(ranksX, Orders.applied(order, ranksY))) >= seen ? 1 : 0;
        });
        return counts[0] / (double) counts[1];
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
