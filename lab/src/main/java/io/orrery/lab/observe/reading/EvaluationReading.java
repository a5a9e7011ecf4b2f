package io.orrery.lab.observe.reading;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.observe.Extent;
import io.orrery.lab.observe.Observation.Evaluation;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.Subject;
import java.util.Map;
import java.util.Set;

/**
 * Loss and accuracy of each split that the data has, on as many examples as the {@link Extent} of the look says. Examples of
 * probe sets are not looked at twice.
 */
public record EvaluationReading() implements Reading<Map<SplitName, Evaluation>> {
    @Override
    public String name() {
        return "loss and accuracy";
    }

    /** On samples. */
    @Override
    public double flops(Sizes sizes) {
        return sizes.passes(sizes.sample());
    }

    @Override
    public double flops(Sizes sizes, Extent extent, Set<Reading<?>> beside) {
        double probe = sizes.pass() * (sizes.probed(SplitName.TRAIN) + sizes.probed(SplitName.TEST));
        double further = switch (extent) {
            case PROBE -> 0;
            case SAMPLE -> flops(sizes) - probe;
            case WHOLE -> sizes.passes(Integer.MAX_VALUE) - probe;
        };
        boolean probed = beside.stream().anyMatch(ProbeReading.class::isInstance);
        return (probed ? 0 : probe) + Math.max(0, further);
    }

    @Override
    public Reader<Map<SplitName, Evaluation>> over(Subject subject) {
        return EvaluationReader.of(subject);
    }
}
