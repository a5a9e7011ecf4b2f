package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Composites;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.ForwardPass;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.model.Parameter.Role;
import io.orrery.lab.spec.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Layer normalization over the features (Ba, Kiros and Hinton 2016, arXiv 1607.06450, equation 4): of a vector, or at each position of a
 * sequence, with a trained factor and addend of each feature.
 */
@Kind("layer-norm")
public record LayerNorm() implements Layer {
    /** Added to the variance, as PyTorch does. */
    static final double EPSILON = 1e-5;

    private static final Traits TRAITS =
            new Traits(Optional.of("layer normalization takes the scale of its input away"), false, false, 1);

    /** No settings. */
    public static LayerNorm defaults() {
        return new LayerNorm();
    }

    @Override
    public Block at(LayerPlace place) {
        Shape input = place.input();
        if (input.rank() > 2) {
            throw new UserError("model: " + place.name()
                    + ": layer normalization needs [features] or [positions, features], but its input is " + input);
        }
        Shape features = Shape.of(input.size(-1));
        return new Normalized(
                place.name(),
                input,
                parameter(place, "weight", features, Role.GAIN),
                parameter(place, "bias", features, Role.SHIFT));
    }

    private static Parameter parameter(LayerPlace place, String part, Shape shape, Role role) {
        return new Parameter(place.name() + "." + part, place.name(), shape, 1, 1, role);
    }

    @Override
    public void check(LayerCheck check) {
        // Has no settings.
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    private record Normalized(String name, Shape output, Parameter gain, Parameter shift) implements Block {
        @Override
        public Node apply(Node x, ForwardPass pass) {
            return Composites.layerNormalization(x, EPSILON)
                    .multiply(pass.value(gain))
                    .add(pass.value(shift));
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(gain, shift);
        }
    }
}
