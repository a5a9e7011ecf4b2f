package io.orrery.lab.data;

import io.orrery.lab.UserError;
import java.util.Optional;
import java.util.function.Supplier;

/** What the generators of examples have in common. */
final class Generated {
    /** Steps of the stream {@code data} from here on belong to test examples, those below to training examples. */
    static final long TEST_STEPS = 1L << 40;

    private Generated() {}

    /** Refuses fewer than one training example and a negative number of test examples. */
    static void checkCounts(String source, int train, int test) {
        if (train < 1) {
            throw new UserError("data.train of source " + source + " must be at least 1, found " + train);
        }
        if (test < 0) {
            throw new UserError("data.test of source " + source + " must be at least 0, found " + test);
        }
    }

    /** Refuses a setting below its smallest value. */
    static void atLeast(String source, String key, double smallest, double found) {
        if (!(found >= smallest) || Double.isInfinite(found)) {
            String bound = smallest == Math.rint(smallest) ? Long.toString((long) smallest) : Double.toString(smallest);
            throw new UserError("data." + key + " of source " + source + " must be a number of at least " + bound
                    + ", found " + found);
        }
    }

    /** The test split, if it is to have examples. */
    static Optional<Split> test(int count, Supplier<Split> split) {
        return count == 0 ? Optional.empty() : Optional.of(split.get());
    }

    /** The number of elements of an array of examples, refused if they do not fit one array. */
    static int elements(int examples, int perExample) {
        long elements = (long) examples * perExample;
        if (elements > Integer.MAX_VALUE - 64) {
            throw new UserError(examples + " examples of " + perExample + " numbers do not fit one array of "
                    + (Integer.MAX_VALUE - 64) + "; use fewer examples");
        }
        return (int) elements;
    }
}
