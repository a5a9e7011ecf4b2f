package io.orrery.lab.claim.trial;

import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.source.Csv;
import io.orrery.lab.setup.Spec;
import java.util.Optional;

/** Which part of the data differs between the seeds of a claim. What is drawn once varies with no seed, and a page says so. */
final class DrawnOnce {
    private DrawnOnce() {}

    /**
     * Whether something of files is drawn at random and the seed of the draw was left open: then each seed draws its own.
     */
    static boolean isDrawnPerSeed(Spec spec) {
        return isFile(spec) && spec.data().seed().isEmpty() && draws(spec);
    }

    /** For the page: what of the data all seeds have in common; empty if all is drawn anew. */
    static Optional<String> note(Spec protocol) {
        DataSpec data = protocol.data();
        if (!isFile(protocol)) {
            return data.seed().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "The data, with label noise and subset, are generated once, from data.seed = "
                                    + data.seed().getAsLong()
                                    + ": seeds differ in initialization and order alone, and intervals tell nothing of other data.");
        }
        if (!draws(protocol)) {
            return Optional.of(
                    "The data are those of the files in every seed: seeds differ in initialization and order alone, and intervals"
                            + " tell nothing of other data.");
        }
        return Optional.of(
                data.seed().isEmpty()
                        ? "The data come from files; what is drawn of them at random (examples per class, label noise, the test"
                                + " set if it is cut off) is drawn anew in every seed."
                        : "The data come from files, and what is drawn of them at random is drawn once, from data.seed = "
                                + data.seed().getAsLong()
                                + ": seeds differ in initialization and order alone, and intervals tell nothing of other draws.");
    }

    private static boolean isFile(Spec spec) {
        return !spec.data().source().generated();
    }

    private static boolean draws(Spec spec) {
        DataSpec data = spec.data();
        boolean cut = data.source() instanceof Csv csv && csv.testFile().isEmpty();
        return cut
                || data.perClass().isPresent()
                || !data.imbalance().isEmpty()
                || data.validation() > 0
                || data.labelNoise() > 0
                || data.randomLabels()
                || data.permute() != DataSpec.Permute.NONE;
    }
}
