package io.orrery.lab.judge.criterion;

import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Phrase;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.DriverPermutation;
import io.orrery.lab.judge.statistics.Mallows;
import io.orrery.lab.judge.statistics.MeanTrend;
import io.orrery.lab.judge.statistics.Means;
import io.orrery.lab.judge.statistics.Orders;
import io.orrery.lab.judge.statistics.Plain;
import io.orrery.lab.judge.statistics.Sampling;
import io.orrery.lab.judge.statistics.Seeds;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.math.LeastSquares;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How a quantity follows a driver. One statistic per seed, over all values of the driver; then Student's t over seeds.
 * Values are {@code values[driver value][seed]}; a seed that lacks one of them counts as missing.
 */
public final class Trend {
    private final String quantity;
    private final String driverName;
    private final double[] driver;
    private final double[][] values;

    private Trend(String quantity, String driverName, double[] driver, double[][] values) {
        if (driver.length < 2 || driver.length != values.length) {
            throw new IllegalArgumentException(
                    "a trend needs two driver values or more and a row of values for each, found " + driver.length
                            + " and " + values.length);
        }
        this.quantity = quantity;
        this.driverName = driverName;
        this.driver = driver.clone();
        this.values = values.clone();
    }

    /**
     * The measurements of a trend.
     *
     * @param quantity what follows, as in "QUANTITY grows with DRIVER"
     * @param driverName what drives, such as {@code batch size}
     * @param driver its values, all different, in any order
     * @param values {@code [driver value][seed]}
     */
    public static Trend of(String quantity, String driverName, double[] driver, double[][] values) {
        return new Trend(quantity, driverName, driver, values);
    }

    /** {@link #monotone(String, Direction, double, Threshold)} without ties. */
    public Finding monotone(String prediction, Direction direction, Threshold threshold) {
        return monotone(prediction, direction, 0, threshold);
    }

    /**
     * Rank trend: over the pairs of driver values whose quantities differ by more than the tolerance, the share in the
     * predicted order less the share against it (Goodman and Kruskal's gamma 1954; Kendall's tau where nothing ties); 1 is
     * perfect order, 0 none. A seed in which all tie counts 0.
     *
     * @param tolerance quantities no further apart than this are ties
     * @param threshold of the mean over seeds, such as at least 0.5
     */
    public Finding monotone(String prediction, Direction direction, double tolerance, Threshold threshold) {
        int[] order = order();
        return perSeed(
                "rank trend",
                prediction,
                trendPhrase(direction),
                column -> direction.sign() * gamma(Orders.applied(order, column), tolerance),
                threshold,
                true);
    }

    /** The same questions when the driver's labels mean nothing: the control of a trend. */
    public PermutedTrend permutedDriver() {
        return new PermutedTrend(this);
    }

    String quantity() {
        return quantity;
    }

    String driverName() {
        return driverName;
    }

    double[] driver() {
        return driver.clone();
    }

    double[][] values() {
        return values.clone();
    }

    Phrase trendPhrase(Direction direction) {
        return new Phrase(
                "the rank trend of " + quantity + " with " + driverName + " is",
                "(1 is always " + direction.word() + ", 0 no order)");
    }

    Phrase slopePhrase() {
        return new Phrase("the slope of " + quantity + " against " + driverName + " is", "");
    }

    Phrase exponentPhrase() {
        return new Phrase("the exponent of " + quantity + " as a power of " + driverName + " is", "");
    }

    /**
     * Strict order of neighbours: from each driver value to the next, the quantity moves in the predicted direction by
     * more than minus the tolerance. Every step must do so, hence the step with the weakest evidence decides, at full
     * error (an intersection-union test, Berger 1982); the effect is that step's mean over seeds.
     *
     * @param tolerance step against the direction that is still allowed, in the quantity's units; 0 for none
     */
    public Finding ordered(String prediction, Direction direction, double tolerance) {
        return ordered(prediction, direction, Average.ARITHMETIC, Threshold.atLeast(-tolerance));
    }

    /**
     * Order of neighbours with a least step. The finding is of the step that bears the prediction out least; where every step
     * bears it out, of the smallest.
     *
     * @param average ARITHMETIC: a step is a difference in the predicted direction; GEOMETRIC: a factor in that direction, and
     *     values must be positive
     * @param step what each step must be, such as at least a factor of 1.2
     */
    public Finding ordered(String prediction, Direction direction, Average average, Threshold step) {
        int[] order = order();
        List<Finding> steps = IntStream.range(1, order.length)
                .mapToObj(i -> step(prediction, direction, average, step, order[i - 1], order[i]))
                .toList();
        Comparator<Finding> smallest = Comparator.comparingDouble(found -> step.margin(found.effect()));
        boolean all = steps.stream().allMatch(found -> found.outcome() == Outcome.SUPPORTED);
        return steps.stream()
                .min(
                        all
                                ? smallest
                                : Comparator.comparingDouble((Finding found) -> -found.pValueSupport())
                                        .thenComparing(smallest))
                .orElseThrow();
    }

