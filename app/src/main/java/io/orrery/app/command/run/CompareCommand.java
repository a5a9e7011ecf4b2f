package io.orrery.app.command.run;

import io.orrery.app.command.common.CommonOptions;
import io.orrery.app.command.common.Omissions;
import io.orrery.app.terminal.TextTable;
import io.orrery.lab.UserError;
import io.orrery.lab.book.GroupComparison;
import io.orrery.lab.book.RunSet;
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
            "Compares two sets of finished runs at the last step that both read, paired over the seeds that both have: mean"
                    + " difference (second minus first) with Student's 95%% interval."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A set is a study, a run, or a study with a setting of its grid or an",
            "arm of a claim: STUDY:key=value,key=value. Where one name stands for",
            "runs of several specs or data, STUDY@SET says which ('orrery list').",
            "",
            "Examples:",
            "  orrery compare scribbles scribbles-without-decay",
            "  orrery compare decay:decay.lambda=0 decay:decay.lambda=1e-3",
            "  orrery compare sgd-noise:arm=batch-10 sgd-noise:arm=batch-20",
            "  orrery compare labels@1b90c2d4 labels@77c0f3aa --only accuracy@test"
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

    @Option(
            names = "--at-end",
            description = "Compare the last reading of each run, though runs of a pair end at different steps.")
    private boolean atEnd;

    @Override
    public Integer call() {
        Omissions omissions = new Omissions();
        RunSets sets = new RunSets(common.book(), omissions);
        RunSets.Chosen a = sets.one(first);
        RunSets.Chosen b = sets.one(second);
        GroupComparison comparison = GroupComparison.paired(
                a.runs(), b.runs(), atEnd ? GroupComparison.At.END : GroupComparison.At.SAME_STEP);
        if (comparison.differences().keySet().stream().noneMatch(this::wanted)) {
            throw new UserError("--only: no series has '" + only.orElse("") + "' in its name, such as "
                    + comparison.differences().firstEntry().getKey());
        }
        String apart = RunSet.differences(List.of(a.set(), b.set()));
        if (common.json()) {
            json(comparison, apart);
        } else {
            text(comparison, apart);
        }
        return omissions.exitCode();
    }

    private void json(GroupComparison comparison, String apart) {
        System.out.println(Json.object()
                .put("event", "comparison")
                .put("a", first)
                .put("b", second)
                .put("differIn", apart)
                .put(
                        "seeds",
                        Json.array(comparison.seeds().stream()
                                .map(seed -> Json.number(seed.longValue()))
                                .toList()))
                .put(
                        "leftOut",
                        Json.array(comparison.leftOut().stream().map(Json::text).toList()))
                .write());
        comparison.differences().forEach((series, difference) -> {
            if (wanted(series)) {
                System.out.println(Json.object()
                        .put("event", "difference")
                        .put("series", series)
                        .put("pairs", difference.n())
                        .put("firstStep", difference.firstStep())
                        .put("lastStep", difference.lastStep())
                        .put("meanA", difference.meanA())
                        .put("meanB", difference.meanB())
                        .put("mean", difference.mean())
                        .put("low", difference.interval().low())
                        .put("high", difference.interval().high())
                        .write());
            }
        });
    }

    private void text(GroupComparison comparison, String apart) {
        System.out.println("A: " + first + "   B: " + second + "   paired seeds: " + comparison.seeds());
        System.out.println(apart.isEmpty() ? "A and B are runs of one spec." : "They differ in: " + apart);
        comparison.leftOut().forEach(run -> System.out.println("Left out: " + run));
        TextTable table =
                new TextTable("SERIES", "PAIRS", "STEP", "MEAN OF A", "MEAN OF B", "MEAN OF B - A", "95% INTERVAL", "");
        comparison.differences().forEach((series, difference) -> {
            if (wanted(series)) {
                table.row(
                        series,
                        Integer.toString(difference.n()),
                        steps(difference),
                        number(difference.meanA()),
                        number(difference.meanB()),
                        number(difference.mean()),
                        interval(difference),
                        difference.clear() ? "leaves out 0" : "");
            }
        });
        table.lines().forEach(System.out::println);
        System.out.println(
                "Intervals: Student's t over paired seeds, of the mean of B - A. Each stands for itself: of twenty"
                        + " series that do not differ, about one leaves out 0.");
    }

    private static String steps(GroupComparison.Difference difference) {
        String last = String.format(Locale.ROOT, "%,d", difference.lastStep());
        return difference.firstStep() == difference.lastStep()
                ? last
                : String.format(Locale.ROOT, "%,d to ", difference.firstStep()) + last;
    }

    private static String interval(GroupComparison.Difference difference) {
        if (difference.interval().isKnown()) {
            return number(difference.interval().low()) + " to "
                    + number(difference.interval().high());
        }
        return difference.n() < 2 ? "needs two pairs" : "pairs do not vary";
    }

    private boolean wanted(String series) {
        return series.contains(only.orElse(""));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
