package io.orrery.lab.theory.units;

import io.orrery.lab.math.Matrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Predicts a unit of one network by few of another's: least squares with an L1 penalty (Tibshirani 1996), by coordinate descent
 * (Friedman, Hastie and Tibshirani 2010) along a path of penalties from the smallest that leaves nothing on down.
 *
 * @param weights of the other network's units, of those that are predictors the least squares ones
 * @param explained share of the unit's variance on the examples that the penalty was chosen on
 */
public record SparsePrediction(double[] weights, double explained) {
    private static final int PENALTIES = 30;
    private static final double LEAST = 0.01;
    private static final int SWEEPS = 1000;
    private static final double CHANGE = 1e-9;

    /**
     * Of all penalties that leave at most so many predictors the one whose predictors, with weights by least squares, explain most on
     * other examples.
     *
     * @param fit standardized values of the other network's units, [examples, units]
     * @param target standardized values of the unit on the same examples
     * @param most how many predictors there may be
     * @param chosenOn values of the other network's units on other examples
     * @param chosenFor values of the unit on them
     */
    public static SparsePrediction of(Matrix fit, double[] target, int most, Matrix chosenOn, double[] chosenFor) {
        Matrix gram = Standardized.correlations(fit, fit);
        double[] towards = Standardized.correlations(fit, new Matrix(target.length, 1, target))
                .values();
        double largest = Arrays.stream(towards).map(Math::abs).max().orElse(0);
        SparsePrediction best = new SparsePrediction(new double[towards.length], 0);
        double[] lasso = new double[towards.length];
        for (int i = 1; i < PENALTIES && largest > 0; i++) {
            double penalty = largest * StrictMath.pow(LEAST, i / (PENALTIES - 1.0));
            lasso = lasso(gram, towards, penalty, lasso);
            int[] predictors = predictors(lasso);
            if (predictors.length > most) {
                break;
            }
            double[] weights = leastSquares(gram, towards, predictors);
            double explained = explained(chosenOn, weights, chosenFor);
            best = explained > best.explained ? new SparsePrediction(weights, explained) : best;
        }
        return best;
    }

    /**
     * The minimum of w G w / 2 - c w + penalty |w|_1, G of unit diagonal or a row of zeros.
     *
     * @param start where the descent begins
     */
    static double[] lasso(Matrix gram, double[] towards, double penalty, double[] start) {
        double[] weights = start.clone();
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double change = 0;
            for (int unit = 0; unit < weights.length; unit++) {
                double diagonal = gram.at(unit, unit);
                if (diagonal == 0) {
                    continue;
                }
                double left = towards[unit] + diagonal * weights[unit];
                for (int other = 0; other < weights.length; other++) {
                    left -= gram.at(unit, other) * weights[other];
                }
                double moved = Math.signum(left) * Math.max(0, Math.abs(left) - penalty) / diagonal;
                change = Math.max(change, Math.abs(moved - weights[unit]));
                weights[unit] = moved;
            }
            if (change < CHANGE) {
                break;
            }
        }
        return weights;
    }

    /** How many predictors there are. */
    public int count() {
        return predictors(weights).length;
    }

    /** The share of a unit's variance about its mean that weights explain; at most 1, below 0 if they do worse than the mean. 0 for a constant. */
    public static double explained(Matrix values, double[] weights, double[] unit) {
        double mean = Arrays.stream(unit).average().orElse(Double.NaN);
        double all = 0;
        double left = 0;
        for (int example = 0; example < unit.length; example++) {
            double predicted = 0;
            for (int i = 0; i < weights.length; i++) {
                predicted += weights[i] * values.at(example, i);
            }
            all += (unit[example] - mean) * (unit[example] - mean);
            left += (unit[example] - predicted) * (unit[example] - predicted);
        }
        return all == 0 ? 0 : 1 - left / all;
    }

    private static int[] predictors(double[] weights) {
        return IntStream.range(0, weights.length)
                .filter(unit -> weights[unit] != 0)
                .toArray();
    }

    /** Least squares of a few predictors, by the same descent without a penalty. */
    private static double[] leastSquares(Matrix gram, double[] towards, int[] predictors) {
        int count = predictors.length;
        double[] inner = new double[count * count];
        double[] right = new double[count];
        for (int i = 0; i < count; i++) {
            right[i] = towards[predictors[i]];
            for (int j = 0; j < count; j++) {
                inner[i * count + j] = gram.at(predictors[i], predictors[j]);
            }
        }
        double[] solved = lasso(new Matrix(count, count, inner), right, 0, new double[count]);
        double[] weights = new double[towards.length];
        for (int i = 0; i < count; i++) {
            weights[predictors[i]] = solved[i];
        }
        return weights;
    }
}
