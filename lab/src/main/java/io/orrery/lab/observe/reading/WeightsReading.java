package io.orrery.lab.observe.reading;

import io.orrery.engine.state.State;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.EffectiveWeights;
import io.orrery.lab.model.Network;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Sliding;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.Subject;
import java.util.List;
import java.util.Optional;

/** Weights as the network uses them, one per weight layer in forward order; under weight normalization g v / ||v|| row by row. */
public record WeightsReading() implements Reading<List<LayerWeights>> {
    /** What instruments do with a weight takes as long as so many FLOPs of a kernel. */
    private static final double PER_WEIGHT = 2000;

    @Override
    public String name() {
        return "weights";
    }

    @Override
    public double flops(Sizes sizes) {
        return PER_WEIGHT * sizes.numbersOfWeights();
    }

    @Override
    public Reader<List<LayerWeights>> over(Subject subject) {
        return _ -> of(subject.network(), subject.state());
    }

    /** The weights in a state. */
    static List<LayerWeights> of(Network network, State state) {
        return network.layers().stream()
                .map(layer -> new LayerWeights(
                        layer.name(),
                        new Matrix(layer.rows(), layer.columns(), EffectiveWeights.of(layer, state)),
                        layer.kind(),
                        layer.positions(),
                        layer.kernelArea(),
                        layer.bias().map(bias -> state.read(bias.name())).orElse(new double[0]),
                        layer.matrix() ? Optional.empty() : Optional.of(new Sliding(layer.input(), layer.window()))))
                .toList();
    }
}
