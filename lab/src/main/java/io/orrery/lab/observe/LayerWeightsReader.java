package io.orrery.lab.observe;

import io.orrery.engine.state.State;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.EffectiveWeights;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Sliding;
import java.util.List;
import java.util.Optional;

/** Weights as the network uses them, out of a state. */
final class LayerWeightsReader {
    private LayerWeightsReader() {}

    /** One per weight layer in forward order; under weight normalization g v / ||v|| row by row. */
    static List<LayerWeights> read(Network network, State state) {
        return network.layers().stream()
                .map(layer -> new LayerWeights(
                        layer.name(),
                        new Matrix(layer.rows(), layer.columns(), EffectiveWeights.of(layer, state)),
                        layer.kind(),
                        layer.positions(),
                        layer.kernelArea(),
                        layer.bias().map(bias -> state.read(bias.name())).orElse(new double[0]),
                        layer.kind() == WeightLayer.Kind.DENSE
                                ? Optional.empty()
                                : Optional.of(new Sliding(layer.input(), layer.window()))))
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
}
