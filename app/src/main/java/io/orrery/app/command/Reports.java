package io.orrery.app.command;

import io.orrery.app.report.ReportWriter;
import io.orrery.app.report.StudyReport;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RecordedRun;
import java.nio.file.Path;
import java.util.List;

/** Where reports lie: in the study's folder of the lab book. */
final class Reports {
    private Reports() {}

    static Path write(LabBook book, String study, String question, List<RecordedRun> runs, String command) {
        Path file = book.folder()
                .resolve(study)
                .resolve("report.html")
                .toAbsolutePath()
                .normalize();
        ReportWriter.write(new StudyReport(study, question, runs, command), file);
        return file;
    }
}
