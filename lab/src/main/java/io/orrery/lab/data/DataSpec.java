package io.orrery.lab.data;

import io.orrery.engine.graph.Precision;
import io.orrery.lab.UserError;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.source.DataSource;
import io.orrery.lab.data.source.Scribbles;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Aside;
import io.orrery.lab.spec.Inline;
import io.orrery.lab.spec.Word;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where examples come from, how they are transformed and in what order a run sees them.
 */
public record DataSpec(
        @Inline DataSource source,

        @About(
                "drives generated data, label noise, subset, split and permutation; default: the run's seed for generated data, 0 for files")
        OptionalLong seed,

        @About("examples held out of the training split for validation")
        int validation,

        @About(
                "keep only the classes with these labels (names of tables and folders; numbers as they stand in the files), renumbered from 0 in this order; two make a binary task")
        List<Word> classes,

        @About("keep this many training examples of each class, chosen at random")
        OptionalInt perClass,

        @About(
                "keep this many training examples of each class, one number per class, chosen at random; empty: as they are")
        List<Integer> imbalance,

        @About(
                "none, per-channel or per-feature: subtract the training mean, divide by the training deviation; default for tables (source csv): per-feature")
        Standardization standardize,

        @About("divide every example by its Euclidean norm, after standardizing")
        boolean unitNorm,

        @About(
                "none; features: one random order of the features, of images of the pixels, for all examples, which destroys what neighbours tell; examples: another order for each example; or noise: normal numbers of the training inputs' mean and deviation in place of all inputs, which leave nothing to tell")
        Permute permute,

        @About("fraction of training labels replaced by uniformly random ones")
        double labelNoise,

        @About("replace all training labels by random ones") boolean randomLabels,
        @About("examples in a batch") int batchSize,

        @About("epochs (a new permutation each), with-replacement, or full (the whole set as one batch)")
        Order order,

        @About("keep or drop the last, smaller batch of an epoch")
        LastBatch lastBatch,

        @About("most megabytes that a packed (gzip) data file may unpack to") @Aside
        int unpackedMegabytes) {

    /** How examples are standardized. */
    public enum Standardization {
        NONE,
        PER_CHANNEL,
        PER_FEATURE
    }

    /** Whether features change places, or give way to noise. */
    public enum Permute {
        NONE,
        FEATURES,
        EXAMPLES,
        NOISE
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
                List.of(),
                Standardization.NONE,
                false,
                Permute.NONE,
                0,
                false,
                50,
                Order.EPOCHS,
                LastBatch.KEEP,
                FilesRead.USUAL_MEGABYTES);
    }

    /**
     * The data set for a run with the given seed: loaded, transformed and split. The transforms come in this order: classes
     * are selected (training and test); {@code perClass} or {@code imbalance} training examples of each class are kept; the
     * validation split is held out of them; training labels are made noisy, or random; all splits are standardized by the
     * training split's statistics; examples are divided by their norms; their features change places.
     *
     * <p>Depends on nothing but this spec, the seed and the files; {@link DatasetCache} shares it between runs.
     *
     * @throws UserError if a setting is impossible, or a file is missing or damaged
     */
    public Dataset load(long runSeed) {
        return load(runSeed, FilesRead.Progress.SILENT);
    }

    /** The same; somebody is told when files take long to read. */
    public Dataset load(long runSeed, FilesRead.Progress progress) {
        return checkBatch(examples(runSeed, Precision.SINGLE, progress));
    }

    /** The same with inputs in at least a precision: numbers that single precision does not hold are rounded to it, once. */
    public Dataset load(long runSeed, Precision least) {
        return checkBatch(examples(runSeed, least, FilesRead.Progress.SILENT));
    }

    /** The same to look at: the batches of a run need not fit. */
    public Dataset examples(long runSeed, Precision least, FilesRead.Progress progress) {
        return ofSeed(dataSeed(runSeed), least, progress);
    }

    /** The same for a seed of the data, whatever {@code data.seed} says. */
    public Dataset examples(long dataSeed, Precision least) {
        return ofSeed(dataSeed, least, FilesRead.Progress.SILENT);
    }

    private Dataset ofSeed(long dataSeed, Precision least, FilesRead.Progress progress) {
        check();
        return Transforms.applyTo(raw(dataSeed, least, progress), this, dataSeed);
    }

    /** The seed of generated data, label noise, subset, split and permutation in a run with the given seed. */
    public long dataSeed(long runSeed) {
        return seed.orElse(source.generated() ? runSeed : 0);
    }

    /**
     * Refuses settings that are impossible whatever the data.
     *
     * @throws UserError naming the setting, its value and what is possible
     */
    public void check() {
        if (validation < 0) {
            throw new UserError("data.validation must be at least 0 examples, found " + validation);
        }
        if (perClass.isPresent() && perClass.getAsInt() < 1) {
            throw new UserError("data.perClass must be at least 1 example, found " + perClass.getAsInt());
        }
        if (imbalance.stream().anyMatch(count -> count < 1)) {
            throw new UserError("data.imbalance must be at least 1 example of each class, found " + imbalance);
        }
        if (perClass.isPresent() && !imbalance.isEmpty()) {
            throw new UserError("data.perClass and data.imbalance both say how many examples of each class are kept;"
                    + " leave one of the two out");
        }
        if (classes.size() == 1) {
            throw new UserError("data.classes must name at least 2 classes, found " + classes);
        }
        if (Set.copyOf(classes).size() < classes.size()) {
            throw new UserError("data.classes must name each class once, found " + classes);
        }
        if (!(labelNoise >= 0 && labelNoise <= 1)) {
            throw new UserError("data.labelNoise is a fraction from 0 to 1, found " + labelNoise);
        }
        if (randomLabels && labelNoise > 0) {
            throw new UserError("data.randomLabels already replaces every training label; leave data.labelNoise out");
        }
        if (unpackedMegabytes < 1) {
            throw new UserError("data.unpackedMegabytes must be at least 1, found " + unpackedMegabytes);
        }
        if (batchSize < 1) {
            throw new UserError("data.batchSize must be at least 1, found " + batchSize
                    + "; for the whole training set as one batch write data.order: full");
        }
    }

    /** What the source loads, before transforms. */
    Dataset raw(long dataSeed, Precision least, FilesRead.Progress progress) {
        return source.load(dataSeed, new FilesRead(unpackedMegabytes, progress, least));
    }

    /** Applies the transforms to what the source loaded, and leaves that as it is. */
    Dataset transform(Dataset raw, long dataSeed) {
        return Transforms.apply(raw, this, dataSeed);
    }

    /** Refuses batches larger than the training set; returns the data. */
    Dataset checkBatch(Dataset data) {
        if (order != Order.FULL && batchSize > data.train().count()) {
            throw new UserError("data.batchSize is " + batchSize + ", but the training set has only "
                    + data.train().count()
                    + " examples; use a smaller batch, or data.order: full for the whole set as one batch");
        }
        return data;
    }

    /** This spec with settings that do not change the data set at their defaults. */
    DataSpec withoutBatches() {
        DataSpec usual = defaults();
        return new DataSpec(
                source,
                seed,
                validation,
                classes,
                perClass,
                imbalance,
                standardize,
                unitNorm,
                permute,
                labelNoise,
                randomLabels,
                usual.batchSize,
                usual.order,
                usual.lastBatch,
                usual.unpackedMegabytes);
    }
}
