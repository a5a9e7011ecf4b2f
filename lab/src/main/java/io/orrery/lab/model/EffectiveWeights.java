package io.orrery.lab.model;

import io.orrery.engine.state.State;

/** Weights as the network uses them, out of a state. */
public final class EffectiveWeights {
    private EffectiveWeights() {}

    /** A layer's weight, row-major as its parameter; under weight normalization g v / ||v|| row by row. */
    public static double[] of(WeightLayer layer, State state) {
        double[] values = state.read(layer.weight().name());
        layer.magnitude().ifPresent(magnitude -> {
            double[] norms = state.read(magnitude.name());
            double[] lengths = Initial.rowNorms(values, norms.length);
            int columns = layer.columns();
            for (int i = 0; i < values.length; i++) {
                values[i] *= norms[i / columns] / lengths[i / columns];
            }
        });
        return values;
    }
}
