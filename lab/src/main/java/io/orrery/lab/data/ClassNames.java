package io.orrery.lab.data;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Numbers classes that have names: in the order of their values if all names are numbers, else in the order of text. */
final class ClassNames {
    private ClassNames() {}

    /** Each name once, in order: the place is the class. */
    static List<String> ordered(Stream<String> names) {
        List<String> distinct = names.distinct().sorted().toList();
        if (distinct.stream().allMatch(name -> number(name).isPresent())) {
            return distinct.stream()
                    .sorted(Comparator.comparingDouble(name -> number(name).orElse(0)))
                    .toList();
        }
        return distinct;
    }

    /** The class of each name. */
    static Map<String, Integer> numbered(List<String> ordered) {
        Map<String, Integer> classes = new HashMap<>();
        for (int c = 0; c < ordered.size(); c++) {
            classes.put(ordered.get(c), c);
        }
        return classes;
    }

    /** The number that a text is, NaN and infinities included. */
    static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException notNumber) {
            return OptionalDouble.empty();
        }
    }
}
