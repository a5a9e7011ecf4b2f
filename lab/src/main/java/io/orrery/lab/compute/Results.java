package io.orrery.lab.compute;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;

/**
 * What a computation gave: series of numbers by name. Two are equal if all their bits are.
 *
 * @param series each one number or more, in the order in which they were given
 */
public record Results(SequencedMap<String, List<Double>> series) {
    /**
     * Copies the series.
     *
     * @throws IllegalArgumentException for an empty one
     */
    public Results {
        SequencedMap<String, List<Double>> copy = new LinkedHashMap<>();
        for (Map.Entry<String, List<Double>> entry : series.entrySet()) {
            if (entry.getValue().isEmpty()) {
                throw new IllegalArgumentException("the series " + entry.getKey() + " is empty");
            }
            copy.put(entry.getKey(), List.copyOf(entry.getValue()));
        }
        series = Collections.unmodifiableSequencedMap(copy);
    }

    /** Nothing yet: {@code Results.none().with("loss", 0.5)}. */
    public static Results none() {
        return new Results(new LinkedHashMap<>());
    }

    /**
     * A series.
     *
     * @throws IllegalArgumentException if it was not given, with those that were
     */
    public List<Double> of(String quantity) {
        List<Double> values = series.get(quantity);
        if (values == null) {
            throw new IllegalArgumentException("there is no series " + quantity + " among " + series.keySet());
        }
        return values;
    }

    /** The same with one more series. */
    public Results with(String quantity, double... values) {
        SequencedMap<String, List<Double>> more = new LinkedHashMap<>(series);
        more.put(quantity, DoubleStream.of(values).boxed().toList());
        return new Results(more);
    }
}
