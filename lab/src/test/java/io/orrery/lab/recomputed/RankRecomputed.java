package io.orrery.lab.recomputed;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.model.ModelSpec.Normalization;
import java.util.Map;
import java.util.Optional;

/** Ranks by singular values of the matrices themselves (core theory, 5.2), not of their Gram matrices. */
final class RankRecomputed implements Recomputation {
    private static final int SHOWN = 64;

    @Override
    public String instrument() {
        return "rank";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        Normalization normalization = moment.spec.model().normalization();
        boolean onWeights = normalization == Normalization.NONE || normalization == Normalization.BATCH;
        Optional<Double> lambda = moment.commonLambda();
        if (lambda.isPresent() && onWeights && (moment.decoupled() || moment.sgd())) {
            double through =
                    moment.decoupled() ? 1 : 1 - moment.spec.optimizer().momentum();
            expected.number("decay-exponent", 2 * lambda.get() * moment.time / through);
        }
        for (PlainNetwork.Weighted layer : moment.layers) {
            double[] values = PlainAlgebra.svd(layer.rows()).values();
            ranks(expected, "", layer.name(), "", values);
            expected.number("singular-value-count", layer.name(), "", values.length);
            double[] shown = new double[Math.min(values.length, SHOWN)];
            for (int i = 0; i < shown.length; i++) {
                shown[i] = values.length <= SHOWN
                        ? values[i]
                        : values[(int) Math.round(i * (values.length - 1.0) / (SHOWN - 1))];
            }
            // Measured as roots of a Gram matrix's eigenvalues: exact to half the digits of the largest.
            expected.about("singular-values", layer.name(), "", 1e-9, 1e-7 * values[0], shown);
        }
        Map<String, double[][]> features =
                moment.probe(SplitName.TRAIN).orElseThrow().read();
        features.forEach((name, rows) -> ranks(
                expected, "feature-", name, "train", PlainAlgebra.svd(rows).values()));
    }

    private static void ranks(Expected expected, String prefix, String layer, String split, double[] values) {
        double frobenius = PlainAlgebra.norm(values);
        double sum = 0;
        double rank = 0;
        for (double value : values) {
            sum += value;
            rank += value / frobenius > 1e-3 ? 1 : 0;
        }
        double entropy = 0;
        for (double value : values) {
            entropy -= value == 0 ? 0 : value / sum * StrictMath.log(value / sum);
        }
        expected.number(prefix + "rank", layer, split, rank);
        expected.number(prefix + "stable-rank", layer, split, frobenius * frobenius / (values[0] * values[0]));
        // Directions of no size have one of 1e-8 of the largest in the measured spectrum, each worth 2e-7 here.
        expected.about(
                prefix + "effective-rank", layer, split, 1e-9 + 4e-7 * values.length, 0, StrictMath.exp(entropy));
    }
}
