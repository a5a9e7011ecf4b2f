package io.orrery.lab.observe.reading;

import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Start;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.Subject;
import java.util.List;
import java.util.Optional;

/** Where training began; empty where it is not known, as for weights that were trained elsewhere. Computed once in a run. */
public record StartReading() implements Reading<Optional<Start>> {
    @Override
    public String name() {
        return "start of training";
    }

    @Override
    public double flops(Sizes sizes) {
        return 0;
    }

    @Override
    public Reader<Optional<Start>> over(Subject subject) {
        Optional<Start> start = subject.initial().map(state -> {
            List<LayerWeights> weights = WeightsReading.of(subject.network(), state);
            return new Start(weights, RhoReading.of(state, weights));
        });
        return _ -> start;
    }
}
