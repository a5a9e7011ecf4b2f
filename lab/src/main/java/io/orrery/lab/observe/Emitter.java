package io.orrery.lab.observe;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Hands over the measurements that one instrument makes at one step. */
public final class Emitter {
    private final long step;
    private final String instrument;
    private final List<String> quantities;
    private final Consumer<Measurement> measurements;

    public Emitter(Observation observation, Instrument instrument, Consumer<Measurement> measurements) {
        this.step = observation.step();
        this.instrument = instrument.name();
        this.quantities = instrument.quantities();
        this.measurements = measurements;
    }

    /** A number of the whole network. */
    public void number(String quantity, double value) {
        number(quantity, "", "", value);
    }

    /** A number with its layer and split; empty where they do not apply. */
    public void number(String quantity, String layer, String split, double value) {
        vector(quantity, layer, split, new double[] {value});
    }

    /** A short vector with its layer and split. */
    public void vector(String quantity, String layer, String split, double[] values) {
        if (!quantities.contains(quantity)) {
            throw new IllegalStateException(instrument + " must name its quantity " + quantity);
        }
        measurements.accept(new Measurement(
                step,
                instrument,
                quantity,
                layer,
                split,
                Arrays.stream(values).boxed().toList()));
    }
}
