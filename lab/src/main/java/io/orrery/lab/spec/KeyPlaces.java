package io.orrery.lab.spec;

import io.orrery.lab.text.Nearest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where in a spec each key stands: for who writes it in the wrong place, or without its section. */
public final class KeyPlaces {
    private final Map<String, Set<String>> places = new LinkedHashMap<>();

    private KeyPlaces() {}

    /** The places of the keys of a record and of the records in it. */
    public static KeyPlaces of(Class<? extends Record> root) {
        KeyPlaces places = new KeyPlaces();
        places.add(ValueType.group(root), "");
        return places;
    }

    /**
     * What was meant by a key that is not valid where it stands: the place that it has elsewhere, the nearest key here, the
     * nearest elsewhere, or else what is valid here.
     */
    public String hint(String key, Collection<String> valid) {
        Set<String> exact = places.getOrDefault(key, Set.of());
        if (!exact.isEmpty()) {
            return "did you mean '" + String.join("' or '", exact) + "'?"
                    + Nearest.to(key, valid).map(near -> " Or '" + near + "'?").orElse("");
        }
        Optional<String> elsewhere = Nearest.to(key, valid).isPresent()
                ? Optional.empty()
                : Nearest.to(key, places.keySet())
                        .map(near -> String.join("' or '", places.getOrDefault(near, Set.of())));
        return elsewhere.map(place -> "did you mean '" + place + "'?").orElseGet(() -> Nearest.hint(key, valid));
    }

    private void add(ValueType type, String path) {
        switch (type) {
            case ValueType.Group group ->
                group.fields().forEach(field -> {
                    if (field.inline()) {
                        add(field.type(), path);
                    } else {
                        String place = path.isEmpty() ? field.name() : path + "." + field.name();
                        places.computeIfAbsent(field.name(), _ -> new LinkedHashSet<>())
                                .add(place);
                        add(field.type(), place);
                    }
                });
            case ValueType.Alternatives choice -> {
                places.computeIfAbsent(choice.key(), _ -> new LinkedHashSet<>())
                        .add(path.isEmpty() ? choice.key() : path + "." + choice.key());
                List<ValueType.Option> options = choice.options();
                options.forEach(option -> add(option.group(), path));
            }
            default -> {
                // Values, and lists of them, have no keys of their own that --set could name.
            }
        }
    }
}
