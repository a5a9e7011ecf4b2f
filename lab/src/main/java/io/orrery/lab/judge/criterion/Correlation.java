package io.orrery.lab.judge.criterion;

import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Phrase;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.Means;
import io.orrery.lab.judge.statistics.Orders;
import io.orrery.lab.judge.statistics.Plain;
import io.orrery.lab.judge.statistics.Sample;
import io.orrery.lab.judge.statistics.Sampling;
import io.orrery.lab.judge.statistics.Seeds;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.math.Descriptive;
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
     * Spearman's correlation over settings that share their seeds. Both quantities are averaged over seeds in each setting. Chance
     * has two parts: which settings were tried, by Fisher's z over them, and which seeds were drawn, by Student's t over the
     * correlations within single seeds, which are clusters. The larger tail counts, so that neither many settings on few seeds
     * nor many seeds on few settings make an association that is not there (simulated: docs/verdicts.md).
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
        double correlation = count == 0 ? Double.NaN : spearman(means(keptX, average), means(keptY, average));
        boolean varies = !Double.isNaN(correlation);
        List<String> flaws = new ArrayList<>();
        if (count < Sample.MINIMUM) {
            flaws.add("at least " + Sample.MINIMUM + " seeds are needed, found " + count);
        }
        if (!varies) {
            flaws.add("one of the two is the same in all settings");
        }
        Sampling sampling = new Sampling.None();
        String within = "";
        if (varies && x.length > 3 && count > 1) {
            double[] each = IntStream.range(0, count)
                    .mapToDouble(seed -> ofSeed(keptX, keptY, seed))
                    .toArray();
            sampling = new Sampling.Clustered(
                    new Sampling.Ranks(correlation, x.length), Means.of(each, Average.ARITHMETIC));
            within = "; within single seeds it is " + Plain.number(Descriptive.shiftedMean(each)) + " on average";
        }
        return Finding.of(
                "rank correlation",
                Kind.TREND,
                prediction,
                phrase(first, second),
                sampling,
                threshold,
                new Sample("settings", x.length, List.of(), String.join("; ", flaws)),
                count + " seeds, which all settings share" + within);
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
        double[][] one = {means(x, average)};
        double[] other = means(y, average);
        boolean whole = Arrays.stream(one[0]).allMatch(Double::isFinite)
                && Arrays.stream(other).allMatch(Double::isFinite);
        return PermutedDriver.ofSettings(
                phrase(first, second), prediction, other, order -> spearman(one[0], order), threshold, whole);
    }

    private static Phrase phrase(String first, String second) {
        return new Phrase("the rank correlation of " + first + " with " + second + " is", "");
    }

    /** Within one seed; where one of the two is the same in all settings, no association. */
    private static double ofSeed(double[][] x, double[][] y, int seed) {
        double correlation = spearman(column(x, seed), column(y, seed));
        return Double.isNaN(correlation) ? 0 : correlation;
    }

    private static double[] column(double[][] rows, int seed) {
        return Arrays.stream(rows).mapToDouble(row -> row[seed]).toArray();
    }

    private static double[] means(double[][] values, Average average) {
        return Arrays.stream(values)
                .mapToDouble(setting -> Descriptive.shiftedMean(average.to(setting)))
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
        double meanX = Descriptive.shiftedMean(x);
        double meanY = Descriptive.shiftedMean(y);
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
