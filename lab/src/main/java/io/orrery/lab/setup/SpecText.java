package io.orrery.lab.setup;

import io.orrery.lab.spec.Later;
import io.orrery.lab.spec.ValueType;
import io.orrery.lab.spec.Word;
import io.orrery.lab.text.Json;
import io.orrery.lab.text.Yaml;
import java.util.Optional;

/** A resolved spec as text: canonical JSON for machines, YAML for people. Both read back to an equal spec. */
public final class SpecText {
    private SpecText() {}

    /**
     * Canonical JSON: keys sorted, every default written out (but those of {@link Later} keys), absent optionals left out, keys of inline components beside
     * those of their owner, numbers in the shortest form that reads back (1 and 1.0 of a real number are both 1).
     */
    public static Json json(Spec spec) {
        return fields(spec, true).sorted();
    }

    /** The same without components that say where files lie, and others that change no number. */
    static Json.Fields withoutPlaces(Spec spec) {
        return fields(spec, false);
    }

    /** YAML in the order in which {@code docs/spec.md} lists the keys. */
    public static String yaml(Spec spec) {
        return Yaml.write(fields(spec, true));
    }

    /**
     * Reads either form.
     *
     * @param name where the text is from, for messages
     * @throws io.orrery.lab.UserError if it does not describe a spec
     */
    public static Spec read(String text, String name) {
        return SpecDocument.of(text, name).spec();
    }

    /** Any spec record as JSON, in the order of its components. */
    public static Json.Fields fields(Record owner, boolean places) {
        Json.Fields fields = Json.object();
        collect(ValueType.group(owner.getClass()), owner, places, fields);
        return fields;
    }

    private static void collect(ValueType.Group group, Object owner, boolean places, Json.Fields fields) {
        for (ValueType.Field field : group.fields()) {
            if ((field.place() || field.aside()) && !places) {
                continue;
            }
            Object value = field.read(owner);
            if (field.later()
                    && group.defaults().map(field::read).filter(value::equals).isPresent()) {
                continue;
            }
            if (!field.inline()) {
                json(field.type(), value, places).ifPresent(json -> put(fields, field.name(), json));
            } else if (field.type() instanceof ValueType.Group inner) {
                collect(inner, value, places, fields);
            } else if (field.type() instanceof ValueType.Alternatives choice) {
                put(fields, choice.key(), Json.text(choice.optionOf(value).name()));
                collect(choice.optionOf(value).group(), value, places, fields);
            }
        }
    }

    private static void put(Json.Fields fields, String key, Json value) {
        if (fields.get(key).isPresent()) {
            throw new IllegalStateException("two components of one block are called " + key);
        }
        fields.put(key, value);
    }

    private static Optional<Json> json(ValueType type, Object value, boolean places) {
        return switch (type) {
            case ValueType.Whole _ -> Optional.of(Json.number(((Number) value).longValue()));
            case ValueType.Real _ -> Optional.of(Json.number((double) value));
            case ValueType.Flag _ -> Optional.of(new Json.Flag((boolean) value));
            case ValueType.Text _ -> Optional.of(Json.text((String) value));
            case ValueType.Word _ -> {
                Word word = (Word) value;
                yield Optional.of(word.number() ? new Json.Number(word.text()) : Json.text(word.text()));
            }
            case ValueType.Named _ -> Optional.of(Json.text(ValueType.Named.name(value)));
            case ValueType.Maybe maybe ->
                ValueType.Maybe.value(value).flatMap(inner -> json(maybe.inner(), inner, places));
            case ValueType.Several several ->
                Optional.of(Json.array(((java.util.List<?>) value)
                        .stream()
                                .flatMap(inner -> json(several.inner(), inner, places).stream())
                                .toList()));
            case ValueType.Group group -> {
                Json.Fields fields = Json.object();
                collect(group, value, places, fields);
                yield Optional.of(fields);
            }
            case ValueType.Alternatives choice -> {
                Json.Fields fields = Json.object();
                put(fields, choice.key(), Json.text(choice.optionOf(value).name()));
                collect(choice.optionOf(value).group(), value, places, fields);
                yield Optional.of(fields);
            }
        };
    }
}
