package io.orrery.lab.spec;

import io.orrery.lab.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Where the files of a spec lie, as absolute paths, so that a run can go on from any folder. A relative path is looked up in
 * the working folder and, if it stands in a file and there is nothing, beside that file; {@code ~/} is the user's folder.
 */
final class DataPaths {
    private DataPaths() {}

    /**
     * The absolute path of what a spec names.
     *
     * @param where for messages
     * @throws UserError if the text cannot be a path, or names different things in the working folder and beside the spec
     */
    static String absolute(String text, Origin origin, String where) {
        if (text.isBlank()) {
            throw new UserError(where + "expected a path, found nothing");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new UserError(where + "a path holds no control characters, found one after \""
                    + text.codePoints()
                            .takeWhile(c -> !Character.isISOControl(c))
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    + "\"");
        }
        try {
            Path path = text.equals("~") || text.startsWith("~/")
                    ? Path.of(System.getProperty("user.home") + text.substring(1))
                    : Path.of(text);
            Path here = path.toAbsolutePath().normalize();
            if (path.isAbsolute() || !(origin instanceof Origin.InText(String file, int _, int _))) {
                return here.toString();
            }
            Path folder = Path.of(file).toAbsolutePath().getParent();
            Path beside = folder == null ? here : folder.resolve(path).normalize();
            if (!Files.exists(beside) || !Files.isRegularFile(Path.of(file))) {
                return here.toString();
            }
            if (Files.exists(here) && !Files.isSameFile(here, beside)) {
                throw new UserError(where + "there is " + here + " as well as " + beside
                        + "; write the one that is meant as an absolute path");
            }
            return (Files.exists(here) ? here : beside).toString();
        } catch (InvalidPathException invalid) {
            throw new UserError(where + "'" + text + "' cannot name a file here: " + invalid.getReason(), invalid);
        } catch (IOException unreadable) {
            throw new UserError(where + "'" + text + "' cannot be looked up: " + unreadable.getMessage(), unreadable);
        }
    }
}
