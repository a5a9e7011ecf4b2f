package io.orrery.lab.instrument.collapse;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.SymmetricEigen;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Class means of features and the scatter around them. Means are subtracted before anything is squared, so that scatter
 * near collapse keeps its digits. No p x p matrix is formed: everything follows from the C x C Gram matrix of the centred
 * means and the projections of the centred features on them, at O(n p C).
 */
final class ClassGeometry {
    /** Eigenvalues of the between-class scatter below this share of the largest count as 0 in its pseudo-inverse. */
    private static final double NEGLIGIBLE = 1e-12;
    /** Half the distance from 1 to the next double: what one operation of this class rounds by. */
    private static final double UNIT = 0x1p-53;

    private final int[] classes;
    private final int[] slots;
    private final double[] globalMean;
    private final Matrix centredMeans;
    private final Matrix gram;
    private final Matrix projections;
    private final double[] scatter;
    private final double totalScatter;
    private final double floor;

    /**
     * The geometry of features [n, p]; classes without examples are left out.
     *
     * @param labels a class from 0 below {@code classCount} for each example
     * @param unit what one operation of the arithmetic rounds by that made the features, relative to its result
     */
    ClassGeometry(Matrix features, int[] labels, int classCount, double unit) {
        int width = features.columns();
        int[] counts = new int[classCount];
        for (int label : labels) {
            counts[label]++;
        }
        classes = IntStream.range(0, classCount).filter(c -> counts[c] > 0).toArray();
        int[] slotOf = new int[classCount];
        for (int slot = 0; slot < classes.length; slot++) {
            slotOf[classes[slot]] = slot;
        }
        slots = IntStream.of(labels).map(label -> slotOf[label]).toArray();
        double[][] means = new double[classes.length][width];
        for (int n = 0; n < slots.length; n++) {
            add(means[slots[n]], features.values(), n * width);
        }
        double[] global = new double[width];
        for (int slot = 0; slot < classes.length; slot++) {
            for (int j = 0; j < width; j++) {
                means[slot][j] /= counts[classes[slot]];
            }
            exactly(means[slot], features, slot);
            for (int j = 0; j < width; j++) {
                global[j] += means[slot][j] / classes.length;
            }
        }
        globalMean = Stream.of(means).allMatch(mean -> Arrays.equals(mean, means[0])) ? means[0].clone() : global;
        centredMeans = Matrix.zeros(classes.length, width);
        for (int slot = 0; slot < classes.length; slot++) {
            for (int j = 0; j < width; j++) {
                centredMeans.values()[slot * width + j] = means[slot][j] - globalMean[j];
            }
        }
        gram = Products.outerGram(centredMeans);
        double[] deviations = new double[slots.length * width];
        double[] sums = new double[classes.length];
        double[] sizes = new double[classes.length];
        double all = 0;
        for (int n = 0; n < slots.length; n++) {
            double[] mean = means[slots[n]];
            for (int j = 0; j < width; j++) {
                deviations[n * width + j] = features.values()[n * width + j] - mean[j];
            }
            double square = Products.dot(deviations, n * width, deviations, n * width, width);
            sums[slots[n]] += square;
            sizes[slots[n]] += Products.dot(features.values(), n * width, features.values(), n * width, width)
                    / counts[classes[slots[n]]];
            all += square;
        }
        for (int slot = 0; slot < classes.length; slot++) {
            sums[slot] /= counts[classes[slot]];
        }
        scatter = sums;
        totalScatter = all / slots.length;
        floor = (width * unit * unit + slots.length * UNIT * UNIT)
                * Arrays.stream(sizes).max().orElse(0);
        projections = Products.timesTransposed(new Matrix(slots.length, width, deviations), centredMeans);
    }

    /** The mean of equal features is that feature, though their sum was rounded. */
    private void exactly(double[] mean, Matrix features, int slot) {
        double[] values = features.values();
        int width = mean.length;
        int first = -1;
        for (int n = 0; n < slots.length; n++) {
            if (slots[n] != slot) {
                continue;
            }
            if (first < 0) {
                first = n * width;
            } else if (!Arrays.equals(values, n * width, (n + 1) * width, values, first, first + width)) {
                return;
            }
        }
        System.arraycopy(values, first, mean, 0, width);
    }

    /**
     * Whether class means differ by more than rounding makes of equal ones. A feature is a sum of about p terms, each rounded by
     * at most {@code unit} of it; independent errors add up as squares, to p unit^2 |h|^2, and N additions to a mean in double
     * precision to N 2^-106 |h|^2 more. The largest class decides. Sums that cancel round more than this: it is the least.
     */
    boolean separate() {
        return between() > floor;
    }

