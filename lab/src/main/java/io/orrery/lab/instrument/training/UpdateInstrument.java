package io.orrery.lab.instrument.training;

import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.Updates;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.reading.UpdatesReading;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The noise of mini-batch updates (core theory, section 5.4 and prediction P12): {@code norm}, the mean over the batches of
 * one epoch of the norm of the objective's gradient, which is ||update|| / learning rate of SGD without momentum; and
 * {@code example-variance}, v1 = mean over examples of ||g_n - mean of g||^2 of (5.3). {@code batches} and {@code examples} say over
 * how many. Full-batch ReLU runs with decay keep a norm of 3e-3 to 7e-3 from kinks: that is not noise.
 */
@Serves("001-06")
public final class UpdateInstrument implements Instrument {
    @Override
    public String name() {
        return "update";
    }

    @Override
    public String about() {
        return "norm of one epoch's mini-batch gradients with decay, and variance of single examples' gradients";
    }

    @Override
    public List<String> quantities() {
        return List.of("norm", "example-variance", "batches", "examples");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                        "Noise of updates",
                        Curves.of(
                                "Norm of mini-batch gradients",
                                "Mean over the batches of one epoch, decay included: the length of an update over the learning rate, for SGD without momentum.",
                                AxisScale.AUTO,
                                "norm"),
                        Curves.of(
                                "Variance of single examples' gradients",
                                "Mean squared distance of examples' gradients from their mean.",
                                AxisScale.AUTO,
                                "example-variance"))
                .andFurther(
                        Curves.of("Batches", "", AxisScale.AUTO, "batches"),
                        Curves.of("Examples", "", AxisScale.AUTO, "examples"));
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new UpdatesReading());
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        Emitter emitter = new Emitter(observation, this, measurements);
        Updates updates = observation.updates();
        emitter.number("norm", updates.meanNorm());
        emitter.number("example-variance", updates.exampleVariance());
        emitter.number("batches", updates.batches());
        emitter.number("examples", updates.examples());
    }
}