    /** Slope of the quantity against the driver: least squares in each seed, mean over seeds. */
    public Finding slope(String prediction, Threshold threshold) {
        double[] x = driver.clone();
        return perSeed("slope", prediction, slopePhrase(), column -> LeastSquares.slope(x, column), threshold);
    }

    /** Exponent b of quantity = a driver^b: slope of the logarithms in each seed, mean over seeds. All must be positive. */
    public Finding powerLaw(String prediction, Threshold threshold) {
        String flaw = Seeds.flaw(Average.GEOMETRIC, driver);
        if (!flaw.isEmpty()) {
            throw new IllegalArgumentException("the driver of a power law must be positive: " + flaw);
        }
        double[] x = Average.GEOMETRIC.to(driver);
        Phrase phrase = exponentPhrase();
        Seeds seeds = Seeds.of(values);
        String notPositive = Seeds.flaw(Average.GEOMETRIC, kept(seeds));
        if (!notPositive.isEmpty()) {
            return Finding.of(
                    "exponent",
                    Kind.TREND,
                    prediction,
                    phrase,
                    new Sampling.None(),
                    threshold,
                    seeds.sample("seeds", notPositive),
                    "");
        }
        return perSeed(
                "exponent",
                prediction,
                phrase,
                column -> LeastSquares.slope(x, Average.GEOMETRIC.to(column)),
                threshold);
    }

    /** One quantity against another along the driver, with the driver's labels permuted: the control of a trend. */
    public Trend permuted(DriverPermutation permutation) {
        return new Trend(quantity, driverName + " (permuted)", driver, permutation.applied(values));
    }

    /** {@link #permuted(DriverPermutation)} by the permutation of a number. */
    public Trend permuted(long drawnFrom) {
        return permuted(DriverPermutation.of(drawnFrom, driver.length, values[0].length));
    }

    private Finding step(String prediction, Direction direction, Average average, Threshold step, int from, int to) {
        boolean up = direction == Direction.INCREASING;
        Values later = new Values(at(to), values[to]);
        Values earlier = new Values(at(from), values[from]);
        Finding found = average == Average.GEOMETRIC
                ? Comparison.ratio("weakest step", prediction, up ? later : earlier, up ? earlier : later, step)
                : Comparison.difference("weakest step", prediction, up ? later : earlier, up ? earlier : later, step);
        return found.as(Kind.TREND);
    }

    private String at(int place) {
        return quantity + " at " + driverName + " " + Plain.number(driver[place]);
    }

    private Finding perSeed(
            String name, String prediction, Phrase phrase, ToDoubleFunction<double[]> statistic, Threshold threshold) {
        return perSeed(name, prediction, phrase, statistic, threshold, false);
    }

    private Finding perSeed(
            String name,
            String prediction,
            Phrase phrase,
            ToDoubleFunction<double[]> statistic,
            Threshold threshold,
            boolean ranks) {
        Seeds seeds = Seeds.of(values);
        double[][] kept = kept(seeds);
        double[] statistics = IntStream.range(0, kept[0].length)
                .mapToDouble(seed -> statistic.applyAsDouble(column(kept, seed)))
                .toArray();
        Sampling means = Means.of(statistics, Average.ARITHMETIC);
        Sampling sampling = ranks && statistics.length > 0
                ? new Sampling.Trends(
                        means.estimate(), new MeanTrend(means, new Mallows(values.length, statistics.length)))
                : means;
        return Finding.of(name, Kind.TREND, prediction, phrase, sampling, threshold, seeds.sample("seeds", ""), "");
    }

    private double[][] kept(Seeds seeds) {
        double[][] kept = new double[values.length][];
        for (int i = 0; i < values.length; i++) {
            kept[i] = seeds.keep(values[i]);
        }
        return kept;
    }

    private static double[] column(double[][] rows, int seed) {
        double[] column = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            column[i] = rows[i][seed];
        }
        return column;
    }

    /** Places of the driver's values, from the smallest. */
    int[] order() {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < driver.length; i++) {
            places.add(i);
        }
        places.sort(Comparator.comparingDouble(place -> driver[place]));
        for (int i = 1; i < driver.length; i++) {
            if (!(driver[places.get(i - 1)] < driver[places.get(i)])) {
                throw new IllegalArgumentException("the driver's values must all be different numbers");
            }
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Pairs in ascending less pairs in descending order, over both, of values in the driver's order; 0 if all tie. */
    static double gamma(double[] values, double tolerance) {
        int up = 0;
        int down = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < i; j++) {
                double step = values[i] - values[j];
                if (step > tolerance) {
                    up++;
                } else if (step < -tolerance) {
                    down++;
                }
            }
        }
        return up + down == 0 ? 0 : (up - down) / (double) (up + down);
    }
}
