package io.orrery.lab.recomputed;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.update.DecaySpec;
import java.util.Arrays;

/**
 * The last layer against the ridge regression on its features (Han, Papyan and Donoho 2022; core theory, 4.4), solved with the
 * bias as one more feature that is always 1.
 */
final class CentralPathRecomputed implements Recomputation {
    @Override
    public String instrument() {
        return "central-path";
    }

    /** What is known of the last layer's bias. */
    private enum Bias {
        NONE,
        FREE,
        DECAYED
    }

    private record Parts(double withinClass, double classMeans, double offPath, double loss) {}

    @Override
    public void expect(Moment moment, Expected expected) {
        double lambda = moment.lastLambda() / moment.dataFactor();
        PlainNetwork.Weighted last = moment.layers.getLast();
        boolean fits = moment.data.target() instanceof TargetKind.Classes
                && moment.square()
                && moment.spec.loss().targets() == LossSpec.Targets.ONE_HOT
                && lambda > 0
                && last.dense();
        if (!fits) {
            return;
        }
        Moment.Probe probe = moment.probe(SplitName.TRAIN).orElseThrow();
        double[][] weights = ClassesRecomputed.lastWeights(moment);
        boolean biased = moment.now.has(last.name() + ".bias");
        double[] bias = biased ? moment.array(last.name() + ".bias") : new double[weights.length];
        Bias own =
                !biased ? Bias.NONE : moment.spec.decay().applies() == DecaySpec.Applies.ALL ? Bias.DECAYED : Bias.FREE;
        Parts parts = parts(probe.last(), probe.labels(), weights, bias, own, lambda);
        expected.leftover("within-class", "", "", parts.loss(), parts.withinClass());
        expected.leftover("class-means", "", "", parts.loss(), parts.classMeans());
        expected.leftover("off-path", "", "", parts.loss(), parts.offPath());
        expected.leftover("share", "", "", 1, parts.offPath() / parts.loss());
        Parts decayed = parts(probe.last(), probe.labels(), weights, bias, Bias.DECAYED, lambda);
        expected.leftover("biased-share", "", "", 1, decayed.offPath() / decayed.loss());
    }

    private static Parts parts(
            double[][] features, int[] labels, double[][] weights, double[] bias, Bias kind, double lambda) {
        int width = features[0].length;
        int size = kind == Bias.NONE ? width : width + 1;
        double[] decays = new double[size];
        Arrays.fill(decays, lambda);
        if (kind == Bias.FREE) {
            decays[width] = 0;
        }
        double[][] own = new double[weights.length][];
        for (int c = 0; c < weights.length; c++) {
            own[c] = Arrays.copyOf(weights[c], size);
            if (size > width) {
                own[c][width] = bias[c];
            }
        }
        double[][] moments = new double[size][size];
        double[][] targets = new double[size][weights.length];
        double[][] extended = new double[features.length][];
        for (int n = 0; n < features.length; n++) {
            extended[n] = Arrays.copyOf(features[n], size);
            if (size > width) {
                extended[n][width] = 1;
            }
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    moments[i][j] += extended[n][i] * extended[n][j] / features.length;
                }
                targets[i][labels[n]] += extended[n][i] / features.length;
            }
        }
        for (int i = 0; i < size; i++) {
            moments[i][i] += decays[i];
        }
        double[][] best = PlainAlgebra.transposed(PlainAlgebra.solved(moments, targets));
        // The loss is quadratic: above its minimum it is half the squared offset in the metric of its second
        // derivative.
        double off = 0;
        for (int c = 0; c < best.length; c++) {
            double[] offset = PlainAlgebra.sum(own[c], -1, best[c]);
            for (int i = 0; i < size; i++) {
                off += offset[i] * PlainAlgebra.dot(moments[i], offset) / 2;
            }
        }
        double[][] means = new double[best.length][size];
        double[] counts = new double[best.length];
        for (int n = 0; n < labels.length; n++) {
            means[labels[n]] = PlainAlgebra.sum(means[labels[n]], 1, extended[n]);
            counts[labels[n]]++;
        }
        double within = decay(best, decays) / 2;
        double ofMeans = 0;
        double loss = decay(own, decays) / 2;
        for (int n = 0; n < labels.length; n++) {
            double[] mean = PlainAlgebra.scaled(1 / counts[labels[n]], new double[][] {means[labels[n]]})[0];
            double[] off1 = PlainAlgebra.sum(extended[n], -1, mean);
            for (int c = 0; c < best.length; c++) {
                double target = labels[n] == c ? 1 : 0;
                within += square(PlainAlgebra.dot(best[c], off1)) / (2 * labels.length);
                ofMeans += square(PlainAlgebra.dot(best[c], mean) - target) / (2 * labels.length);
                loss += square(PlainAlgebra.dot(own[c], extended[n]) - target) / (2 * labels.length);
            }
        }
        return new Parts(within, ofMeans, off, loss);
    }

    private static double decay(double[][] weights, double[] decays) {
        double sum = 0;
        for (double[] row : weights) {
            for (int i = 0; i < row.length; i++) {
                sum += decays[i] * row[i] * row[i];
            }
        }
        return sum;
    }

    private static double square(double x) {
        return x * x;
    }
}
