package io.orrery.lab.theory.units;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.SymmetricEigen;
import java.util.Arrays;

/**
 * Spectral clusters (Ng, Jordan and Weiss 2002): rows of the first eigenvectors of D^(-1/2) A D^(-1/2), set to length 1, put together
 * by k-means. Nothing is drawn: the first centre is the first row, each further one the row that is farthest from all centres.
 */
public final class SpectralClusters {
    private static final int ROUNDS = 100;

    private SpectralClusters() {}

    /**
     * The cluster of each, from 0 to one less than their number.
     *
     * @param affinity symmetric, 0 or more, with a diagonal above 0
     */
    public static int[] of(Matrix affinity, int clusters) {
        int size = affinity.rows();
        if (clusters < 1 || clusters > size) {
            throw new IllegalArgumentException("expected from 1 to " + size + " clusters, found " + clusters);
        }
        double[] degree = new double[size];
        for (int i = 0; i < size; i++) {
            degree[i] = Arrays.stream(affinity.row(i)).sum();
        }
        double[] scaled = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                scaled[i * size + j] = affinity.at(i, j) / Math.sqrt(degree[i] * degree[j]);
            }
        }
        Matrix vectors = SymmetricEigen.of(new Matrix(size, size, scaled)).vectors();
        double[][] points = new double[size][clusters];
        for (int i = 0; i < size; i++) {
            double norm = 0;
            for (int k = 0; k < clusters; k++) {
                points[i][k] = vectors.at(k, i);
                norm += points[i][k] * points[i][k];
            }
            for (int k = 0; k < clusters && norm > 0; k++) {
                points[i][k] /= Math.sqrt(norm);
            }
        }
        return kMeans(points, clusters);
    }

    /** k-means from centres that lie far apart. A centre without points stays where it is. */
    static int[] kMeans(double[][] points, int clusters) {
        double[][] centres = new double[clusters][];
        double[] distance = new double[points.length];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        int next = 0;
        for (int cluster = 0; cluster < clusters; cluster++) {
            centres[cluster] = points[next].clone();
            for (int i = 0; i < points.length; i++) {
                distance[i] = Math.min(distance[i], squared(points[i], centres[cluster]));
            }
            next = 0;
            for (int i = 1; i < points.length; i++) {
                next = distance[i] > distance[next] ? i : next;
            }
        }
        int[] assigned = new int[points.length];
        for (int round = 0; round < ROUNDS; round++) {
            boolean moved = false;
            for (int i = 0; i < points.length; i++) {
                int nearest = 0;
                for (int cluster = 1; cluster < clusters; cluster++) {
                    nearest = squared(points[i], centres[cluster]) < squared(points[i], centres[nearest])
                            ? cluster
                            : nearest;
                }
                moved |= nearest != assigned[i];
                assigned[i] = nearest;
            }
            if (!moved && round > 0) {
                break;
            }
            for (int cluster = 0; cluster < clusters; cluster++) {
                double[] sum = new double[centres[cluster].length];
                int count = 0;
                for (int i = 0; i < points.length; i++) {
                    if (assigned[i] == cluster) {
                        count++;
                        for (int k = 0; k < sum.length; k++) {
                            sum[k] += points[i][k];
                        }
                    }
                }
                for (int k = 0; k < sum.length && count > 0; k++) {
                    centres[cluster][k] = sum[k] / count;
                }
            }
        }
        return assigned;
    }

    private static double squared(double[] one, double[] other) {
        double sum = 0;
        for (int k = 0; k < one.length; k++) {
            sum += (one[k] - other[k]) * (one[k] - other[k]);
        }
        return sum;
    }
}
