package io.orrery.lab.instrument.collapse;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.instrument.ProbeLayers;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.LayerGradient;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.Thinning;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.reading.GradientsReading;
import io.orrery.lab.observe.reading.ProbeReading;
import io.orrery.lab.observe.reading.WeightsReading;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Duality of weights and activations at stationary points with decay (core theory, 2.7).
 *
 * <ul>
 *   <li>{@code residual} q = ||d W + G|| / ||d W|| per layer, G the data gradient over the training probe and d the factor of
 *       the decay gradient (2.16): 0 at a smooth stationary point. Hidden ReLU layers stay at 0.15 to 0.3 because minimizers sit on
 *       kinks; only the last layer is a claim. Read without normalization and with decay.
 *   <li>{@code outside-inputs}: norm of the part of the rows of W outside the span of the layer's input activations, over
 *       ||W|| (2.16), singular directions of the activations below 1e-5 of the largest left out of the span; dense layers, thorough looks. Where the probe is
 *       not the whole training set, an upper bound.
 *   <li>{@code weight-feature-alignment}: cosine of W^T W and H^T H of the last layer and the probe's features, which
 *       (2.17) has proportional: 1 at collapse; thorough looks.
 *   <li>{@code gram-alignment}: the same cosine of every dense layer, W^T W against H^T H of what enters it, at every look at which
 *       it is cheap, else at thorough ones.
 * </ul>
 */
@Serves("001-07")
public final class DualityInstrument implements Instrument {
    @Override
    public String name() {
        return "duality";
    }

    @Override
    public String about() {
        return "how far weights are from being made of activations and back-propagated errors (stationarity with decay)";
    }

    @Override
    public List<String> quantities() {
        return List.of("residual", "outside-inputs", "weight-feature-alignment", "gram-alignment");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                "Duality of weights and activations",
                Curves.of(
                        "Residual of stationarity",
                        "‖dW + G‖ / ‖dW‖: 0 where decay and data balance. Minimizers of ReLU networks sit on kinks, which keep hidden layers above it.",
                        AxisScale.LOG,
                        "residual"),
                Curves.of(
                        "Weights outside the span of their inputs",
                        "Norm of the part of a layer's rows outside the span of its inputs over the norm of the layer.",
                        AxisScale.LOG,
                        "outside-inputs"),
                Curves.of(
                        "Alignment of weights and features",
                        "Cosine of WᵀW and HᵀH of the last layer: 1 where they are proportional, as theory has it for free features with decay.",
                        AxisScale.LINEAR,
                        "weight-feature-alignment"),
                Curves.of(
                        "Alignment of weights and activations, layer by layer",
                        "Cosine of WᵀW of each layer and HᵀH of what enters it: 1 where they are proportional.",
                        AxisScale.LINEAR,
                        "gram-alignment"));
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new WeightsReading(), new ProbeReading(SplitName.TRAIN), new GradientsReading());
    }

    /** Spans of what enters dense layers but the first, whose inputs stay the same. */
    @Override
    public double flops(Sizes sizes) {
        return IntStream.range(1, sizes.entering().size())
                .filter(sizes.dense()::get)
                .mapToObj(sizes.entering()::get)
                .mapToDouble(size -> flops(size.rows(), size.columns()))
                .sum();
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        Emitter emitter = new Emitter(observation, this, measurements);
        List<LayerWeights> weights = observation.weights();
        if (observation.spec().model().normalization() == ModelSpec.Normalization.NONE) {
            for (LayerGradient gradient : observation.gradients().layers()) {
                weights.stream()
                        .filter(layer -> layer.name().equals(gradient.name()) && gradient.decay() > 0)
                        .findFirst()
                        .ifPresent(layer ->
                                emitter.number("residual", layer.name(), "", residual(layer.matrix(), gradient)));
            }
        }
        observation.probe(SplitName.TRAIN).ifPresent(probe -> spans(emitter, observation, weights, probe));
    }

    private static double residual(Matrix weights, LayerGradient gradient) {
        Matrix sum = Products.combination(gradient.decay(), weights, 1, gradient.matrix());
        return Products.norm(sum) / (gradient.decay() * Products.norm(weights));
    }

    private static void spans(Emitter emitter, Observation observation, List<LayerWeights> weights, Probe probe) {
        for (int i = 0; i < weights.size(); i++) {
            LayerWeights layer = weights.get(i);
            Optional<Matrix> entering = ProbeLayers.entering(probe, weights, i);
            if (entering.isEmpty()) {
                continue;
            }
            Matrix inputs = entering.get();
            if (Thinning.due(observation, gramFlops(layer.matrix(), inputs))) {
                Matrix gram = observation.derived().gram(inputs);
                emitter.number("gram-alignment", layer.name(), "", alignment(layer.matrix(), inputs, gram));
            }
            if (tooMuch(observation, inputs)) {
                continue;
            }
            double outside = observation.derived().span(inputs).outside(layer.matrix());
            emitter.number("outside-inputs", layer.name(), "", outside / Products.norm(layer.matrix()));
            if (i == weights.size() - 1) {
                Matrix gram = observation.derived().gram(inputs);
                emitter.number("weight-feature-alignment", alignment(layer.matrix(), inputs, gram));
            }
        }
    }

    private static boolean tooMuch(Observation observation, Matrix inputs) {
        return !Thinning.due(observation, flops(inputs.rows(), inputs.columns()));
    }

    /** The cosine of W^T W and H^T H, from ||H W^T||^2 and the norms of the smaller Gram matrices. */
    private static double alignment(Matrix weights, Matrix features, Matrix gram) {
        return Products.squaredNorm(Products.timesTransposed(features, weights))
                / (Products.norm(Products.outerGram(weights)) * Products.norm(gram));
    }

    /** Of both Gram matrices and of H W^T. */
    private static double gramFlops(Matrix weights, Matrix inputs) {
        double small = Math.min(inputs.rows(), inputs.columns());
        double ofInputs = small * small * Math.max(inputs.rows(), inputs.columns());
        double ofWeights = (double) weights.rows() * weights.rows() * weights.columns();
        return ofInputs + ofWeights + (double) inputs.rows() * inputs.columns() * weights.rows();
    }

    private static double flops(int examples, int width) {
        double small = Math.min(examples, width);
        return small * small * Math.max(examples, width) + Thinning.span(examples, width);
    }
}
