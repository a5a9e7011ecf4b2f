package io.orrery.lab.recomputed;

import io.orrery.lab.data.set.SplitName;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Papyan, Han and Donoho 2020 (definitions as in core theory, section 3), with p x p scatters written out. */
final class NeuralCollapseRecomputed implements Recomputation {
    private static final String TRAIN = "train";

    @Override
    public String instrument() {
        return "neural-collapse";
    }

    /**
     * Class means of features [N, p].
     *
     * @param present the classes that have examples
     * @param means one row per present class
     */
    private record Means(int[] present, double[][] means, double[] global, double[][] centred) {
        static Means of(double[][] features, int[] labels) {
            TreeSet<Integer> seen = new TreeSet<>();
            for (int label : labels) {
                seen.add(label);
            }
            int[] present = seen.stream().mapToInt(Integer::intValue).toArray();
            double[][] means = new double[present.length][features[0].length];
            for (int c = 0; c < present.length; c++) {
                double count = 0;
                for (int n = 0; n < labels.length; n++) {
                    if (labels[n] == present[c]) {
                        means[c] = PlainAlgebra.sum(means[c], 1, features[n]);
                        count++;
                    }
                }
                means[c] = PlainAlgebra.scaled(1 / count, new double[][] {means[c]})[0];
            }
            double[] global = PlainAlgebra.meanRow(means);
            double[][] centred = new double[present.length][];
            for (int c = 0; c < present.length; c++) {
                centred[c] = PlainAlgebra.sum(means[c], -1, global);
            }
            return new Means(present, means, global, centred);
        }

        int place(int label) {
            for (int c = 0; c < present.length; c++) {
                if (present[c] == label) {
                    return c;
                }
            }
            throw new IllegalArgumentException("no class " + label);
        }

