package io.orrery.lab.theory.signal;

/**
 * The kernels of an infinitely wide ReLU network without biases, of two inputs on the unit sphere, every layer with weight
 * variance 2: Sigma_(l+1) = kappa_1(Sigma_l) and Theta_(l+1) = Sigma_(l+1) + Theta_l kappa_0(Sigma_l), from Sigma_0 = Theta_0 = the
 * inner product (Jacot, Gabriel and Hongler 2018, arXiv 1806.07572, theorem 1, with the arc-cosine kernels of Cho and Saul 2009).
 *
 * @param process Sigma, the covariance of the outputs over random weights
 * @param tangent Theta, the inner product of their gradients by all weights
 */
public record ReluKernels(double process, double tangent) {
    /** The kernels of a network of so many hidden layers, at an inner product from -1 to 1. */
    public static ReluKernels of(double inner, int hiddenLayers) {
        double process = inner;
        double tangent = inner;
        for (int layer = 0; layer < hiddenLayers; layer++) {
            double passed = ArcCosine.zeroth(process);
            process = ArcCosine.first(process);
            tangent = process + tangent * passed;
        }
        return new ReluKernels(process, tangent);
    }
}
