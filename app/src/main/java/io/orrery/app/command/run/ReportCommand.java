package io.orrery.app.command.run;

import io.orrery.app.command.common.CommonOptions;
import io.orrery.app.command.common.Omissions;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.text.Json;
import io.orrery.lab.text.Shell;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes a study's report again from the lab book. */
@Serves("004-22")
@Command(
        name = "report",
        description = {
            "Writes the report of a study from what the lab book holds: of runs of one spec and one set of data, those begun"
                    + " last if several go by the name. STUDY@SET names others; 'orrery list' shows them."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  orrery report scribbles", "  orrery report scribbles@1b90c2d4"})
public final class ReportCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "STUDY", description = "Name of the study, with @SET if several go by it.")
    private String study = "";

    @Override
    public Integer call() {
        LabBook book = common.book();
        Omissions omissions = new Omissions();
        RunSets.Last last = new RunSets(book, omissions).last(study);
        Path file = Reports.again(book, last.set(), "orrery report " + Shell.quoted(study) + common.text(), omissions);
        if (common.json()) {
            System.out.println(Json.object()
                    .put("event", "finished")
                    .put("report", file.toString())
                    .put("set", last.set().name())
                    .put(
                            "leftOut",
                            Json.array(last.others().stream().map(Json::text).toList()))
                    .write());
            return omissions.exitCode();
        }
        if (!last.others().isEmpty()) {
            System.out.println("The name stands for several sets of runs. This report is of the one begun last, "
                    + last.set().name() + " (" + last.set().about() + "). Left out:");
            last.others().forEach(other -> System.out.println("  " + other));
        }
        System.out.println("Report: " + file);
        return omissions.exitCode();
    }
}
