package io.orrery.lab.recomputed;

import java.util.Arrays;

/** Linear algebra by plain loops, for recomputing what instruments measure: none of it is shared with them. */
final class PlainAlgebra {
    private static final int SWEEPS = 60;

    private PlainAlgebra() {}

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    /** Frobenius norm. */
    static double norm(double[][] a) {
        double sum = 0;
        for (double[] row : a) {
            sum += dot(row, row);
        }
        return Math.sqrt(sum);
    }

    static double inner(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += dot(a[i], b[i]);
        }
        return sum;
    }

    static double[] sum(double[] a, double factor, double[] b) {
        double[] result = a.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] += factor * b[i];
        }
        return result;
    }

    static double[][] sum(double[][] a, double factor, double[][] b) {
        double[][] result = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            result[i] = sum(a[i], factor, b[i]);
        }
        return result;
    }

    static double[][] scaled(double factor, double[][] a) {
        double[][] result = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                result[i][j] = factor * a[i][j];
            }
        }
        return result;
    }

    static double[][] transposed(double[][] a) {
        double[][] result = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                result[j][i] = a[i][j];
            }
        }
        return result;
    }

    static double[][] product(double[][] a, double[][] b) {
        double[][] result = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                for (int j = 0; j < b[0].length; j++) {
                    result[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return result;
    }

    /** Mean over rows. */
    static double[] meanRow(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += row[j];
            }
        }
        for (int j = 0; j < mean.length; j++) {
            mean[j] /= rows.length;
        }
        return mean;
    }

    static double[][] matrix(int rows, double[] values) {
        int columns = values.length / rows;
        double[][] result = new double[rows][];
        for (int i = 0; i < rows; i++) {
            result[i] = Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
        }
        return result;
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Deviation with {@code values.length - less} in the denominator. */
    static double deviation(double[] values, int less) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / (values.length - less));
    }

    /** Quantile by linear interpolation between the order statistics at places 0 to n - 1 (numpy's default). */
    static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = share * (sorted.length - 1);
        int below = (int) place;
        return below + 1 == sorted.length
                ? sorted[below]
                : sorted[below] * (below + 1 - place) + sorted[below + 1] * (place - below);
    }

    /** Singular values, largest first, min(rows, columns) of them, and the right singular vectors as rows. */
    record Svd(double[] values, double[][] right) {}

    /** One-sided Jacobi rotations (Hestenes 1958): columns are turned until all are orthogonal. */
    static Svd svd(double[][] a) {
        double[][] columns = transposed(a);
        int count = columns.length;
        double[][] turned = new double[count][count];
        for (int i = 0; i < count; i++) {
            turned[i][i] = 1;
        }
        boolean moved = true;
        for (int sweep = 0; sweep < SWEEPS && moved; sweep++) {
            moved = false;
            for (int p = 0; p < count; p++) {
                for (int q = p + 1; q < count; q++) {
                    moved |= rotated(columns, turned, p, q);
                }
            }
        }
        Integer[] order = new Integer[count];
        double[] norms = new double[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
            norms[i] = norm(columns[i]);
        }
        Arrays.sort(order, (i, j) -> Double.compare(norms[j], norms[i]));
        int size = Math.min(a.length, count);
        double[] values = new double[size];
        double[][] right = new double[size][];
        for (int i = 0; i < size; i++) {
            values[i] = norms[order[i]];
            right[i] = turned[order[i]];
        }
        return new Svd(values, right);
    }

    private static boolean rotated(double[][] columns, double[][] turned, int p, int q) {
        double alpha = dot(columns[p], columns[p]);
        double beta = dot(columns[q], columns[q]);
        double gamma = dot(columns[p], columns[q]);
        if (gamma == 0 || Math.abs(gamma) <= 1e-16 * Math.sqrt(alpha * beta)) {
            return false;
        }
        double zeta = (beta - alpha) / (2 * gamma);
        double tangent = Math.signum(zeta == 0 ? 1 : zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        rotate(columns[p], columns[q], cosine, cosine * tangent);
        rotate(turned[p], turned[q], cosine, cosine * tangent);
        return true;
    }

    private static void rotate(double[] x, double[] y, double cosine, double sine) {
        for (int i = 0; i < x.length; i++) {
            double before = x[i];
            x[i] = cosine * before - sine * y[i];
            y[i] = sine * before + cosine * y[i];
        }
    }

    /** Eigenvalues of a symmetric matrix without negative ones, largest first, with eigenvectors as rows. */
    static Svd eigen(double[][] symmetric) {
        return svd(symmetric);
    }

    /** X with A X = B, by elimination with row exchanges. */
    static double[][] solved(double[][] a, double[][] b) {
        int size = a.length;
        double[][] left = new double[size][];
        double[][] right = new double[size][];
        for (int i = 0; i < size; i++) {
            left[i] = a[i].clone();
            right[i] = b[i].clone();
        }
        for (int k = 0; k < size; k++) {
            int pivot = k;
            for (int i = k; i < size; i++) {
                pivot = Math.abs(left[i][k]) > Math.abs(left[pivot][k]) ? i : pivot;
            }
            swap(left, k, pivot);
            swap(right, k, pivot);
            for (int i = 0; i < size; i++) {
                if (i != k) {
                    double factor = left[i][k] / left[k][k];
                    left[i] = sum(left[i], -factor, left[k]);
                    right[i] = sum(right[i], -factor, right[k]);
                }
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < right[i].length; j++) {
                right[i][j] /= left[i][i];
            }
        }
        return right;
    }

    private static void swap(double[][] rows, int i, int j) {
        double[] kept = rows[i];
        rows[i] = rows[j];
        rows[j] = kept;
    }
}
