package io.orrery.lab.observe.reading;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.observe.Observation.Gradients;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.Subject;

/** Gradients of the objective: over the training probe and across mini-batches. */
public record GradientsReading() implements Reading<Gradients> {
    @Override
    public String name() {
        return "gradients";
    }

    @Override
    public Pace pace() {
        return Pace.RATIONED;
    }

    @Override
    public double flops(Sizes sizes) {
        return sizes.gradient() * (sizes.probed(SplitName.TRAIN) + (double) GradientReader.BATCHES * sizes.batch());
    }

    @Override
    public Reader<Gradients> over(Subject subject) {
        return GradientReader.of(subject);
    }
}
