package io.orrery.lab.theory.bound;

import java.util.Arrays;

/**
 * Norm bounds for convolutions with shared weights (Ledent, Mustafa, Lei and Kloft 2021), constants as in the evaluation of
 * Graf et al. 2022: the complexity of the margin loss of networks with these Lipschitz constants and distances of filters from
 * the initial ones. A network's patch norms are bounded by its inputs' norms times Lipschitz constants (their section E).
 */
public final class Ledent implements Bound {
    @Override
    public Description description() {
        return new Description(
                "ledent",
                "Rademacher complexity of the margin loss of networks with these Lipschitz constants and distances of filters"
                        + " from the initial ones",
                "Ledent, Mustafa, Lei and Kloft 2021, theorem 11 and section E",
                "none: only the largest row norm of the last layer enters",
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
        int depth = input.depth();
        double[] lipschitz = new double[depth];
        double[] distances = new double[depth];
        int[] locations = new int[depth];
        int[] channels = new int[depth];
        double product = 1;
        for (int l = 0; l < depth; l++) {
            BoundLayer layer = input.layers().get(l);
            boolean last = l == depth - 1;
            lipschitz[l] = last ? layer.largestFilter() : input.lipschitz(l);
            distances[l] = last ? layer.change().frobenius() : layer.change().filterNorms();
            // Without weight sharing a local layer is a dense one with many zeros.
            boolean shared = layer.kind() == BoundLayer.Kind.CONVOLUTION;
            locations[l] = shared ? layer.positions() : 1;
            channels[l] = shared ? layer.channels() : layer.outputs();
            product *= lipschitz[l];
        }
        double[] terms = new double[depth];
        for (int l = 0; l < depth; l++) {
            double others = product / lipschitz[l];
            terms[l] = input.data().largestRow() / margin * others * distances[l] * Math.sqrt(locations[l]);
        }
        return rademacher(terms, locations, channels, input.examples());
    }

    /**
     * The terms r_l = b_{l-1} rho_{l+} a_l with measured patch norms, where rho_{l+} is the largest over i of the product of
     * Lipschitz constants of layers l+1 to i over b_i, times the square root of the output locations of l.
     *
     * @param patches b_0 to b_L: largest norm of a window of what enters layer 1, 2, ...; the last is the margin
     * @param lipschitz of each layer
     * @param distances a_l: filters' distances added up, Frobenius distance for the last layer
     * @param locations O_l, output locations of each layer
     */
    public static double[] terms(double[] patches, double[] lipschitz, double[] distances, int[] locations) {
        int depth = lipschitz.length;
        double[] terms = new double[depth];
        for (int l = 0; l < depth; l++) {
            double product = 1;
            double largest = 0;
            for (int i = l; i < depth; i++) {
                product *= i == l ? 1 : lipschitz[i];
                largest = Math.max(largest, product / patches[i + 1]);
            }
            terms[l] = patches[l] * largest * Math.sqrt(locations[l]) * distances[l];
        }
        return terms;
    }

    /**
     * 4 / n + 768 R sqrt(log2(32 Gamma n^2 + 7 W n)) ln(n) / sqrt(n) with R = (sum r_l^(2/3))^(3/2), Gamma = max r_l O_l m_l and
     * W = max O_l m_l.
     *
     * @param channels m_l, output channels of each layer
     */
    public static double rademacher(double[] terms, int[] locations, int[] channels, int examples) {
        double sum =
                Arrays.stream(terms).map(term -> StrictMath.cbrt(term * term)).sum();
        double gamma = 0;
        double width = 0;
        for (int l = 0; l < terms.length; l++) {
            double size = (double) locations[l] * channels[l];
            gamma = Math.max(gamma, terms[l] * size);
            width = Math.max(width, size);
        }
        double n = examples;
        double logarithm = StrictMath.log(32 * gamma * n * n + 7 * width * n) / StrictMath.log(2);
        return 4 / n + 768 * StrictMath.pow(sum, 1.5) * Math.sqrt(logarithm) * StrictMath.log(n) / Math.sqrt(n);
    }
}
