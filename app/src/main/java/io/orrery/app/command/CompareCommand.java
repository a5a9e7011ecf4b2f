package io.orrery.app.command;

import io.orrery.app.terminal.TextTable;
import io.orrery.lab.UserError;
import io.orrery.lab.book.Comparison;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.text.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Two settings side by side, paired over seeds. */
@Command(
        name = "compare",
        description = {
            "Compares the last measurements of two sets of runs, paired over the seeds that both have: mean difference (second"
                    + " minus first) with Student's 95%% interval."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A set is a study, a run, or a study with a setting of its grid:",
            "STUDY:key=value,key=value.",
            "",
            "Examples:",
            "  orrery compare scribbles scribbles-without-decay",
            "  orrery compare decay:decay.lambda=0 decay:decay.lambda=1e-3",
            "  orrery compare 3f2a 77c0 --only accuracy@test"
        })
public final class CompareCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Parameters(index = "0", paramLabel = "A", description = "The first set of runs.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "B", description = "The second set of runs.")
    private String second = "";

    @Option(names = "--only", paramLabel = "TEXT", description = "Only series whose name contains this.")
    private Optional<String> only = Optional.empty();

    @Override
    public Integer call() {
        LabBook book = common.book();
        Omissions omissions = new Omissions();
        RunSets sets = new RunSets(book, omissions);
        List<RecordedRun> a = sets.named(first);
        List<RecordedRun> b = sets.named(second);
        Comparison comparison = Comparison.paired(a, b);
        TextTable table = new TextTable("SERIES", "PAIRS", "A", "B", "B - A", "95% INTERVAL", "");
        if (comparison.differences().keySet().stream().noneMatch(this::wanted)) {
            throw new UserError("--only: no series has '" + only.orElse("") + "' in its name, such as "
                    + comparison.differences().firstEntry().getKey());
        }
        comparison.differences().forEach((series, difference) -> {
            if (!wanted(series)) {
                return;
            }
            if (common.json()) {
                System.out.println(Json.object()
                        .put("event", "difference")
                        .put("series", series)
                        .put("pairs", difference.n())
                        .put("meanA", difference.meanA())
                        .put("meanB", difference.meanB())
                        .put("mean", difference.mean())
                        .put("low", difference.low())
                        .put("high", difference.high())
                        .write());
            } else {
                table.row(
                        series,
                        Integer.toString(difference.n()),
                        number(difference.meanA()),
                        number(difference.meanB()),
                        number(difference.mean()),
                        difference.n() < 2
                                ? "needs two pairs"
                                : number(difference.low()) + " to " + number(difference.high()),
                        difference.n() >= 2 && difference.clear() ? "differs" : "");
            }
        });
        if (!common.json()) {
            System.out.println("A: " + first + "   B: " + second + "   seeds in both: " + comparison.seeds());
            table.lines().forEach(System.out::println);
        }
        return omissions.exitCode();
    }

    private boolean wanted(String series) {
        return series.contains(only.orElse(""));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
