package io.orrery.app.command.run;

import io.orrery.app.command.common.CommonOptions;
import io.orrery.app.terminal.Durations;
import io.orrery.app.terminal.TextTable;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.setup.SpecText;
import io.orrery.lab.text.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One run: where it came from, how it ended, what was measured last, what it cost. */
@Command(
        name = "show",
        description = "Shows one run: spec, end, last measurements, costs.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  orrery show 3f2a                    the beginning of a run's id",
            "  orrery show 3f2a --spec > again.yaml"
        })
public final class ShowCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "RUN", description = "The run's id or its beginning, or study/id.")
    private String name = "";

    @Option(names = "--spec", description = "Only the resolved spec in YAML: all it takes to run it again.")
    private boolean specOnly;

    @Override
    public Integer call() {
        LabBook book = common.book();
        BookedRun booked = book.find(name);
        if (specOnly && common.json()) {
            System.out.println(Json.object()
                    .put("event", "spec")
                    .put("seed", booked.seed())
                    .put("spec", Json.parse(booked.spec()))
                    .write());
            return 0;
        }
        if (specOnly) {
            System.out.println("seeds: [" + booked.seed() + "]");
            System.out.print(SpecText.yaml(booked.identity().spec()));
            return 0;
        }
        RecordedRun run = book.last(booked);
        List<String> remarks = book.remarks(booked);
        if (common.json()) {
            json(booked, run, remarks);
        } else {
            text(booked, run);
        }
        remarks.forEach(remark -> System.err.println("orrery: " + remark));
        return 0;
    }

    private static void json(BookedRun booked, RecordedRun run, List<String> remarks) {
        Json.Fields finals = Json.object();
        RunText.finals(run).forEach(finals::put);
        Json.Fields seconds = Json.object();
        run.end().ifPresent(end -> end.seconds().forEach(seconds::put));
        System.out.println(Json.object()
                .put("event", "run")
                .put("study", booked.study())
                .put("run", booked.key())
                .put("seed", booked.seed())
                .put("setting", Json.texts(booked.setting()))
                .put("status", RunText.status(run.end()))
                .put("digest", run.end().map(end -> end.digest()).orElse(""))
                .put("spec", Json.parse(booked.spec()))
                .put("provenance", Json.texts(run.provenance()))
                .put("final", finals)
                .put("seconds", seconds)
                .put("remarks", Json.array(remarks.stream().map(Json::text).toList()))
                .write());
    }

    private static void text(BookedRun booked, RecordedRun run) {
        System.out.println(booked.name() + "  seed " + booked.seed() + "  " + RunText.setting(booked.setting()));
        System.out.println("folder      " + booked.folder());
        System.out.println("status      " + RunText.status(run.end())
                + run.end()
                        .map(end -> " at step " + end.steps() + (end.message().isBlank() ? "" : ": " + end.message()))
                        .orElse(""));
        run.end().ifPresent(end -> {
            System.out.println("parameters  " + end.digest());
            System.out.println("state       " + end.stateDigest());
        });
        run.provenance().forEach((key, value) -> System.out.printf("%-11s %s%n", key, value));
        System.out.println();
        System.out.print(SpecText.yaml(booked.identity().spec()));
        System.out.println();
        TextTable table = new TextTable("LAST MEASUREMENT", "VALUE");
        RunText.finals(run).forEach((series, value) -> table.row(series, String.format(Locale.ROOT, "%.6g", value)));
        table.lines().forEach(System.out::println);
        run.end().ifPresent(end -> costs(end.seconds()));
    }

    private static void costs(Map<String, Double> seconds) {
        double total =
                seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        System.out.println();
        TextTable table = new TextTable("COST", "TIME", "SHARE");
        seconds.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(cost -> table.row(
                        cost.getKey(),
                        Durations.text(cost.getValue()),
                        String.format(Locale.ROOT, "%.1f%%", 100 * cost.getValue() / Math.max(1e-9, total))));
        table.lines().forEach(System.out::println);
    }
}