    /** Classes that have examples, ascending. */
    int[] classes() {
        return classes;
    }

    /** Rows: class means minus their unweighted mean, one per class that has examples. */
    Matrix centredMeans() {
        return centredMeans;
    }

    /** Inner products of the centred class means. */
    Matrix gram() {
        return gram;
    }

    /**
     * tr(Sigma_W Sigma_B^+), the pseudo-inverse from the top C - 1 eigenpairs (Papyan, Han and Donoho 2020, code of Han et
     * al. 2022); NaN if class means agree up to rounding, or examples within their classes do without being equal.
     */
    double withinOverBetween() {
        if (!separate()) {
            return Double.NaN;
        }
        int count = classes.length;
        SymmetricEigen eigen = SymmetricEigen.of(gram);
        double sum = 0;
        boolean any = false;
        for (int i = 0; i < count - 1; i++) {
            double value = eigen.values()[i];
            if (!(value > NEGLIGIBLE * eigen.values()[0])) {
                continue;
            }
            any = true;
            // Sigma_B = M M^T / C has the unit eigenvector M v / sqrt(value) with eigenvalue value / C.
            double squares = 0;
            for (int n = 0; n < slots.length; n++) {
                double along = Products.dot(
                        projections.values(), n * count, eigen.vectors().values(), i * count, count);
                squares += along * along;
            }
            sum += squares / slots.length / value * (count / value);
        }
        return any ? measured(sum) : Double.NaN;
    }

    /** tr(Sigma_W) / tr(Sigma_B), mean squared distances of features from class means, and of these from theirs; NaN as above. */
    double traceRatio() {
        return separate() ? measured(totalScatter / between()) : Double.NaN;
    }

    /** What was made of the scatter within classes; NaN where that is rounding. Equal features have none, exactly. */
    private double measured(double quotient) {
        return totalScatter > 0 && totalScatter <= floor ? Double.NaN : quotient;
    }

    /** tr(Sigma_B): mean over classes of the squared norm of the centred mean. */
    private double between() {
        double sum = 0;
        for (int slot = 0; slot < classes.length; slot++) {
            sum += gram.at(slot, slot);
        }
        return sum / classes.length;
    }

    /**
     * Class-distance normalized variance: mean over pairs of (v_c + v_c') / (2 ||mu_c - mu_c'||^2) (Galanti, Gyorgy and
     * Hutter 2022); NaN as above, or if two of the means agree up to rounding.
     */
    double distanceNormalizedVariance() {
        double sum = 0;
        int count = classes.length;
        for (int c = 0; c < count; c++) {
            for (int other = 0; other < count; other++) {
                if (c != other) {
                    double distance = gram.at(c, c) + gram.at(other, other) - 2 * gram.at(c, other);
                    // The errors of two means add up to at most twice the larger one.
                    sum += distance > 4 * floor ? (scatter[c] + scatter[other]) / (2 * distance) : Double.NaN;
                }
            }
        }
        return measured(sum / (count * (count - 1.0)));
    }

    /** For each example of this geometry, the class whose mean is nearest. */
    int[] nearest() {
        int[] result = new int[slots.length];
        double[] along = new double[classes.length];
        for (int n = 0; n < slots.length; n++) {
            for (int c = 0; c < classes.length; c++) {
                along[c] = projections.at(n, c) + gram.at(slots[n], c);
            }
            result[n] = nearest(along);
        }
        return result;
    }

    /** For each row of other features [m, p], the class of this geometry whose mean is nearest. */
    int[] nearest(Matrix features) {
        double[] moved = features.values().clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] -= globalMean[i % globalMean.length];
        }
        Matrix products =
                Products.timesTransposed(new Matrix(features.rows(), features.columns(), moved), centredMeans);
        int[] result = new int[features.rows()];
        for (int n = 0; n < result.length; n++) {
            result[n] = nearest(products.row(n));
        }
        return result;
    }

    /** The nearest mean m to x, given the products x m: the least of ||m||^2 - 2 x m. */
    private int nearest(double[] along) {
        int best = 0;
        for (int c = 1; c < classes.length; c++) {
            double distance = gram.at(c, c) - 2 * along[c];
            if (distance < gram.at(best, best) - 2 * along[best]) {
                best = c;
            }
        }
        return classes[best];
    }

    private static void add(double[] sum, double[] values, int offset) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] += values[offset + j];
        }
    }
}
