package io.orrery.lab.theory.kernel;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A {@link DeepKernelMachine} whose learned Gram matrices are of a few inducing points (Yang et al. 2023, arXiv 2108.13097): those of the
 * examples follow from them, and the outputs are a Gaussian process with inducing points under Titsias' bound (2009, equation 9).
 * With every example an inducing point it is the full machine.
 *
 * @param stages from each layer to the covariance of the next, the last to that of the outputs: one more than learned layers
 * @param inputs the first layer
 * @param targets [examples, outputs]
 * @param noise s^2, above 0
 * @param weight nu, above 0
 */
public record SparseDeepKernelMachine(
        List<GramStage> stages, InducedGram inputs, Matrix targets, double noise, double weight) {
    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

    /** Copies the stages. */
    public SparseDeepKernelMachine {
        stages = List.copyOf(stages);
    }

    /**
     * Normal predictions.
     *
     * @param means [examples, outputs]
     * @param variances of every output of an example, noise included
     */
    public record Prediction(Matrix means, double[] variances) {
        /** The mean over examples and outputs of the negative log density of what was seen, in nats. */
        public double loss(Matrix seen) {
            double sum = 0;
            for (int row = 0; row < seen.rows(); row++) {
                for (int column = 0; column < seen.columns(); column++) {
                    double off = seen.at(row, column) - means.at(row, column);
                    sum += off * off / variances[row] + StrictMath.log(variances[row]) + LOG_TWO_PI;
                }
            }
            return sum / 2 / seen.values().length;
        }
    }

    /** The Gram matrices of inducing points that learn nothing. */
    public List<Matrix> fixed() {
        List<Matrix> grams = new ArrayList<>();
        InducedGram last = inputs;
        for (GramStage stage : stages.subList(0, stages.size() - 1)) {
            last = stage.of(last);
            grams.add(last.inducing());
        }
        return grams;
    }

    /** The objective and its derivative by the inducing points' Gram matrices. */
    public DeepKernelMachine.Evaluation objective(List<Matrix> grams) {
        int layers = grams.size();
        List<InducedGram.Given> made = new ArrayList<>();
        InducedGram last = inputs;
        for (int layer = 0; layer < layers; layer++) {
            made.add(stages.get(layer).of(last).given(grams.get(layer)));
            last = made.getLast().result();
        }
        Likelihood outputs = Likelihood.of(stages.getLast().of(last), targets, noise);
        double value = outputs.value;
        Matrix[] derivatives = new Matrix[layers];
        InducedGram pull = stages.getLast().back(last, outputs.derivative);
        for (int layer = layers - 1; layer >= 0; layer--) {
            InducedGram.Given given = made.get(layer);
            DeepKernelMachine.Divergence divergence = DeepKernelMachine.Divergence.of(
                    grams.get(layer), given.prior().inducing(), true);
            value -= weight * divergence.value();
            derivatives[layer] = Products.combination(1, given.byGram(pull), -weight, divergence.byGram());
            if (layer > 0) {
                InducedGram byPrior = given.byPrior(pull);
                Matrix inducing = Products.combination(1, byPrior.inducing(), -weight, divergence.byPrior());
                pull = stages.get(layer)
                        .back(
                                made.get(layer - 1).result(),
                                new InducedGram(inducing, byPrior.cross(), byPrior.lengths()));
            }
        }
        return new DeepKernelMachine.Evaluation(value, Arrays.asList(derivatives));
    }

    /** The Gram matrices that Adam reaches from the fixed ones. */
    public GramAscent.Top maximum(int steps) {
        return GramAscent.from(fixed(), this::objective, steps);
    }

    /**
     * What it predicts with some Gram matrices.
     *
     * @param others the first layer of other examples, with the same inducing points
     */
    public Prediction predict(List<Matrix> grams, InducedGram others) {
        InducedGram seen = top(grams, inputs);
        InducedGram unseen = top(grams, others);
        Positive own = Positive.of(seen.inducing());
        Positive both = Positive.of(Products.combination(1, seen.inducing(), 1 / noise, Products.gram(seen.cross())));
        Matrix weights = both.factor().solve(Products.transposedTimes(seen.cross(), targets));
        Matrix means = Products.times(unseen.cross(), Products.combination(1 / noise, weights, 0, weights));
        Matrix turned = Products.transposed(unseen.cross());
        Matrix prior = own.factor().solveLower(turned);
        Matrix left = both.factor().solveLower(turned);
        double[] variances = unseen.lengths().clone();
        for (int i = 0; i < variances.length; i++) {
            variances[i] += noise;
            for (int row = 0; row < prior.rows(); row++) {
                variances[i] += left.at(row, i) * left.at(row, i) - prior.at(row, i) * prior.at(row, i);
            }
        }
        return new Prediction(means, variances);
    }

    private InducedGram top(List<Matrix> grams, InducedGram first) {
        InducedGram last = first;
        for (int layer = 0; layer < grams.size(); layer++) {
            last = stages.get(layer).of(last).given(grams.get(layer)).result();
        }
        return stages.getLast().of(last);
    }

    /** Titsias' bound on the log density of the targets, with its derivative. */
    private record Likelihood(double value, InducedGram derivative) {
        static Likelihood of(InducedGram kernel, Matrix targets, double noise) {
            int outputs = targets.columns();
            int examples = targets.rows();
            Positive own = Positive.of(kernel.inducing());
            Matrix inverse = own.inverse();
            Matrix products = Products.gram(kernel.cross());
            Positive both = Positive.of(Products.combination(1, kernel.inducing(), 1 / noise, products));
            Matrix seen = Products.transposedTimes(kernel.cross(), targets);
            Matrix weights = both.factor().solve(seen);
            double explained = Products.inner(inverse, products);
            double total = Arrays.stream(kernel.lengths()).sum();
            double value = -0.5
                            * (outputs
                                            * (both.logDeterminant()
                                                    - own.logDeterminant()
                                                    + examples * (StrictMath.log(noise) + LOG_TWO_PI))
                                    + (Products.squaredNorm(targets) - Products.inner(seen, weights) / noise) / noise)
                    - outputs / (2 * noise) * (total - explained);
            Matrix byBoth = Products.combination(
                    -0.5 * outputs, both.inverse(), -0.5 / (noise * noise), Products.outerGram(weights));
            Matrix byProducts = Products.combination(1 / noise, byBoth, outputs / (2 * noise), inverse);
            Matrix around = Products.times(Products.times(inverse, products), inverse);
            Matrix byInducing = InducedGram.sum(
                    byBoth, Products.combination(0.5 * outputs, inverse, -outputs / (2 * noise), around));
            Matrix byCross = Products.combination(
                    2,
                    Products.times(kernel.cross(), byProducts),
                    1 / (noise * noise),
                    Products.timesTransposed(targets, weights));
            double[] byLengths = new double[examples];
            Arrays.fill(byLengths, -outputs / (2 * noise));
            return new Likelihood(value, new InducedGram(byInducing, byCross, byLengths));
        }
    }
}
