package io.orrery.lab.claim.bounds;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.examine.Examined;
import io.orrery.lab.math.Largest;
import io.orrery.lab.theory.Calibration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The outputs of a classifier read as utilities u and turned into probabilities by maps that keep their order: softmax as it is;
 * softmax(beta u) with beta fitted (the powers p^beta of the softmax made to sum to 1 are the same); and the probability of the
 * best class as a rising function of u_1 - u_2, the rest in proportion. Fitted on the even test examples, measured on the odd ones.
 */
final class UtilityMaps implements Examination {
    static final String NAME = "utility-maps";
    static final int BINS = 15;
    static final List<String> MAPS = List.of("raw", "temperature", "isotonic");

    private static final String LABELS = "labels";
    /** A wrong decision costs so many times what leaving one to others does. */
    private static final double WRONG = 5;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public String about() {
        return "calibration error (15 bins of equal count), negative log-likelihood and cost of decisions (a wrong one 5, a referred"
                + " one 1) of three maps from outputs to probabilities, fitted on one half of the test set and measured on the other";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Parameter.whole(
                LABELS, "the labels of the test set: its own (0), or drawn from the network's own softmax (1)", 0, 1));
    }

    static Setting setting(boolean ownSoftmax) {
        return Setting.empty().with(LABELS, ownSoftmax ? 1 : 0);
    }

    @Override
    public Results examine(List<Examined> networks, long seed, Setting setting) {
        Examined network = networks.getFirst();
        if (!(network.data().target() instanceof TargetKind.Classes)) {
            throw new UserError(NAME + ": data: expected examples of classes, whose outputs are scores, found "
                    + network.data().target());
        }
        double[][] scores = network.evaluate(SplitName.TEST).outputs();
        int[] labels = setting.whole(LABELS) == 1
                ? drawn(scores, RandomStream.of(seed, NAME + "/labels"))
                : network.data().split(SplitName.TEST).orElseThrow().labels();
        return mapped(half(scores, 0), half(labels, 0), half(scores, 1), half(labels, 1));
    }

    /** What the maps that are fitted to some examples do on others. */
    static Results mapped(double[][] fitted, int[] fittedLabels, double[][] scores, int[] labels) {
        double beta = Calibration.inverseTemperature(fitted, fittedLabels);
        boolean[] right = new boolean[fitted.length];
        for (int i = 0; i < fitted.length; i++) {
            right[i] = Largest.of(fitted[i]) == fittedLabels[i];
        }
        Calibration.Isotonic isotonic = Calibration.Isotonic.of(
                Arrays.stream(fitted).mapToDouble(UtilityMaps::gap).toArray(), right);
        double least = 1.0 / (2 * fitted.length);
        Results results = Results.none().with("beta", beta);
        for (String map : MAPS) {
            double[] confidences = new double[scores.length];
            boolean[] correct = new boolean[scores.length];
            double likelihood = 0;
            double cost = 0;
            for (int i = 0; i < scores.length; i++) {
                int best = Largest.of(scores[i]);
                double[] p = Calibration.softmax(scores[i], map.equals("temperature") ? beta : 1);
                if (map.equals("isotonic")) {
                    p = withTop(p, best, Math.clamp(isotonic.at(gap(scores[i])), least, 1 - least));
                }
                confidences[i] = p[best];
                correct[i] = best == labels[i];
                likelihood -= StrictMath.log(Math.max(p[labels[i]], Double.MIN_NORMAL)) / scores.length;
                boolean decides = WRONG * (1 - p[best]) < 1;
                cost += (decides ? (correct[i] ? 0 : WRONG) : 1) / scores.length;
            }
            double[][] bins = Calibration.binned(confidences, correct, BINS);
            results = results.with(map + "-error", Calibration.expectedError(confidences, correct, BINS))
                    .with(map + "-likelihood", likelihood)
                    .with(map + "-cost", cost)
                    .with(map + "-said", bins[0])
                    .with(map + "-came", bins[1]);
        }
        return results;
    }

    private static double[] withTop(double[] p, int best, double top) {
        double rest = 1 - p[best];
        double[] mapped = new double[p.length];
        Arrays.setAll(mapped, c -> c == best ? top : (1 - top) * (rest > 1e-300 ? p[c] / rest : 1.0 / (p.length - 1)));
        return mapped;
    }

    private static int[] drawn(double[][] scores, RandomStream random) {
        int[] labels = new int[scores.length];
        for (int i = 0; i < scores.length; i++) {
            double[] p = Calibration.softmax(scores[i], 1);
            double left = random.uniform(0, i);
            int label = 0;
            while (label < p.length - 1 && left >= p[label]) {
                left -= p[label++];
            }
            labels[i] = label;
        }
        return labels;
    }

    private static double gap(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - 1] - sorted[sorted.length - 2];
    }

    private static double[][] half(double[][] all, int from) {
        return IntStream.range(0, all.length)
                .filter(i -> i % 2 == from)
                .mapToObj(i -> all[i])
                .toArray(double[][]::new);
    }

    private static int[] half(int[] all, int from) {
        return IntStream.range(0, all.length)
                .filter(i -> i % 2 == from)
                .map(i -> all[i])
                .toArray();
    }
}
