package io.orrery.lab.model;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.ShapeException;
import io.orrery.engine.graph.Window;
import io.orrery.lab.UserError;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.WeightLayer.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives the layers of an architecture their sizes, in forward order, or says which one does not fit. */
final class Blocks {
    private static final Window CELL = Window.square(1, 1, 0);

    private final boolean bias;
    private final boolean outputBias;
    private final Normalization normalization;

    private Blocks(ModelSpec spec) {
        this.bias = spec.bias();
        this.outputBias = spec.biasOfOutput();
        this.normalization = spec.normalization();
    }

    static List<Block> of(ModelSpec spec, Shape example, int outputs) {
        List<Layer> layers = spec.architecture().layers(example, outputs);
        int last = layers.size() - 1;
        while (last >= 0 && !hasWeights(layers.get(last))) {
            last--;
        }
        if (last < 0 || layers.get(last) instanceof Layer.Residual) {
            throw new UserError("model: the last layer with weights must be dense, conv or local, found "
                    + (last < 0 ? "no layer with weights" : "a residual block") + "; set outputLayer: true or add one");
        }
        Blocks blocks = new Blocks(spec);
        List<Block> resolved = blocks.resolve("layers", layers, example, last);
        Shape result = resolved.getLast().output();
        if (result.count() != outputs) {
            throw new UserError("model: the last layer gives " + result + ", but the data and loss need " + outputs
                    + " output" + (outputs == 1 ? "" : "s") + "; change it or set outputLayer: true");
        }
        return resolved;
    }

    private static boolean hasWeights(Layer layer) {
        return switch (layer) {
            case Layer.Dense _, Layer.Conv _, Layer.Local _, Layer.Residual _ -> true;
            case Layer.MaxPool _, Layer.AveragePool _, Layer.GlobalPool _ -> false;
        };
    }

    private List<Block> resolve(String prefix, List<Layer> layers, Shape input, int outputLayer) {
        List<Block> blocks = new ArrayList<>();
        Shape shape = input;
        for (int i = 0; i < layers.size(); i++) {
            Block block = resolve(prefix + "." + i, layers.get(i), shape, i != outputLayer);
            blocks.add(block);
            shape = block.output();
        }
        return List.copyOf(blocks);
    }

    private Block resolve(String name, Layer layer, Shape input, boolean activated) {
        boolean biased = activated ? bias : outputBias;
        try {
            return switch (layer) {
                case Layer.Dense dense -> dense(name, dense.units(), input, activated, biased);
                case Layer.Conv conv ->
                    convolution(
                            name,
                            conv.channels(),
                            Window.square(conv.kernel(), conv.stride(), conv.padding()),
                            image(name, "a convolution", input),
                            activated,
                            biased);
                case Layer.Local local ->
                    local(
                            name,
                            local.channels(),
                            Window.square(local.kernel(), local.stride(), local.padding()),
                            image(name, "a locally connected layer", input),
                            activated,
                            biased);
                case Layer.MaxPool pool -> pool(name, Window.square(pool.kernel(), pool.stride(), 0), true, input);
                case Layer.AveragePool pool -> pool(name, Window.square(pool.kernel(), pool.stride(), 0), false, input);
                case Layer.GlobalPool _ ->
                    new Block.GlobalPool(
                            Shape.of(image(name, "global pooling", input).size(0)));
                case Layer.Residual residual -> residual(name, residual, input);
            };
        } catch (ShapeException misfit) {
            throw new UserError(
                    "model: " + name + " does not fit its input " + input + ": " + misfit.getMessage(), misfit);
        }
    }

    private WeightLayer dense(String name, int units, Shape input, boolean activated, boolean biased) {
        Shape flat = Shape.of(input.count());
        Shape weight = Shape.of(units, input.count());
        return weightLayer(
                name, Kind.DENSE, flat, Shape.of(units), CELL, weight, input.count(), units, activated, biased);
    }

    private WeightLayer convolution(
            String name, int channels, Window window, Shape input, boolean activated, boolean biased) {
        Shape output = windowed(channels, window, input);
        Shape weight = Shape.of(channels, input.size(0), window.kernelY(), window.kernelX());
        int area = window.kernelY() * window.kernelX();
        return weightLayer(
                name,
                Kind.CONVOLUTION,
                input,
                output,
                window,
                weight,
                input.size(0) * area,
                channels * area,
                activated,
                biased);
    }

