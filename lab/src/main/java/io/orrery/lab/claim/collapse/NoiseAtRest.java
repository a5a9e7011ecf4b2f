package io.orrery.lab.claim.collapse;

import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.rho.RhoProtocols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How much outputs and weights fluctuate over the looks of a window, from what {@code fluctuation} recorded at each of them. */
final class NoiseAtRest {
    static final String OUTPUTS = "fluctuation.outputs@train";
    static final String DIRECTIONS = "fluctuation.directions";
    static final String SIZE = "fluctuation.size";

    private NoiseAtRest() {}

    /** The mean over examples of the variance of their outputs over looks about a straight line, seed by seed. */
    static double[] outputs(ArmRuns arm, long[] looks) {
        return variance(arm, OUTPUTS, looks);
    }

    /** The variance of a layer's weights over looks, all entries together, over the squared norm of the layer. */
    static double[] weights(ArmRuns arm, String layer, long[] looks) {
        double[] variance = variance(arm, DIRECTIONS + "/" + layer, looks);
        double[] size = arm.last(SIZE + "/" + layer);
        return RhoProtocols.perSeed(arm.count(), seed -> variance[seed] / (size[seed] * size[seed]));
    }

    /** The same, averaged over layers. */
    static double[] weights(ArmRuns arm, long[] looks) {
        List<double[]> layers = arm.layers(SIZE).stream()
                .map(layer -> weights(arm, layer, looks))
                .toList();
        return RhoProtocols.perSeed(
                arm.count(),
                seed -> layers.stream()
                        .mapToDouble(layer -> layer[seed])
                        .average()
                        .orElse(Double.NaN));
    }

    /** The mean square of a layer's displacement from the first look of the window, at each look, over its squared norm: [seed][look]. */
    static double[][] displacement(ArmRuns arm, String layer, long[] looks) {
        double[] size = arm.last(SIZE + "/" + layer);
        double[][][] at = at(arm, DIRECTIONS + "/" + layer, looks);
        double[][] moved = new double[arm.count()][looks.length];
        for (int seed = 0; seed < moved.length; seed++) {
            for (int look = 0; look < looks.length; look++) {
                double[] first = at[0][seed];
                double[] now = at[look][seed];
                double sum = now.length == 0 || now.length != first.length ? Double.NaN : 0;
                for (int i = 0; i < now.length && i < first.length; i++) {
                    sum += (now[i] - first[i]) * (now[i] - first[i]) / now.length;
                }
                moved[seed][look] = sum / (size[seed] * size[seed]);
            }
        }
        return moved;
    }

    private static double[] variance(ArmRuns arm, String series, long[] looks) {
        double[][][] at = at(arm, series, looks);
        return RhoProtocols.perSeed(arm.count(), seed -> {
            List<double[]> vectors = new ArrayList<>();
            Arrays.stream(at).forEach(look -> vectors.add(look[seed]));
            return variance(vectors);
        });
    }

    private static double[][][] at(ArmRuns arm, String series, long[] looks) {
        return Arrays.stream(looks)
                .mapToObj(look -> arm.vectorsAt(series, look))
                .toArray(double[][][]::new);
    }

    /**
     * The mean over entries of the variance of each about its straight line over the vectors, which are equally far apart: a slow drift is
     * no fluctuation. Divided by their number less 2, so that independent numbers have their variance; NaN where one is missing.
     */
    static double variance(List<double[]> vectors) {
        int entries = vectors.getFirst().length;
        int count = vectors.size();
        if (entries == 0 || count < 3 || vectors.stream().anyMatch(vector -> vector.length != entries)) {
            return Double.NaN;
        }
        double middle = (count - 1) / 2.0;
        double sum = 0;
        for (int i = 0; i < entries; i++) {
            int entry = i;
            double mean = vectors.stream()
                    .mapToDouble(vector -> vector[entry])
                    .average()
                    .orElseThrow();
            double squares = 0;
            double along = 0;
            double places = 0;
            for (int look = 0; look < count; look++) {
                double apart = vectors.get(look)[i] - mean;
                squares += apart * apart;
                along += (look - middle) * apart;
                places += (look - middle) * (look - middle);
            }
            sum += Math.max(0, squares - along * along / places) / (count - 2);
        }
        return sum / entries;
    }
}
