package io.orrery.lab.math;

/**
 * Products of matrices. Every element is a sum in one fixed order (four terms at a time along the summed dimension), so
 * results have the same bits on every machine. Inner loops add multiples of rows to a row: compilers turn such loops into
 * vector code without touching the order of any sum.
 */
public final class Products {
    /** Rows of the result kept in the cache while the other side streams by. */
    private static final int BLOCK = 32;

    private Products() {}

    /** A B; [m, k] times [k, n] gives [m, n]. B streams by once for every few rows of A. */
    public static Matrix times(Matrix a, Matrix b) {
        requireEqual(a.columns(), b.rows(), "columns of the left and rows of the right matrix");
        int width = b.columns();
        int count = a.columns();
        double[][] right = rows(b);
        double[] result = new double[a.rows() * width];
        double[][] sums = new double[Math.min(BLOCK, a.rows())][width];
        for (int first = 0; first < a.rows(); first += BLOCK) {
            int block = Math.min(BLOCK, a.rows() - first);
            int n = 0;
            for (; n + 4 <= count; n += 4) {
                for (int i = 0; i < block; i++) {
                    int at = (first + i) * count + n;
                    addFour(
                            sums[i],
                            0,
                            right[n],
                            a.values()[at],
                            right[n + 1],
                            a.values()[at + 1],
                            right[n + 2],
                            a.values()[at + 2],
                            right[n + 3],
                            a.values()[at + 3]);
                }
            }
            for (; n < count; n++) {
                for (int i = 0; i < block; i++) {
                    addOne(sums[i], 0, right[n], a.values()[(first + i) * count + n]);
                }
            }
            for (int i = 0; i < block; i++) {
                System.arraycopy(sums[i], 0, result, (first + i) * width, width);
                java.util.Arrays.fill(sums[i], 0);
            }
        }
        return new Matrix(a.rows(), width, result);
    }

    /** A transposed times B; [k, m] and [k, n] give [m, n]. */
    public static Matrix transposedTimes(Matrix a, Matrix b) {
        return times(transposed(a), b);
    }

    /** A times B transposed; [m, k] and [n, k] give [m, n]: all inner products of rows. */
    public static Matrix timesTransposed(Matrix a, Matrix b) {
        return times(a, transposed(b));
    }

    /** A transposed times A, [columns, columns]: inner products of columns. About rows * columns^2 FLOPs. */
    public static Matrix gram(Matrix a) {
        int size = a.columns();
        int count = a.rows();
        double[][] rows = rows(a);
        double[] result = new double[size * size];
        double[][] sums = new double[Math.min(BLOCK, size)][size];
        for (int first = 0; first < size; first += BLOCK) {
            int block = Math.min(BLOCK, size - first);
            for (int i = 0; i < block; i++) {
                java.util.Arrays.fill(sums[i], 0);
            }
            int n = 0;
            for (; n + 4 <= count; n += 4) {
                for (int i = 0; i < block; i++) {
                    int column = first + i;
                    addFour(
                            sums[i],
                            column,
                            rows[n],
                            rows[n][column],
                            rows[n + 1],
                            rows[n + 1][column],
                            rows[n + 2],
                            rows[n + 2][column],
                            rows[n + 3],
                            rows[n + 3][column]);
                }
            }
            for (; n < count; n++) {
                for (int i = 0; i < block; i++) {
                    addOne(sums[i], first + i, rows[n], rows[n][first + i]);
                }
            }
            for (int i = 0; i < block; i++) {
                int row = first + i;
                System.arraycopy(sums[i], row, result, row * size + row, size - row);
            }
        }
        mirror(result, size);
        return new Matrix(size, size, result);
    }

    /** A times A transposed, [rows, rows]: inner products of rows. About rows^2 * columns FLOPs. */
    public static Matrix outerGram(Matrix a) {
        return gram(transposed(a));
    }

    /** The smaller of the two Gram matrices: its eigenvalues are the squared singular values, without the surplus zeros. */
    public static Matrix smallerGram(Matrix a) {
        return a.rows() < a.columns() ? outerGram(a) : gram(a);
    }

    /** The transpose. */
    public static Matrix transposed(Matrix a) {
        double[] result = new double[a.values().length];
        for (int first = 0; first < a.rows(); first += BLOCK) {
            int end = Math.min(first + BLOCK, a.rows());
            for (int column = 0; column < a.columns(); column++) {
                for (int row = first; row < end; row++) {
                    result[column * a.rows() + row] = a.at(row, column);
                }
            }
        }
        return new Matrix(a.columns(), a.rows(), result);
    }

