package io.orrery.app.command;

import io.orrery.app.terminal.TextTable;
import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.text.Json;
import io.orrery.lab.train.RunEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the lab book holds. */
@Command(
        name = "list",
        description = "Lists the runs of the lab book, damaged ones named.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  orrery list", "  orrery list scribbles --json"})
public final class ListCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Parameters(arity = "0..1", paramLabel = "STUDY", description = "Only the runs of this study.")
    private Optional<String> study = Optional.empty();

    @Override
    public Integer call() {
        LabBook book = common.book();
        LabBook.Listing listing = book.runs();
        List<String> damaged = new ArrayList<>(listing.damaged());
        TextTable table = new TextTable("STUDY", "RUN", "SEED", "SETTING", "STATUS", "STEPS", "DIGEST");
        int shown = 0;
        for (BookedRun run : listing.runs()) {
            if (study.isPresent() && !study.get().equals(run.study())) {
                continue;
            }
            shown++;
            RecordedRun recorded;
            try {
                recorded = book.read(run);
            } catch (UserError unreadable) {
                damaged.add(run.name() + ": " + unreadable.getMessage());
                continue;
            }
            String status = RunText.status(recorded.end());
            if (common.json()) {
                System.out.println(Json.object()
                        .put("event", "run")
                        .put("study", run.study())
                        .put("run", run.key())
                        .put("seed", run.seed())
                        .put("setting", Json.texts(run.setting()))
                        .put("status", status)
                        .put("steps", recorded.end().map(RunEnd::steps).orElse(RunText.lastStep(recorded)))
                        .put("digest", recorded.end().map(RunEnd::digest).orElse(""))
                        .write());
            } else {
                table.row(
                        run.study(),
                        run.key(),
                        Long.toString(run.seed()),
                        RunText.setting(run.setting()),
                        status,
                        String.format(
                                Locale.ROOT,
                                "%,d",
                                recorded.end().map(RunEnd::steps).orElse(RunText.lastStep(recorded))),
                        recorded.end()
                                .map(end -> RunText.shortened(end.digest()))
                                .orElse(""));
            }
        }
        if (shown == 0 && damaged.isEmpty()) {
            if (study.isPresent()) {
                throw book.unknownStudy(study.get());
            }
            if (!common.json()) {
                System.out.println("The lab book " + book.folder() + " holds no runs. Begin with 'orrery run'.");
            }
            return 0;
        }
        if (!common.json()) {
            table.lines().forEach(System.out::println);
        }
        damaged.forEach(text -> System.err.println("orrery: damaged: " + text));
        return 0;
    }
}
