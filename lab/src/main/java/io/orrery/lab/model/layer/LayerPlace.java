package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.ShapeException;
import io.orrery.engine.graph.Window;
import io.orrery.lab.UserError;
import io.orrery.lab.model.BatchNormalization;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.model.WeightLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a layer stands in a network, and what that decides about it.
 *
 * @param name such as layers.0, the name of its parameters without their suffixes
 * @param input shape of one example that enters
 * @param activated whether activation, normalization and dropout follow a weight here
 * @param biased whether a bias belongs to a weight here
 */
public record LayerPlace(ModelSpec model, String name, Shape input, boolean activated, boolean biased) {
    /**
     * Layers one after the other.
     *
     * @param prefix the name of their list, such as layers
     * @param outputLayer the place of the output layer, which no activation follows; -1 if it is not among them
     */
    public static List<Block> chain(ModelSpec model, String prefix, List<Layer> layers, Shape input, int outputLayer) {
        List<Block> blocks = new ArrayList<>();
        Shape shape = input;
        for (int i = 0; i < layers.size(); i++) {
            boolean activated = i != outputLayer;
            LayerPlace place = new LayerPlace(
                    model, prefix + "." + i, shape, activated, activated ? model.bias() : model.biasOfOutput());
            Block block = place.block(layers.get(i));
            blocks.add(block);
            shape = block.output();
        }
        return List.copyOf(blocks);
    }

    private Block block(Layer layer) {
        try {
            return new Placed(name, layer.at(this));
        } catch (ShapeException misfit) {
            throw new UserError(
                    "model: " + name + " does not fit its input " + input + ": " + misfit.getMessage(), misfit);
        }
    }

    /** Layers within this one, under a list of their own. */
    List<Block> inner(String list, List<Layer> layers) {
        return chain(model, name + "." + list, layers, input, -1);
    }

    /** The place of a linear map within this layer, without activation and bias. */
    LayerPlace linear(String part) {
        return new LayerPlace(model, name + "." + part, input, false, false);
    }

    /** The place of a part of this layer, such as one of several weights. */
    LayerPlace part(String part, Shape entering, boolean withActivation, boolean withBias) {
        return new LayerPlace(model, name + "." + part, entering, withActivation, withBias);
    }

    /**
     * The input, which must be a sequence [positions, features].
     *
     * @param what needs it, for the message
     * @throws UserError if it is not
     */
    Shape sequence(String what) {
        if (input.rank() != 2) {
            throw new UserError("model: " + name + ": " + what
                    + " needs a sequence [positions, features], but its input is " + input
                    + "; put an embedding before it if the examples are numbers of tokens");
        }
        return input;
    }

    /**
     * The input, which must be an image [channels, height, width].
     *
     * @param what needs it, for the message
     * @throws UserError if it is not
     */
    Shape image(String what) {
        if (input.rank() != 3) {
            throw new UserError("model: " + name + ": " + what
                    + " needs an image [channels, height, width], but its input is " + input
                    + "; use dense layers for vectors and put dense layers last");
        }
        return input;
    }

    /**
     * What a window makes of the input image.
     *
     * @throws ShapeException if it does not fit
     */
    Shape windowed(int channels, Window window) {
        long padded = Math.max(input.size(1), input.size(2)) + 2L * window.paddingY();
        if (Math.max(window.strideY(), window.strideX()) > padded) {
            throw new ShapeException("a stride of " + Math.max(window.strideY(), window.strideX())
                    + " steps over the whole image of " + input.size(1) + " x " + input.size(2) + " pixels");
        }
        return Shape.of(channels, window.outputHeight(input.size(1)), window.outputWidth(input.size(2)));
    }

    /**
     * A layer with a weight at this place.
     *
     * @param entering shape of one example as the product takes it
     * @param weight shape of the weight, rows first
     * @param fanIn numbers that enter one output
     * @param fanOut outputs that one number enters
     */
    WeightLayer weighted(
            WeightLayer.Kind kind, Shape entering, Shape output, Window window, Shape weight, int fanIn, int fanOut) {
        boolean split = model.normalization() == Normalization.WEIGHT;
        Parameter direct = new Parameter(
                name + (split ? ".weight_v" : ".weight"),
                name,
                weight,
                fanIn,
                fanOut,
                split ? Parameter.Role.DIRECTION : Parameter.Role.WEIGHT);
        int[] norms = weight.sizes();
        for (int axis = kind == WeightLayer.Kind.LOCAL ? 2 : 1; axis < norms.length; axis++) {
            norms[axis] = 1;
        }
        Shape biases = kind == WeightLayer.Kind.LOCAL ? output : Shape.of(weight.size(0));
        boolean batch = model.normalization() == Normalization.BATCH && activated;
        if (batch && kind == WeightLayer.Kind.POSITIONWISE) {
            throw new UserError("model.normalization: " + name
                    + " is applied to sequences, for which batch normalization is not defined here; take none, and layers of kind"
                    + " layer-norm");
        }
        return new WeightLayer(
                name,
                kind,
                entering,
                output,
                window,
                direct,
                Optional.empty(),
                split
                        ? Optional.of(new Parameter(
                                name + ".weight_g", name, Shape.of(norms), fanIn, fanOut, Parameter.Role.MAGNITUDE))
                        : Optional.empty(),
                biased
                        ? Optional.of(new Parameter(name + ".bias", name, biases, fanIn, fanOut, Parameter.Role.BIAS))
                        : Optional.empty(),
                batch ? Optional.of(BatchNormalization.of(name, output.size(0))) : Optional.empty(),
                activated);
    }
}
