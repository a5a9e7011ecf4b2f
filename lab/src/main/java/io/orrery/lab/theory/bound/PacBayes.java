package io.orrery.lab.theory.bound;

/**
 * The PAC-Bayesian spectrally normalized margin bound (Neyshabur, Bhojanapalli and Srebro 2018, theorem 1), with its unnamed
 * constant set to 1: an order of magnitude for the gap, not a bound.
 */
public final class PacBayes implements Bound {
    @Override
    public Description description() {
        return new Description(
                "pac-bayes",
                "order of the gap of ReLU networks with these spectral norms and stable ranks, constant 1",
                "Neyshabur, Bhojanapalli and Srebro 2018, theorem 1",
                "none: the margin's factor is within the constant",
                Scope.HOMOGENEOUS,
                false,
                true);
    }

    /** The gap without its confidence term. */
    @Override
    public double complexity(BoundInput input, double margin) {
        return Math.sqrt(squared(input) / input.examples()) / margin;
    }

    @Override
    public double gap(BoundInput input, double margin, double delta) {
        double confidence = StrictMath.log((double) input.depth() * input.examples() / delta);
        return Math.sqrt((squared(input) + confidence) / input.examples()) / margin;
    }

    /** B^2 L^2 h ln(L h) prod ||W||_2^2 sum ||W||_F^2 / ||W||_2^2. */
    private static double squared(BoundInput input) {
        int depth = input.depth();
        int width = input.width();
        double size = input.data().largestRow() * depth;
        return size * size * width * StrictMath.log((double) depth * width) * normTerm(input);
    }

    /** prod ||W_i||_2^2 sum_i ||W_i||_F^2 / ||W_i||_2^2: the product times the sum of stable ranks. */
    public static double normTerm(BoundInput input) {
        double product = 1;
        double ranks = 0;
        for (int layer = 0; layer < input.depth(); layer++) {
            double spectral = input.spectral(layer);
            double ratio = input.layers().get(layer).frobenius() / spectral;
            product *= spectral * spectral;
            ranks += ratio * ratio;
        }
        return product * ranks;
    }

    /**
     * The complexity as Bartlett, Foster and Telgarsky 2017 restate it (section 4): prod ||A||_2 L sqrt(sum (sqrt(W)
     * ||A - M||_F)^2 / ||A||_2^2), W the largest width; never below theirs for dense layers, up to logarithms.
     */
    public static double restated(BoundInput input) {
        double sum = 0;
        double product = 1;
        for (int layer = 0; layer < input.depth(); layer++) {
            double spectral = input.spectral(layer);
            BoundLayer change = input.layers().get(layer).change();
            sum += change.frobenius() * change.frobenius() / (spectral * spectral);
            product *= spectral;
        }
        int width = Math.max(input.width(), input.data().features());
        return product * input.depth() * Math.sqrt(width * sum);
    }
}
