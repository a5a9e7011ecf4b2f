package io.orrery.lab.instrument;

import io.orrery.engine.state.State;
import io.orrery.lab.instrument.Observation.LayerWeights;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.WeightLayer;
import java.util.List;

/** Weights as the network uses them, out of a state. */
final class LayerWeightsReader {
    private LayerWeightsReader() {}

    /** One per weight layer in forward order; under weight normalization g v / ||v|| row by row. */
    static List<LayerWeights> read(Network network, State state) {
        return network.layers().stream()
                .map(layer -> new LayerWeights(
                        layer.name(), matrix(layer, state), layer.kind(), layer.positions(), layer.kernelArea()))
                .toList();
    }

    /** Product of the layers' Frobenius norms, times rho under frobenius normalization. */
    static double rho(State state, List<LayerWeights> weights) {
        double product = state.layout().contains(Network.RHO) ? state.read(Network.RHO)[0] : 1;
        for (LayerWeights layer : weights) {
            double sum = 0;
            for (double value : layer.matrix().values()) {
                sum += value * value;
            }
            product *= Math.sqrt(sum);
        }
        return product;
    }

    private static Matrix matrix(WeightLayer layer, State state) {
        double[] values = state.read(layer.weight().name());
        layer.magnitude().ifPresent(magnitude -> {
            double[] norms = state.read(magnitude.name());
            int columns = layer.columns();
            for (int row = 0; row < norms.length; row++) {
                double sum = 0;
                for (int j = 0; j < columns; j++) {
                    sum += values[row * columns + j] * values[row * columns + j];
                }
                double factor = norms[row] / Math.sqrt(sum);
                for (int j = 0; j < columns; j++) {
                    values[row * columns + j] *= factor;
                }
            }
        });
        return new Matrix(layer.rows(), layer.columns(), values);
    }
}
