package io.orrery.lab.theory.bound;

/**
 * A bound on how much larger the error on new examples is than the share of training examples below a margin. Values hold for
 * classes of networks whose norms are no larger than this network's; norms and margin are taken as if fixed before the data
 * were drawn, as the published evaluations do, except where a bound says that it holds for all of them at once.
 */
public interface Bound {
    /** What it is. */
    Description description();

    /** Whether it is measured from the layers' reference matrices, which were chosen without the training data. */
    default boolean fromInitial() {
        return false;
    }

    /**
     * Upper bound on the empirical Rademacher complexity of the margin loss: of the functions that are 1 below margin 0, 0
     * above {@code margin} and linear between. Bounds that are not of this kind say what stands in its place.
     *
     * @param margin above 0
     */
    double complexity(BoundInput input, double margin);

    /**
     * Upper bound on the error minus the share of training examples below the margin, with probability 1 - delta over the
     * draw of the training set.
     *
     * @param margin above 0
     */
    default double gap(BoundInput input, double margin, double delta) {
        return fromComplexity(complexity(input, margin), input.examples(), delta);
    }

    /** 2 Rad + 3 sqrt(ln(2 / delta) / (2 n)) (Bartlett and Mendelson 2002; Mohri, Rostamizadeh and Talwalkar 2018, 3.3). */
    static double fromComplexity(double complexity, int examples, double delta) {
        return 2 * complexity + 3 * Math.sqrt(StrictMath.log(2 / delta) / (2.0 * examples));
    }

    /**
     * What a bound is.
     *
     * @param name in measurements, lower case with hyphens
     * @param about one line: which class or gap the number bounds
     * @param source author, year, theorem
     * @param multiclass the factor by which several outputs enter
     * @param scope the networks that it holds for
     * @param guaranteed whether the number is a bound as proven; otherwise an order of magnitude (unknown constants set to 1) or a
     *     comparison
     * @param spectral whether it needs spectral norms, which cost more than the others
     */
    record Description(
            String name,
            String about,
            String source,
            String multiclass,
            Scope scope,
            boolean guaranteed,
            boolean spectral) {}

    /** Networks that a bound holds for; none has biases, batch normalization or residual blocks. */
    enum Scope {
        /** Positively homogeneous activations with Lipschitz constant 1, averages over windows, no max pooling. */
        HOMOGENEOUS,
        /** Lipschitz activations that are 0 at 0, averages over windows, and maxima over windows that do not overlap. */
        LIPSCHITZ
    }
}
