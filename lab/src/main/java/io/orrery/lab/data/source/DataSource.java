package io.orrery.lab.data.source;

import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.spec.Choice;

/**
 * Where examples come from. A source is a record of its settings; adding one means one file with a {@code @Kind} name, its
 * test, and its name in the permits clause here.
 */
@Choice("source")
public sealed interface DataSource
        permits Scribbles,
                TwoCluster,
                Xor,
                Clusters,
                Hierarchy,
                GaussianMixture,
                Ring,
                ModularAddition,
                FreeFeatures,
                Function,
                TeacherNetwork,
                Copy,
                Majority,
                Idx,
                Mnist,
                Cifar10,
                Cifar100,
                Csv,
                Images {
    /**
     * Loads or generates the examples, before transforms.
     *
     * @param seed drives generated examples and the split; never changes what a file contains
     * @param files reads files and collects what became of them, and says which precision a run wants; new for each call
     * @throws io.orrery.lab.UserError if a file is missing or damaged
     */
    Dataset load(long seed, FilesRead files);

    /** The same with the usual bounds, in silence. */
    default Dataset load(long seed) {
        return load(seed, FilesRead.usual());
    }

    /** Whether the examples are generated from the seed (then {@code data.seed} defaults to the run's seed). */
    boolean generated();

    /** Whether the examples are images, with channels. */
    default boolean images() {
        return false;
    }

    /** Whether a class may be named by the number that stands for it in the files, besides its name. */
    default boolean numberedClasses() {
        return true;
    }

    /** Whether {@link #load} depends on its seed, be it only for the split. */
    default boolean seeded() {
        return generated();
    }
}
