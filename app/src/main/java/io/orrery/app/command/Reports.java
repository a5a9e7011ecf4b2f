package io.orrery.app.command;

import io.orrery.app.report.ReportWriter;
import io.orrery.app.report.StudyReport;
import io.orrery.lab.UserError;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RecordedRun;
import java.nio.file.Path;
import java.util.List;

/**
 * Where reports lie: in the study's folder of the lab book, beside a note of the question and the command line, which no
 * run knows. Without the note a report lacks both.
 */
final class Reports {
    private Reports() {}

    /** Writes the report of a study that was just run, and the note. */
    static Path write(
            LabBook book, String study, String question, List<RecordedRun> runs, String command, List<String> omitted) {
        StudyNote.write(book.studyFolder(study), question, command);
        return write(book, new StudyReport(study, question, runs, command, omitted));
    }

    /** Writes the report of a study from what the lab book holds. */
    static Path again(LabBook book, String study, String command, Omissions omissions) {
        LabBook.Listing held = book.held(study);
        held.damaged().forEach(omissions::add);
        if (held.runs().isEmpty()) {
            throw held.damaged().isEmpty()
                    ? book.unknownStudy(study)
                    : new UserError(held.damaged().getFirst());
        }
        List<RecordedRun> runs = RunSets.overviews(book, held.runs(), omissions);
        StudyNote note = StudyNote.read(held.runs().getFirst().studyFolder(), command);
        note.damage().ifPresent(omissions::add);
        Path file = held.runs().getFirst().studyFolder().resolve("report.html");
        return write(new StudyReport(study, note.question(), runs, note.command(), omissions.all()), file);
    }

    private static Path write(LabBook book, StudyReport report) {
        return write(report, book.studyFolder(report.title()).resolve("report.html"));
    }

    private static Path write(StudyReport report, Path place) {
        Path file = place.toAbsolutePath().normalize();
        ReportWriter.write(report, file);
        return file;
    }
}
