package io.orrery.lab.theory.bound;

/**
 * The bound for sparse and convolutional ReLU networks (Galanti, Xu, Galanti and Poggio 2023): norms of kernels instead of
 * Toeplitz matrices, and the number of locations each location looks at. It holds for all networks of an architecture at once,
 * so norms and margin may be those found after training: g / margin is a network of the architecture too, with its last
 * layer divided, and the margins of g below {@code margin} are its margins below 1.
 *
 * <p>The degrees that this class takes from a network include those of the last layer (all locations that it flattens). The
 * published evaluation leaves them out, and then the complexity is too small: one ReLU per pixel with a shared weight and a dense
 * layer on top, norms 1, reach sqrt(pixels) on a single image of ones, where it gives 1 + sqrt(4 ln 2) = 2.67.
 */
public final class SparseBound implements Bound {
    @Override
    public Description description() {
        return new Description(
                "galanti",
                "error of every network of the architecture, from its kernels' norms and the sizes of its windows",
                "Galanti, Xu, Galanti and Poggio 2023, degree of the last layer included",
                "ln k within the root, and sqrt 2",
                Scope.HOMOGENEOUS,
                true,
                false);
    }

    /** sqrt 2 times the Rademacher complexity of the class with this product of norms: the gap without the union over norms. */
    @Override
    public double complexity(BoundInput input, double margin) {
        return Math.sqrt(2) * rademacher(rho(input) / margin, term(input));
    }

    @Override
    public double gap(BoundInput input, double margin, double delta) {
        return overAllNorms(rho(input) / margin, term(input), input.examples(), delta);
    }

    /**
     * The product of norms rho(w) = ||W_L||_F prod_{l < L} max_j ||w_l^j||_F; ||kernel||_F for convolutions.
     */
    public static double rho(BoundInput input) {
        return input.product(BoundLayer::kernelFrobenius);
    }

    /** The terms of a network, the last layer's degree included. */
    public static Term term(BoundInput input) {
        double logarithms = 0;
        double degrees = 1;
        for (int layer = 0; layer < input.depth(); layer++) {
            logarithms += StrictMath.log(input.degree(layer));
            degrees *= input.degree(layer);
        }
        return theorem(input.depth(), logarithms, degrees, input.outputs(), input.largestLocation(), input.examples());
    }

    /**
     * What multiplies rho in the complexity.
     *
     * @param root 1 + sqrt(2 (...))
     * @param data sqrt(product of degrees times max_j sum_i ||z_j(x_i)||^2) / n
     */
    public record Term(double root, double data) {
        /** The product of both. */
        public double value() {
            return root * data;
        }
    }

    /** The terms of the theorem: the root holds L ln 2, the sum of ln deg and ln k. */
    public static Term theorem(
            int depth, double logDegrees, double degrees, int outputs, double largestLocation, int examples) {
        return new Term(
                1 + Math.sqrt(2 * (depth * StrictMath.log(2) + logDegrees + StrictMath.log(outputs))),
                Math.sqrt(degrees * largestLocation) / examples);
    }

    /** The terms of the released evaluation: L ln(2 max deg) in place of L ln 2 and the sum of ln deg. */
    public static Term released(
            int depth, int largestDegree, double degrees, int outputs, double largestLocation, int examples) {
        return theorem(depth, depth * StrictMath.log(largestDegree), degrees, outputs, largestLocation, examples);
    }

    /** The terms of a dense network: ||X||_F, no degrees. */
    public static Term dense(int depth, int outputs, double inputFrobenius, int examples) {
        return theorem(depth, 0, 1, outputs, inputFrobenius * inputFrobenius, examples);
    }

    /** Rad of the class with product of norms at most rho. */
    public static double rademacher(double rho, Term term) {
        return rho * term.value();
    }

    /** (rho + 1) 2 sqrt 2 term + 3 sqrt(ln(2 (rho + 2)^2 / delta) / (2 n)): for margin 1 and all networks at once. */
    public static double overAllNorms(double rho, Term term, int examples, double delta) {
        return firstTerm(rho, term)
                + 3 * Math.sqrt(StrictMath.log(2 * (rho + 2) * (rho + 2) / delta) / (2.0 * examples));
    }

    /** (rho + 1) 2 sqrt 2 term. */
    public static double firstTerm(double rho, Term term) {
        return (rho + 1) * 2 * Math.sqrt(2) * term.value();
    }

    /** As in the released evaluation: the last layer's degree left out, so a comparison with the paper and not a bound. */
    public static final class Released implements Bound {
        @Override
        public Description description() {
            return new Description(
                    "galanti-released",
                    "what the paper's released code evaluates: without the degree of the last layer, so not a bound",
                    "Galanti, Xu, Galanti and Poggio 2023, released code",
                    "ln k within the root, and sqrt 2",
                    Scope.HOMOGENEOUS,
                    false,
                    false);
        }

        @Override
        public double complexity(BoundInput input, double margin) {
            return Math.sqrt(2) * rademacher(rho(input) / margin, term(input));
        }

        @Override
        public double gap(BoundInput input, double margin, double delta) {
            return overAllNorms(rho(input) / margin, term(input), input.examples(), delta);
        }

        private static Term term(BoundInput input) {
            int largest = 1;
            double degrees = 1;
            for (int layer = 0; layer < input.depth() - 1; layer++) {
                largest = Math.max(largest, input.degree(layer));
                degrees *= input.degree(layer);
            }
            return released(
                    input.depth(), largest, degrees, input.outputs(), input.largestLocation(), input.examples());
        }
    }

    /** The comparison in the same units: the network as a dense one, with the Frobenius norms of its Toeplitz matrices. */
    public static final class Dense implements Bound {
        @Override
        public Description description() {
            return new Description(
                    "galanti-dense",
                    "the same for the network as a dense one, with the norms of its Toeplitz matrices",
                    "Galanti, Xu, Galanti and Poggio 2023, comparison with Golowich et al. in the released code",
                    "ln k within the root, and sqrt 2",
                    Scope.HOMOGENEOUS,
                    true,
                    false);
        }

        @Override
        public double complexity(BoundInput input, double margin) {
            return Math.sqrt(2) * rademacher(rho(input) / margin, term(input));
        }

        @Override
        public double gap(BoundInput input, double margin, double delta) {
            return overAllNorms(rho(input) / margin, term(input), input.examples(), delta);
        }

        /** The product of the Frobenius norms of the maps: ||kernel||_F sqrt(positions) for convolutions. */
        public static double rho(BoundInput input) {
            return input.product(BoundLayer::frobenius);
        }

        private static Term term(BoundInput input) {
            return dense(input.depth(), input.outputs(), input.data().frobenius(), input.examples());
        }
    }
}
