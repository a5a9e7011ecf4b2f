package io.orrery.app.report.claim;

import io.orrery.app.report.html.Html;
import io.orrery.app.report.html.Numbers;
import io.orrery.app.report.html.Table;
import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.At;
import io.orrery.lab.claim.Ran;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.setup.SpecDifferences;
import io.orrery.lab.setup.SpecText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The arms of a protocol: what sets them apart, and their whole specs. */
final class ClaimArms {
    private ClaimArms() {}

    static String html(ClaimResult result) {
        return trained(result, arms(result, Ran.Trained.class))
                + computed(arms(result, Ran.Computed.class))
                + computed(arms(result, Ran.Examined.class));
    }

    private static List<ArmRuns> arms(ClaimResult result, Class<? extends Ran> kind) {
        return result.evidence().arms().stream()
                .filter(arm -> kind.isInstance(arm.ran()))
                .toList();
    }

    /** Arms of a computation with all its parameters, and the list of what was computed, as the files are named. */
    private static String computed(List<ArmRuns> arms) {
        if (arms.isEmpty()) {
            return "";
        }
        Set<String> names = new TreeSet<>();
        arms.forEach(arm -> names.addAll(arm.setting().values().keySet()));
        boolean examined = arms.getFirst().ran() instanceof Ran.Examined;
        List<String> columns = new ArrayList<>(List.of("arm", "part", examined ? "#examined" : "#computed"));
        if (examined) {
            columns.add("of");
        }
        columns.addAll(names);
        Table table = new Table(columns);
        StringBuilder lists = new StringBuilder();
        for (ArmRuns arm : arms) {
            List<String> row = new ArrayList<>(List.of(
                    Html.escape(arm.name()),
                    arm.part() == Arm.Part.CONTROL ? "control" : "treatment",
                    Numbers.whole(arm.count())));
            if (arm.ran() instanceof Ran.Examined(Examination _, Setting _, List<At> of)) {
                row.add(Html.escape(of.stream().map(At::text).collect(Collectors.joining("; "))));
            }
            Map<String, String> setting = arm.setting().texts();
            names.forEach(name -> row.add("<code>" + Html.escape(setting.getOrDefault(name, "–")) + "</code>"));
            table.row(row);
            lists.append(list(arm));
        }
        return table.html(
                        examined
                                ? "What was examined, with all that the numbers depend on besides the seed"
                                : "The arms, with all that their computation depends on besides the seed")
                + lists;
    }

    private static String list(ArmRuns arm) {
        Table table = new Table(List.of("#seed", "id", "#numbers"));
        arm.runs()
                .forEach(run -> table.row(List.of(
                        Long.toString(run.seed()),
                        "<code>" + Html.escape(run.id()) + "</code>",
                        Numbers.whole(run.measurements().stream()
                                .mapToInt(measurement -> measurement.values().size())
                                .sum()))));
        return "<details class=\"setting\"><summary>What was computed for " + Html.escape(arm.name()) + "</summary>"
                + table.html("Each in the file of the folder ../computed whose name ends in its id") + "</details>\n";
    }

    private static String trained(ClaimResult result, List<ArmRuns> arms) {
        if (arms.isEmpty()) {
            return "";
        }
        SpecDifferences apart =
                SpecDifferences.of(arms.stream().map(ArmRuns::spec).toList());
        boolean starts = arms.stream().anyMatch(arm -> !arm.startsText().isEmpty());
        List<String> columns = new ArrayList<>(List.of("arm", "part", "#runs", "#steps"));
        if (starts) {
            columns.add("starts from");
        }
        columns.addAll(apart.keys());
        Table table = new Table(columns);
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < arms.size(); i++) {
            ArmRuns arm = arms.get(i);
            List<String> row = new ArrayList<>(List.of(
                    Html.escape(arm.name()),
                    arm.part() == Arm.Part.CONTROL ? "control" : "treatment",
                    Numbers.whole(arm.count()),
                    steps(arm)));
            if (starts) {
                row.add(Html.escape(arm.startsText().isEmpty() ? "its initialization" : arm.startsText()));
            }
            apart.values()
                    .get(i)
                    .forEach(value -> row.add("<code>" + (value.isEmpty() ? "–" : Html.escape(value)) + "</code>"));
            table.row(row);
            yaml.append(spec(result, arm, i));
        }
        return table.html(
                        apart.keys().isEmpty()
                                ? "The arms"
                                : "The arms, and the keys of the spec in which they differ; all else is the same")
                + yaml;
    }

    private static String spec(ClaimResult result, ArmRuns arm, int number) {
        String id = "spec-" + number;
        return "<details class=\"setting\"><summary>The spec of " + Html.escape(arm.name())
                + "</summary><p><button type=\"button\" data-save=\"" + id + "\" data-name=\""
                + Html.escape(result.card().id() + "-" + (number + 1) + ".yaml")
                + "\">Save as a file</button></p><pre id=\"" + id + "\">"
                + Html.escape(SpecText.yaml(arm.spec())) + "</pre></details>\n";
    }

    private static String steps(ArmRuns arm) {
        double[] steps =
                Arrays.stream(arm.steps()).filter(Double::isFinite).sorted().toArray();
        if (steps.length == 0) {
            return "–";
        }
        double first = steps[0];
        double last = steps[steps.length - 1];
        return first == last ? Numbers.text(first) : Numbers.text(first) + " to " + Numbers.text(last);
    }
}
