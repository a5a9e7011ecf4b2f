package io.orrery.lab.data.file;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Numbers classes that have names: in the order of their values if all names are numbers, else in the order of text. */
public final class ClassNames {
    private ClassNames() {}

    /** Each name once, in order: the place is the class. */
    public static List<String> ordered(Stream<String> names) {
        List<String> distinct = names.distinct().sorted().toList();
        if (distinct.stream().allMatch(name -> Decimal.parse(name).isPresent())) {
            return distinct.stream()
                    .sorted(Comparator.comparing(BigDecimal::new))
                    .toList();
        }
        return distinct;
    }

    /** The class of each name. */
    public static Map<String, Integer> numbered(List<String> ordered) {
        Map<String, Integer> classes = new HashMap<>();
        for (int c = 0; c < ordered.size(); c++) {
            classes.put(ordered.get(c), c);
        }
        return classes;
    }
}
