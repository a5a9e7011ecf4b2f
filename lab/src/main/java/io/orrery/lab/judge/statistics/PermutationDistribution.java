package io.orrery.lab.judge.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a statistic is when labels mean nothing: its values over all permutations, exact, or over permutations drawn at random,
 * with the error that this leaves.
 */
public final class PermutationDistribution {
    /** Values no further apart than this, over the largest, are the same but for rounding. */
    private static final double SAME = 1e-9;

    private static final int MOST_VALUES = 20_000;

    private final double[] values;
    private final double[] chances;
    private final int draws;

    /** Values ascending with their chances; {@code draws} is 0 if they are all. */
    private PermutationDistribution(double[] values, double[] chances, int draws) {
        this.values = values;
        this.chances = chances;
        this.draws = draws;
    }

    /** Equally likely values: one for each of all permutations. */
    public static PermutationDistribution exact(double[] statistics) {
        return of(statistics, 0);
    }

    /** Values of permutations drawn at random. */
    public static PermutationDistribution drawn(double[] statistics) {
        return of(statistics, statistics.length);
    }

    private static PermutationDistribution of(double[] statistics, int draws) {
        double[] chances = new double[statistics.length];
        Arrays.fill(chances, 1.0 / statistics.length);
        double[] sorted = statistics.clone();
        Arrays.sort(sorted);
        return new PermutationDistribution(sorted, chances, draws);
    }

    /**
     * The mean over seeds, each permuted apart: the distributions of the seeds convolved. Empty if it takes more values than can
     * be kept.
     *
     * @param seeds for each seed the statistic of each of all permutations
     */
    public static Optional<PermutationDistribution> ofMean(List<double[]> seeds) {
        double scale = seeds.stream()
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(0);
        double unit = Math.max(scale, Double.MIN_NORMAL) * SAME;
        TreeMap<Long, Double> sum = new TreeMap<>(Map.of(0L, 1.0));
        for (double[] seed : seeds) {
            TreeMap<Long, Double> one = new TreeMap<>();
            for (double value : seed) {
                one.merge(Math.round(value / unit), 1.0 / seed.length, Double::sum);
            }
            TreeMap<Long, Double> next = new TreeMap<>();
            for (Map.Entry<Long, Double> before : sum.entrySet()) {
                one.forEach((value, chance) ->
                        next.merge(before.getKey() + value, before.getValue() * chance, Double::sum));
                if (next.size() > MOST_VALUES) {
                    return Optional.empty();
                }
            }
            sum = next;
        }
        List<Double> chances = new ArrayList<>(sum.values());
        double[] values = sum.keySet().stream()
                .mapToDouble(value -> value * unit / seeds.size())
                .toArray();
        return Optional.of(new PermutationDistribution(
                values, chances.stream().mapToDouble(Double::doubleValue).toArray(), 0));
    }

    /** Whether all permutations are in it. */
    public boolean isExact() {
        return draws == 0;
    }

    /** How many were drawn; 0 if all are in it. */
    public int draws() {
        return draws;
    }

    /** The mean over all permutations. */
    public double mean() {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += chances[i] * values[i];
        }
        return Math.abs(sum) <= SAME * Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1])) ? 0 : sum;
    }

    /** Chance of a value this high or higher; of drawn permutations, no lower than it may be by the luck of the draw. */
    public double atLeast(double value) {
        double limit = value - slack();
        double chance = 0;
        for (int i = values.length - 1; i >= 0 && values[i] >= limit; i--) {
            chance += chances[i];
        }
        return safe(chance);
    }

    /** Chance of a value this low or lower; of drawn permutations, no lower than it may be by the luck of the draw. */
    public double atMost(double value) {
        double limit = value + slack();
        double chance = 0;
        for (int i = 0; i < values.length && values[i] <= limit; i++) {
            chance += chances[i];
        }
        return safe(chance);
    }

    /** The interval that leaves out no more than half of what the level leaves on each side. */
    public Interval interval(double level) {
        double tail = (1 - level) / 2;
        int low = 0;
        for (double chance = chances[0]; chance <= tail && low + 1 < values.length; chance += chances[low]) {
            low++;
        }
        int high = values.length - 1;
        for (double chance = chances[high]; chance <= tail && high > 0; chance += chances[high]) {
            high--;
        }
        return new Interval(values[Math.min(low, high)], values[Math.max(low, high)], level);
    }

    /**
     * A chance in plain words, and how well it is known.
     *
     * @param chance by {@link #atLeast} or {@link #atMost}
     */
    public String shareText(double chance) {
        return isExact()
                ? Plain.percent(chance) + " of all permutations"
                : "by " + draws + " permutations drawn at random and two standard errors more, at most "
                        + Plain.percent(chance) + " of all permutations";
    }

    private double slack() {
        return SAME * Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
    }

    /** Two standard errors above what was drawn, the draw itself counted (Davison and Hinkley 1997, section 4.2). */
    private double safe(double chance) {
        if (isExact()) {
            return Math.min(1, chance);
        }
        double counted = (chance * draws + 1) / (draws + 1);
        return Math.min(1, counted + 2 * Math.sqrt(counted * (1 - counted) / draws));
    }
}
