package io.orrery.lab.theory.bound;

import io.orrery.lab.math.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The sum over all paths from an input to an output of the product of absolute weights (Neyshabur, Tomioka and Srebro 2015,
 * section 4): the Rademacher complexity of scalar ReLU networks with no larger path norm.
 */
public final class PathNorm implements Bound {
    @Override
    public Description description() {
        return new Description(
                "path-norm",
                "Rademacher complexity of ReLU networks with this l1 path norm, growing as 2 to the depth",
                "Neyshabur, Tomioka and Srebro 2015, section 4",
                "times the number of outputs k",
                Scope.HOMOGENEOUS,
                true,
                false);
    }

    @Override
    public double complexity(BoundInput input, double margin) {
        double rademacher = rademacher(
                firstPower(input),
                input.depth(),
                input.data().features(),
                input.data().largestEntry(),
                input.examples());
        return input.outputs() * rademacher / margin;
    }

    /** sqrt(4^(L-1) phi_1^2 4 ln(2 d) max ||x||_inf^2 / n). */
    public static double rademacher(double pathNorm, int depth, int features, double largestEntry, int examples) {
        return StrictMath.pow(2, depth - 1)
                * pathNorm
                * 2
                * Math.sqrt(StrictMath.log(2.0 * features) / examples)
                * largestEntry;
    }

    /**
     * phi_1 = 1^T |W_L| ... |W_1| 1. From above where local layers or padded windows make the pixels of a channel differ.
     */
    public static double firstPower(BoundInput input) {
        return sum(input, Math::abs);
    }

    /** phi_2 = sqrt(1^T W_L^2 ... W_1^2 1), squares element by element: a diagnostic without a bound. */
    public static double secondPower(BoundInput input) {
        return Math.sqrt(sum(input, weight -> weight * weight));
    }

    /**
     * Every pixel of a channel carries the same sum (the largest, where they differ), so a channel is one number until a dense
     * layer flattens it.
     */
    private static double sum(BoundInput input, DoubleUnaryOperator size) {
        List<BoundLayer> layers = input.layers();
        double[] perChannel = {1};
        for (BoundLayer layer : layers) {
            Matrix weight = layer.weight();
            int columns = weight.columns();
            double[] sums = new double[layer.channels()];
            for (int row = 0; row < weight.rows(); row++) {
                double sum = 0;
                for (int column = 0; column < columns; column++) {
                    int channel = (int) ((long) column * perChannel.length / columns);
                    sum += size.applyAsDouble(weight.at(row, column)) * perChannel[channel];
                }
                int channel = row % sums.length;
                sums[channel] = Math.max(sums[channel], sum);
            }
            perChannel = sums;
        }
        return layers.getLast().positions() * Arrays.stream(perChannel).sum();
    }
}
