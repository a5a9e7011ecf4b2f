package io.orrery.lab.data.set;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import java.util.Optional;

/** Cuts a test split off examples that come without one. */
public record TestSplit(Split train, Optional<Split> test) {
    /** Steps of the stream {@code split} from here on are for sources that cut off a test split; those below are for what a spec chooses of the training examples. */
    public static final long STEPS = 2;

    /**
     * A random part for testing by the stream {@code split}, each class in proportion to its size; fraction 0 cuts nothing.
     *
     * @throws UserError if the fraction is not from 0 to below 1, or too large to leave an example of each class
     */
    public static TestSplit cut(Split all, double fraction, int classes, long seed) {
        boolean[] chosen = choose(all.labels(), fraction, classes, seed);
        Selection every = Selection.all(all);
        if (every.where(chosen, true).count() == 0) {
            return new TestSplit(all, Optional.empty());
        }
        return new TestSplit(
                every.where(chosen, false).split(),
                Optional.of(every.where(chosen, true).split()));
    }

    /** Which of some examples {@link #cut} takes for testing. */
    public static boolean[] choose(int[] labels, double fraction, int classes, long seed) {
        check(fraction);
        int wanted = (int) Math.round(fraction * labels.length);
        if (wanted == 0) {
            return new boolean[labels.length];
        }
        if (wanted >= labels.length) {
            throw new UserError("data.testFraction of " + fraction + " leaves no training example of " + labels.length
                    + "; use a smaller one");
        }
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        int[] quotas = Selection.proportional(counts, wanted);
        return Selection.choose(labels, quotas, RandomStream.of(seed, "split"), STEPS);
    }

    /** Refuses a fraction that is not from 0 to below 1. */
    public static void check(double fraction) {
        if (!(fraction >= 0 && fraction < 1)) {
            throw new UserError("data.testFraction is a fraction from 0 to below 1, found " + fraction);
        }
    }
}
