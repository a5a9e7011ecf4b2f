package io.orrery.app.report;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.ClaimResult;
import io.orrery.lab.spec.SpecText;
import io.orrery.lab.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The arms of a protocol: what sets them apart, and their whole specs. */
final class ClaimArms {
    private ClaimArms() {}

    static String html(ClaimResult result) {
        List<ArmRuns> arms = result.evidence().arms();
        List<Map<String, String>> specs =
                arms.stream().map(arm -> flat(SpecText.json(arm.spec()))).toList();
        List<String> apart = apart(specs);
        List<String> columns = new ArrayList<>(List.of("arm", "part", "#runs", "#steps"));
        columns.addAll(apart);
        Table table = new Table(columns);
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < arms.size(); i++) {
            ArmRuns arm = arms.get(i);
            Map<String, String> spec = specs.get(i);
            List<String> row = new ArrayList<>(List.of(
                    Html.escape(arm.name()),
                    arm.part() == Arm.Part.CONTROL ? "control" : "treatment",
                    Numbers.whole(arm.count()),
                    steps(arm)));
            apart.forEach(key -> row.add("<code>" + Html.escape(spec.getOrDefault(key, "–")) + "</code>"));
            table.row(row);
            yaml.append(spec(result, arm, i));
        }
        return table.html(
                        apart.isEmpty()
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
        double[] steps = java.util.Arrays.stream(arm.steps())
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (steps.length == 0) {
            return "–";
        }
        double first = steps[0];
        double last = steps[steps.length - 1];
        return first == last ? Numbers.text(first) : Numbers.text(first) + " to " + Numbers.text(last);
    }

    /** The keys whose values are not the same in all specs. */
    private static List<String> apart(List<Map<String, String>> specs) {
        Set<String> keys = new LinkedHashSet<>();
        specs.forEach(spec -> keys.addAll(spec.keySet()));
        return keys.stream()
                .filter(key -> specs.stream()
                                .map(spec -> spec.getOrDefault(key, ""))
                                .distinct()
                                .count()
                        > 1)
                .toList();
    }

    private static Map<String, String> flat(Json spec) {
        Map<String, String> flat = new LinkedHashMap<>();
        flatten("", spec, flat);
        return flat;
    }

    private static void flatten(String prefix, Json value, Map<String, String> flat) {
        switch (value) {
            case Json.Fields fields ->
                fields.values()
                        .forEach((key, inner) -> flatten(prefix.isEmpty() ? key : prefix + "." + key, inner, flat));
            case Json.Text(String text) -> flat.put(prefix, text);
            case Json.Number(String literal) -> flat.put(prefix, literal.replace('E', 'e'));
            default -> flat.put(prefix, value.write());
        }
    }
}
