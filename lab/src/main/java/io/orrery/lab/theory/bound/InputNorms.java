package io.orrery.lab.theory.bound;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;

/**
 * Norms of the training inputs X, one example per row.
 *
 * @param examples rows n
 * @param features columns d
 * @param frobenius ||X||_F
 * @param largestRow largest Euclidean norm of an example
 * @param largestEntry largest absolute value
 * @param largestFeature largest Euclidean norm of a column: max_j sqrt(sum_i x_ij^2)
 * @param largestLocation max_j sum_i ||z_j(x_i)||^2 over pixels j, where z_j is the vector of a pixel's channels; for examples
 *     without pixels every feature is a location
 */
public record InputNorms(
        int examples,
        int features,
        double frobenius,
        double largestRow,
        double largestEntry,
        double largestFeature,
        double largestLocation) {

    /** Fills an array with the numbers from an index on. */
    public interface Reader {
        void read(int from, double[] target);
    }

    /** Norms of a matrix of examples whose columns are channels first: channel * pixels + pixel. */
    public static InputNorms of(Matrix inputs, int channels) {
        return of(
                inputs.rows(),
                channels,
                inputs.columns() / channels,
                (from, target) -> System.arraycopy(inputs.values(), from, target, 0, target.length));
    }

    /**
     * Norms of examples [examples, channels, pixels].
     *
     * @param reader of their numbers, row-major
     */
    public static InputNorms of(int examples, int channels, int pixels, Reader reader) {
        int features = channels * pixels;
        double[] columns = new double[features];
        double all = 0;
        double row = 0;
        double entry = 0;
        double[] example = new double[features];
        for (int n = 0; n < examples; n++) {
            reader.read(n * features, example);
            // Loops of their own: the compiler makes vector code of them.
            for (int j = 0; j < features; j++) {
                columns[j] += example[j] * example[j];
            }
            for (int j = 0; j < features; j++) {
                // A branch that is nearly never taken; Math.max would wait for itself at every number.
                if (Math.abs(example[j]) > entry) {
                    entry = Math.abs(example[j]);
                }
            }
            double squares = Products.dot(example, 0, example, 0, features);
            all += squares;
            row = Math.max(row, squares);
        }
        double feature = 0;
        double location = 0;
        for (int pixel = 0; pixel < pixels; pixel++) {
            double sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                double column = columns[channel * pixels + pixel];
                sum += column;
                feature = Math.max(feature, column);
            }
            location = Math.max(location, sum);
        }
        return new InputNorms(examples, features, Math.sqrt(all), Math.sqrt(row), entry, Math.sqrt(feature), location);
    }
}
