package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;

/** Locally connected: a convolution whose kernel differs at every position. */
@Kind("local")
public record Local(
        @About("output channels") int channels,
        @About("kernel size") int kernel,
        @About("stride") int stride,
        @About("zero padding") int padding)
        implements Layer {
    /** 3 x 3, stride 1, padding 1. */
    public static Local defaults() {
        return new Local(8, 3, 1, 1);
    }

    @Override
    public Block at(LayerPlace place) {
        Shape input = place.image("a locally connected layer");
        Window window = Window.square(kernel, stride, padding);
        Shape output = place.windowed(channels, window);
        int patch = Shape.of(input.size(0), window.kernelY(), window.kernelX()).count();
        return place.weighted(
                WeightLayer.Kind.LOCAL,
                input,
                output,
                window,
                Shape.of(output.size(1) * output.size(2), channels, patch),
                patch,
                Shape.of(channels, window.kernelY(), window.kernelX()).count());
    }

    @Override
    public void check(LayerCheck check) {
        check.width("channels", channels);
        check.window(kernel, stride, padding);
    }

    @Override
    public boolean weighted() {
        return true;
    }

    @Override
    public boolean singleProduct() {
        return true;
    }

    @Override
    public Traits traits() {
        return Traits.overlapping(kernel, stride);
    }
}
