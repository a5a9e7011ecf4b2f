package io.orrery.lab.observe.reading;

import io.orrery.engine.state.State;
import io.orrery.lab.model.Network;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.Subject;
import java.util.List;

/** Product of the layers' Frobenius norms, times rho under frobenius normalization. */
public record RhoReading() implements Reading<Double> {
    @Override
    public String name() {
        return "rho";
    }

    @Override
    public double flops(Sizes sizes) {
        return 2 * sizes.numbersOfWeights();
    }

    @Override
    public Reader<Double> over(Subject subject) {
        return look -> of(subject.state(), look.part(new WeightsReading()));
    }

    /** The product of a state, given its weights. */
    static double of(State state, List<LayerWeights> weights) {
        double product = state.layout().contains(Network.RHO) ? state.read(Network.RHO)[0] : 1;
        for (LayerWeights layer : weights) {
            double sum = 0;
            for (double value : layer.matrix().values()) {
                sum += value * value;
            }
            product *= Math.sqrt(sum);
        }
        return product;
    }
}
