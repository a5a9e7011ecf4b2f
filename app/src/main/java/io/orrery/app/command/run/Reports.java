package io.orrery.app.command.run;

import io.orrery.app.command.common.Omissions;
import io.orrery.app.report.ReportWriter;
import io.orrery.app.report.StudyReport;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.book.RunSet;
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

    /** Writes the report of one set of runs of a study from what the lab book holds. */
    static Path again(LabBook book, RunSet set, String command, Omissions omissions) {
        BookedRun first = set.runs().getFirst();
        List<RecordedRun> runs = RunSets.overviews(book, set.runs(), omissions);
        StudyNote note = StudyNote.read(first.studyFolder(), command);
        note.damage().ifPresent(omissions::add);
        Path file = first.studyFolder().resolve("report.html");
        return write(new StudyReport(first.study(), note.question(), runs, note.command(), omissions.all()), file);
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
