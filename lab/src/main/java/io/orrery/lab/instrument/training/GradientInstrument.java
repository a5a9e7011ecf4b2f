package io.orrery.lab.instrument.training;

import io.orrery.lab.math.Products;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.Gradients;
import io.orrery.lab.observe.Observation.LayerGradient;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.reading.GradientsReading;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The gradient of the objective over the training probe, decay included ({@code norm}); the mean squared distance of
 * mini-batch gradients from the gradient of the whole set ({@code batch-variance}, core theory 5.3), estimated without bias
 * from {@code batches} disjoint batches; and per layer the norm of the data gradient ({@code data-norm}), decay apart, with respect to the weights
 * as the network uses them. Under frobenius normalization all of them are of the part tangent to the sphere. Full-batch ReLU runs keep a floor from their kinks: a
 * gradient that stays above 0 is not by itself noise.
 */
@Serves("001-06")
public final class GradientInstrument implements Instrument {
    @Override
    public String name() {
        return "gradient";
    }

    @Override
    public String about() {
        return "norm of the full gradient, variance across mini-batches, norms per layer";
    }

    @Override
    public List<String> quantities() {
        return List.of("norm", "batch-variance", "batches", "data-norm");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                        "Gradient",
                        Curves.of(
                                "Norm of the gradient",
                                "Of the objective over the training probe. ReLU kinks can leave a floor.",
                                AxisScale.LOG,
                                "norm"),
                        Curves.of(
                                "Variance across batches",
                                "Mean squared distance of batch gradients from that of the whole training set.",
                                AxisScale.LOG,
                                "batch-variance"),
                        Curves.of("Norm of the data gradient", "Decay apart.", AxisScale.LOG, "data-norm"))
                .andFurther(Curves.of(
                        "Batches", "How many disjoint batches the variance is over.", AxisScale.AUTO, "batches"));
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new GradientsReading());
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        Emitter emitter = new Emitter(observation, this, measurements);
        Gradients gradients = observation.gradients();
        emitter.number("norm", gradients.fullNorm());
        emitter.number("batch-variance", gradients.batchVariance());
        emitter.number("batches", gradients.batches());
        for (LayerGradient layer : gradients.layers()) {
            emitter.number("data-norm", layer.name(), "", Products.norm(layer.matrix()));
        }
    }
}
