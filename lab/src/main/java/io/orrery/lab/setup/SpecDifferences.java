package io.orrery.lab.setup;

import io.orrery.lab.text.Json;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What sets specs apart.
 *
 * @param keys dotted keys whose values are not the same in all
 * @param values of these keys in each spec, in the specs' order; empty text where a spec has no such key
 */
public record SpecDifferences(List<String> keys, List<List<String>> values) {
    /** Copies the lists. */
    public SpecDifferences {
        keys = List.copyOf(keys);
        values = values.stream().map(List::copyOf).toList();
    }

    /** The differences between specs. */
    public static SpecDifferences of(List<Spec> specs) {
        return between(specs.stream().map(SpecText::json).toList());
    }

    /** The differences between specs as JSON. */
    public static SpecDifferences between(List<? extends Json> specs) {
        return of(specs, false);
    }

    /** All keys, also those that do not differ: for what has few. */
    public static SpecDifferences whole(List<? extends Json> specs) {
        return of(specs, true);
    }

    private static SpecDifferences of(List<? extends Json> specs, boolean all) {
        List<Map<String, String>> flat = specs.stream()
                .map(spec -> {
                    Map<String, String> values = new LinkedHashMap<>();
                    flatten("", spec, values);
                    return values;
                })
                .toList();
        Set<String> names = new LinkedHashSet<>();
        flat.forEach(values -> names.addAll(values.keySet()));
        List<String> keys = names.stream()
                .filter(key -> all
                        || flat.stream()
                                        .map(values -> values.getOrDefault(key, ""))
                                        .distinct()
                                        .count()
                                > 1)
                .toList();
        return new SpecDifferences(
                keys,
                flat.stream()
                        .map(values -> keys.stream()
                                .map(key -> values.getOrDefault(key, ""))
                                .toList())
                        .toList());
    }

    private static void flatten(String prefix, Json value, Map<String, String> flat) {
        switch (value) {
            case Json.Fields fields ->
                fields.values()
                        .forEach((key, inner) -> flatten(prefix.isEmpty() ? key : prefix + "." + key, inner, flat));
            case Json.Text(String text) -> flat.put(prefix, text);
            case Json.Number(String literal) -> flat.put(prefix, literal.replace('E', 'e'));
            case Json.Items items ->
                flat.put(prefix, items.write().replace("\"", "").replace(",", ", "));
            case Json.Flag _, Json.Null _ -> flat.put(prefix, value.write());
        }
    }
}
