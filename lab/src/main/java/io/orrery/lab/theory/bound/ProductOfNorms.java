package io.orrery.lab.theory.bound;

import io.orrery.lab.math.Matrix;
import java.util.function.ToDoubleFunction;

/**
 * The product of the layers' norms with 2^(L-1) in front (Neyshabur, Tomioka and Srebro 2015, theorem 1 and corollary 2): the
 * Rademacher complexity of scalar ReLU networks whose product of norms is no larger.
 */
public final class ProductOfNorms implements Bound {
    @Override
    public Description description() {
        return new Description(
                "neyshabur",
                "Rademacher complexity of ReLU networks with this product of Frobenius norms, growing as 2 to the depth",
                "Neyshabur, Tomioka and Srebro 2015, theorem 1",
                "times the number of outputs k",
                Scope.HOMOGENEOUS,
                true,
                false);
    }

    @Override
    public double complexity(BoundInput input, double margin) {
        double product = input.product(BoundLayer::frobenius);
        return input.outputs()
                * rademacher(product, input.depth(), input.data().largestRow(), input.examples())
                / margin;
    }

    /** 2^(L-1) sqrt(2) product max ||x||_2 / sqrt(n), for p = q = 2. */
    public static double rademacher(double product, int depth, double largestRow, int examples) {
        return StrictMath.pow(2, depth - 1) * Math.sqrt(2) * product * largestRow / Math.sqrt(examples);
    }

    /**
     * The general form: sqrt(product^2 (2 H^[1/p* - 1/q]+)^(2(L-1)) min(p*, 4 ln(2 d)) max ||x||_{p*}^2 / n).
     *
     * @param product of the layers' {@link #norm} with the same p and q
     * @param width H
     * @param features d
     * @param largestDual largest norm of an example for p* = p / (p - 1)
     */
    public static double rademacher(
            double product, int depth, double p, double q, int width, int features, double largestDual, int examples) {
        double inverseDual = 1 - 1 / p;
        double excess = Math.max(0, inverseDual - 1 / q);
        double perLayer = 2 * StrictMath.pow(width, excess);
        double first = Math.min(1 / inverseDual, 4 * StrictMath.log(2.0 * features));
        return product * StrictMath.pow(perLayer, depth - 1) * Math.sqrt(first / examples) * largestDual;
    }

    /** The (p, q) group norm of a matrix: the q-norm over rows of the rows' p-norms; both may be infinite. */
    public static double norm(Matrix matrix, double p, double q) {
        double[] rows = new double[matrix.rows()];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = norm(matrix.row(row), p);
        }
        return norm(rows, q);
    }

    /** The product of a (p, q) group norm over dense layers. */
    public static ToDoubleFunction<BoundLayer> layerNorm(double p, double q) {
        return layer -> norm(layer.weight(), p, q);
    }

    private static double norm(double[] values, double p) {
        double sum = 0;
        for (double value : values) {
            double size = Math.abs(value);
            sum = Double.isInfinite(p) ? Math.max(sum, size) : sum + StrictMath.pow(size, p);
        }
        return Double.isInfinite(p) ? sum : StrictMath.pow(sum, 1 / p);
    }
}
