package io.orrery.lab.theory.bound;

/**
 * The spectrally normalized margin bound (Bartlett, Foster and Telgarsky 2017): the complexity of the margin loss of networks
 * with these spectral norms and distances ||A^T - M^T||_{2,1} from their reference matrices.
 */
public final class SpectralComplexity implements Bound {
    @Override
    public Description description() {
        return new Description(
                "bartlett",
                "Rademacher complexity of the margin loss of networks with these spectral norms and distances from the initial"
                        + " weights",
                "Bartlett, Foster and Telgarsky 2017, lemma A.8",
                "none: the margin of k outputs is 2-Lipschitz, which the constant 36 contains",
                Scope.LIPSCHITZ,
                true,
                true);
    }

    @Override
    public boolean fromInitial() {
        return true;
    }

    @Override
    public double complexity(BoundInput input, double margin) {
        double entries = 0;
        for (int layer = 0; layer < input.depth(); layer++) {
            entries = Math.max(
                    entries,
                    (double) input.inputs(layer) * input.layers().get(layer).outputs());
        }
        return rademacher(spectralComplexity(input), input.data().frobenius(), entries, margin, input.examples());
    }

    /**
     * 4 / n + 36 ||X||_F ln(n) sqrt(ln(2 W)) R_A / (margin n).
     *
     * @param entries W, the most entries of a layer's matrix
     */
    public static double rademacher(
            double spectralComplexity, double inputFrobenius, double entries, double margin, int examples) {
        return 4.0 / examples
                + 36
                        * inputFrobenius
                        * StrictMath.log(examples)
                        * Math.sqrt(StrictMath.log(2 * entries))
                        * spectralComplexity
                        / (margin * examples);
    }

    /** R_A = (prod rho_i ||A_i||_2) (sum_i (||A_i^T - M_i^T||_{2,1} / ||A_i||_2)^(2/3))^(3/2). */
    public static double spectralComplexity(BoundInput input) {
        return input.lipschitzProduct() * StrictMath.pow(correction(input), 1.5);
    }

    /** Logarithm of a covering number of the network's outputs on X at a distance (theorem 3.3). */
    public static double logCovering(BoundInput input, double distance) {
        int width = Math.max(input.width(), input.data().features());
        double size = input.data().frobenius() * input.lipschitzProduct() / distance;
        return size * size * StrictMath.log(2.0 * width * width) * StrictMath.pow(correction(input), 3);
    }

    private static double correction(BoundInput input) {
        double sum = 0;
        for (int layer = 0; layer < input.depth(); layer++) {
            double ratio = input.layers().get(layer).change().rowNorms() / input.spectral(layer);
            sum += StrictMath.cbrt(ratio * ratio);
        }
        return sum;
    }
}
