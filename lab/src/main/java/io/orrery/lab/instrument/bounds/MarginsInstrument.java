package io.orrery.lab.instrument.bounds;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.instrument.Answers;
import io.orrery.lab.math.Descriptive;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.figure.Histogram;
import io.orrery.lab.observe.figure.KeyNumber;
import io.orrery.lab.observe.reading.ProbeReading;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The distribution of margins on the probe sets (core theory, sections 1 and 2.4): f[y] - max of the other outputs; see
 * {@link Answers#margins} for single outputs and bits. Without prefix the margins of the outputs g; with {@code normalized-}
 * those of f = g / rho, where the network is homogeneous. {@code spread} is s / mu, the same for both.
 *
 * <p>Histograms are vectors: lower edge, upper edge, then the share of examples in each of forty equal bins between them.
 */
@Serves({"001-08", "002-088"})
public final class MarginsInstrument implements Instrument {
    private static final int BINS = 40;

    @Override
    public String name() {
        return "margins";
    }

    @Override
    public String about() {
        return "distribution of the margins, raw and normalized by rho: mean, spread, minimum, 10% quantile, histogram";
    }

    @Override
    public List<String> quantities() {
        Stream<String> described = Stream.of("", "normalized-")
                .flatMap(prefix -> Stream.of("mean", "second-moment", "minimum", "quantile-10", "histogram")
                        .map(quantity -> prefix + quantity));
        return Stream.concat(Stream.of("spread"), described).toList();
    }

    @Override
    public Figures figures() {
        return Figures.of(
                        "Margins",
                        Curves.of(
                                        "Normalized margins",
                                        "Margins of f = g/ρ: what generalization bounds look at.",
                                        AxisScale.LINEAR)
                                .curve("normalized-mean", "mean")
                                .curve("normalized-quantile-10", "10% quantile")
                                .curve("normalized-minimum", "minimum"),
                        Curves.of("Margins", "Output of the true class minus the largest other.", AxisScale.LINEAR)
                                .curve("mean", "mean")
                                .curve("quantile-10", "10% quantile")
                                .curve("minimum", "minimum"),
                        Curves.of(
                                "Spread of the margins",
                                "Deviation over mean, the same for raw and normalized margins; shown where the mean is positive.",
                                AxisScale.LOG_OF_POSITIVE,
                                "spread"),
                        new Histogram("Margins over time", "", "histogram", "margin", "examples"),
                        new Histogram(
                                "Normalized margins over time",
                                "",
                                "normalized-histogram",
                                "normalized margin",
                                "examples"))
                .andFurther(
                        Curves.of("Second moment", "", AxisScale.AUTO, "second-moment"),
                        Curves.of("Normalized second moment", "", AxisScale.AUTO, "normalized-second-moment"))
                .andKeyNumbers(KeyNumber.of("smallest normalized margin", "normalized-minimum", "train"));
    }

    @Override
    public boolean reads(TargetKind target) {
        return target.labels();
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new ProbeReading(SplitName.TRAIN), new ProbeReading(SplitName.TEST));
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        if (!observation.target().labels()) {
            return;
        }
        Emitter emitter = new Emitter(observation, this, measurements);
        for (SplitName split : List.of(SplitName.TRAIN, SplitName.TEST)) {
            observation.probe(split).ifPresent(probe -> observe(emitter, observation, probe, split.text()));
        }
    }

    private static void observe(Emitter emitter, Observation observation, Probe probe, String split) {
        double[] margins = new Answers(observation, probe).margins();
        double mean = Descriptive.mean(margins);
        emitter.number("spread", "", split, Descriptive.populationDeviation(margins) / mean);
        describe(emitter, "", split, margins);
        if (probe.homogeneous()) {
            double[] normalized = margins.clone();
            for (int n = 0; n < normalized.length; n++) {
                normalized[n] /= probe.rho();
            }
            describe(emitter, "normalized-", split, normalized);
        }
    }

    private static void describe(Emitter emitter, String prefix, String split, double[] margins) {
        double square = 0;
        for (double margin : margins) {
            square += margin * margin;
        }
        emitter.number(prefix + "mean", "", split, Descriptive.mean(margins));
        emitter.number(prefix + "second-moment", "", split, square / margins.length);
        emitter.number(prefix + "minimum", "", split, Descriptive.minimum(margins));
        emitter.number(prefix + "quantile-10", "", split, Descriptive.quantile(margins, 0.1));
        emitter.vector(prefix + "histogram", "", split, histogram(margins));
    }

    private static double[] histogram(double[] margins) {
        double low = Descriptive.minimum(margins);
        double high = Descriptive.maximum(margins);
        double[] result = new double[BINS + 2];
        result[0] = low;
        result[1] = high;
        for (double margin : margins) {
            double place = high > low ? (margin - low) / (high - low) * BINS : 0;
            result[2 + Math.min(BINS - 1, (int) place)] += 1.0 / margins.length;
        }
        return result;
    }
}
