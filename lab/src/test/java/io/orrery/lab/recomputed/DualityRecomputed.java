package io.orrery.lab.recomputed;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.model.ModelSpec.Normalization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Weights against activations and back-propagated errors (core theory, 2.7). */
final class DualityRecomputed implements Recomputation {
    /** Directions of the inputs below this share of the largest singular value are no part of their span. */
    private static final double SPAN = 1e-5;

    @Override
    public String instrument() {
        return "duality";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        Moment.Probe probe = moment.probe(SplitName.TRAIN).orElseThrow();
        if (moment.spec.model().normalization() == Normalization.NONE) {
            for (PlainNetwork.Weighted layer : moment.layers) {
                double factor = moment.decayFactor(layer.name() + ".weight");
                if (factor > 0) {
                    double[] gradient = GradientRecomputed.layerGradient(moment, layer, probe.rows());
                    double[] weight = moment.array(layer.name() + ".weight");
                    double[] decay = PlainAlgebra.sum(weight, factor - 1, weight);
                    expected.number(
                            "residual",
                            layer.name(),
                            "",
                            PlainAlgebra.norm(PlainAlgebra.sum(decay, 1, gradient)) / PlainAlgebra.norm(decay));
                }
            }
        }
        // What enters each layer: the examples, then what each layer gave.
        List<double[][]> entering = new ArrayList<>(probe.features().values());
        entering.addFirst(probe.inputs());
        boolean chain = entering.size() == moment.layers.size();
        for (int k = 0; k < moment.layers.size(); k++) {
            PlainNetwork.Weighted layer = moment.layers.get(k);
            boolean known = chain || k == 0 || k == moment.layers.size() - 1;
            if (!layer.dense() || !known) {
                continue;
            }
            double[][] inputs = k == moment.layers.size() - 1 ? entering.getLast() : entering.get(k);
            PlainAlgebra.Svd svd = PlainAlgebra.svd(inputs);
            int rank = (int) Arrays.stream(svd.values())
                    .filter(value -> value > SPAN * svd.values()[0])
                    .count();
            // Measured through a Gram matrix, in which small directions are known to the precision over their squared
            // share.
            double share = svd.values()[rank - 1] / svd.values()[0];
            double outside = outside(layer.rows(), svd, rank) / PlainAlgebra.norm(layer.rows());
            expected.about("outside-inputs", layer.name(), "", 1e-9, 1e-9 + 1e-15 / (share * share), outside);
            double[][] ofWeights = PlainAlgebra.product(PlainAlgebra.transposed(layer.rows()), layer.rows());
            double[][] ofFeatures = PlainAlgebra.product(PlainAlgebra.transposed(inputs), inputs);
            double cosine = PlainAlgebra.inner(ofWeights, ofFeatures)
                    / (PlainAlgebra.norm(ofWeights) * PlainAlgebra.norm(ofFeatures));
            expected.number("gram-alignment", layer.name(), "", cosine);
            if (k == moment.layers.size() - 1) {
                expected.number("weight-feature-alignment", cosine);
            }
        }
    }

    /** Norm of what is left of rows after their projection on the first right singular vectors. */
    private static double outside(double[][] rows, PlainAlgebra.Svd svd, int rank) {
        double[][] left = rows.clone();
        for (int i = 0; i < rank; i++) {
            for (int row = 0; row < left.length; row++) {
                left[row] = PlainAlgebra.sum(left[row], -PlainAlgebra.dot(left[row], svd.right()[i]), svd.right()[i]);
            }
        }
        return PlainAlgebra.norm(left);
    }
}
