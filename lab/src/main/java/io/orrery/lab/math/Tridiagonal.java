package io.orrery.lab.math;

import java.util.Arrays;

/**
 * A symmetric matrix reduced to a tridiagonal one with the same eigenvalues by Householder reflections (Dongarra, Sorensen
 * and Hammarling 1989): the reflections of a few columns are gathered before the rest of the matrix is updated with all of
 * them at once, so that most of the work are sums of many rows, which stay in the cache and become vector code.
 *
 * @param diagonal n numbers
 * @param offDiagonal the n - 1 numbers beside them
 */
record Tridiagonal(double[] diagonal, double[] offDiagonal) {
    /** Columns whose reflections are gathered. */
    private static final int PANEL = 16;

    private static final int MOST_SWEEPS = 100;

    /** The tridiagonal form of a symmetric matrix of finite numbers. About 4/3 n^3 FLOPs. */
    static Tridiagonal of(Matrix symmetric) {
        Reduction reduction = new Reduction(symmetric);
        for (int first = 0; first < symmetric.rows(); first += PANEL) {
            reduction.panel(first, Math.min(first + PANEL, symmetric.rows()));
        }
        return new Tridiagonal(reduction.diagonal, reduction.offDiagonal);
    }

    /**
     * The eigenvalues in ascending order, by implicit QL (Bowdler, Martin, Reinsch and Wilkinson 1968). Elements beside the
     * diagonal count as 0 below the rounding error of the largest element: relative to their neighbours they need never
     * vanish where many eigenvalues are tiny.
     *
     * @throws ArithmeticException if they do not converge, which was never seen
     */
    double[] eigenvalues() {
        double[] values = diagonal.clone();
        double[] beside = Arrays.copyOf(offDiagonal, values.length);
        double negligible = 0;
        for (int i = 0; i < values.length; i++) {
            negligible = Math.max(negligible, Math.ulp(1.0) * (Math.abs(values[i]) + Math.abs(beside[i])));
        }
        for (int first = 0; first < values.length; first++) {
            int sweeps = 0;
            int end = block(beside, first, negligible);
            while (end > first) {
                if (++sweeps > MOST_SWEEPS) {
                    throw new ArithmeticException("eigenvalue " + first + " of a " + values.length + " x "
                            + values.length + " matrix did not converge");
                }
                sweep(values, beside, first, end);
                end = block(beside, first, negligible);
            }
        }
        Arrays.sort(values);
        return values;
    }

    /** The last index of the block that begins at an index and has no negligible element beside its diagonal. */
    private static int block(double[] beside, int first, double negligible) {
        int end = first;
        while (end < beside.length - 1 && Math.abs(beside[end]) > negligible) {
            end++;
        }
        return end;
    }

    /** Chases a bulge from the end of a block to its beginning, shifted by an estimate of its first eigenvalue. */
    private static void sweep(double[] values, double[] beside, int first, int end) {
        double ratio = (values[first + 1] - values[first]) / (2 * beside[first]);
        double root = Math.sqrt(ratio * ratio + 1);
        double g = values[end] - values[first] + beside[first] / (ratio + Math.copySign(root, ratio));
        double sine = 1;
        double cosine = 1;
        double moved = 0;
        for (int i = end - 1; i >= first; i--) {
            double f = sine * beside[i];
            double b = cosine * beside[i];
            double length = Math.sqrt(f * f + g * g);
            beside[i + 1] = length;
            if (length == 0) {
                values[i + 1] -= moved;
                beside[end] = 0;
                return;
            }
            sine = f / length;
            cosine = g / length;
            g = values[i + 1] - moved;
            double turned = (values[i] - g) * sine + 2 * cosine * b;
            moved = sine * turned;
            values[i + 1] = g + moved;
            g = cosine * turned - b;
        }
        values[first] -= moved;
        beside[first] = g;
        beside[end] = 0;
    }

    /** The work in progress. Of each row only what is right of the diagonal is kept up to date. */
    private static final class Reduction {
        private final int size;
        private final double[][] rows;
        private final double[] diagonal;
        private final double[] offDiagonal;
        /** Reflection vectors v of the panel and the w with which the matrix becomes A - v w^T - w v^T, by turns. */
        private final double[][] updates = new double[2 * PANEL][];

        Reduction(Matrix symmetric) {
            size = symmetric.rows();
            rows = Products.rows(symmetric);
            diagonal = new double[size];
            offDiagonal = new double[Math.max(0, size - 1)];
        }

        void panel(int first, int end) {
            for (int k = first; k < end; k++) {
                double[] row = rows[k];
                subtractUpdates(row, k, k, 2 * (k - first));
                diagonal[k] = row[k];
                if (k == size - 1) {
                    return;
                }
                double[] reflection = Arrays.copyOf(row, size);
                Arrays.fill(reflection, 0, k + 1, 0);
                double scale = reflect(reflection, k);
                updates[2 * (k - first)] = reflection;
                updates[2 * (k - first) + 1] = image(reflection, k, scale, 2 * (k - first));
            }
            for (int row = end; row < size; row++) {
                subtractUpdates(rows[row], row, row, 2 * (end - first));
            }
        }

