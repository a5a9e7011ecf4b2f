package io.orrery.lab.theory;

/**
 * The Gaussian linear model that a wide random two-layer network looks like to any learner with about as many examples n as inputs d
 * (Camilli, Tieplova and Barbier 2023, arXiv 2307.05635): y = rho v.x / sqrt(d) + noise of variance s2, with v standard normal, rho =
 * E act'(u) and s2 = the network's own noise + E act(u)^2 - rho^2 for standard normal u and an odd activation. The part of the network
 * beyond its linear one, of variance E act^2 - rho^2, cannot be told from noise unless n grows like d^3.
 *
 * @param slope rho
 * @param variance s2
 */
public record EquivalentLinearModel(double slope, double variance) {
    /**
     * Of the error function: rho = 2 / sqrt(3 pi) and E act^2 = (2 / pi) asin(2/3) (Williams 1998).
     *
     * @param noise the variance of the network's own noise
     */
    public static EquivalentLinearModel ofErrorFunction(double noise) {
        double slope = 2 / Math.sqrt(3 * StrictMath.PI);
        return new EquivalentLinearModel(slope, noise + 2 / StrictMath.PI * StrictMath.asin(2.0 / 3) - slope * slope);
    }

    /**
     * The smallest mean squared error of a prediction of y that any learner can have, at n = ratio d and many inputs: rho^2 m + s2,
     * where the posterior variance m = 1 / (1 + ratio rho^2 / (s2 + rho^2 m)) (Marchenko and Pastur's law) is the positive root of
     * rho^2 m^2 + (s2 + (ratio - 1) rho^2) m - s2.
     *
     * @param ratio examples per input, at least 0
     */
    public double bayesError(double ratio) {
        double squared = slope * slope;
        double linear = variance + (ratio - 1) * squared;
        double root = Math.sqrt(linear * linear + 4 * squared * variance);
        double posterior = linear > 0 ? 2 * variance / (linear + root) : (root - linear) / (2 * squared);
        return squared * posterior + variance;
    }
}
