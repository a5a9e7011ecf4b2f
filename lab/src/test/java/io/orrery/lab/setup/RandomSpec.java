package io.orrery.lab.setup;

import io.orrery.lab.spec.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Specs with any keys that there are, mostly of sensible values, now and then of an extreme one. Keys, kinds and types are
 * read from the records of specs, so a new key is tried as soon as it exists.
 */
final class RandomSpec {
    private static final long[] EXTREME = {
        -1,
        0,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE - 8,
        Integer.MIN_VALUE,
        1L << 31,
        Long.MAX_VALUE,
        2_000_000_000,
        40_000
    };
    private static final String[] REALS = {
        "0",
        "-0.0",
        "1e-3",
        "0.1",
        "0.5",
        "0.9",
        "1",
        "2",
        "10",
        "-1",
        "1e30",
        "1e308",
        "1e-320",
        "1e-46",
        "0.999999999"
    };
    private static final String[] TEXTS = {
        "''",
        "a",
        "loss",
        "all",
        "default",
        "/dev/null",
        "/dev/zero",
        ".",
        "../x",
        "'a b'",
        "é猫",
        "layers.0",
        "\"\\u001b[2J\"",
        "\"a\\nb\"",
        "\"\\0\"",
        "-1",
        "no-such-file"
    };
    private static final int DEEPEST = 4;

    /** Small data that any model may be tried on. */
    private static final String[] DATA = {
        "{source: gaussian-mixture, train: 24, test: 6, components: 3, dimensions: 5, batchSize: 4}",
        "{source: scribbles, train: 20, test: 10, batchSize: 5, standardize: per-feature}",
        "{source: xor, train: 16, test: 4, dimensions: 3, batchSize: 16, order: full}",
        "{source: scribbles, train: 30, test: 0, classes: [3, 8], batchSize: 3, labelNoise: 0.2}"
    };

    private final SplittableRandom random;
    /** How probable an extreme number is in the present spec: in most there is one or none, or all would be refused. */
    private double extremely;

    RandomSpec(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A spec in YAML, on one line. */
    String yaml() {
        extremely = chance(0.5) ? 0 : 0.06;
        StringBuilder out = new StringBuilder("{seeds: " + (chance(0.02) ? "100000" : "1"));
        for (ValueType.Field field : ValueType.group(Spec.class).fields()) {
            if (field.name().equals("name")) {
                out.append(", name: random");
            } else if (field.name().equals("stop")) {
                out.append(", stop: ").append(chance(0.8) ? "{steps: 3}" : value(field.type(), 0, 0.5));
            } else if (field.name().equals("data") && chance(0.7)) {
                out.append(", data: ").append(DATA[random.nextInt(DATA.length)]);
            } else if (chance(extremely == 0 ? 0.4 : 0.8)) {
                out.append(", ")
                        .append(field.name())
                        .append(": ")
                        .append(value(field.type(), 0, chance(0.7) ? 0.1 : 0.4));
            }
        }
        if (chance(0.1)) {
            out.append(", grid: {optimizer.learningRate: [0.1, 1e-3], data.batchSize: [1, 7]}");
        }
        return out.append('}').toString();
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private String value(ValueType type, int depth, double density) {
        return switch (type) {
            case ValueType.Whole _ ->
                Long.toString(
                        chance(extremely)
                                ? EXTREME[random.nextInt(EXTREME.length)]
                                : 1 + random.nextInt(chance(0.8) ? 5 : 60));
            case ValueType.Real _ ->
                chance(extremely == 0 ? 0.1 : 0.5)
                        ? REALS[random.nextInt(REALS.length)]
                        : Double.toString(random.nextDouble());
            case ValueType.Flag _ -> Boolean.toString(random.nextBoolean());
            case ValueType.Text _, ValueType.Word _ -> TEXTS[random.nextInt(TEXTS.length)];
            case ValueType.Named named ->
                named.names().get(random.nextInt(named.names().size()));
            case ValueType.Maybe maybe -> value(maybe.inner(), depth, density);
            case ValueType.Several several -> {
                List<String> values = new ArrayList<>();
                int count = depth > DEEPEST ? 0 : random.nextInt(4);
                for (int i = 0; i < count; i++) {
                    values.add(value(several.inner(), depth + 1, density));
                }
                yield "[" + String.join(", ", values) + "]";
            }
            case ValueType.Group group -> "{" + String.join(", ", members(group, depth, density)) + "}";
            case ValueType.Alternatives choice -> "{" + String.join(", ", chosen(choice, depth, density)) + "}";
        };
    }

    private List<String> members(ValueType.Group group, int depth, double density) {
        List<String> members = new ArrayList<>();
        for (ValueType.Field field : group.fields()) {
            if (field.inline()) {
                members.addAll(
                        switch (field.type()) {
                            case ValueType.Group inner -> members(inner, depth, density);
                            case ValueType.Alternatives choice -> chosen(choice, depth, density);
                            default -> List.<String>of();
                        });
            } else if (chance(group.defaults().isEmpty() ? 1 : density)) {
                members.add(field.name() + ": " + value(field.type(), depth + 1, density));
            }
        }
        return members;
    }

    private List<String> chosen(ValueType.Alternatives choice, int depth, double density) {
        ValueType.Option option =
                choice.options().get(random.nextInt(choice.options().size()));
        List<String> members = new ArrayList<>(List.of(choice.key() + ": " + option.name()));
        members.addAll(members(option.group(), depth, density));
        return members;
    }
}
