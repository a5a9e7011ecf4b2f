package io.orrery.lab.theory.bound;

/**
 * Bounds by the number of parameters and the distance from initialization (Long and Sedghi 2020), with their unnamed constant
 * set to 1: orders of magnitude for the gap of a 1-Lipschitz loss, not bounds.
 */
public final class LongSedghi implements Bound {
    @Override
    public Description description() {
        return new Description(
                "long-sedghi",
                "order of the gap from the number of parameters and the layers' spectral norms, constant 1",
                "Long and Sedghi 2020, as evaluated by Galanti et al. 2023",
                "none",
                Scope.HOMOGENEOUS,
                false,
                true);
    }

    /** beta sqrt(P / n) with the layers of g / margin rescaled to equal norms. */
    @Override
    public double complexity(BoundInput input, double margin) {
        return balancedDistance(input, margin) * Math.sqrt((double) parameters(input) / input.examples());
    }

    @Override
    public double gap(BoundInput input, double margin, double delta) {
        return smallDistance(balancedDistance(input, margin), parameters(input), input.examples(), delta);
    }

    /** beta = L (prod s_l / margin)^(1/L): the sum of spectral norms after rescaling to equal ones, measured from 0. */
    public static double balancedDistance(BoundInput input, double margin) {
        return input.depth() * StrictMath.pow(input.lipschitzProduct() / margin, 1.0 / input.depth());
    }

    /** beta = sum_l ||op(K_l) - op(K_l^0)||_2, from above for convolutions. */
    public static double distance(BoundInput input) {
        return input.layers().stream()
                .mapToDouble(layer -> layer.change().spectral())
                .sum();
    }

    /** Number of weights P. */
    public static long parameters(BoundInput input) {
        return input.layers().stream().mapToLong(BoundLayer::parameters).sum();
    }

    /** beta sqrt(P / n) + sqrt(ln(1 / delta) / n). */
    public static double smallDistance(double distance, long parameters, int examples, double delta) {
        return distance * Math.sqrt((double) parameters / examples) + Math.sqrt(StrictMath.log(1 / delta) / examples);
    }

    /** The branch for large beta: sqrt((P (beta + ln lipschitz) + ln(1 / delta)) / n), for a loss with that Lipschitz constant. */
    public static double largeDistance(
            double distance, double lossLipschitz, long parameters, int examples, double delta) {
        return Math.sqrt(
                (parameters * (distance + StrictMath.log(lossLipschitz)) + StrictMath.log(1 / delta)) / examples);
    }
}
