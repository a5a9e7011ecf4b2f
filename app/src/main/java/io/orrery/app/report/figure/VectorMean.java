package io.orrery.app.report.figure;

import io.orrery.app.report.series.Trace;
import java.util.Arrays;
import java.util.List;

/** Vectors of several seeds made one. */
final class VectorMean {
    private VectorMean() {}

    /** Entry by entry the mean over the traces that have a finite vector (as long as the first) at a step; empty if none. */
    static double[] at(List<Trace> traces, long step) {
        List<double[]> vectors = traces.stream()
                .map(t -> t.vectorAt(step))
                .filter(v -> v.length > 0 && Arrays.stream(v).allMatch(Double::isFinite))
                .toList();
        if (vectors.isEmpty()) {
            return new double[0];
        }
        int length = vectors.getFirst().length;
        List<double[]> alike = vectors.stream().filter(v -> v.length == length).toList();
        double[] mean = new double[length];
        for (int i = 0; i < length; i++) {
            for (double[] vector : alike) {
                mean[i] += vector[i] / alike.size();
            }
        }
        return mean;
    }
}
