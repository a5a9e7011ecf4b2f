package io.orrery.lab.theory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Probabilities and what became of them: how far they are off, and maps of one number that mend them. */
public final class Calibration {
    private Calibration() {}

    /** Probabilities of classes from scores, e^(beta u_c) / sum of all (beta is the inverse temperature). */
    public static double[] softmax(double[] scores, double beta) {
        double top = Arrays.stream(scores).max().orElse(0);
        double[] shares =
                Arrays.stream(scores).map(u -> StrictMath.exp(beta * (u - top))).toArray();
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }

    /**
     * The inverse temperature with the least mean negative log-likelihood (Guo et al. 2017, section 4.2). The mean is convex in it:
     * its derivative, the mean of E_p[u] - u_label, grows and is brought to 0 within [1e-3, 1e3].
     */
    public static double inverseTemperature(double[][] scores, int[] labels) {
        double low = 1e-3;
        double high = 1e3;
        if (slope(scores, labels, low) >= 0) {
            return low;
        }
        if (slope(scores, labels, high) <= 0) {
            return high;
        }
        for (int i = 0; i < 60; i++) {
            double middle = StrictMath.sqrt(low * high);
            if (slope(scores, labels, middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return StrictMath.sqrt(low * high);
    }

    private static double slope(double[][] scores, int[] labels, double beta) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            double[] p = softmax(scores[i], beta);
            for (int c = 0; c < p.length; c++) {
                sum += p[c] * scores[i][c];
            }
            sum -= scores[i][labels[i]];
        }
        return sum;
    }

    /**
     * Expected calibration error with bins of equal count (Naeini, Cooper and Hauskrecht 2015, with Nguyen and O'Connor's bins): the
     * mean over examples of the distance between the mean confidence and the share of right answers of their bin.
     */
    public static double expectedError(double[] confidences, boolean[] right, int bins) {
        double[][] binned = binned(confidences, right, bins);
        double error = 0;
        for (int bin = 0; bin < binned[0].length; bin++) {
            error += binned[2][bin] * Math.abs(binned[0][bin] - binned[1][bin]);
        }
        return error / confidences.length;
    }

    /** Of bins of equal count by rising confidence: mean confidence, share of right answers, and count. */
    public static double[][] binned(double[] confidences, boolean[] right, int bins) {
        int[] order = order(confidences);
        int filled = Math.min(bins, order.length);
        double[][] binned = new double[3][filled];
        for (int bin = 0; bin < filled; bin++) {
            int from = (int) ((long) order.length * bin / filled);
            int to = (int) ((long) order.length * (bin + 1) / filled);
            for (int i = from; i < to; i++) {
                binned[0][bin] += confidences[order[i]] / (to - from);
                binned[1][bin] += right[order[i]] ? 1.0 / (to - from) : 0;
            }
            binned[2][bin] = to - from;
        }
        return binned;
    }

    private static int[] order(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(i -> i)
                .toArray();
    }

    /**
     * The rising step function of x that is nearest to the answers in squares: pool adjacent violators (Ayer et al. 1955).
     *
     * @param x where each step begins, ascending
     * @param level its value
     */
    public record Isotonic(double[] x, double[] level) {
        /** Fitted to answers; equal places are pooled first. */
        public static Isotonic of(double[] places, boolean[] right) {
            int[] order = order(places);
            double[] starts = new double[order.length];
            double[] sums = new double[order.length];
            double[] counts = new double[order.length];
            int top = 0;
            for (int at = 0; at < order.length; ) {
                starts[top] = places[order[at]];
                sums[top] = 0;
                counts[top] = 0;
                for (; at < order.length && places[order[at]] == starts[top]; at++) {
                    sums[top] += right[order[at]] ? 1 : 0;
                    counts[top]++;
                }
                for (; top > 0 && sums[top - 1] * counts[top] >= sums[top] * counts[top - 1]; top--) {
                    sums[top - 1] += sums[top];
                    counts[top - 1] += counts[top];
                }
                top++;
            }
            double[] levels = new double[top];
            Arrays.setAll(levels, i -> sums[i] / counts[i]);
            return new Isotonic(Arrays.copyOf(starts, top), levels);
        }

        /** Its value at a place: that of the last step that begins at or before it, of the first one before all. */
        public double at(double place) {
            int found = Arrays.binarySearch(x, place);
            return level[found >= 0 ? found : Math.max(0, -found - 2)];
        }
    }
}
