package io.orrery.lab.theory.kernel;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Deep Gaussian processes in the Bayesian representation learning limit (Yang, Robeyns, Milsom, Anson, Schoots and Aitchison 2023,
 * arXiv 2108.13097, whose abstract was read; derived here). Layer l has N nu features, each drawn from N(0, K(G_(l-1))), and
 * G_l is their Gram matrix over their number; the targets are seen N times. As N grows the posterior of the Gram
 * matrices concentrates where
 *
 * <p>sum over outputs of ln N(y; 0, K(G_L) + s^2 I) - nu sum_l KL(N(0, G_l) || N(0, K(G_(l-1))))
 *
 * <p>is largest: Stirling's formula turns the density of a Wishart matrix into the divergence.
 *
 * @param kernel K
 * @param inputs G_0, [examples, examples]
 * @param targets [examples, outputs]
 * @param noise s^2, above 0
 * @param weight nu, above 0; without bound it gives the fixed kernel of infinite width
 * @param layers L, 1 or more
 */
@Serves("002-172")
public record DeepKernelMachine(
        GramKernel kernel, Matrix inputs, Matrix targets, double noise, double weight, int layers) {
    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

    /**
     * The objective with its derivative by each Gram matrix, every element by itself.
     *
     * @param value in nats
     */
    public record Evaluation(double value, List<Matrix> derivatives) {}

    /** The Gram matrices of infinite width, which learn nothing: G_l = K(G_(l-1)). */
    public List<Matrix> fixed() {
        List<Matrix> grams = new ArrayList<>();
        Matrix last = inputs;
        for (int layer = 0; layer < layers; layer++) {
            last = kernel.of(last);
            grams.add(last);
        }
        return grams;
    }

    /** The objective of the limit. */
    public Evaluation objective(List<Matrix> grams) {
        return evaluate(grams, true);
    }

    /**
     * What the log density of features, given the targets seen N times, is of their Gram matrices, over N and but for a constant: the objective without the
     * volume of the features that share a Gram matrix.
     */
    public Evaluation density(List<Matrix> grams) {
        return evaluate(grams, false);
    }

    /** The Gram matrices at the objective's maximum that Adam reaches from the fixed ones. */
    public GramAscent.Top maximum(int steps) {
        return GramAscent.from(fixed(), this::objective, steps);
    }

    private Evaluation evaluate(List<Matrix> grams, boolean volume) {
        int examples = inputs.rows();
        int outputs = targets.columns();
        Matrix[] derivatives = new Matrix[layers];
        Matrix top = kernel.of(grams.getLast());
        Positive covariance = Positive.raised(top, noise);
        Matrix weights = covariance.factor().solve(targets);
        double value =
                -(Products.inner(targets, weights) + outputs * (covariance.logDeterminant() + examples * LOG_TWO_PI))
                        / 2;
        Matrix pull = Products.combination(0.5, Products.outerGram(weights), -0.5 * outputs, covariance.inverse());
        derivatives[layers - 1] = kernel.back(top, pull);
        for (int layer = layers - 1; layer >= 0; layer--) {
            Matrix prior = kernel.of(layer == 0 ? inputs : grams.get(layer - 1));
            Divergence divergence = Divergence.of(grams.get(layer), prior, volume);
            value -= weight * divergence.value();
            derivatives[layer] = Products.combination(1, derivatives[layer], -weight, divergence.byGram());
            if (layer > 0) {
                Matrix back = kernel.back(prior, divergence.byPrior());
                derivatives[layer - 1] = Products.combination(-weight, back, 0, back);
            }
        }
        return new Evaluation(value, Arrays.asList(derivatives));
    }

    /**
     * KL(N(0, G) || N(0, K)) = (tr(K^-1 G) - ln det(K^-1 G) - n) / 2 with its derivatives.
     *
     * @param value without what depends on the volume alone, -(ln det G + n) / 2, if so asked
     */
    record Divergence(double value, Matrix byGram, Matrix byPrior) {
        static Divergence of(Matrix gram, Matrix prior, boolean volume) {
            Positive positive = Positive.of(prior);
            Matrix inverse = positive.inverse();
            double value = (Products.inner(inverse, gram) + positive.logDeterminant()) / 2;
            Matrix byGram = Products.combination(0.5, inverse, 0, inverse);
            if (volume) {
                Positive own = Positive.of(gram);
                value -= (own.logDeterminant() + gram.rows()) / 2;
                byGram = Products.combination(1, byGram, -0.5, own.inverse());
            }
            Matrix between = Products.times(Products.times(inverse, gram), inverse);
            return new Divergence(value, byGram, Products.combination(0.5, inverse, -0.5, between));
        }
    }
}
