package io.orrery.lab.claim.trial;

import io.orrery.lab.UserError;
import io.orrery.lab.text.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * {@code data=PLACE} in words of the spec: a table (.csv, .tsv), a folder of IDX files, of CIFAR-10 batches or of one folder of
 * images per class, or the name of a source.
 */
final class DataShorthand {
    private DataShorthand() {}

    /**
     * Assignments of the keys of {@code data}.
     *
     * @throws UserError if there is nothing at the place
     */
    static List<String> expand(String value) {
        if (value.isBlank()) {
            throw new UserError(
                    "--set data=: expected a table (.csv), a folder or the name of a source, found nothing");
        }
        if (value.matches("[a-z][a-z0-9-]*") && !Files.exists(path(value))) {
            return List.of("data.source=" + value);
        }
        Path place = path(value);
        if (Files.isRegularFile(place)) {
            String name = place.getFileName().toString().toLowerCase(Locale.ROOT);
            return name.matches(".*\\.tsv(\\.gz)?")
                    ? List.of("data.source=csv", "data.file=" + quoted(value), "data.separator=\"\\t\"")
                    : List.of("data.source=csv", "data.file=" + quoted(value));
        }
        if (!Files.isDirectory(place)) {
            throw new UserError(
                    "--set data=" + value + ": expected a table (.csv), a folder of IDX files, of CIFAR-10 batches or"
                            + " of images, or the name of a source; there is nothing at " + value);
        }
        String source = holds(place, ".*-idx[13]-ubyte(\\.gz)?")
                ? "idx"
                : holds(place, "(data_batch_1|train)\\.bin(\\.gz)?") ? "cifar10" : "images";
        return List.of("data.source=" + source, "data.dir=" + quoted(value));
    }

    private static boolean holds(Path folder, String name) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().matches(name));
        } catch (IOException unreadable) {
            throw new UserError(
                    "--set data=" + folder + ": the folder cannot be read: " + FileTrouble.reason(unreadable),
                    unreadable);
        }
    }

    private static Path path(String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException invalid) {
            throw new UserError("--set data=" + value + ": this is not a path", invalid);
        }
    }

    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
