package io.orrery.lab.spec;

import java.util.List;
import java.util.stream.Stream;

/**
 * Values of {@code --set} that are paths, names or free text: taken as they stand, not as YAML, in which {@code a #b},
 * {@code ~/x: y}, {@code [1].csv} or {@code *} would be something else. In quotes they are YAML after all; {@code null} is the
 * word that takes a key away.
 */
public final class Literals {
    private static final List<String> FREE_TEXT = List.of("question", "description");

    private Literals() {}

    /**
     * The value of a key, read as the key's type asks.
     *
     * @param root the record that the keys describe
     */
    public static Tree read(Class<? extends Record> root, String path, String text, Origin origin) {
        String value = text.isBlank() ? text : text.strip();
        boolean quoted = value.length() > 1
                && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"));
        if (quoted || value.isEmpty() || !isWord(root, path)) {
            return TreeReader.read(text, origin);
        }
        Tree.Scalar plain = new Tree.Scalar(value, false, origin);
        return value.equals("null") || plain.isNumber() ? plain : new Tree.Scalar(value, true, origin);
    }

    /** Whether every meaning of a dotted key is a text. */
    private static boolean isWord(Class<? extends Record> root, String path) {
        if (FREE_TEXT.contains(path)) {
            return true;
        }
        List<ValueType> level = List.of(ValueType.group(root));
        for (String name : path.split("\\.", -1)) {
            level = level.stream()
                    .flatMap(Literals::fields)
                    .filter(field -> !field.inline() && field.name().equals(name))
                    .map(ValueType.Field::type)
                    .toList();
        }
        return !level.isEmpty() && level.stream().allMatch(Literals::isText);
    }

    private static boolean isText(ValueType type) {
        return switch (type) {
            case ValueType.Text _, ValueType.Word _ -> true;
            case ValueType.Maybe maybe -> isText(maybe.inner());
            default -> false;
        };
    }

    private static Stream<ValueType.Field> fields(ValueType type) {
        return switch (type) {
            case ValueType.Group group ->
                group.fields().stream()
                        .flatMap(field -> field.inline()
                                ? Stream.concat(Stream.of(field), fields(field.type()))
                                : Stream.of(field));
            case ValueType.Alternatives choice -> choice.options().stream().flatMap(option -> fields(option.group()));
            default -> Stream.empty();
        };
    }
}
