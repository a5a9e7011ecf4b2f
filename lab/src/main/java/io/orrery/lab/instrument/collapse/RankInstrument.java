package io.orrery.lab.instrument.collapse;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.instrument.GradientFlow;
import io.orrery.lab.instrument.ProbeLayers;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.SpectralNorm;
import io.orrery.lab.math.Spectrum;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.Features;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.Thinning;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.reading.ProbeReading;
import io.orrery.lab.observe.reading.WeightsReading;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Ranks of weights and features (Galanti, Siegel, Gupte and Poggio 2025; core theory, section 5.2).
 *
 * <p>Per weight layer: {@code rank} (singular values above 1e-3 of the Frobenius norm), {@code stable-rank},
 * {@code effective-rank}, {@code singular-values} (at most 64, evenly chosen, the largest and smallest among them; their
 * number is {@code singular-value-count}). Per layer of activations on the training probe, not centred: {@code feature-rank},
 * {@code feature-stable-rank}, {@code feature-effective-rank}. Spectra of larger matrices are taken at thorough looks only.
 *
 * <p>{@code decay-exponent} is E = 2 lambda times the sum of learning rates (over 1 - momentum where decay passes through it):
 * ranks can fall by decay only once E exceeds about ln 1000 = 6.9. It is left out where decay does not act on the weight
 * matrices themselves (frobenius and weight normalization), for adaptive optimizers with coupled decay, and where layers decay
 * differently, as frozen ones do.
 */
@Serves("001-05")
public final class RankInstrument implements Instrument {
    private static final double TOLERANCE = 1e-3;
    private static final int SHOWN = 64;

    @Override
    public String name() {
        return "rank";
    }

    @Override
    public String about() {
        return "singular values, rank at 1e-3, stable and effective rank of weights and features, decay exponent";
    }

    @Override
    public List<String> quantities() {
        return List.of(
                "decay-exponent",
                "rank",
                "stable-rank",
                "effective-rank",
                "singular-values",
                "singular-value-count",
                "feature-rank",
                "feature-stable-rank",
                "feature-effective-rank");
    }

    @Override
    public Figures figures() {
        return RankFigures.all();
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new WeightsReading(), new ProbeReading(SplitName.TRAIN));
    }

    @Override
    public double flops(Sizes sizes) {
        return Stream.concat(sizes.weights().stream(), sizes.entering().stream().skip(1))
                .mapToDouble(size -> Thinning.spectrum(size.rows(), size.columns()))
                .sum();
    }

    /** The spectra, one matrix per thread. */
    @Override
    public void prepare(Observation observation) {
        Stream<Matrix> features = observation.probe(SplitName.TRAIN).stream()
                .flatMap(probe -> ProbeLayers.of(probe).stream())
                .map(Features::activations);
        observation
                .derived()
                .prepareSpectra(Stream.concat(observation.weights().stream().map(LayerWeights::matrix), features)
                        .filter(matrix -> whole(observation, matrix))
                        .toList());
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        Emitter emitter = new Emitter(observation, this, measurements);
        GradientFlow.decayExponent(observation).ifPresent(value -> emitter.number("decay-exponent", value));
        for (LayerWeights layer : observation.weights()) {
            weights(emitter, observation, layer.name(), layer.matrix());
        }
        observation.probe(SplitName.TRAIN).ifPresent(probe -> {
            for (Features layer : ProbeLayers.of(probe)) {
                features(emitter, observation, layer);
            }
        });
    }

    private static void weights(Emitter emitter, Observation observation, String layer, Matrix matrix) {
        if (whole(observation, matrix)) {
            Spectrum spectrum = observation.derived().spectrum(matrix);
            emitter.number("rank", layer, "", spectrum.rank(TOLERANCE));
            emitter.number("stable-rank", layer, "", spectrum.stableRank());
            emitter.number("effective-rank", layer, "", spectrum.effectiveRank());
            emitter.vector("singular-values", layer, "", chosen(spectrum.values()));
            emitter.number("singular-value-count", layer, "", spectrum.values().length);
        } else if (Thinning.due(observation, Thinning.spectralNorm(matrix.rows(), matrix.columns(), 1))) {
            double norm = SpectralNorm.of(matrix);
            emitter.number("stable-rank", layer, "", Products.squaredNorm(matrix) / (norm * norm));
        }
    }

    private static void features(Emitter emitter, Observation observation, Features layer) {
        Matrix activations = layer.activations();
        if (whole(observation, activations)) {
            Spectrum spectrum = observation.derived().spectrum(activations);
            String split = SplitName.TRAIN.text();
            emitter.number("feature-rank", layer.name(), split, spectrum.rank(TOLERANCE));
            emitter.number("feature-stable-rank", layer.name(), split, spectrum.stableRank());
            emitter.number("feature-effective-rank", layer.name(), split, spectrum.effectiveRank());
        }
    }

    /** Whether all singular values of a matrix are read at this look. */
    private static boolean whole(Observation observation, Matrix matrix) {
        return Thinning.due(observation, Thinning.spectrum(matrix.rows(), matrix.columns()));
    }

    private static double[] chosen(double[] values) {
        if (values.length <= SHOWN) {
            return values;
        }
        double[] result = new double[SHOWN];
        for (int i = 0; i < SHOWN; i++) {
            result[i] = values[(int) Math.round((double) i * (values.length - 1) / (SHOWN - 1))];
        }
        return result;
    }
}
