package io.orrery.lab.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** YAML as it was read: every piece knows where it stands. */
public sealed interface Tree {
    /** Where it begins. */
    Origin origin();

    /** What it is, for "found ..." in messages. */
    String found();

    /** On one line, as YAML. */
    String text();

    /** A text, number or truth value; {@code quoted} if the writer left no doubt that it is a text. */
    record Scalar(String value, boolean quoted, Origin origin) implements Tree {
        private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
        private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");

        public boolean isNull() {
            return !quoted && NULL.matcher(value).matches();
        }

        boolean isNumber() {
            return !quoted && NUMBER.matcher(value).matches();
        }

        boolean isFlag() {
            return !quoted && (value.equals("true") || value.equals("false"));
        }

        @Override
        public String found() {
            if (isNull()) {
                return "nothing";
            }
            if (isNumber()) {
                return "the number " + value;
            }
            return isFlag() ? value : "the text '" + value + "'";
        }

        @Override
        public String text() {
            return value;
        }
    }

    /** A list. */
    record Items(List<Tree> values, Origin origin) implements Tree {
        @Override
        public String found() {
            return "a list";
        }

        @Override
        public String text() {
            return values.stream().map(Tree::text).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** A key of a block, where the key stands, and its value. */
    record Entry(Origin origin, Tree value) {}

    /** A block of keys. */
    record Block(SequencedMap<String, Entry> entries, Origin origin) implements Tree {
        /** A block without keys. */
        public static Block empty(Origin origin) {
            return new Block(new LinkedHashMap<>(), origin);
        }

        public Optional<Entry> entry(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        /** This block with the value of a dotted key replaced or added; null takes the key away. */
        public Block with(String path, Tree value) {
            int dot = path.indexOf('.');
            SequencedMap<String, Entry> changed = new LinkedHashMap<>(entries);
            if (dot < 0) {
                if (value instanceof Scalar scalar && scalar.isNull()) {
                    changed.remove(path);
                } else {
                    changed.put(path, new Entry(value.origin(), value));
                }
                return new Block(changed, origin);
            }
            String key = path.substring(0, dot);
            Entry old = entries.get(key);
            Block inner = old != null && old.value instanceof Block block ? block : Block.empty(value.origin());
            Origin keyOrigin = old == null ? value.origin() : old.origin;
            changed.put(key, new Entry(keyOrigin, inner.with(path.substring(dot + 1), value)));
            return new Block(changed, origin);
        }

        /** This block without some keys. */
        public Block without(List<String> keys) {
            SequencedMap<String, Entry> kept = new LinkedHashMap<>(entries);
            keys.forEach(kept::remove);
            return new Block(kept, origin);
        }

        /** Where a dotted key stands, or else the nearest block around it. */
        public Origin locate(String path) {
            Origin nearest = origin;
            Block block = this;
            for (String key : path.split("\\.")) {
                Entry entry = block.entries.get(key);
                if (entry == null) {
                    break;
                }
                nearest = entry.origin;
                if (!(entry.value instanceof Block inner)) {
                    break;
                }
                block = inner;
            }
            return nearest;
        }

        @Override
        public String found() {
            return "a block of keys";
        }

        @Override
        public String text() {
            return entries.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + entry.getValue().value.text())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
    }
}
