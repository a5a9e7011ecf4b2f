package io.orrery.lab.observe;

import java.util.List;

/**
 * One reading of an instrument.
 *
 * @param step the run's clock: updates done before this reading
 * @param instrument name of the instrument, such as neural-collapse
 * @param quantity what was read, such as nc1
 * @param layer the layer it belongs to, empty for the whole network
 * @param split train, validation or test, empty where none applies
 * @param values one number, or a short vector such as a spectrum
 */
public record Measurement(
        long step, String instrument, String quantity, String layer, String split, List<Double> values) {
    /** A single number. */
    public static Measurement of(
            long step, String instrument, String quantity, String layer, String split, double value) {
        return new Measurement(step, instrument, quantity, layer, split, List.of(value));
    }

    /** Copies the values. */
    public Measurement {
        values = List.copyOf(values);
    }

    /** The number, or the first of several. */
    public double value() {
        return values.getFirst();
    }

    /** instrument.quantity, with /layer and @split where they apply: the series that this reading belongs to. */
    public String series() {
        return instrument + "." + quantity + (layer.isEmpty() ? "" : "/" + layer)
                + (split.isEmpty() ? "" : "@" + split);
    }
}
