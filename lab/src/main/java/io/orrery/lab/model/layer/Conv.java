package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Serves;

/** Convolution. */
@Serves("002-089")
@Kind("conv")
public record Conv(
        @About("output channels") int channels,
        @About("kernel size") int kernel,
        @About("stride") int stride,
        @About("zero padding") int padding)
        implements Layer {
    /** 3 x 3, stride 1, padding 1. */
    public static Conv defaults() {
        return new Conv(32, 3, 1, 1);
    }

    @Override
    public Block at(LayerPlace place) {
        place.image("a convolution");
        return weights(place, channels, Window.square(kernel, stride, padding));
    }

    static WeightLayer weights(LayerPlace place, int channels, Window window) {
        Shape input = place.input();
        int area = window.kernelY() * window.kernelX();
        return place.weighted(
                WeightLayer.Kind.CONVOLUTION,
                input,
                place.windowed(channels, window),
                window,
                Shape.of(channels, input.size(0), window.kernelY(), window.kernelX()),
                input.size(0) * area,
                channels * area);
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
