package io.orrery.lab.data;

import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Inline;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Where examples come from, how they are transformed and in what order a run sees them.
 */
public record DataSpec(
        @Inline DataSource source,

        @About(
                "drives generated data, label noise, subset and split; default: the run's seed for generated data, 0 for files")
        OptionalLong seed,

        @About("examples held out of the training split for validation")
        int validation,

        @About("keep only these classes, renumbered from 0 in this order; two make a binary task")
        List<Integer> classes,

        @About("keep at most this many training examples of each class")
        OptionalInt perClass,

        @About("none, per-channel or per-feature: subtract the training mean, divide by the training deviation")
        Standardization standardize,

        @About("divide every example by its Euclidean norm, after standardizing")
        boolean unitNorm,

        @About("fraction of training labels replaced by uniformly random ones")
        double labelNoise,

        @About("replace all training labels by random ones") boolean randomLabels,
        @About("examples in a batch") int batchSize,

        @About("epochs (a new permutation each), with-replacement, or full (the whole set as one batch)")
        Order order,

        @About("keep or drop the last, smaller batch of an epoch")
        LastBatch lastBatch) {

    /** How examples are standardized. */
    public enum Standardization {
        NONE,
        PER_CHANNEL,
        PER_FEATURE
    }

    /** In what order a run sees the examples. */
    public enum Order {
        EPOCHS,
        WITH_REPLACEMENT,
        FULL
    }

    /** What happens to the last, smaller batch of an epoch. */
    public enum LastBatch {
        KEEP,
        DROP
    }

    /** Scribbles in batches of 50. */
    public static DataSpec defaults() {
        return new DataSpec(
                Scribbles.defaults(),
                OptionalLong.empty(),
                0,
                List.of(),
                OptionalInt.empty(),
                Standardization.NONE,
                false,
                0,
                false,
                50,
                Order.EPOCHS,
                LastBatch.KEEP);
    }

    /** The data set for a run with the given seed: loaded, transformed and split. */
    public Dataset load(long runSeed) {
        throw new UnsupportedOperationException("load " + runSeed);
    }
}