    /** The mean of each column. */
    public static double[] columnMeans(Matrix a) {
        double[] sum = new double[a.columns()];
        for (double[] row : rows(a)) {
            addOne(sum, 0, row, 1);
        }
        for (int column = 0; column < sum.length; column++) {
            sum[column] /= a.rows();
        }
        return sum;
    }

    /** The matrix with the mean of each column taken away. */
    public static Matrix centred(Matrix a) {
        double[] means = columnMeans(a);
        double[] result = new double[a.values().length];
        for (int row = 0; row < a.rows(); row++) {
            for (int column = 0; column < a.columns(); column++) {
                result[row * a.columns() + column] = a.at(row, column) - means[column];
            }
        }
        return new Matrix(a.rows(), a.columns(), result);
    }

    /** Inner product of two stretches of numbers, in four interleaved chains. */
    public static double dot(double[] a, int offsetA, double[] b, int offsetB, int length) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            first += a[offsetA + i] * b[offsetB + i];
            second += a[offsetA + i + 1] * b[offsetB + i + 1];
            third += a[offsetA + i + 2] * b[offsetB + i + 2];
            fourth += a[offsetA + i + 3] * b[offsetB + i + 3];
        }
        for (; i < length; i++) {
            first += a[offsetA + i] * b[offsetB + i];
        }
        return (first + second) + (third + fourth);
    }

    /** Sum of squares of all elements. */
    public static double squaredNorm(Matrix a) {
        return dot(a.values(), 0, a.values(), 0, a.values().length);
    }

    /** Frobenius norm. */
    public static double norm(Matrix a) {
        return Math.sqrt(squaredNorm(a));
    }

    /** Sum over all elements of the products of two matrices of equal shape. */
    public static double inner(Matrix a, Matrix b) {
        requireEqual(a.rows(), b.rows(), "rows");
        requireEqual(a.columns(), b.columns(), "columns");
        return dot(a.values(), 0, b.values(), 0, a.values().length);
    }

    /** factorA A + factorB B. */
    public static Matrix combination(double factorA, Matrix a, double factorB, Matrix b) {
        requireEqual(a.rows(), b.rows(), "rows");
        requireEqual(a.columns(), b.columns(), "columns");
        double[] result = new double[a.values().length];
        for (int i = 0; i < result.length; i++) {
            result[i] = factorA * a.values()[i] + factorB * b.values()[i];
        }
        return new Matrix(a.rows(), a.columns(), result);
    }

    /** Adds to {@code sum}, from an index on, the rows weighted by the coefficients at offset, offset + stride, ... */
    static void accumulate(double[] sum, int from, double[] coefficients, int offset, int stride, double[][] rows) {
        accumulate(sum, from, coefficients, offset, stride, rows, rows.length);
    }

    /** The same with the first {@code count} rows. */
    static void accumulate(
            double[] sum, int from, double[] coefficients, int offset, int stride, double[][] rows, int count) {
        int n = 0;
        for (; n + 4 <= count; n += 4) {
            int at = offset + n * stride;
            addFour(
                    sum,
                    from,
                    rows[n],
                    coefficients[at],
                    rows[n + 1],
                    coefficients[at + stride],
                    rows[n + 2],
                    coefficients[at + 2 * stride],
                    rows[n + 3],
                    coefficients[at + 3 * stride]);
        }
        for (; n < count; n++) {
            addOne(sum, from, rows[n], coefficients[offset + n * stride]);
        }
    }

    /** Copies of the rows: arrays that all start at index 0 are what the compiler's vectorizer understands. */
    static double[][] rows(Matrix a) {
        double[][] rows = new double[a.rows()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = a.row(row);
        }
        return rows;
    }

    /** The matrix of some rows. */
    static Matrix stacked(double[][] rows, int columns) {
        double[] values = new double[rows.length * columns];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, values, row * columns, columns);
        }
        return new Matrix(rows.length, columns, values);
    }

    private static void addFour(
            double[] sum,
            int from,
            double[] a,
            double factorA,
            double[] b,
            double factorB,
            double[] c,
            double factorC,
            double[] d,
            double factorD) {
        for (int j = from; j < sum.length; j++) {
            sum[j] += (a[j] * factorA + b[j] * factorB) + (c[j] * factorC + d[j] * factorD);
        }
    }

    private static void addOne(double[] sum, int from, double[] a, double factor) {
        for (int j = from; j < sum.length; j++) {
            sum[j] += a[j] * factor;
        }
    }

    private static void mirror(double[] values, int size) {
        for (int row = 1; row < size; row++) {
            for (int column = 0; column < row; column++) {
                values[row * size + column] = values[column * size + row];
            }
        }
    }

    private static void requireEqual(int first, int second, String what) {
        if (first != second) {
            throw new IllegalArgumentException(what + " differ: " + first + " and " + second);
        }
    }
}
