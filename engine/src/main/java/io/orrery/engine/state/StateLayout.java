package io.orrery.engine.state;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.ShapeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Names, shapes and places of the arrays of a {@link State}, in the order in which they were added. Every array starts at
 * a multiple of 64 bytes.
 */
public final class StateLayout {
    private static final int ALIGNMENT_BYTES = 64;
    /** All arrays stand in one of Java's. */
    private static final long MOST = Integer.MAX_VALUE - 64;

    private final Precision precision;
    private final SequencedMap<String, Place> places;
    private final int length;

    private record Place(Shape shape, int offset) {}

    /** A layout for arrays with the given names and shapes, in the map's order. */
    public StateLayout(Precision precision, SequencedMap<String, Shape> shapes) {
        this.precision = precision;
        this.places = new LinkedHashMap<>();
        int alignment = ALIGNMENT_BYTES / precision.bytes();
        long end = 0;
        for (var entry : shapes.entrySet()) {
            places.put(entry.getKey(), new Place(entry.getValue(), Math.toIntExact(end)));
            long count = entry.getValue().count();
            if (end + count > MOST) {
                throw new ShapeException("the arrays of a state hold at most " + MOST + " numbers together, and up to "
                        + entry.getKey() + " they are " + (end + count));
            }
            end += (count + alignment - 1) / alignment * alignment;
        }
        this.length = Math.toIntExact(end);
    }

    /** The precision of every array. */
    public Precision precision() {
        return precision;
    }

    /** The names in order. */
    public List<String> names() {
        return List.copyOf(places.keySet());
    }

    /** Whether there is an array of that name. */
    public boolean contains(String name) {
        return places.containsKey(name);
    }

    /** Where an array starts, in elements. */
    public int offset(String name) {
        return place(name).offset;
    }

    /** The shape of an array. */
    public Shape shape(String name) {
        return place(name).shape;
    }

    /** Elements in all, padding included. */
    public int length() {
        return length;
    }

    private Place place(String name) {
        Place place = places.get(name);
        if (place == null) {
            throw new IllegalArgumentException(
                    "the state has no array '" + name + "'; it has " + String.join(", ", places.keySet()));
        }
        return place;
    }
}
