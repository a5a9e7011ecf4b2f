package io.orrery.lab.instrument.bounds;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.model.layer.Layer;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.theory.bound.Bound.Scope;
import io.orrery.lab.theory.bound.BoundInput;
import io.orrery.lab.theory.bound.BoundLayer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** An observed network as bounds see it. */
final class BoundNetwork {
    /** The largest slope of x Phi(x), at x = sqrt 2, rounded up. */
    private static final double GELU_SLOPE = 1.129;

    private BoundNetwork() {}

    /** The kinds of bounds that hold for networks of a spec; none with biases, batch normalization or residual blocks. */
    static Set<Scope> scopes(ModelSpec model, int outputs) {
        if (model.biased() || model.normalization() == Normalization.BATCH) {
            return Set.of();
        }
        EnumSet<Scope> scopes = switch (model.activation()) {
            case RELU, LEAKY, LINEAR -> EnumSet.allOf(Scope.class);
            case TANH, GELU -> EnumSet.of(Scope.LIPSCHITZ);
            // Not 0 at 0.
            case SIGMOID, SOFTPLUS -> EnumSet.noneOf(Scope.class);
        };
        for (Layer layer : layers(model, outputs)) {
            if (!layer.traits().nonexpansive()) {
                scopes.clear();
            } else if (!layer.traits().peelable()) {
                scopes.remove(Scope.HOMOGENEOUS);
            }
        }
        return scopes;
    }

    /**
     * The layers with their weights and initial weights (zeros where those are not known: no bound may then be asked that is
     * measured from them); under frobenius normalization the last layer carries rho, and its reference the initial rho.
     */
    static BoundInput of(Observation observation, Probe probe) {
        ModelSpec model = observation.spec().model();
        int outputs = probe.outputs().columns();
        List<Layer> weighted = layers(model, outputs).stream()
                .filter(layer -> layer.weighted() && layer.inner().isEmpty())
                .toList();
        List<BoundLayer> layers = new ArrayList<>();
        double norms = 1;
        double initialNorms = 1;
        for (int l = 0; l < weighted.size(); l++) {
            LayerWeights weights = observation.weights().get(l);
            int index = l;
            Matrix reference = observation
                    .start()
                    .map(start -> start.weights().get(index).matrix())
                    .orElseGet(() -> Matrix.zeros(
                            weights.matrix().rows(), weights.matrix().columns()));
            layers.add(new BoundLayer(
                    kind(weights.kind()),
                    weights.matrix(),
                    reference,
                    weights.kernelArea(),
                    weighted.get(l).traits().overlap(),
                    weights.positions(),
                    l == weighted.size() - 1 ? 1 : slope(model.activation())));
            norms *= Products.norm(weights.matrix());
            initialNorms *= Products.norm(reference);
        }
        if (model.normalization() == Normalization.FROBENIUS) {
            double initialNorm = initialNorms;
            double initialScale = observation
                    .start()
                    .filter(_ -> initialNorm > 0)
                    .map(start -> start.rho() / initialNorm)
                    .orElse(0.0);
            layers.set(layers.size() - 1, layers.getLast().scaled(probe.rho() / norms, initialScale));
        }
        return new BoundInput(layers, observation.inputNorms(), outputs);
    }

    private static List<Layer> layers(ModelSpec model, int outputs) {
        // Sizes do not matter here: what layers there are does not depend on the examples.
        return model.architecture().layers(Shape.SCALAR, outputs);
    }

    private static BoundLayer.Kind kind(WeightLayer.Kind kind) {
        return switch (kind) {
            case DENSE -> BoundLayer.Kind.DENSE;
            // One matrix at each position is a convolution of kernel 1.
            case CONVOLUTION, POSITIONWISE -> BoundLayer.Kind.CONVOLUTION;
            case LOCAL -> BoundLayer.Kind.LOCAL;
        };
    }

    private static double slope(ModelSpec.Activation activation) {
        return switch (activation) {
            case RELU, LEAKY, LINEAR, TANH, SIGMOID, SOFTPLUS -> 1;
            case GELU -> GELU_SLOPE;
        };
    }
}
