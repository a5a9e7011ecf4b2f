package io.orrery.lab.recomputed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What one instrument should read at one look, by series: quantity, layer and split. Numbers agree to 1e-9 of themselves
 * unless a recomputation says why not.
 */
final class Expected {
    static final double RELATIVE = 1e-9;

    /**
     * A reading.
     *
     * @param relative allowed error as a share of each number
     * @param absolute allowed error beside it
     */
    record Reading(double[] values, double relative, double absolute) {}

    /** A series' name within its instrument. */
    record Key(String quantity, String layer, String split) {}

    private final SequencedMap<Key, Reading> readings = new LinkedHashMap<>();

    Map<Key, Reading> readings() {
        return readings;
    }

    void number(String quantity, double value) {
        number(quantity, "", "", value);
    }

    void number(String quantity, String layer, String split, double value) {
        vector(quantity, layer, split, value);
    }

    void vector(String quantity, String layer, String split, double... values) {
        put(quantity, layer, split, values, RELATIVE, 1e-14);
    }

    /** A number that is left over where larger ones cancel: as exact as those. */
    void leftover(String quantity, String layer, String split, double size, double... values) {
        put(quantity, layer, split, values, RELATIVE, size * 1e-12);
    }

    /** A number that is known to an error only; say why where it is called. */
    void about(String quantity, String layer, String split, double relative, double absolute, double... values) {
        put(quantity, layer, split, values, relative, absolute);
    }

    private void put(String quantity, String layer, String split, double[] values, double relative, double absolute) {
        if (readings.put(new Key(quantity, layer, split), new Reading(values, relative, absolute)) != null) {
            throw new IllegalStateException("two definitions of " + quantity + "/" + layer + "@" + split);
        }
    }
}
