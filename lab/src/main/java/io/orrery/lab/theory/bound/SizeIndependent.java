package io.orrery.lab.theory.bound;

/**
 * Bounds that grow with the square root of the depth or not at all, given the product of norms (Golowich, Rakhlin and Shamir
 * 2018): the Rademacher complexity of scalar networks with positively homogeneous 1-Lipschitz activations.
 */
public final class SizeIndependent implements Bound {
    @Override
    public Description description() {
        return new Description(
                "golowich",
                "Rademacher complexity of networks with this product of Frobenius norms, growing as the root of the depth",
                "Golowich, Rakhlin and Shamir 2018, theorem 1",
                "times the number of outputs k",
                Scope.HOMOGENEOUS,
                true,
                false);
    }

    @Override
    public double complexity(BoundInput input, double margin) {
        double product = input.product(BoundLayer::frobenius);
        return input.outputs()
                * rademacher(product, input.depth(), input.data().frobenius(), input.examples())
                / margin;
    }

    /** product (1 + sqrt(2 L ln 2)) ||X||_F / n. */
    public static double rademacher(double product, int depth, double inputFrobenius, int examples) {
        return product * depthFactor(depth) * inputFrobenius / examples;
    }

    /** 1 + sqrt(2 L ln 2). */
    public static double depthFactor(int depth) {
        return 1 + Math.sqrt(2 * depth * StrictMath.log(2));
    }

    /**
     * The depth-free order: B product min(sqrt(ln(product / Gamma) / sqrt(n)), sqrt(L / n)) without its constant and powers of
     * ln n ; the logarithm is at least 1, as in the paper.
     *
     * @param product of Frobenius norms
     * @param spectralProduct Gamma, a lower bound on the product of spectral norms
     * @param largestRow B
     */
    public static double depthFree(double product, double spectralProduct, int depth, double largestRow, int examples) {
        double logarithm = Math.max(1, StrictMath.log(product / spectralProduct));
        double free = Math.sqrt(logarithm / Math.sqrt(examples));
        return largestRow * product * Math.min(free, Math.sqrt((double) depth / examples));
    }

    /** The form with the largest row sum of each layer, ||W||_{1,inf} (Golowich, Rakhlin and Shamir 2018, theorem 2). */
    public static final class RowSums implements Bound {
        @Override
        public Description description() {
            return new Description(
                    "golowich-row-sums",
                    "Rademacher complexity of networks with this product of largest row sums of absolute weights",
                    "Golowich, Rakhlin and Shamir 2018, theorem 2",
                    "times the number of outputs k",
                    Scope.HOMOGENEOUS,
                    true,
                    false);
        }

        @Override
        public double complexity(BoundInput input, double margin) {
            double rademacher = rademacher(
                    input.product(BoundLayer::largestRowSum),
                    input.depth(),
                    input.data().features(),
                    input.data().largestFeature(),
                    input.examples());
            return input.outputs() * rademacher / margin;
        }

        /** 2 product sqrt(L + 1 + ln d) max_j sqrt(sum_i x_ij^2) / n. */
        public static double rademacher(double product, int depth, int features, double largestFeature, int examples) {
            return 2 * product * Math.sqrt(depth + 1 + StrictMath.log(features)) * largestFeature / examples;
        }
    }
}
