package io.orrery.lab.instrument.training;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.Features;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.reading.ProbeReading;
import io.orrery.lab.spec.Serves;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which units of each hidden layer still do something on the training probe: {@code dead}, the share of those whose activation is
 * exactly 0 on every example; {@code dormant}, the share of those whose mean absolute activation is at most 0.025 of the layer's mean
 * (Sokar et al. 2023, arXiv 2302.12902, equation 1, tau 0.025), not defined where all of them are 0; {@code activation}, the mean
 * absolute activation. A unit is one number that enters the next layer: of images each position of each channel.
 */
@Serves("002-199")
public final class UnitsInstrument implements Instrument {
    private static final double DORMANT = 0.025;

    @Override
    public String name() {
        return "units";
    }

    @Override
    public String about() {
        return "dead and dormant units of each hidden layer";
    }

    @Override
    public List<String> quantities() {
        return List.of("dead", "dormant", "activation");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                "Units of hidden layers",
                Curves.of(
                        "Dead units",
                        "Share whose activation is exactly 0 on every example of the training probe.",
                        AxisScale.PERCENT,
                        "dead"),
                Curves.of(
                        "Dormant units",
                        "Share whose mean absolute activation is at most 0.025 of the layer's mean.",
                        AxisScale.PERCENT,
                        "dormant"),
                Curves.of("Mean absolute activation", "", AxisScale.AUTO, "activation"));
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new ProbeReading(SplitName.TRAIN));
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        Emitter emitter = new Emitter(observation, this, measurements);
        observation.probe(SplitName.TRAIN).ifPresent(probe -> probe.layers().forEach(layer -> observe(emitter, layer)));
    }

    private static void observe(Emitter emitter, Features features) {
        double[] means = means(features.activations());
        double mean = Arrays.stream(means).average().orElse(Double.NaN);
        emitter.number("dead", features.name(), "", share(means, 0));
        emitter.number("dormant", features.name(), "", mean == 0 ? Double.NaN : share(means, DORMANT * mean));
        emitter.number("activation", features.name(), "", mean);
    }

    private static double share(double[] means, double most) {
        return (double) Arrays.stream(means).filter(value -> value <= most).count() / means.length;
    }

    /** Mean absolute activation of each unit. */
    private static double[] means(Matrix activations) {
        double[] means = new double[activations.columns()];
        for (int n = 0; n < activations.rows(); n++) {
            for (int unit = 0; unit < means.length; unit++) {
                means[unit] += Math.abs(activations.values()[n * means.length + unit]) / activations.rows();
            }
        }
        return means;
    }
}
