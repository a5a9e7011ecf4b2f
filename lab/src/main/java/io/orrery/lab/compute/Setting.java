package io.orrery.lab.compute;

import io.orrery.lab.UserError;
import io.orrery.lab.text.Json;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The numbers that one evaluation of a computation depends on besides its seed, in the order of their names.
 *
 * @param values by the names of the computation's parameters
 */
public record Setting(Map<String, Double> values) {
    /** Copies the values. */
    public Setting {
        values = java.util.Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** Nothing yet: {@code Setting.empty().with("lambda", 0.5)}. */
    public static Setting empty() {
        return new Setting(Map.of());
    }

    /** The same with another value of a parameter. */
    public Setting with(String name, double value) {
        Map<String, Double> changed = new TreeMap<>(values);
        changed.put(name, value);
        return new Setting(changed);
    }

    /**
     * The same with a value that a user gave.
     *
     * @param assignment as {@code lambda=0.5}
     * @throws UserError if the computation has no such parameter, or the parameter no such value
     */
    public Setting with(String assignment, Procedure computation) {
        int equals = assignment.indexOf('=');
        String name = (equals < 0 ? assignment : assignment.substring(0, equals)).strip();
        Parameter parameter = computation.parameters().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UserError("--set " + assignment + ": '" + name
                        + "' is no parameter of the computation " + computation.name()));
        if (equals < 0) {
            throw new UserError(
                    "--set " + assignment + ": expected NAME=VALUE, such as " + name + "=" + number(parameter.least()));
        }
        try {
            return with(name, parameter.parse(assignment.substring(equals + 1)));
        } catch (UserError wrong) {
            throw new UserError("--set " + wrong.getMessage(), wrong);
        }
    }

    /** The value of a parameter. */
    public double get(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the setting has no " + name + "; it has " + values.keySet());
        }
        return value;
    }

    /** The value of a parameter that comes whole. */
    public int whole(String name) {
        return Math.toIntExact(Math.round(get(name)));
    }

    /**
     * Refuses what a computation has no answer for.
     *
     * @throws IllegalArgumentException if a parameter is missing or there is one too many
     * @throws UserError if a value is outside of its limits
     */
    void requireFor(Procedure computation) {
        List<String> names =
                computation.parameters().stream().map(Parameter::name).sorted().toList();
        if (!names.equals(List.copyOf(values.keySet()))) {
            throw new IllegalArgumentException(
                    "the computation " + computation.name() + " takes " + names + ", found " + values.keySet());
        }
        computation.parameters().forEach(parameter -> parameter.require(get(parameter.name())));
    }

    /** As texts, for tables. */
    public SequencedMap<String, String> texts() {
        SequencedMap<String, String> texts = new TreeMap<>();
        values.forEach((name, value) -> texts.put(name, number(value)));
        return texts;
    }

    /** As one line, for people. */
    public String text() {
        return texts().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    /** As JSON, every number in the shortest form that reads back to the same bits. */
    Json.Fields json() {
        Json.Fields fields = Json.object();
        values.forEach((name, value) -> fields.put(name, value.doubleValue()));
        return fields;
    }

    static String number(double value) {
        return Json.number(value).write().replace('E', 'e');
    }
}