        /** Row -= sum over pairs of v[at] w + w[at] v, from an element on. */
        private void subtractUpdates(double[] row, int from, int at, int count) {
            if (count == 0) {
                return;
            }
            double[] coefficients = new double[count];
            for (int pair = 0; pair < count; pair += 2) {
                coefficients[pair] = -updates[pair + 1][at];
                coefficients[pair + 1] = -updates[pair][at];
            }
            Products.accumulate(row, from, coefficients, 0, 1, updates, count);
        }

        /**
         * Makes of the elements after k a vector v with (1 - scale v v^T) times them = (beta, 0, ...), notes beta, and gives
         * the scale: 0 where nothing is to be done.
         */
        private double reflect(double[] vector, int k) {
            double first = vector[k + 1];
            double below = Products.dot(vector, k + 2, vector, k + 2, size - k - 2);
            if (below == 0) {
                offDiagonal[k] = first;
                return 0;
            }
            double beta = -Math.copySign(Math.sqrt(first * first + below), first);
            offDiagonal[k] = beta;
            double divisor = first - beta;
            for (int i = k + 2; i < size; i++) {
                vector[i] /= divisor;
            }
            vector[k + 1] = 1;
            return (beta - first) / beta;
        }

        /** w = scale A v - (scale / 2) (scale v^T A v) v, with the updates of the panel so far counted into A. */
        private double[] image(double[] vector, int k, double scale, int count) {
            double[] image = new double[size];
            if (scale == 0) {
                return image;
            }
            multiply(vector, image, k + 1);
            double[] coefficients = new double[count];
            int length = size - k - 1;
            for (int pair = 0; pair < count; pair += 2) {
                coefficients[pair] = -Products.dot(updates[pair + 1], k + 1, vector, k + 1, length);
                coefficients[pair + 1] = -Products.dot(updates[pair], k + 1, vector, k + 1, length);
            }
            Products.accumulate(image, k + 1, coefficients, 0, 1, updates, count);
            double half = -scale / 2 * scale * Products.dot(image, k + 1, vector, k + 1, length);
            for (int i = k + 1; i < size; i++) {
                image[i] = scale * image[i] + half * vector[i];
            }
            return image;
        }

        /** image = A v for the part of the matrix from an index on; each element right of the diagonal serves twice. */
        private void multiply(double[] vector, double[] image, int from) {
            int i = from;
            for (; i + 4 <= size; i += 4) {
                alongRows(vector, image, i);
                triangle(vector, image, i, i + 4);
                Products.accumulate(image, i + 4, vector, i, 1, Arrays.copyOfRange(rows, i, i + 4), 4);
            }
            for (int row = i; row < size; row++) {
                image[row] += alongRow(vector, row);
            }
            triangle(vector, image, i, size);
        }

        /** Four rows at a time: sums that do not wait for each other. */
        private void alongRows(double[] vector, double[] image, int row) {
            double[] first = rows[row];
            double[] second = rows[row + 1];
            double[] third = rows[row + 2];
            double[] fourth = rows[row + 3];
            double sum0 = 0;
            double sum1 = 0;
            double sum2 = 0;
            double sum3 = 0;
            double more0 = 0;
            double more1 = 0;
            double more2 = 0;
            double more3 = 0;
            int j = row + 4;
            for (; j + 2 <= size; j += 2) {
                double here = vector[j];
                double next = vector[j + 1];
                sum0 += first[j] * here;
                sum1 += second[j] * here;
                sum2 += third[j] * here;
                sum3 += fourth[j] * here;
                more0 += first[j + 1] * next;
                more1 += second[j + 1] * next;
                more2 += third[j + 1] * next;
                more3 += fourth[j + 1] * next;
            }
            if (j < size) {
                sum0 += first[j] * vector[j];
                sum1 += second[j] * vector[j];
                sum2 += third[j] * vector[j];
                sum3 += fourth[j] * vector[j];
            }
            image[row] += sum0 + more0 + Products.dot(first, row, vector, row, 4);
            image[row + 1] += sum1 + more1 + Products.dot(second, row + 1, vector, row + 1, 3);
            image[row + 2] += sum2 + more2 + Products.dot(third, row + 2, vector, row + 2, 2);
            image[row + 3] += sum3 + more3 + fourth[row + 3] * vector[row + 3];
        }

        private double alongRow(double[] vector, int row) {
            return Products.dot(rows[row], row, vector, row, size - row);
        }

        /** What a few rows add to elements of their own places. */
        private void triangle(double[] vector, double[] image, int from, int end) {
            for (int i = from; i < end; i++) {
                for (int j = i + 1; j < end; j++) {
                    image[j] += rows[i][j] * vector[i];
                }
            }
        }
    }
}
