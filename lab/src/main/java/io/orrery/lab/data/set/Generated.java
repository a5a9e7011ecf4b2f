package io.orrery.lab.data.set;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** What the generators of examples have in common. */
public final class Generated {
    /** Steps of the stream {@code data} from here on belong to test examples, those below to training examples. */
    public static final long TEST_STEPS = 1L << 40;
    /** Steps of the stream {@code data} from here on belong to what all examples share, such as class means. */
    public static final long SHARED_STEPS = 1L << 41;

    private Generated() {}

    /** Makes one example of known size. */
    public interface Example {
        /** Writes example number {@code number} into its inputs from an offset, drawing at a step; returns its label. */
        int write(int number, long step, double[] inputs, int offset);
    }

    /** A split of flat examples in double precision; example i draws at {@code firstStep + i}. */
    public static Split split(int count, int features, long firstStep, Example example) {
        double[] inputs = new double[elements(count, features)];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = example.write(i, firstStep + i, inputs, i * features);
        }
        return new Split(SharedArray.of(Shape.of(count, features), inputs), labels);
    }

    /** Makes one example of known size with real targets. */
    public interface RealExample {
        /** Writes example number {@code number} into its inputs and targets, drawing at a step. */
        void write(int number, long step, double[] inputs, double[] targets);
    }

    /** A split of flat examples with real targets in double precision; example i draws at {@code firstStep + i}. */
    public static Split reals(int count, int features, int outputs, long firstStep, RealExample example) {
        double[] inputs = new double[elements(count, features)];
        double[] targets = new double[elements(count, outputs)];
        double[] x = new double[features];
        double[] y = new double[outputs];
        for (int i = 0; i < count; i++) {
            example.write(i, firstStep + i, x, y);
            System.arraycopy(x, 0, inputs, i * features, features);
            System.arraycopy(y, 0, targets, i * outputs, outputs);
        }
        return new Split(
                SharedArray.of(Shape.of(count, features), inputs),
                new Targets.Real(SharedArray.of(Shape.of(count, outputs), targets)));
    }

    /** Divides some consecutive numbers by their Euclidean norm, unless it is 0. */
    public static void toUnitNorm(double[] values, int offset, int length) {
        double squares = 0;
        for (int i = 0; i < length; i++) {
            squares += values[offset + i] * values[offset + i];
        }
        if (squares > 0) {
            double norm = Math.sqrt(squares);
            for (int i = 0; i < length; i++) {
                values[offset + i] /= norm;
            }
        }
    }

    /** Refuses fewer than one training example and a negative number of test examples. */
    public static void checkCounts(String source, int train, int test) {
        atLeast(source, "train", 1, train);
        atLeast(source, "test", 0, test);
    }

    /** Refuses a whole number below its smallest value. */
    public static void atLeast(String source, String key, int smallest, int found) {
        if (found < smallest) {
            throw new UserError(
                    "data." + key + " of source " + source + " must be at least " + smallest + ", found " + found);
        }
    }

    /** Refuses a negative, infinite or undefined number. */
    public static void notNegative(String source, String key, double found) {
        if (!(found >= 0) || Double.isInfinite(found)) {
            throw new UserError("data." + key + " of source " + source + " must be at least 0, found " + found);
        }
    }

    /** The test split, if it is to have examples. */
    public static Optional<Split> test(int count, Supplier<Split> split) {
        return count == 0 ? Optional.empty() : Optional.of(split.get());
    }

    /** The number of elements of an array of examples, refused if they do not fit one array or the heap. */
    public static int elements(long examples, long perExample) {
        if (examples > Integer.MAX_VALUE
                || perExample > Integer.MAX_VALUE
                || examples * perExample > Integer.MAX_VALUE - 64) {
            throw new UserError(examples + " examples of " + perExample + " numbers do not fit one array of "
                    + (Integer.MAX_VALUE - 64) + "; use fewer examples");
        }
        long bytes = examples * perExample * Double.BYTES;
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > 0.9 * heap) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%,d examples of %,d numbers need %,d MB, but Java may use %,d MB; use fewer examples or give Java more"
                            + " with ORRERY_JAVA_FLAGS=-Xmx...",
                    examples,
                    perExample,
                    bytes >> 20,
                    heap >> 20));
        }
        return (int) (examples * perExample);
    }
}
