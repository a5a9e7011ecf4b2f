package io.orrery.lab.instrument.collapse;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.instrument.GradientFlow;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Thinning;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.reading.ProbeReading;
import io.orrery.lab.observe.reading.WeightsReading;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.collapse.SquareLossDecomposition;
import io.orrery.lab.theory.collapse.SquareLossDecomposition.Bias;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.update.DecaySpec;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How far the last layer is from the best one for its features on the training probe, the central path (Han, Papyan and
 * Donoho 2022; core theory, section 4.4). The loss (1 / 2N) sum of ||W h + b - y||^2 + (lambda / 2) ||W||^2 is the sum of
 * {@code within-class}, {@code class-means} and {@code off-path}; {@code share} is off-path over the loss, for the last layer as it
 * is: without a bias, or with one that decays or does not. {@code biased-share} is the same beside the best layer with a
 * decayed bias, the form of the source.
 *
 * <p>Read for the square loss on one-hot targets with decay on the last layer, which is dense; if it is frozen, with what it would decay with. lambda is the
 * spec's over the factor of its data term (sum or mean over outputs, half), so that the halved loss above is the objective up to a
 * factor.
 */
@Serves("001-02")
public final class CentralPathInstrument implements Instrument {
    @Override
    public String name() {
        return "central-path";
    }

    @Override
    public String about() {
        return "square loss split into within-class, class-mean and off-path parts (Han, Papyan and Donoho 2022)";
    }

    @Override
    public List<String> quantities() {
        return List.of("within-class", "class-means", "off-path", "share", "biased-share");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                "Central path",
                Curves.of(
                                "Parts of the square loss",
                                "Within classes, between class means, and what the last layer could still gain: their sum is the halved loss with decay of the last layer.",
                                AxisScale.AUTO)
                        .curve("within-class", "within classes")
                        .curve("class-means", "class means")
                        .curve("off-path", "off the central path"),
                Curves.of(
                                "Share of the loss off the central path",
                                "0 where the last layer is the best one for its features; beside the best layer with a decayed bias in the second form.",
                                AxisScale.AUTO)
                        .curve("share", "as the layer is")
                        .curve("biased-share", "with a decayed bias"));
    }

    @Override
    public boolean reads(TargetKind target) {
        return target.labels();
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new WeightsReading(), new ProbeReading(SplitName.TRAIN));
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        LossSpec loss = observation.spec().loss();
        double lambda = GradientFlow.lambdaOfLastLayer(observation.spec())
                / GradientFlow.dataFactor(loss, observation.classes());
        boolean fits = observation.target() instanceof TargetKind.Classes
                && loss.kind() == LossSpec.Kind.SQUARE
                && loss.targets() == LossSpec.Targets.ONE_HOT
                && lambda > 0;
        if (!fits) {
            return;
        }
        Emitter emitter = new Emitter(observation, this, measurements);
        observation
                .probe(SplitName.TRAIN)
                .ifPresent(probe -> LastLayer.of(observation, probe)
                        .filter(last -> Thinning.due(observation, flops(last)))
                        .ifPresent(last -> observe(emitter, observation.spec(), probe, last, lambda)));
    }

    private static void observe(Emitter emitter, Spec spec, Probe probe, LastLayer last, double lambda) {
        boolean biased = last.bias().length > 0;
        double[] bias = biased ? last.bias() : new double[last.weights().rows()];
        Bias own = !biased ? Bias.NONE : spec.decay().applies() == DecaySpec.Applies.ALL ? Bias.DECAYED : Bias.FREE;
        SquareLossDecomposition parts =
                SquareLossDecomposition.of(last.features(), probe.labels(), last.weights(), bias, own, lambda);
        emitter.number("within-class", parts.withinClass());
        emitter.number("class-means", parts.classMeans());
        emitter.number("off-path", parts.offPath());
        emitter.number("share", parts.offPathShare());
        emitter.number(
                "biased-share",
                SquareLossDecomposition.of(last.features(), probe.labels(), last.weights(), bias, Bias.DECAYED, lambda)
                        .offPathShare());
    }

    private static double flops(LastLayer last) {
        double width = last.features().columns();
        return 2 * width * width * (last.features().rows() + width);
    }
}
