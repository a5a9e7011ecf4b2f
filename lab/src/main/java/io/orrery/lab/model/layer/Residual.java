package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.lab.UserError;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.Optional;

/** Adds the input to the result of the inner layers; a 1 x 1 convolution (or dense map) fits differing shapes. */
@Serves("004-15")
@Kind("residual")
public record Residual(@About("inner layers") List<Layer> layers) implements Layer {
    private static final Traits TRAITS = new Traits(
            Optional.of("a residual block adds its input, which is not scaled with its weights"), false, false, 1);

    /** No inner layers. */
    public static Residual defaults() {
        return new Residual(List.of());
    }

    @Override
    public Block at(LayerPlace place) {
        if (layers.isEmpty()) {
            throw new UserError(
                    "model: " + place.name() + " is a residual block without inner layers; list them under layers:");
        }
        List<Block> inner = place.inner("layers", layers);
        Shape output = inner.getLast().output();
        return new Sum(place.name(), inner, projection(place.linear("projection"), output));
    }

    /**
     * Nothing for equal shapes, a strided 1 x 1 convolution for images, a dense map for vectors, one at each position for sequences;
     * without bias.
     */
    private static Optional<WeightLayer> projection(LayerPlace place, Shape output) {
        Shape input = place.input();
        if (input.equals(output)) {
            return Optional.empty();
        }
        if (output.rank() == 1) {
            return Optional.of(new Dense(output.size(0)).weights(place));
        }
        if (input.rank() == 2 && output.rank() == 2 && input.size(0) == output.size(0)) {
            return Optional.of(Positionwise.weights(place, output.size(1)));
        }
        if (input.rank() == 3) {
            int strideY = (input.size(1) + output.size(1) - 1) / output.size(1);
            int strideX = (input.size(2) + output.size(2) - 1) / output.size(2);
            Window window = new Window(1, 1, strideY, strideX, 0, 0);
            WeightLayer fitted = Conv.weights(place, output.size(0), window);
            if (fitted.output().equals(output)) {
                return Optional.of(fitted);
            }
        }
        throw new UserError(
                "model: " + place.name() + " cannot fit the block's input " + input + " to its result " + output
                        + "; give the inner layers a stride and padding that divide the image evenly, and keep the positions of sequences");
    }

    @Override
    public void check(LayerCheck check) {
        check.require(
                !layers.isEmpty(), "layers", "expected inner layers, found none: the block would double its input");
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).check(check.inner("layers", i));
        }
    }

    @Override
    public boolean weighted() {
        return true;
    }

    @Override
    public List<Layer> inner() {
        return layers;
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }
}
