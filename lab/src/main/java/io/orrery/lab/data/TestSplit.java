package io.orrery.lab.data;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import java.util.Optional;

/** Cuts a test split off examples that come without one. */
record TestSplit(Split train, Optional<Split> test) {
    /**
     * A random part for testing by the stream {@code split}, each class in proportion to its size; fraction 0 cuts nothing.
     *
     * @throws UserError if the fraction is not from 0 to below 1, or too large to leave an example of each class
     */
    static TestSplit cut(Split all, double fraction, int classes, long seed) {
        check(fraction);
        int wanted = (int) Math.round(fraction * all.count());
        if (wanted == 0) {
            return new TestSplit(all, Optional.empty());
        }
        if (wanted >= all.count()) {
            throw new UserError("data.testFraction of " + fraction + " leaves no training example of " + all.count()
                    + "; use a smaller one");
        }
        Selection every = Selection.all(all);
        int[] quotas = Selection.proportional(every.counts(classes), wanted);
        boolean[] chosen = every.choose(quotas, RandomStream.of(seed, "split"), Transforms.TEST_SPLIT);
        return new TestSplit(
                every.where(chosen, false).split(),
                Optional.of(every.where(chosen, true).split()));
    }

    /** Refuses a fraction that is not from 0 to below 1. */
    static void check(double fraction) {
        if (!(fraction >= 0 && fraction < 1)) {
            throw new UserError("data.testFraction is a fraction from 0 to below 1, found " + fraction);
        }
    }
}