    private WeightLayer local(
            String name, int channels, Window window, Shape input, boolean activated, boolean biased) {
        Shape output = windowed(channels, window, input);
        int patch = Shape.of(input.size(0), window.kernelY(), window.kernelX()).count();
        Shape weight = Shape.of(output.size(1) * output.size(2), channels, patch);
        int fanOut = Shape.of(channels, window.kernelY(), window.kernelX()).count();
        return weightLayer(name, Kind.LOCAL, input, output, window, weight, patch, fanOut, activated, biased);
    }

    private WeightLayer weightLayer(
            String name,
            Kind kind,
            Shape input,
            Shape output,
            Window window,
            Shape weight,
            int fanIn,
            int fanOut,
            boolean activated,
            boolean biased) {
        boolean split = normalization == Normalization.WEIGHT;
        Parameter direct = new Parameter(
                name + (split ? ".weight_v" : ".weight"),
                name,
                weight,
                fanIn,
                fanOut,
                split ? Parameter.Role.DIRECTION : Parameter.Role.WEIGHT);
        int[] norms = weight.sizes();
        for (int axis = kind == Kind.LOCAL ? 2 : 1; axis < norms.length; axis++) {
            norms[axis] = 1;
        }
        Shape biases = kind == Kind.LOCAL ? output : Shape.of(output.size(0));
        return new WeightLayer(
                name,
                kind,
                input,
                output,
                window,
                direct,
                split
                        ? Optional.of(new Parameter(
                                name + ".weight_g", name, Shape.of(norms), fanIn, fanOut, Parameter.Role.MAGNITUDE))
                        : Optional.empty(),
                biased
                        ? Optional.of(new Parameter(name + ".bias", name, biases, fanIn, fanOut, Parameter.Role.BIAS))
                        : Optional.empty(),
                normalization == Normalization.BATCH && activated
                        ? Optional.of(BatchNormalization.of(name, output.size(0)))
                        : Optional.empty(),
                activated);
    }

    private Block residual(String name, Layer.Residual residual, Shape input) {
        if (residual.layers().isEmpty()) {
            throw new UserError(
                    "model: " + name + " is a residual block without inner layers; list them under layers:");
        }
        List<Block> inner = resolve(name + ".layers", residual.layers(), input, -1);
        Shape output = inner.getLast().output();
        return new Block.Residual(name, inner, projection(name + ".projection", input, output), output);
    }

    /** Nothing for equal shapes, a strided 1 x 1 convolution for images, a dense map for vectors; without bias. */
    private Optional<WeightLayer> projection(String name, Shape input, Shape output) {
        if (input.equals(output)) {
            return Optional.empty();
        }
        if (output.rank() == 1) {
            return Optional.of(dense(name, output.size(0), input, false, false));
        }
        if (input.rank() == 3) {
            int strideY = (input.size(1) + output.size(1) - 1) / output.size(1);
            int strideX = (input.size(2) + output.size(2) - 1) / output.size(2);
            Window window = new Window(1, 1, strideY, strideX, 0, 0);
            WeightLayer fitted = convolution(name, output.size(0), window, input, false, false);
            if (fitted.output().equals(output)) {
                return Optional.of(fitted);
            }
        }
        throw new UserError("model: " + name + " cannot fit the block's input " + input + " to its result " + output
                + "; give the inner layers a stride and padding that divide the image evenly");
    }

    private static Block pool(String name, Window window, boolean maximum, Shape input) {
        Shape image = image(name, "pooling", input);
        return new Block.Pool(window, maximum, windowed(image.size(0), window, image));
    }

    private static Shape windowed(int channels, Window window, Shape image) {
        long padded = Math.max(image.size(1), image.size(2)) + 2L * window.paddingY();
        if (Math.max(window.strideY(), window.strideX()) > padded) {
            throw new ShapeException("a stride of " + Math.max(window.strideY(), window.strideX())
                    + " steps over the whole image of " + image.size(1) + " x " + image.size(2) + " pixels");
        }
        return Shape.of(channels, window.outputHeight(image.size(1)), window.outputWidth(image.size(2)));
    }

    private static Shape image(String name, String what, Shape input) {
        if (input.rank() != 3) {
            throw new UserError("model: " + name + ": " + what
                    + " needs an image [channels, height, width], but its input is " + input
                    + "; use dense layers for vectors and put dense layers last");
        }
        return input;
    }
}
