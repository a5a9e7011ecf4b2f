package io.orrery.lab.model;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.layer.AveragePool;
import io.orrery.lab.model.layer.Conv;
import io.orrery.lab.model.layer.Dense;
import io.orrery.lab.model.layer.GlobalPool;
import io.orrery.lab.model.layer.Layer;
import io.orrery.lab.model.layer.MaxPool;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import java.util.ArrayList;
import java.util.List;

/** Convolutions of one kind, optionally pooled, then dense layers. */
@Kind("cnn")
public record Cnn(
        @About("output channels of each convolution") List<Integer> channels,
        @About("kernel size") int kernel,
        @About("stride") int stride,
        @About("zero padding") int padding,

        @About("after each convolution: none, max or average (2 x 2)")
        Pool pool,

        @About("mean of each channel before the dense layers")
        boolean globalPool,

        @About("units of each hidden dense layer") List<Integer> widths)
        implements Architecture {
    /** What follows each convolution. */
    public enum Pool {
        NONE,
        MAX,
        AVERAGE
    }

    /** Two 3 x 3 convolutions of 16 and 32 channels, each followed by 2 x 2 max pooling. */
    public static Cnn defaults() {
        return new Cnn(List.of(16, 32), 3, 1, 1, Pool.MAX, false, List.of());
    }

    @Override
    public List<Layer> layers(Shape example, int outputs) {
        List<Layer> layers = new ArrayList<>();
        for (int width : channels) {
            layers.add(new Conv(width, kernel, stride, padding));
            switch (pool) {
                case NONE -> {}
                case MAX -> layers.add(new MaxPool(2, 2));
                case AVERAGE -> layers.add(new AveragePool(2, 2));
            }
        }
        if (globalPool) {
            layers.add(new GlobalPool());
        }
        widths.forEach(units -> layers.add(new Dense(units)));
        layers.add(new Dense(outputs));
        return List.copyOf(layers);
    }
}
