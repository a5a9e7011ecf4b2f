package io.orrery.app.command;

import io.orrery.app.report.ReportWriter;
import io.orrery.app.report.StudyReport;
import io.orrery.lab.UserError;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.text.FileTrouble;
import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where reports lie: in the study's folder of the lab book, beside a note of the question and the command line, which no
 * run knows. Without the note a report lacks both.
 */
final class Reports {
    private static final String NOTE = "study.json";

    private Reports() {}

    /** Writes the report of a study that was just run, and the note. */
    static Path write(LabBook book, String study, String question, List<RecordedRun> runs, String command) {
        Path note = book.folder().resolve(study).resolve(NOTE);
        try {
            Files.writeString(
                    note,
                    Json.object()
                                    .put("question", question)
                                    .put("command", command)
                                    .write() + "\n");
        } catch (IOException failure) {
            throw new UserError("cannot write " + note + ": " + FileTrouble.reason(failure), failure);
        }
        return write(book, new StudyReport(study, question, runs, command));
    }

    /** Writes the report of a study from what the lab book holds. */
    static Path again(LabBook book, String study, String command) {
        List<RecordedRun> runs = RunSets.readable(book, book.study(study));
        Optional<Json.Fields> note = note(book, study);
        return write(
                book,
                new StudyReport(
                        study,
                        text(note, "question").orElse(""),
                        runs,
                        text(note, "command").orElse(command)));
    }

    private static Path write(LabBook book, StudyReport report) {
        Path file = book.folder()
                .resolve(report.title())
                .resolve("report.html")
                .toAbsolutePath()
                .normalize();
        ReportWriter.write(report, file);
        return file;
    }

    /** The note, if there is one that can be read. */
    private static Optional<Json.Fields> note(LabBook book, String study) {
        try {
            return Json.parse(Files.readString(book.folder().resolve(study).resolve(NOTE)))
                            instanceof Json.Fields fields
                    ? Optional.of(fields)
                    : Optional.empty();
        } catch (IOException | Json.SyntaxException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Optional<Json.Fields> note, String key) {
        return note.flatMap(fields -> fields.get(key))
                .flatMap(value -> value instanceof Json.Text(String text) ? Optional.of(text) : Optional.empty());
    }
}
