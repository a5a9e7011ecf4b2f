package io.orrery.lab.instrument.collapse;

import io.orrery.lab.instrument.ProbeLayers;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Probe;
import java.util.List;
import java.util.Optional;

/**
 * The last layer and what enters it on a probe: outputs = features weights^T + bias. Under frobenius normalization rho is
 * counted to the weights, which is where decay on rho acts as on the norm of one layer.
 *
 * @param features [n, p]
 * @param weights [outputs, p]
 * @param bias one number per output; empty without a bias
 */
record LastLayer(Matrix features, Matrix weights, double[] bias) {
    /** The last layer; empty if it is not dense or something (such as pooling) stands between. */
    static Optional<LastLayer> of(Observation observation, Probe probe) {
        List<LayerWeights> layers = observation.weights();
        LayerWeights last = layers.getLast();
        return ProbeLayers.entering(probe, layers, layers.size() - 1)
                .map(features -> new LastLayer(features, scaled(observation, probe, last), last.bias()));
    }

    private static Matrix scaled(Observation observation, Probe probe, LayerWeights last) {
        if (observation.spec().model().normalization() != Normalization.FROBENIUS) {
            return last.matrix();
        }
        double product = 1;
        for (LayerWeights layer : observation.weights()) {
            product *= Products.norm(layer.matrix());
        }
        return Products.combination(probe.rho() / product, last.matrix(), 0, last.matrix());
    }
}
