package io.orrery.lab.recomputed;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.set.SplitName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Direct feedback alignment of a tanh network with biases under the square loss, by loops over examples, units and outputs. */
final class RuleDirectionRecomputed implements Recomputation {
    private static final int MOST = 16;

    @Override
    public String instrument() {
        return "rule-direction";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        if (moment.spec.rule().descendsLoss()) {
            return;
        }
        int examples = moment.data.train().count();
        int size = moment.spec.data().batchSize();
        int[] order = RandomStream.of(moment.seed, "instrument/rule-direction").permutation(0, examples);
        // Batches of equal size: the mean over batches is that over their examples.
        int[] rows = Arrays.copyOf(order, Math.min(MOST, examples / size) * size);
        Moment.Probe probe = moment.probe(SplitName.TRAIN).orElseThrow();
        List<double[][]> features = new ArrayList<>();
        features.add(probe.inputs());
        features.addAll(probe.features().values());
        List<double[]> rule = new ArrayList<>();
        List<double[]> descent = new ArrayList<>();
        int layers = moment.layers.size();
        for (int l = 0; l < layers; l++) {
            double[] told = along(moment, l, rows, features, true);
            double[] chain = along(moment, l, rows, features, false);
            rule.add(told);
            descent.add(chain);
            int weights =
                    moment.layers.get(l).rows().length * moment.layers.get(l).rows()[0].length;
            emit(expected, moment.layers.get(l).name(), Arrays.copyOf(told, weights), Arrays.copyOf(chain, weights));
        }
        emit(expected, "", joined(rule), joined(descent));
    }

    /** The direction of a layer's weights, then of its biases: by fixed feedback, or by the chain of weights above. */
    private static double[] along(Moment moment, int layer, int[] rows, List<double[][]> features, boolean feedback) {
        int units = moment.layers.get(layer).rows().length;
        int inputs = moment.layers.get(layer).rows()[0].length;
        double[] sum = new double[units * inputs + units];
        for (int row : rows) {
            double[] delta = delta(moment, layer, row, features, feedback);
            for (int u = 0; u < units; u++) {
                for (int j = 0; j < inputs; j++) {
                    sum[u * inputs + j] += delta[u] * features.get(layer)[row][j] / rows.length;
                }
                sum[units * inputs + u] += delta[u] / rows.length;
            }
        }
        return sum;
    }

    private static double[] delta(Moment moment, int layer, int row, List<double[][]> features, boolean feedback) {
        Moment.Probe probe = moment.probe(SplitName.TRAIN).orElseThrow();
        int last = moment.layers.size() - 1;
        if (layer == last) {
            double[] error = probe.outputs()[row].clone();
            for (int k = 0; k < error.length; k++) {
                error[k] = 2 * (error[k] - moment.loss.target(probe.targets(), row, k));
            }
            return error;
        }
        int units = moment.layers.get(layer).rows().length;
        double[] from = delta(moment, feedback ? last : layer + 1, row, features, feedback);
        double[] delta = new double[units];
        for (int u = 0; u < units; u++) {
            for (int k = 0; k < from.length; k++) {
                double weight = feedback
                        ? moment.array("rule.feedback."
                                + moment.layers.get(layer).name())[k * units + u]
                        : moment.layers.get(layer + 1).rows()[k][u];
                delta[u] += from[k] * weight;
            }
            double hidden = features.get(layer + 1)[row][u];
            delta[u] *= 1 - hidden * hidden;
        }
        return delta;
    }

    private static void emit(Expected expected, String layer, double[] rule, double[] descent) {
        double size = PlainAlgebra.norm(rule) / PlainAlgebra.norm(descent);
        expected.leftover(
                "cosine",
                layer,
                "",
                1,
                PlainAlgebra.dot(rule, descent) / (PlainAlgebra.norm(rule) * PlainAlgebra.norm(descent)));
        expected.number("size", layer, "", size);
    }

    private static double[] joined(List<double[]> parts) {
        return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }
}
