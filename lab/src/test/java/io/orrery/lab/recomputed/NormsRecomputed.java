package io.orrery.lab.recomputed;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.model.ModelSpec.Normalization;
import java.util.Optional;

/** Norms, rho, and where the flow of section 2 of the core theory would let rho rest. */
final class NormsRecomputed implements Recomputation {
    private static final int GRID = 20_000;

    @Override
    public String instrument() {
        return "norms";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        double squares = 0;
        for (PlainNetwork.Weighted layer : moment.layers) {
            double norm = PlainAlgebra.norm(layer.rows());
            squares += norm * norm;
            expected.number("frobenius", layer.name(), "", norm);
            double kernel = PlainAlgebra.svd(layer.rows()).values()[0];
            if (layer.dense()) {
                expected.number("spectral", layer.name(), "", kernel);
            } else {
                // Measured by an iteration that ends at 1e-6.
                double[] ofMap = PlainAlgebra.svd(layer.map()).values();
                expected.about("spectral", layer.name(), "", 1e-6, 0, ofMap[0]);
                expected.number("kernel-spectral", layer.name(), "", kernel);
            }
        }
        expected.number("total", Math.sqrt(squares));
        expected.number("rho", moment.rho());
        Optional<Double> lambda = moment.commonLambda();
        if (moment.homogeneous() && lambda.isPresent() && moment.square()) {
            equilibrium(moment, expected, lambda.get());
        }
    }

    private static void equilibrium(Moment moment, Expected expected, double ofSpec) {
        Moment.Probe probe = moment.probe(SplitName.TRAIN).orElseThrow();
        double momentum = moment.spec.optimizer().momentum();
        if (ofSpec > 0 && moment.decoupled() && !(moment.sgd() && momentum == 0)) {
            return;
        }
        double factor = moment.dataFactor();
        double lambda = ofSpec / factor;
        double rho = moment.rho();
        double a = 0;
        double b = 0;
        int examples = probe.rows().length;
        for (int n = 0; n < examples; n++) {
            double[] g = probe.outputs()[n];
            for (int k = 0; k < g.length; k++) {
                a += moment.loss.target(probe.targets(), n, k) * g[k] / rho / examples;
            }
            b += PlainAlgebra.dot(g, g) / (rho * rho) / examples;
        }
        if (moment.spec.model().normalization() == Normalization.FROBENIUS) {
            expected.number("rho-equilibrium", a / (b + lambda));
            if (moment.sgd()) {
                expected.number("relaxation", 2 * (b + lambda) * factor * moment.time / (1 - momentum));
            }
        } else if (moment.spec.model().normalization() == Normalization.NONE) {
            expected.number("rho-equilibrium", balanced(a, b, lambda, moment.layers.size()));
        }
    }

    /** The largest root of a rho - b rho^2 = lambda rho^(2/L), all norms equal (2.15); 0 if there is none above 0. */
    private static double balanced(double a, double b, double lambda, int depth) {
        double high = a / b;
        if (!(high > 0)) {
            return 0;
        }
        for (int i = GRID; i > 0; i--) {
            double low = high * (i - 1) / GRID;
            if (excess(low, a, b, lambda, depth) > 0) {
                double above = high * i / GRID;
                for (int halving = 0; halving < 100; halving++) {
                    double middle = (low + above) / 2;
                    if (excess(middle, a, b, lambda, depth) > 0) {
                        low = middle;
                    } else {
                        above = middle;
                    }
                }
                return low;
            }
        }
        return 0;
    }

    private static double excess(double rho, double a, double b, double lambda, int depth) {
        return a * rho - b * rho * rho - lambda * StrictMath.pow(rho, 2.0 / depth);
    }
}
