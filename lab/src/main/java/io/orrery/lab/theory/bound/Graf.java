package io.orrery.lab.theory.bound;

/**
 * The norm bound of "On measuring excess capacity in neural networks" (Graf, Zeng, Rieck, Niethammer and Kwitt 2022, theorem
 * 3.5, first bound): the complexity of the margin loss of networks with these Lipschitz constants and (2,1) distances of
 * kernels from the initial ones.
 */
public final class Graf implements Bound {
    @Override
    public Description description() {
        return new Description(
                "graf",
                "Rademacher complexity of the margin loss of networks with these Lipschitz constants and distances of kernels"
                        + " from the initial ones",
                "Graf, Zeng, Rieck, Niethammer and Kwitt 2022, theorem 3.5",
                "none: the margin of k outputs is 2-Lipschitz, which the constant 4 contains",
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
        double product = input.lipschitzProduct();
        double sum = 0;
        int parameters = 0;
        for (int l = 0; l < input.depth(); l++) {
            BoundLayer layer = input.layers().get(l);
            double term = capacity(
                    input.data().frobenius(),
                    product,
                    layer.change().channelNorms(),
                    input.lipschitz(l),
                    margin,
                    input.examples());
            sum += StrictMath.cbrt(term * term);
            parameters = Math.max(parameters, layer.parameters());
        }
        return rademacher(sum, parameters, input.examples());
    }

    /** C_i = (4 / margin) (||X||_F / sqrt(n)) (prod lip) ||K_i - K_i^0||_{2,1} / lip_i. */
    public static double capacity(
            double inputFrobenius,
            double lipschitzProduct,
            double distance,
            double lipschitz,
            double margin,
            int examples) {
        return 4 / margin * inputFrobenius / Math.sqrt(examples) * lipschitzProduct * distance / lipschitz;
    }

    /**
     * 4 / n + 12 ln(n) / sqrt(n) sqrt(ln(2 P)) (sum C_i^(2/3))^(3/2).
     *
     * @param sum of C_i^(2/3)
     * @param parameters P, the most parameters of a layer
     */
    public static double rademacher(double sum, int parameters, int examples) {
        double n = examples;
        return 4 / n
                + 12
                        * StrictMath.log(n)
                        / Math.sqrt(n)
                        * Math.sqrt(StrictMath.log(2.0 * parameters))
                        * StrictMath.pow(sum, 1.5);
    }
}
