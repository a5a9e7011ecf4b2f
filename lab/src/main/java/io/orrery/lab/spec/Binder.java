package io.orrery.lab.spec;

import io.orrery.lab.UserError;
import io.orrery.lab.text.Nearest;
import io.orrery.lab.text.Printable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes records of a {@link Tree}: absent keys take their defaults, everything that does not fit is a {@link UserError}
 * that says where it stands, what was expected and what was found.
 */
public final class Binder {
    private final Class<? extends Record> root;

    private Binder(Class<? extends Record> root) {
        this.root = root;
    }

    /** The record that a block describes. */
    public static <T extends Record> T bind(Class<T> type, Tree.Block block) {
        ValueType.Group group = ValueType.group(type);
        return type.cast(new Binder(type).block(group, group.defaults(), block, ""));
    }

    private Object block(ValueType.Group group, Optional<Object> fallback, Tree.Block block, String path) {
        refuseUnknown(group, fallback, block, path, Optional.empty());
        return members(group, fallback, block, path);
    }

    private Object members(ValueType.Group group, Optional<Object> fallback, Tree.Block block, String path) {
        List<ValueType.Field> fields = group.fields();
        Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = member(fields.get(i), fields, fallback, block, path);
        }
        try {
            return group.construct(values);
        } catch (IllegalArgumentException | UserError refused) {
            throw new UserError(where(block.origin(), path) + refused.getMessage(), refused);
        }
    }

    private Object member(
            ValueType.Field field,
            List<ValueType.Field> siblings,
            Optional<Object> owner,
            Tree.Block block,
            String path) {
        Optional<Object> fallback = owner.map(field::read);
        if (field.inline()) {
            return switch (field.type()) {
                case ValueType.Group group -> members(group, fallback.or(group::defaults), block, path);
                case ValueType.Alternatives choice -> {
                    Chosen chosen = choose(choice, fallback, block, path);
                    yield members(chosen.group, chosen.fallback, block, path);
                }
                default -> throw new IllegalStateException(field.name() + " has no keys of its own");
            };
        }
        Optional<Tree.Entry> entry = block.entry(field.name());
        if (entry.isPresent()) {
            return value(field.type(), fallback, place(field, entry.get().value(), path), join(path, field.name()));
        }
        if (field.type() instanceof ValueType.Maybe maybe && (fallback.isEmpty() || replaced(field, siblings, block))) {
            return maybe.empty();
        }
        return fallback.orElseThrow(() -> new UserError(
                where(block.origin(), path) + "the key '" + field.name() + "' is missing; it has no default"
                        + field.about().map(about -> ": " + about).orElse("")));
    }

    /** A path made absolute: see {@link DataPaths}. */
    private static Tree place(ValueType.Field field, Tree value, String path) {
        if (!field.place() || !(value instanceof Tree.Scalar scalar) || scalar.isNull()) {
            return value;
        }
        String where = where(scalar.origin(), join(path, field.name()));
        return new Tree.Scalar(DataPaths.absolute(scalar.value(), scalar.origin(), where), true, scalar.origin());
    }

    private static boolean replaced(ValueType.Field field, List<ValueType.Field> siblings, Tree.Block block) {
        return field.oneOf().isPresent()
                && siblings.stream()
                        .anyMatch(other -> other.oneOf().equals(field.oneOf())
                                && block.entry(other.name()).isPresent());
    }

    private Object value(ValueType type, Optional<Object> fallback, Tree tree, String path) {
        if (tree instanceof Tree.Scalar scalar && scalar.isNull()) {
            throw new UserError(where(tree.origin(), path) + "expected " + expected(type)
                    + ", found nothing; leave the key out for its default");
        }
        return switch (type) {
            case ValueType.Whole whole -> whole(whole, tree, path);
            case ValueType.Real _ -> real(tree, path);
            case ValueType.Flag _ -> {
                if (tree instanceof Tree.Scalar scalar && scalar.isFlag()) {
                    yield scalar.value().equals("true");
                }
                throw unexpected(type, tree, path);
            }
            case ValueType.Text _ -> {
                if (tree instanceof Tree.Scalar scalar) {
                    yield text(scalar, path);
                }
                throw unexpected(type, tree, path);
            }
            case ValueType.Word _ -> {
                if (tree instanceof Tree.Scalar scalar) {
                    yield scalar.isNumber() ? Word.ofLiteral(scalar.value()) : Word.name(scalar.value());
                }
                throw unexpected(type, tree, path);
            }
            case ValueType.Named named -> constant(named, tree, path);
            case ValueType.Maybe maybe -> maybe.of(value(maybe.inner(), Optional.empty(), tree, path));
            case ValueType.Several several -> {
                if (!(tree instanceof Tree.Items items)) {
                    throw unexpected(type, tree, path);
                }
                List<Object> values = new ArrayList<>();
                for (Tree item : items.values()) {
                    values.add(value(several.inner(), Optional.empty(), item, path + "[" + values.size() + "]"));
                }
                yield List.copyOf(values);
            }
            case ValueType.Group group -> {
                if (!(tree instanceof Tree.Block block)) {
                    throw unexpected(type, tree, path);
                }
                yield block(group, fallback.or(group::defaults), block, path);
            }
            case ValueType.Alternatives choice -> {
                if (!(tree instanceof Tree.Block block)) {
                    throw unexpected(type, tree, path);
                }
                Chosen chosen = choose(choice, fallback, block, path);
                refuseUnknown(chosen.group, chosen.fallback, block, path, Optional.of(new Kinds(choice, chosen.name)));
                yield members(chosen.group, chosen.fallback, block, path);
            }
        };
    }

    /** Texts of a spec are words, names and paths; a tab may separate columns. */
    private static String text(Tree.Scalar scalar, String path) {
        String value = scalar.value();
        if (!value.equals("\t") && !Printable.isName(value)) {
            throw new UserError(where(scalar.origin(), path)
                    + "expected a text without line breaks and other control characters, found '"
                    + Printable.shown(value) + "'");
        }
        return value;
    }

    private static Object whole(ValueType.Whole type, Tree tree, String path) {
        if (!(tree instanceof Tree.Scalar scalar) || !scalar.isNumber()) {
            throw unexpected(type, tree, path);
        }
        try {
            BigDecimal exact = new BigDecimal(scalar.value()).stripTrailingZeros();
            // 1e999999999 is whole too, but writing it out would fill the memory.
            if (exact.scale() <= 0 && exact.precision() - exact.scale() > 19) {
                throw new ArithmeticException("too large");
            }
            if (exact.scale() > 0) {
                throw unexpected(type, tree, path);
            }
            long value = exact.longValueExact();
            if (value < type.smallest() || value > type.largest()) {
                throw new ArithmeticException("too large");
            }
            return type.box(value);
        } catch (ArithmeticException | NumberFormatException outside) {
            throw new UserError(
                    where(tree.origin(), path) + "expected a whole number between " + type.smallest() + " and "
                            + type.largest() + ", found " + scalar.value(),
                    outside);
        }
    }

    private static Object real(Tree tree, String path) {
        if (!(tree instanceof Tree.Scalar scalar) || !scalar.isNumber()) {
            throw unexpected(new ValueType.Real(), tree, path);
        }
        double value = Double.parseDouble(scalar.value());
        if (Double.isInfinite(value)) {
            throw new UserError(where(tree.origin(), path) + "expected a finite number, found " + scalar.value()
                    + ", beyond the largest double");
        }
        return value;
    }

    private static Object constant(ValueType.Named type, Tree tree, String path) {
        if (!(tree instanceof Tree.Scalar scalar)) {
            throw unexpected(type, tree, path);
        }
        int index = type.names().indexOf(scalar.value());
        if (index < 0) {
            throw new UserError(where(tree.origin(), path) + "there is no '" + scalar.value() + "'; "
                    + Nearest.hint(scalar.value(), type.names()));
        }
        return type.constants().get(index);
    }

    private record Chosen(ValueType.Group group, Optional<Object> fallback, String name) {}

    private Chosen choose(ValueType.Alternatives choice, Optional<Object> fallback, Tree.Block block, String path) {
        Optional<Tree.Entry> entry = block.entry(choice.key());
        if (entry.isEmpty()) {
            Object standard = fallback.orElseThrow(() -> new UserError(where(block.origin(), path) + "the key '"
                    + choice.key() + "' is missing; valid: " + String.join(", ", choice.names())));
            ValueType.Option option = choice.optionOf(standard);
            return new Chosen(option.group(), fallback, option.name());
        }
        Tree tree = entry.get().value();
        String keyPath = join(path, choice.key());
        if (!(tree instanceof Tree.Scalar scalar)) {
            throw new UserError(where(tree.origin(), keyPath) + "expected one of " + String.join(", ", choice.names())
                    + ", found " + tree.found());
        }
        ValueType.Option option = choice.option(scalar.value())
                .orElseThrow(() -> new UserError(where(tree.origin(), keyPath) + "there is no '" + scalar.value()
                        + "'; " + Nearest.hint(scalar.value(), choice.names())));
        return new Chosen(option.group(), option.group().defaults(), option.name());
    }

    private void refuseUnknown(
            ValueType.Group group, Optional<Object> fallback, Tree.Block block, String path, Optional<Kinds> kinds) {
        Set<String> valid = new LinkedHashSet<>();
        kinds.ifPresent(given -> valid.add(given.choice.key()));
        collectKeys(group, fallback, block, path, valid);
        block.entries().forEach((key, entry) -> {
            if (!valid.contains(key)) {
                String elsewhere =
                        kinds.map(given -> given.owners(key)).orElse("") + otherKind(group, fallback, block, path, key);
                throw new UserError(where(entry.origin(), path) + "there is no key '" + key + "'"
                        + (path.isEmpty() ? "" : " in " + path) + "; "
                        + (elsewhere.isEmpty() ? KeyPlaces.of(root).hint(key, valid) : elsewhere));
            }
        });
    }

    /** The kinds that there are, and the one that was chosen. */
    private record Kinds(ValueType.Alternatives choice, String chosen) {
        /** Which kinds have a key; empty if none has. */
        String owners(String key) {
            List<String> owners = choice.options().stream()
                    .filter(option -> option.group().fields().stream()
                            .anyMatch(candidate -> candidate.name().equals(key)))
                    .map(ValueType.Option::name)
                    .toList();
            return owners.isEmpty()
                    ? ""
                    : "it belongs to " + choice.key() + ": " + String.join(" or ", owners) + ", but here "
                            + choice.key() + " is " + chosen;
        }
    }

    private void collectKeys(
            ValueType.Group group, Optional<Object> owner, Tree.Block block, String path, Set<String> keys) {
        for (ValueType.Field field : group.fields()) {
            Optional<Object> fallback = owner.map(field::read);
            if (!field.inline()) {
                keys.add(field.name());
            } else if (field.type() instanceof ValueType.Group inner) {
                collectKeys(inner, fallback, block, path, keys);
            } else if (field.type() instanceof ValueType.Alternatives choice) {
                keys.add(choice.key());
                Chosen chosen = choose(choice, fallback, block, path);
                collectKeys(chosen.group, chosen.fallback, block, path, keys);
            }
        }
    }

    /** If the key would be valid for another kind: which, and which kind was chosen. */
    private String otherKind(ValueType.Group group, Optional<Object> owner, Tree.Block block, String path, String key) {
        for (ValueType.Field field : group.fields()) {
            if (field.inline() && field.type() instanceof ValueType.Alternatives choice) {
                String owners = new Kinds(choice, choose(choice, owner.map(field::read), block, path).name).owners(key);
                if (!owners.isEmpty()) {
                    return owners;
                }
            }
        }
        return "";
    }

    private static UserError unexpected(ValueType type, Tree tree, String path) {
        return new UserError(where(tree.origin(), path) + "expected " + expected(type) + ", found " + tree.found());
    }

    private static String expected(ValueType type) {
        return switch (type) {
            case ValueType.Whole _ -> "a whole number";
            case ValueType.Real _ -> "a number";
            case ValueType.Flag _ -> "true or false";
            case ValueType.Text _ -> "a text";
            case ValueType.Word _ -> "a number or a name";
            case ValueType.Named named -> "one of " + String.join(", ", named.names());
            case ValueType.Maybe maybe -> expected(maybe.inner());
            case ValueType.Several several -> "a list, such as [a, b], each " + expected(several.inner());
            case ValueType.Group _ -> "a block of keys";
            case ValueType.Alternatives choice ->
                "a block with '" + choice.key() + "', one of " + String.join(", ", choice.names());
        };
    }

    private static String where(Origin origin, String path) {
        return origin + ": " + (path.isEmpty() ? "" : path + ": ");
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
