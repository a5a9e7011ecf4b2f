package io.orrery.lab.spec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What follows from choosing another kind on the command line: {@code --set data.source=csv} on a spec about scribbles
 * takes away the keys that only scribbles have. Keys that the command line itself gives stay, and are refused later.
 */
public final class Choices {
    private Choices() {}

    /**
     * The document after an assignment to a dotted key, without what the file says of the kind that was chosen before.
     *
     * @param root the record that the document describes
     */
    public static Tree.Block settled(Class<? extends Record> root, Tree.Block before, Tree.Block after, String path) {
        int dot = path.lastIndexOf('.');
        if (dot < 0 || !(valueAt(after, path).orElse(after) instanceof Tree.Scalar now)) {
            return after;
        }
        boolean same = valueAt(before, path)
                .filter(old -> old.text().equals(now.text()))
                .isPresent();
        String parent = path.substring(0, dot);
        if (same || !(valueAt(after, parent).orElse(now) instanceof Tree.Block block)) {
            return after;
        }
        Set<String> foreign = foreign(root, parent, path.substring(dot + 1), now.value());
        List<String> dropped = block.entries().entrySet().stream()
                .filter(entry -> foreign.contains(entry.getKey())
                        && !(entry.getValue().value().origin() instanceof Origin.Given))
                .map(entry -> entry.getKey())
                .toList();
        return dropped.isEmpty() ? after : after.with(parent, block.without(dropped));
    }

    /** Keys of a block that other kinds have and the chosen one has not; none if the key chooses no kind. */
    private static Set<String> foreign(Class<? extends Record> root, String parent, String key, String chosen) {
        List<ValueType> level = List.of(ValueType.group(root));
        for (String name : parent.split("\\.")) {
            level = level.stream()
                    .flatMap(Choices::fields)
                    .filter(field -> !field.inline() && field.name().equals(name))
                    .map(ValueType.Field::type)
                    .toList();
        }
        Set<String> foreign = new LinkedHashSet<>();
        Set<String> valid = new LinkedHashSet<>();
        List<ValueType> open = new ArrayList<>(level);
        boolean known = false;
        while (!open.isEmpty()) {
            switch (open.removeFirst()) {
                case ValueType.Group group ->
                    group.fields().forEach(field -> {
                        if (field.inline()) {
                            open.add(field.type());
                        } else {
                            valid.add(field.name());
                        }
                    });
                case ValueType.Alternatives choice
                when choice.key().equals(key) -> {
                    Optional<ValueType.Option> option = choice.option(chosen);
                    known |= option.isPresent();
                    option.ifPresent(found -> open.add(found.group()));
                    choice.options()
                            .forEach(other -> fields(other.group())
                                    .filter(field -> !field.inline())
                                    .forEach(field -> foreign.add(field.name())));
                }
                case ValueType.Alternatives other -> {
                    valid.add(other.key());
                    fields(other).forEach(field -> valid.add(field.name()));
                }
                default -> {}
            }
        }
        foreign.removeAll(valid);
        return known ? foreign : Set.of();
    }

    /** The keys of a type and those of its inline parts. */
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

    /** What stands at a dotted key. */
    public static Optional<Tree> valueAt(Tree.Block tree, String path) {
        Tree found = tree;
        for (String key : path.split("\\.")) {
            if (!(found instanceof Tree.Block block) || block.entry(key).isEmpty()) {
                return Optional.empty();
            }
            found = block.entry(key).get().value();
        }
        return Optional.of(found);
    }
}
