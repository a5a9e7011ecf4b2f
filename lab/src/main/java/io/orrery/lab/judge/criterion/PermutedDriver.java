package io.orrery.lab.judge.criterion;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Phrase;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.statistics.Orders;
import io.orrery.lab.judge.statistics.PermutationDistribution;
import io.orrery.lab.judge.statistics.Sample;
import io.orrery.lab.judge.statistics.Sampling;
import io.orrery.lab.judge.statistics.Seeds;
import io.orrery.lab.judge.statistics.Threshold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The negative control of a trend: the driver's labels mean nothing, so every permutation of them is as good as the one that
 * was run, in each seed apart. The control's finding is the distribution of the same statistic over all permutations: exact, or
 * where these are too many over {@value #DRAWS} drawn ones, with the error that this leaves. The effect is excluded if no more
 * than {@link Ruling#ERROR} of the permutations show what was predicted; where even their mean would, or a quarter of them
 * (a limit at no effect at all), if no more show one as strong as the one that was seen.
 */
public final class PermutedDriver {
    /** Drawn where all are too many: a chance of 2.5% is then known to 0.1%. */
    static final int DRAWS = 20_000;

    /**
     * A limit that so many permutations meet asks for no size. Of a limit at no effect it is about half of them, to which side of
     * the limit the mean of drawn ones falls being chance.
     */
    private static final double OFTEN = 0.25;

    /** Most values of a driver whose permutations are all tried: 7! = 5040. */
    private static final int EXACT = 7;

    /** Most settings whose permutations are all tried: 8! = 40320. */
    private static final int EXACT_SETTINGS = 8;

    private final double[][] values;
    private final Seeds seeds;

    private PermutedDriver(double[][] values, Seeds seeds) {
        this.values = values;
        this.seeds = seeds;
    }

    /** Values {@code [driver value][seed]}; a seed that lacks one of them counts as missing. */
    public static PermutedDriver of(double[][] values) {
        Seeds seeds = Seeds.of(values);
        double[][] kept = new double[values.length][];
        for (int i = 0; i < values.length; i++) {
            kept[i] = seeds.keep(values[i]);
        }
        return new PermutedDriver(kept, seeds);
    }

    /**
     * A statistic that is the mean of one number per seed.
     *
     * @param statistic from the values of one seed, in the driver's order
     */
    public Finding mean(
            String name, String prediction, Phrase phrase, ToDoubleFunction<double[]> statistic, Threshold threshold) {
        ToDoubleFunction<double[][]> whole = table -> {
            double sum = 0;
            for (int seed = 0; seed < table[0].length; seed++) {
                sum += statistic.applyAsDouble(column(table, seed));
            }
            return sum / table[0].length;
        };
        if (values[0].length == 0) {
            return finding(name, prediction, phrase, Optional.empty(), Double.NaN, threshold);
        }
        Optional<PermutationDistribution> exact =
                values.length > EXACT ? Optional.empty() : PermutationDistribution.ofMean(perSeed(statistic));
        return finding(
                name,
                prediction,
                phrase,
                Optional.of(exact.orElseGet(() -> drawn(whole))),
                whole.applyAsDouble(values),
                threshold);
    }

    /**
     * Any statistic of the table of values.
     *
     * @param statistic from {@code [driver value][seed]}
     */
    public Finding of(
            String name,
            String prediction,
            Phrase phrase,
            ToDoubleFunction<double[][]> statistic,
            Threshold threshold) {
        return values[0].length == 0
                ? finding(name, prediction, phrase, Optional.empty(), Double.NaN, threshold)
                : finding(
                        name,
                        prediction,
                        phrase,
                        Optional.of(drawn(statistic)),
                        statistic.applyAsDouble(values),
                        threshold);
    }

    /** An association over settings whose values of one quantity are permuted as wholes: settings keep their seeds. */
    static Finding ofSettings(
            Phrase phrase,
            String prediction,
            double[] values,
            ToDoubleFunction<double[]> statistic,
            Threshold threshold,
            boolean whole) {
        double[][] settings =
                Arrays.stream(values).mapToObj(value -> new double[] {value}).toArray(double[][]::new);
        PermutedDriver driver = new PermutedDriver(settings, Seeds.of(values));
        double seen = whole ? statistic.applyAsDouble(values) : Double.NaN;
        if (!Double.isFinite(seen)) {
            return driver.finding("rank correlation", prediction, phrase, Optional.empty(), Double.NaN, threshold);
        }
        PermutationDistribution all = values.length > EXACT_SETTINGS
                ? driver.drawn(table -> statistic.applyAsDouble(column(table, 0)))
                : PermutationDistribution.exact(Orders.of(values.length)
                        .mapToDouble(order -> statistic.applyAsDouble(Orders.applied(order, values)))
                        .toArray());
        return driver.finding("rank correlation", prediction, phrase, Optional.of(all), seen, threshold);
    }

    /**
     * The least number of seeds with which a rank trend can be excluded when labels mean nothing: of {@link Sample#MINIMUM} and
     * up the first at which at most {@link Ruling#ERROR} of all permutations, without ties, have a mean trend as predicted.
     *
     * @throws IllegalArgumentException for a threshold that no trend at all would meet, which no number excludes
     */
    public static int seedsNeeded(int driverValues, Threshold rankTrend) {
        if (rankTrend.holds(0)) {
            throw new IllegalArgumentException(
                    "no trend at all is as predicted (" + rankTrend.text() + "): no number of seeds excludes it");
        }
        double[] ascending = new double[driverValues];
        for (int i = 0; i < driverValues; i++) {
            ascending[i] = i;
        }
        double[] gammas = Orders.of(driverValues)
                .mapToDouble(order -> Trend.gamma(Orders.applied(order, ascending), 0))
                .toArray();
        List<double[]> seeds = new ArrayList<>();
        for (int count = 1; ; count++) {
            seeds.add(gammas);
            if (count >= Sample.MINIMUM
                    && chance(PermutationDistribution.ofMean(seeds).orElseThrow(), rankTrend) <= Ruling.ERROR) {
                return count;
            }
        }
    }

    private static double chance(PermutationDistribution distribution, Threshold threshold) {
        return threshold.pValueAgainst(new Sampling.Permuted(distribution));
    }

    private Finding finding(
            String name,
            String prediction,
            Phrase phrase,
            Optional<PermutationDistribution> distribution,
            double seen,
            Threshold threshold) {
        boolean trivial = distribution
                .map(all -> threshold.holds(all.mean()) || chance(all, threshold) >= OFTEN)
                .orElse(false);
        Threshold asked = trivial ? asStrong(threshold, seen) : threshold;
        String sentence = trivial ? prediction + ", as strongly as was seen" : prediction;
        String note = distribution
                .map(all -> all.shareText(chance(all, asked)) + " of the driver's labels reach that")
                .orElse("");
        Sampling sampling = distribution.<Sampling>map(Sampling.Permuted::new).orElse(new Sampling.None());
        Phrase permuted = new Phrase("with the driver's labels permuted " + phrase.before(), phrase.after());
        return Finding.of(
                name,
                Kind.TREND,
                sentence,
                permuted,
                sampling,
                asked,
                seeds.sample(values[0].length == 1 ? "settings" : "seeds", ""),
                note);
    }

    /** The limit at what was seen, on the threshold's side. */
    private static Threshold asStrong(Threshold threshold, double seen) {
        return switch (threshold) {
            case Threshold.AtMost _ -> Threshold.atMost(seen);
            case Threshold.AtLeast _ -> Threshold.atLeast(seen);
            case Threshold.Within _ -> threshold;
        };
    }

    private List<double[]> perSeed(ToDoubleFunction<double[]> statistic) {
        List<double[]> all = new ArrayList<>();
        for (int seed = 0; seed < values[0].length; seed++) {
            double[] column = column(values, seed);
            all.add(Orders.of(values.length)
                    .mapToDouble(order -> statistic.applyAsDouble(Orders.applied(order, column)))
                    .toArray());
        }
        return all;
    }

    private PermutationDistribution drawn(ToDoubleFunction<double[][]> statistic) {
        RandomStream random = RandomStream.of(values.length, "judge/permutations");
        int count = values[0].length;
        double[] statistics = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double[][] permuted = new double[values.length][count];
            for (int seed = 0; seed < count; seed++) {
                int[] order = random.permutation((long) draw * count + seed, values.length);
                for (int i = 0; i < values.length; i++) {
                    permuted[i][seed] = values[order[i]][seed];
                }
            }
            statistics[draw] = statistic.applyAsDouble(permuted);
        }
        return PermutationDistribution.drawn(statistics);
    }

    private static double[] column(double[][] rows, int seed) {
        double[] column = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            column[i] = rows[i][seed];
        }
        return column;
    }
}
