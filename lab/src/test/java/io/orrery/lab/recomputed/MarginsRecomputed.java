package io.orrery.lab.recomputed;

import io.orrery.lab.data.set.SplitName;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Margins of the probes, raw and divided by rho. */
final class MarginsRecomputed implements Recomputation {
    private static final int BINS = 40;

    @Override
    public String instrument() {
        return "margins";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        for (SplitName name : List.of(SplitName.TRAIN, SplitName.TEST)) {
            moment.probe(name).filter(_ -> moment.loss.labelled()).ifPresent(probe -> {
                double[] margins = margins(moment, probe);
                expected.number(
                        "spread", "", name.text(), PlainAlgebra.deviation(margins, 0) / PlainAlgebra.mean(margins));
                describe(expected, "", name.text(), margins);
                if (moment.homogeneous()) {
                    double rho = moment.rho();
                    double[] normalized =
                            Arrays.stream(margins).map(margin -> margin / rho).toArray();
                    describe(expected, "normalized-", name.text(), normalized);
                }
            });
        }
    }

    static double[] margins(Moment moment, Moment.Probe probe) {
        double[] margins = new double[0];
        for (int n = 0; n < probe.labels().length; n++) {
            margins = DoubleStream.concat(
                            Arrays.stream(margins),
                            Arrays.stream(moment.loss.margins(probe.outputs()[n], probe.labels()[n])))
                    .toArray();
        }
        return margins;
    }

    private static void describe(Expected expected, String prefix, String split, double[] margins) {
        double largest = Arrays.stream(margins).map(Math::abs).max().orElseThrow();
        expected.leftover(prefix + "mean", "", split, largest, PlainAlgebra.mean(margins));
        expected.number(prefix + "second-moment", "", split, PlainAlgebra.dot(margins, margins) / margins.length);
        double low = Arrays.stream(margins).min().orElseThrow();
        double high = Arrays.stream(margins).max().orElseThrow();
        expected.leftover(prefix + "minimum", "", split, largest, low);
        expected.leftover(prefix + "quantile-10", "", split, largest, PlainAlgebra.quantile(margins, 0.1));
        double[] histogram = new double[BINS + 2];
        histogram[0] = low;
        histogram[1] = high;
        for (double margin : margins) {
            int bin = 0;
            while (bin < BINS - 1 && (margin - low) * BINS >= (bin + 1) * (high - low)) {
                bin++;
            }
            histogram[bin + 2] += 1.0 / margins.length;
        }
        expected.leftover(prefix + "histogram", "", split, largest, histogram);
    }
}
