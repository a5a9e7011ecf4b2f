package io.orrery.app.command;

import io.orrery.app.command.common.CommonOptions;
import io.orrery.app.command.common.SpecOptions;
import io.orrery.app.terminal.ReadingProgress;
import io.orrery.app.terminal.TextTable;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.DatasetSummary;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.setup.RunPlan;
import io.orrery.lab.text.Json;
import io.orrery.lab.text.Printable;
import io.orrery.lab.text.Shown;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Loads the data of a spec and says what is in them. */
@Command(
        name = "data",
        description = "Loads the data of a spec and shows splits, classes, ranges and file digests; trains nothing.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  orrery data",
            "  orrery data specs/mnist-mlp.yaml --set data.dir=/data/mnist",
            "  orrery data --set data.source=csv --set data.file=iris.csv"
        })
public final class DataCommand implements Callable<Integer> {
    private static final int MOST_NAMES = 200;

    @Mixin
    private CommonOptions common;

    @Mixin
    private SpecOptions spec;

    @Override
    public Integer call() {
        RunPlan first = spec.document().study(Instruments.names()).runs().getFirst();
        DataSpec data = first.spec().data();
        DatasetSummary summary =
                DatasetSummary.of(data.examples(first.seed(), first.spec().precision(), new ReadingProgress()));
        if (common.json()) {
            json(summary);
        } else {
            text(summary);
            int count = summary.splits().getFirst().count();
            if (data.order() != DataSpec.Order.FULL && data.batchSize() > count) {
                System.out.println("a run would refuse data.batchSize: " + data.batchSize() + ", for there are only "
                        + count + " training examples");
            }
        }
        return 0;
    }

    private static void json(DatasetSummary summary) {
        List<Json.Fields> splits =
                summary.splits().stream().map(DataCommand::json).toList();
        System.out.println(Json.object()
                .put("event", "data")
                .put("description", summary.description())
                .put("exampleShape", summary.exampleShape().toString())
                .put("targets", summary.target().words())
                .put(
                        "classes",
                        Json.array(summary.target().names().stream()
                                .map(Json::text)
                                .toList()))
                .put("splits", Json.array(splits))
                .put("files", Json.texts(summary.files()))
                .put("ledger", summary.ledger().json())
                .write());
    }

    private static Json.Fields json(DatasetSummary.Part part) {
        Json.Fields fields = Json.object()
                .put("split", part.name().text())
                .put("count", part.count())
                .put(
                        "countsPerClass",
                        Json.array(
                                part.countsPerClass().stream().map(Json::number).toList()))
                .put("smallest", part.smallest())
                .put("largest", part.largest())
                .put("mean", part.mean())
                .put("deviation", part.deviation());
        part.targets().ifPresent(range -> fields.put("targets", range(range)));
        return fields;
    }

    private static void text(DatasetSummary summary) {
        System.out.println(Printable.shown(summary.description()));
        System.out.println(
                "example shape " + summary.exampleShape() + ", " + targets(summary.target()) + classes(summary));
        System.out.println();
        TextTable table = new TextTable(
                "SPLIT", "EXAMPLES", "SMALLEST", "LARGEST", "MEAN", "DEVIATION", heading(summary.target()));
        for (DatasetSummary.Part part : summary.splits()) {
            table.row(
                    part.name().text(),
                    String.format(Locale.ROOT, "%,d", part.count()),
                    number(part.smallest()),
                    number(part.largest()),
                    number(part.mean()),
                    number(part.deviation()),
                    part.targets()
                            .map(DataCommand::shown)
                            .orElseGet(() -> part.countsPerClass().stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(" "))));
        }
        table.lines().forEach(System.out::println);
        if (!summary.ledger().entries().isEmpty()) {
            System.out.println();
            summary.ledger().lines().stream().map(Printable::shown).forEach(System.out::println);
        }
        summary.files()
                .forEach((file, digest) -> System.out.println("sha256 " + digest + "  " + Printable.shown(file)));
    }

    /** Names come from files: what a terminal would obey is shown as escapes. */
    private static String classes(DatasetSummary summary) {
        List<String> names = summary.target().names();
        if (names.isEmpty()) {
            return "";
        }
        String shown = ": " + names.stream().limit(MOST_NAMES).map(Shown::text).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMES ? shown : shown + " and " + (names.size() - MOST_NAMES) + " more";
    }

    private static String targets(TargetKind target) {
        return switch (target) {
            case TargetKind.Classes _ -> "labels are class";
            case TargetKind.Bits _ -> "labels are bits";
            case TargetKind.Reals _, TargetKind.Tokens _, TargetKind.None _ -> "targets are " + target.words();
        };
    }

    private static String heading(TargetKind target) {
        return switch (target) {
            case TargetKind.Classes _ -> "PER CLASS";
            case TargetKind.Bits _ -> "SET";
            case TargetKind.Tokens _ -> "ASKED FOR";
            case TargetKind.Reals _, TargetKind.None _ -> "TARGETS";
        };
    }

    private static String shown(DatasetSummary.Range targets) {
        return number(targets.smallest()) + " to " + number(targets.largest()) + ", mean " + number(targets.mean())
                + ", deviation " + number(targets.deviation());
    }

    private static Json range(DatasetSummary.Range range) {
        return Json.object()
                .put("smallest", range.smallest())
                .put("largest", range.largest())
                .put("mean", range.mean())
                .put("deviation", range.deviation());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
