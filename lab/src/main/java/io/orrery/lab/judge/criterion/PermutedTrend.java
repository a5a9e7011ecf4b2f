package io.orrery.lab.judge.criterion;

import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Phrase;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.Orders;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.math.Descriptive;
import io.orrery.lab.math.LeastSquares;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * The questions of a {@link Trend}, asked when the driver's labels mean nothing: its control. See {@link PermutedDriver} for
 * what is computed and when the effect is excluded.
 */
public final class PermutedTrend {
    private final Trend trend;

    PermutedTrend(Trend trend) {
        this.trend = trend;
    }

    /** The control of {@link Trend#monotone(String, Direction, Threshold)}. */
    public Finding monotone(String prediction, Direction direction, Threshold threshold) {
        return monotone(prediction, direction, 0, threshold);
    }

    /** The control of {@link Trend#monotone(String, Direction, double, Threshold)}. */
    public Finding monotone(String prediction, Direction direction, double tolerance, Threshold threshold) {
        int[] order = trend.order();
        ToDoubleFunction<double[]> gamma =
                column -> direction.sign() * Trend.gamma(Orders.applied(order, column), tolerance);
        return driver().mean("rank trend", prediction, trend.trendPhrase(direction), gamma, threshold);
    }

    /** The control of {@link Trend#ordered(String, Direction, double)}. */
    public Finding ordered(String prediction, Direction direction, double tolerance) {
        return ordered(prediction, direction, Average.ARITHMETIC, Threshold.atLeast(-tolerance));
    }

    /** The control of {@link Trend#ordered(String, Direction, Average, Threshold)}: the smallest mean step. */
    public Finding ordered(String prediction, Direction direction, Average average, Threshold step) {
        int[] order = trend.order();
        double[][] values = trend.values();
        boolean positive = average == Average.ARITHMETIC
                || Arrays.stream(values).flatMapToDouble(Arrays::stream).noneMatch(value -> value <= 0);
        if (!positive) {
            return driver().of("weakest step", prediction, stepPhrase(), _ -> Double.NaN, step);
        }
        return driver().of(
                        "weakest step",
                        prediction,
                        stepPhrase(),
                        table -> smallest(table, order, direction, average),
                        step);
    }

    /** The control of {@link Trend#slope}. */
    public Finding slope(String prediction, Threshold threshold) {
        double[] x = trend.driver();
        return driver().mean(
                        "slope", prediction, trend.slopePhrase(), column -> LeastSquares.slope(x, column), threshold);
    }

    /** The control of {@link Trend#powerLaw}; all values must be positive. */
    public Finding powerLaw(String prediction, Threshold threshold) {
        double[] x = Average.GEOMETRIC.to(trend.driver());
        return driver().mean(
                        "exponent",
                        prediction,
                        trend.exponentPhrase(),
                        column -> LeastSquares.slope(x, Average.GEOMETRIC.to(column)),
                        threshold);
    }

    private PermutedDriver driver() {
        return PermutedDriver.of(trend.values());
    }

    private Phrase stepPhrase() {
        return new Phrase("the weakest step of " + trend.quantity() + " along " + trend.driverName() + " is", "");
    }

    private static double smallest(double[][] table, int[] order, Direction direction, Average average) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i < order.length; i++) {
            double step = Descriptive.shiftedMean(average.to(table[order[i]]))
                    - Descriptive.shiftedMean(average.to(table[order[i - 1]]));
            least = Math.min(least, direction.sign() * step);
        }
        return average.from(least);
    }
}
