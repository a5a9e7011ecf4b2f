package io.orrery.app.command.run;

import io.orrery.lab.UserError;
import io.orrery.lab.file.Checksum;
import io.orrery.lab.text.FileTrouble;
import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The note {@code study.json} in a study's folder: what no run knows.
 *
 * @param question what the study asks; empty for none
 * @param command the command line that repeats the study
 * @param damage for people: why the note could not be used
 */
record StudyNote(String question, String command, Optional<String> damage) {
    private static final String FILE = "study.json";
    private static final String SHA = "sha256";
    private static final Set<String> KEYS = Set.of("question", "command");

    /** Writes the note with a checksum. */
    static void write(Path folder, String question, String command) {
        Path file = folder.resolve(FILE);
        Json.Fields note = Json.object().put("question", question).put("command", command);
        note.put(SHA, Checksum.sha256(note));
        try {
            Files.writeString(file, note.write() + "\n");
        } catch (IOException failure) {
            throw new UserError("cannot write " + file + ": " + FileTrouble.reason(failure), failure);
        }
    }

    /**
     * Reads the note; notes of earlier builds have no checksum, and nothing in its place: a damaged name of the checksum must not
     * look like such a note.
     *
     * @param command if the note says none
     */
    static StudyNote read(Path folder, String command) {
        Path file = folder.resolve(FILE);
        try {
            if (Json.parse(Files.readString(file)) instanceof Json.Fields fields) {
                Optional<Json> recorded = fields.get(SHA);
                fields.values().remove(SHA);
                if (recorded.isEmpty() && KEYS.containsAll(fields.values().keySet())
                        || recorded.isPresent() && recorded.get().equals(Json.text(Checksum.sha256(fields)))) {
                    return new StudyNote(
                            text(fields, "question").orElse(""),
                            text(fields, "command").orElse(command),
                            Optional.empty());
                }
            }
            return damaged(file, command, "its content does not have the SHA-256 that was recorded");
        } catch (NoSuchFileException none) {
            return new StudyNote("", command, Optional.empty());
        } catch (IOException | Json.SyntaxException unreadable) {
            return damaged(file, command, String.valueOf(unreadable.getMessage()));
        }
    }

    private static StudyNote damaged(Path file, String command, String how) {
        return new StudyNote(
                "",
                command,
                Optional.of(file + " is damaged: " + how + "; the question and the command that it held are not"
                        + " shown, 'run' writes it again"));
    }

    private static Optional<String> text(Json.Fields fields, String key) {
        return fields.get(key)
                .flatMap(value -> value instanceof Json.Text(String text) ? Optional.of(text) : Optional.empty());
    }
}