        int nearest(double[] feature) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int c = 0; c < present.length; c++) {
                double distance = PlainAlgebra.norm(PlainAlgebra.sum(feature, -1, means[c]));
                if (distance < least) {
                    least = distance;
                    best = present[c];
                }
            }
            return best;
        }
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        if (!moment.loss.labelled() || moment.bits() && moment.data.classes() > 1) {
            return;
        }
        Moment.Probe probe = moment.probe(SplitName.TRAIN).orElseThrow();
        if (!probe.features().isEmpty()) {
            variability(expected, "inputs", TRAIN, probe.inputs(), probe.labels());
        }
        for (Map.Entry<String, double[][]> layer : probe.read().entrySet()) {
            variability(expected, layer.getKey(), TRAIN, layer.getValue(), probe.labels());
        }
        Means means = Means.of(probe.last(), probe.labels());
        int classes = means.present().length;
        if (classes < 2) {
            return;
        }
        double trace = variability(expected, "", TRAIN, probe.last(), probe.labels());
        expected.number("nc1-raw", "", TRAIN, trace * classes);
        expected.number("cdnv", "", TRAIN, distanceNormalizedVariance(means, probe.last(), probe.labels()));
        frame(expected, "-means", means.centred());
        double[] cosines = new double[classes * classes];
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                cosines[i * classes + j] = cosine(means.centred()[i], means.centred()[j]);
            }
        }
        expected.leftover("cosines", "", TRAIN, 1, cosines);
        double[][] last = moment.layers.getLast().rows();
        if (last[0].length == means.centred()[0].length) {
            weights(expected, last, means);
        }
        expected.number("nc4", "", TRAIN, mismatch(moment, means, probe));
        Optional<Moment.Probe> test = moment.probe(SplitName.TEST);
        if (test.isPresent()) {
            variability(expected, "", "test", test.get().last(), test.get().labels());
            expected.number("nc4", "", "test", mismatch(moment, means, test.get()));
        }
    }

    /** tr(Sigma_W Sigma_B^+) / K and tr(Sigma_W) / tr(Sigma_B), scatters as p x p matrices; gives the first. */
    private static double variability(
            Expected expected, String layer, String split, double[][] features, int[] labels) {
        Means means = Means.of(features, labels);
        int classes = means.present().length;
        if (classes < 2) {
            return Double.NaN;
        }
        int width = features[0].length;
        double[][] within = new double[width][width];
        double[][] between = new double[width][width];
        for (int n = 0; n < labels.length; n++) {
            double[] off = PlainAlgebra.sum(features[n], -1, means.means()[means.place(labels[n])]);
            add(within, off, 1.0 / labels.length);
        }
        for (double[] mean : means.centred()) {
            add(between, mean, 1.0 / classes);
        }
        PlainAlgebra.Svd eigen = PlainAlgebra.eigen(between);
        double trace = 0;
        for (int i = 0; i < Math.min(width, classes - 1); i++) {
            if (eigen.values()[i] > 1e-12 * eigen.values()[0]) {
                double[] direction = eigen.right()[i];
                for (int a = 0; a < width; a++) {
                    trace += direction[a] * PlainAlgebra.dot(within[a], direction) / eigen.values()[i];
                }
            }
        }
        double traceWithin = 0;
        double traceBetween = 0;
        for (int a = 0; a < width; a++) {
            traceWithin += within[a][a];
            traceBetween += between[a][a];
        }
        // The inverse of the smallest eigenvalue is known to the precision over its share of the largest.
        double condition = eigen.values()[0] / eigen.values()[Math.min(width, classes - 1) - 1];
        expected.about("nc1", layer, split, Math.max(1e-9, 1e-14 * condition), 1e-14, trace / classes);
        expected.number("nc1b", layer, split, traceWithin / traceBetween);
        return trace / classes;
    }

    private static void add(double[][] matrix, double[] vector, double weight) {
        for (int a = 0; a < vector.length; a++) {
            for (int b = 0; b < vector.length; b++) {
                matrix[a][b] += weight * vector[a] * vector[b];
            }
        }
    }

    /** Mean over pairs of classes of (v_c + v_c') / (2 ||mu_c - mu_c'||^2). */
    private static double distanceNormalizedVariance(Means means, double[][] features, int[] labels) {
        int classes = means.present().length;
        double[] variance = new double[classes];
        double[] counts = new double[classes];
        for (int n = 0; n < labels.length; n++) {
            int c = means.place(labels[n]);
            double distance = PlainAlgebra.norm(PlainAlgebra.sum(features[n], -1, means.means()[c]));
            variance[c] += distance * distance;
            counts[c]++;
        }
        double sum = 0;
        double pairs = 0;
        for (int c = 0; c < classes; c++) {
            for (int d = c + 1; d < classes; d++) {
                double distance = PlainAlgebra.norm(PlainAlgebra.sum(means.means()[c], -1, means.means()[d]));
                sum += (variance[c] / counts[c] + variance[d] / counts[d]) / (2 * distance * distance);
                pairs++;
            }
        }
        return sum / pairs;
    }

    private static double cosine(double[] a, double[] b) {
        return PlainAlgebra.dot(a, b) / (PlainAlgebra.norm(a) * PlainAlgebra.norm(b));
    }

    private static void frame(Expected expected, String what, double[][] vectors) {
        int count = vectors.length;
        double[] norms = new double[count];
        double[] cosines = new double[count * (count - 1)];
        int next = 0;
        for (int i = 0; i < count; i++) {
            norms[i] = PlainAlgebra.norm(vectors[i]);
            for (int j = 0; j < count; j++) {
                if (i != j) {
                    cosines[next++] = cosine(vectors[i], vectors[j]);
                }
            }
        }
        expected.leftover("equinorm" + what, "", TRAIN, 1, PlainAlgebra.deviation(norms, 1) / PlainAlgebra.mean(norms));
        expected.leftover("equiangularity" + what, "", TRAIN, 1, PlainAlgebra.deviation(cosines, 0));
        expected.leftover("maximal-angle" + what, "", TRAIN, 1, maximalAngle(cosines, count));
    }

    private static double maximalAngle(double[] cosines, int count) {
        double sum = 0;
        for (double cosine : cosines) {
            sum += Math.abs(cosine + 1.0 / (count - 1));
        }
        return sum / cosines.length;
    }

    private static void weights(Expected expected, double[][] last, Means means) {
        int classes = means.present().length;
        double[][] rows = new double[classes][];
        for (int c = 0; c < classes; c++) {
            // One output w decides like the two outputs -w and w.
            rows[c] = last.length == 1
                    ? PlainAlgebra.scaled(means.present()[c] == 0 ? -1 : 1, last)[0]
                    : last[means.present()[c]];
        }
        double[] mean = PlainAlgebra.meanRow(rows);
        double[][] centred = new double[classes][];
        for (int c = 0; c < classes; c++) {
            centred[c] = PlainAlgebra.sum(rows[c], -1, mean);
        }
        frame(expected, "-weights", rows);
        double[] cosines = new double[classes * (classes - 1)];
        int next = 0;
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                if (i != j) {
                    cosines[next++] = cosine(centred[i], centred[j]);
                }
            }
        }
        expected.leftover("maximal-angle-weights-centred", "", TRAIN, 1, maximalAngle(cosines, classes));
        expected.leftover("self-duality", "", TRAIN, 1, selfDuality(rows, means.centred()));
        expected.leftover("self-duality-centred", "", TRAIN, 1, selfDuality(centred, means.centred()));
        expected.leftover(
                "self-duality-floor", "", TRAIN, 1, 2 - 2 * PlainAlgebra.norm(centred) / PlainAlgebra.norm(rows));
    }

    private static double selfDuality(double[][] weights, double[][] means) {
        double[][] a = PlainAlgebra.scaled(1 / PlainAlgebra.norm(weights), weights);
        double[][] b = PlainAlgebra.scaled(1 / PlainAlgebra.norm(means), means);
        double distance = PlainAlgebra.norm(PlainAlgebra.sum(a, -1, b));
        return distance * distance;
    }

    private static double mismatch(Moment moment, Means means, Moment.Probe probe) {
        double different = 0;
        for (int n = 0; n < probe.labels().length; n++) {
            different += moment.loss.decided(probe.outputs()[n]) == means.nearest(probe.last()[n]) ? 0 : 1;
        }
        return different / probe.labels().length;
    }
}
