package io.orrery.lab.instrument.training;

import io.orrery.lab.model.Parameter;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.reading.RuleDirectionsReading;
import io.orrery.lab.observe.reading.RuleDirectionsReading.Compared;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How the direction d of a training rule lies to the gradient g of the spec's loss (the gradient alignment of Refinetti et al. 2021,
 * arXiv 2011.12428): {@code cosine} d . g / (||d|| ||g||), from -1 to 1, and {@code size} ||d|| / ||g||, of the weights of each
 * layer and of all trained parameters as one vector. No units. Not read for descent, where both are the same.
 */
@Serves("002-110")
public final class RuleDirectionInstrument implements Instrument {
    @Override
    public String name() {
        return "rule-direction";
    }

    @Override
    public String about() {
        return "cosine and size of the direction of a rule beside the gradient of the loss, per layer (Refinetti and others 2021)";
    }

    @Override
    public List<String> quantities() {
        return List.of("cosine", "size");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                "Direction of the rule",
                Curves.of(
                        "Cosine with the gradient",
                        "Of the rule's direction and the gradient of the loss: 1 where both agree.",
                        AxisScale.LINEAR,
                        "cosine"),
                Curves.of(
                        "Size beside the gradient",
                        "Norm of the rule's direction over that of the gradient.",
                        AxisScale.AUTO,
                        "size"));
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new RuleDirectionsReading());
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        Emitter emitter = new Emitter(observation, this, measurements);
        List<Compared> all = observation.read(new RuleDirectionsReading());
        for (Compared one : all) {
            if (one.parameter().role() == Parameter.Role.WEIGHT) {
                emit(emitter, one.parameter().layer(), List.of(one));
            }
        }
        emit(emitter, "", all);
    }

    private static void emit(Emitter emitter, String layer, List<Compared> parts) {
        double product = parts.stream().mapToDouble(Compared::product).sum();
        double rule =
                Math.sqrt(parts.stream().mapToDouble(Compared::squaredRule).sum());
        double descent =
                Math.sqrt(parts.stream().mapToDouble(Compared::squaredDescent).sum());
        if (rule != 0 && descent != 0) {
            emitter.number("cosine", layer, "", product / rule / descent);
            emitter.number("size", layer, "", rule / descent);
        }
    }
}
