package io.orrery.app.command;

import io.orrery.lab.book.LabBook;
import io.orrery.lab.text.Json;
import io.orrery.lab.text.Shell;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes a study's report again from the lab book. */
@Command(
        name = "report",
        description = "Writes the report of a study from what the lab book holds.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  orrery report scribbles"})
public final class ReportCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "STUDY", description = "Name of the study.")
    private String study = "";

    @Override
    public Integer call() {
        LabBook book = common.book();
        Omissions omissions = new Omissions();
        Path file = Reports.again(book, study, "orrery report " + Shell.quoted(study) + common.text(), omissions);
        System.out.println(
                common.json()
                        ? Json.object()
                                .put("event", "finished")
                                .put("report", file.toString())
                                .write()
                        : "Report: " + file);
        return omissions.exitCode();
    }
}
