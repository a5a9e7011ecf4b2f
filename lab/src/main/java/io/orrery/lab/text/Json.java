package io.orrery.lab.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A JSON value (RFC 8259). Objects keep the order of their keys. Numbers keep their literal, so that long integers and the
 * shortest form of a double survive reading and writing.
 */
public sealed interface Json {

    /** A JSON text that was refused: says what was expected and at which character. */
    final class SyntaxException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** A refusal with a message for people. */
        public SyntaxException(String message) {
            super(message);
        }
    }

    /** An object; {@link #put} adds to it in place. */
    record Fields(SequencedMap<String, Json> values) implements Json {
        /** Adds or replaces a text. */
        public Fields put(String key, String value) {
            return put(key, new Text(value));
        }

        /** Adds or replaces a whole number. */
        public Fields put(String key, long value) {
            return put(key, number(value));
        }

        /** Adds or replaces a number; NaN and infinities become null. */
        public Fields put(String key, double value) {
            return put(key, number(value));
        }

        /** Adds or replaces a truth value. */
        public Fields put(String key, boolean value) {
            return put(key, new Flag(value));
        }

        /** Adds or replaces any value. */
        public Fields put(String key, Json value) {
            values.put(key, value);
            return this;
        }

        /** The value of a key, if there is one. */
        public Optional<Json> get(String key) {
            return Optional.ofNullable(values.get(key));
        }
    }

    /** An array. */
    record Items(List<Json> values) implements Json {
        /** Copies the values. */
        public Items {
            values = List.copyOf(values);
        }
    }

    /** A string. */
    record Text(String value) implements Json {}

    /** A number as it is written. */
    record Number(String literal) implements Json {
        /** The nearest double. */
        public double asDouble() {
            return Double.parseDouble(literal);
        }

        /**
         * The number if it is whole.
         *
         * @throws NumberFormatException if it has a fraction, an exponent, or does not fit
         */
        public long asLong() {
            return Long.parseLong(literal);
        }
    }

    /** True or false. */
    record Flag(boolean value) implements Json {}

    /** Null: in our output a number that is not finite. */
    record Null() implements Json {}

    /** An empty object, to be filled. */
    static Fields object() {
        return new Fields(new LinkedHashMap<>());
    }

    /** An object of texts in the map's order. */
    static Fields texts(Map<String, String> values) {
        Fields fields = object();
        values.forEach(fields::put);
        return fields;
    }

    /** An array. */
    static Items array(Collection<? extends Json> values) {
        return new Items(List.copyOf(values));
    }

    /** A string. */
    static Text text(String value) {
        return new Text(value);
    }

    /** A whole number. */
    static Number number(long value) {
        return new Number(Long.toString(value));
    }

    /** A number in the shortest form that reads back to the same double (1 for 1.0); NaN and infinities become null. */
    static Json number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return new Null();
        }
        String shortest = Double.toString(value);
        if (shortest.endsWith(".0")) {
            shortest = shortest.substring(0, shortest.length() - 2);
        }
        return new Number(shortest.replace(".0E", "E"));
    }

    /**
     * The value of a JSON text.
     *
     * @throws SyntaxException if the text is not JSON, or repeats a key of an object
     */
    static Json parse(String text) {
        return new JsonParser(text).parse();
    }

    /** The same value with the keys of every object in ascending order. */
    default Json sorted() {
        return switch (this) {
            case Fields fields -> {
                SequencedMap<String, Json> sorted = new TreeMap<>(Comparator.naturalOrder());
                fields.values.forEach((key, value) -> sorted.put(key, value.sorted()));
                yield new Fields(new LinkedHashMap<>(sorted));
            }
            case Items items -> {
                List<Json> values = new ArrayList<>();
                items.values.forEach(value -> values.add(value.sorted()));
                yield new Items(values);
            }
            case Text text -> text;
            case Number number -> number;
            case Flag flag -> flag;
            case Null nothing -> nothing;
        };
    }

    /** The text on one line, without spaces. */
    default String write() {
        StringBuilder out = new StringBuilder();
        JsonWriter.write(this, out);
        return out.toString();
    }
}
