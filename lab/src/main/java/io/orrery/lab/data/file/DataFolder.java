package io.orrery.lab.data.file;

import io.orrery.lab.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the folder of a data set and files in it by their usual names. */
public final class DataFolder {
    private DataFolder() {}

    /**
     * The folder given by {@code data.dir}, else the folder {@code name} of {@code ORRERY_DATA}, or in its absence
     * {@code name-small}, a sample.
     *
     * @param orreryData the value of the environment variable, if set
     * @throws UserError if neither is given, or the folder is missing
     */
    public static Path find(Optional<String> dir, Optional<String> orreryData, String name) {
        if (dir.isEmpty() && orreryData.isEmpty()) {
            throw new UserError(
                    "source " + name + " needs its files: give their folder with --set data.dir=FOLDER, or set"
                            + " ORRERY_DATA to a folder that has " + name + "/");
        }
        Path whole = dir.map(Path::of).orElseGet(() -> Path.of(orreryData.orElse(""), name));
        Path sample = Path.of(orreryData.orElse(""), name + "-small");
        Path folder = dir.isEmpty() && !Files.isDirectory(whole) && Files.isDirectory(sample) ? sample : whole;
        if (!Files.isDirectory(folder)) {
            throw new UserError(
                    folder + ": no such folder; give the folder of the " + name + " files with --set data.dir=FOLDER");
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw new UserError(
                    folder + ": permission denied; ask its owner, or give a copy with --set data.dir=FOLDER");
        }
        return folder;
    }

    /** The environment variable {@code ORRERY_DATA}, if set. */
    public static Optional<String> orreryData() {
        return Optional.ofNullable(System.getenv("ORRERY_DATA")).filter(value -> !value.isBlank());
    }

    /** The first of some names that is in a folder, plain or with {@code .gz}. */
    public static Optional<Path> lookUp(Path folder, List<String> names) {
        for (String name : names) {
            for (String ending : List.of("", ".gz")) {
                Path candidate = folder.resolve(name + ending);
                if (Files.isRegularFile(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    /** As {@link #lookUp}; a missing file is an error. */
    public static Path require(Path folder, List<String> names) {
        return lookUp(folder, names)
                .orElseThrow(() -> new UserError(folder + ": no file " + String.join(" or ", names)
                        + ", plain or with .gz; give the right folder with --set data.dir=FOLDER"));
    }
}
