package io.orrery.lab.instrument;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.observe.Observation.Features;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Probe;
import java.util.List;
import java.util.Optional;

/** Which activations enter which layer. */
public final class ProbeLayers {
    /** The name under which the examples themselves are looked at like the activations of a layer. */
    public static final String INPUTS = "inputs";

    private ProbeLayers() {}

    /** All layers' activations; the inputs themselves for a linear classifier. Never empty. */
    public static List<Features> of(Probe probe) {
        return probe.layers().isEmpty() ? List.of(new Features(INPUTS, probe.inputs())) : probe.layers();
    }

    /**
     * What enters a dense layer: the inputs for the first, the last activations for the last, the activations of the layer
     * before where every layer has its own. Empty for convolutions (whose inputs are patches) and where widths do not fit.
     */
    public static Optional<Matrix> entering(Probe probe, List<LayerWeights> weights, int index) {
        LayerWeights layer = weights.get(index);
        if (layer.kind() != WeightLayer.Kind.DENSE) {
            return Optional.empty();
        }
        int after = probe.layers().size() - (weights.size() - 1);
        Matrix inputs;
        if (index == weights.size() - 1) {
            inputs = of(probe).getLast().activations();
        } else if (index == 0 && readsExamples(probe, layer)) {
            inputs = probe.inputs();
        } else if (after == 0) {
            inputs = probe.layers().get(index - 1).activations();
        } else {
            return Optional.empty();
        }
        return inputs.columns() == layer.matrix().columns() ? Optional.of(inputs) : Optional.empty();
    }

    /** Whether nothing (such as an embedding) has become of the examples before the first layer with a weight. */
    private static boolean readsExamples(Probe probe, LayerWeights first) {
        String producer = of(probe).getFirst().name();
        return first.name().equals(producer) || first.name().startsWith(producer + ".");
    }
}
