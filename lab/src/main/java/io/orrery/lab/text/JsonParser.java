package io.orrery.lab.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads JSON strictly: one value, no comments, no repeated keys, nothing after it but white space. */
final class JsonParser {
    private static final int MOST_NESTED = 200;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private final String text;
    private int position;

    JsonParser(String text) {
        this.text = text;
    }

    Json parse() {
        Json value = value(0);
        space();
        if (position < text.length()) {
            throw refused("the end of the text");
        }
        return value;
    }

    private Json value(int depth) {
        if (depth > MOST_NESTED) {
            throw refused("at most " + MOST_NESTED + " nested values");
        }
        space();
        if (position == text.length()) {
            throw refused("a value");
        }
        return switch (text.charAt(position)) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new Json.Text(string());
            case 't' -> word("true", new Json.Flag(true));
            case 'f' -> word("false", new Json.Flag(false));
            case 'n' -> word("null", new Json.Null());
            default -> number();
        };
    }

    private Json object(int depth) {
        Json.Fields fields = Json.object();
        position++;
        if (next('}')) {
            return fields;
        }
        do {
            space();
            if (position == text.length() || text.charAt(position) != '"') {
                throw refused("a key in double quotes");
            }
            String key = string();
            if (fields.get(key).isPresent()) {
                throw new Json.SyntaxException(
                        "the key \"" + key + "\" stands twice, again before character " + position);
            }
            expect(':');
            fields.put(key, value(depth + 1));
        } while (next(','));
        expect('}');
        return fields;
    }

    private Json array(int depth) {
        List<Json> values = new ArrayList<>();
        position++;
        if (next(']')) {
            return new Json.Items(values);
        }
        do {
            values.add(value(depth + 1));
        } while (next(','));
        expect(']');
        return new Json.Items(values);
    }

    private String string() {
        StringBuilder value = new StringBuilder();
        position++;
        while (position < text.length()) {
            char unit = text.charAt(position++);
            if (unit == '"') {
                return value.toString();
            }
            if (unit < ' ') {
                position--;
                throw refused("an escaped control character");
            }
            value.append(unit == '\\' ? escaped() : unit);
        }
        throw refused("a closing double quote");
    }

    private char escaped() {
        char kind = position < text.length() ? text.charAt(position++) : ' ';
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit();
            default -> {
                position--;
                throw refused("an escape such as \\n");
            }
        };
    }

    private char unit() {
        int value = 0;
        for (int digit = 0; digit < 4; digit++) {
            int number = position < text.length() ? Character.digit(text.charAt(position), 16) : -1;
            if (number < 0) {
                throw refused("four hexadecimal digits");
            }
            value = value * 16 + number;
            position++;
        }
        return (char) value;
    }

    private Json number() {
        Matcher matcher = NUMBER.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            throw refused("a value");
        }
        position = matcher.end();
        return new Json.Number(matcher.group());
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, position)) {
            throw refused("a value");
        }
        position += word.length();
        return value;
    }

    private boolean next(char wanted) {
        space();
        if (position < text.length() && text.charAt(position) == wanted) {
            position++;
            return true;
        }
        return false;
    }

    private void expect(char wanted) {
        if (!next(wanted)) {
            throw refused("'" + wanted + "'");
        }
    }

    private void space() {
        while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private Json.SyntaxException refused(String expected) {
        String found = position < text.length() ? found(text.charAt(position)) : "the end";
        return new Json.SyntaxException("expected " + expected + " at character " + position + ", found " + found);
    }

    /** A control character would play tricks on a terminal. */
    private static String found(char character) {
        return Character.isISOControl(character)
                ? String.format(Locale.ROOT, "the control character U+%04X", (int) character)
                : "'" + character + "'";
    }
}
