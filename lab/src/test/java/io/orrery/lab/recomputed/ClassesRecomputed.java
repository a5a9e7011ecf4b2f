package io.orrery.lab.recomputed;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Each class's own means (core theory, 4.2 to 4.5). */
final class ClassesRecomputed implements Recomputation {
    private static final int MOST = 64;

    @Override
    public String instrument() {
        return "classes";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        int classes = moment.data.classes();
        PlainNetwork.Weighted last = moment.layers.getLast();
        if (!(moment.data.target() instanceof TargetKind.Classes)
                || moment.loss.outputs() != classes
                || !last.dense()) {
            return;
        }
        Moment.Probe probe = moment.probe(SplitName.TRAIN).orElseThrow();
        double[][] weights = lastWeights(moment);
        double[] counts = new double[classes];
        double[][] outputs = new double[classes][classes];
        double[][] means = new double[classes][weights[0].length];
        double[] squares = new double[classes];
        for (int n = 0; n < probe.labels().length; n++) {
            int c = probe.labels()[n];
            counts[c]++;
            outputs[c] = PlainAlgebra.sum(outputs[c], 1, probe.outputs()[n]);
            means[c] = PlainAlgebra.sum(means[c], 1, probe.last()[n]);
            squares[c] += PlainAlgebra.dot(probe.last()[n], probe.last()[n]);
        }
        for (int c = 0; c < classes; c++) {
            for (int k = 0; k < classes; k++) {
                outputs[c][k] /= counts[c];
            }
            for (int j = 0; j < means[c].length; j++) {
                means[c][j] /= counts[c];
            }
            squares[c] /= counts[c];
        }
        double within = 0;
        double size = 0;
        for (int n = 0; n < probe.labels().length; n++) {
            double[] mean = means[probe.labels()[n]];
            double[] off = PlainAlgebra.sum(probe.last()[n], -1, mean);
            within += PlainAlgebra.dot(off, off);
            size += PlainAlgebra.dot(mean, mean);
        }
        double largest = 0;
        double[] diagonal = new double[classes];
        double[] norms = new double[classes];
        List<Double> cosines = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            diagonal[c] = outputs[c][c];
            norms[c] = PlainAlgebra.dot(weights[c], weights[c]);
            for (int k = 0; k < classes; k++) {
                // A class without examples has no mean output.
                largest = k == c || counts[c] == 0 ? largest : Math.max(largest, Math.abs(outputs[c][k]));
                if (k > c) {
                    cosines.add(PlainAlgebra.dot(weights[c], weights[k])
                            / (PlainAlgebra.norm(weights[c]) * PlainAlgebra.norm(weights[k])));
                }
            }
        }
        expected.vector("examples", "", "", counts);
        expected.leftover("output", "", "", 1, diagonal);
        expected.leftover("off-diagonal", "", "", 1, largest);
        if (Arrays.stream(counts).allMatch(count -> count > 0)) {
            double[] values = PlainAlgebra.svd(outputs).values();
            expected.about("output-singular-values", "", "", 1e-9, 1e-9 * values[0], values);
        } else {
            double[] unknown = new double[classes];
            Arrays.fill(unknown, Double.NaN);
            expected.vector("output-singular-values", "", "", unknown);
        }
        expected.vector("feature-norm", "", "", squares);
        expected.leftover("spread", "", "", 1, Math.sqrt(within / size));
        expected.vector("classifier-norm", "", "", norms);
        if (classes <= MOST) {
            expected.leftover(
                    "classifier-cosines",
                    "",
                    "",
                    1,
                    cosines.stream().mapToDouble(Double::doubleValue).toArray());
        }
        if (moment.now.has(last.name() + ".bias")) {
            expected.vector("bias", "", "", moment.array(last.name() + ".bias"));
        }
    }

    /** The last layer's rows, rho counted to them under frobenius normalization. */
    static double[][] lastWeights(Moment moment) {
        double[][] rows = moment.layers.getLast().rows();
        return moment.frobenius() ? PlainAlgebra.scaled(moment.array("rho")[0], rows) : rows;
    }
}
