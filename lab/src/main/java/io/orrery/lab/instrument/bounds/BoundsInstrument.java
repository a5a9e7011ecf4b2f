package io.orrery.lab.instrument.bounds;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.instrument.Answers;
import io.orrery.lab.math.Descriptive;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.Evaluation;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.Thinning;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.reading.EvaluationReading;
import io.orrery.lab.observe.reading.InputNormsReading;
import io.orrery.lab.observe.reading.ProbeReading;
import io.orrery.lab.observe.reading.StartReading;
import io.orrery.lab.observe.reading.WeightsReading;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.bound.Bound;
import io.orrery.lab.theory.bound.BoundInput;
import io.orrery.lab.theory.bound.BoundLayer;
import io.orrery.lab.theory.bound.Bounds;
import io.orrery.lab.theory.bound.ErrorBound;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Generalization bounds along the run (core theory, section 6), each from {@link Bounds}. For a bound named B, all on the
 * training split:
 *
 * <ul>
 *   <li>{@code B}: its complexity term at margin 1, the factor for several outputs included;
 *   <li>{@code B-minimum} and {@code B-quantile-10}: the bound on the test error, with probability 1 - 1e-3, at the smallest
 *       margin and at the 10% quantile: share of margins below it, plus what the bound adds;
 *   <li>{@code B-vacuous}: 1 if the smaller of both is 1 or more, else 0.
 * </ul>
 *
 * <p>{@code margin-minimum}, {@code margin-quantile-10} and {@code ramp-quantile-10} (share of margins below it) say what was
 * used; {@code error} and {@code gap} (test minus train error) what was measured. Margins are those of the training probe: the
 * whole training set up to 2,000 examples, a sample of larger ones. Norms of the inputs are those of the whole training set.
 *
 * <p>Numbers of pac-bayes, long-sedghi and galanti-released are no guarantees: see their descriptions.
 *
 * <p>A margin that is not above 0 has no bound: the reading is left out. So are bounds that do not hold for the network. With
 * biases, batch normalization, residual blocks, sigmoid, softplus or maxima over windows that overlap none does, and for bits,
 * real numbers and tokens there are none: they bound the error of classes. Bounds that are measured from the initial weights ({@link Bound#fromInitial}) are left out where these are
 * not known: a reference that was trained on the data is none. With tanh, gelu or max pooling (which is not positively homogeneous in each unit) the Lipschitz bounds
 * are left: bartlett, ledent, graf. Those that need spectral norms (these three, pac-bayes and long-sedghi) are read at thorough
 * looks where layers are large.
 */
@Serves({"001-08", "001-09"})
public final class BoundsInstrument implements Instrument {
    private static final String VACUOUS = "-vacuous";

    @Override
    public String name() {
        return "bounds";
    }

    @Override
    public String about() {
        return "generalization bounds: complexity terms, bounds on the test error at two margins, and the measured gap";
    }

    @Override
    public List<String> quantities() {
        Stream<String> used = Stream.of("error", "gap", "margin-minimum", "margin-quantile-10", "ramp-quantile-10");
        Stream<String> bounds = Bounds.all().stream()
                .map(bound -> bound.description().name())
                .flatMap(name ->
                        Stream.of(name, name + Level.MINIMUM.suffix, name + Level.TENTH.suffix, name + VACUOUS));
        return Stream.concat(used, bounds).toList();
    }

    @Override
    public Figures figures() {
        return BoundsFigures.all();
    }

    @Override
    public boolean reads(TargetKind target) {
        return target.labels();
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(
                new WeightsReading(),
                new StartReading(),
                new ProbeReading(SplitName.TRAIN),
                new EvaluationReading(),
                new InputNormsReading());
    }

    @Override
    public double flops(Sizes sizes) {
        return Thinning.spectralNorms(sizes.weights().stream());
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        Emitter emitter = new Emitter(observation, this, measurements);
        errors(emitter, observation);
        observation.probe(SplitName.TRAIN).ifPresent(probe -> {
            Set<Bound.Scope> scopes = BoundNetwork.scopes(
                    observation.spec().model(), probe.outputs().columns());
            if (!scopes.isEmpty() && observation.target() instanceof TargetKind.Classes) {
                double[] margins = new Answers(observation, probe).margins();
                bounds(emitter, observation, BoundNetwork.of(observation, probe), margins, scopes);
            }
        });
    }

    private static void errors(Emitter emitter, Observation observation) {
        OptionalDouble train = accuracy(observation, SplitName.TRAIN);
        OptionalDouble test = accuracy(observation, SplitName.TEST);
        train.ifPresent(share -> emitter.number("error", "", SplitName.TRAIN.text(), 1 - share));
        test.ifPresent(share -> emitter.number("error", "", SplitName.TEST.text(), 1 - share));
        if (train.isPresent() && test.isPresent()) {
            emitter.number("gap", train.getAsDouble() - test.getAsDouble());
        }
    }

    private static OptionalDouble accuracy(Observation observation, SplitName split) {
        return observation.evaluation(split).map(Evaluation::accuracy).orElse(OptionalDouble.empty());
    }

    private static void bounds(
            Emitter emitter, Observation observation, BoundInput input, double[] margins, Set<Bound.Scope> scopes) {
        String split = SplitName.TRAIN.text();
        double tenth = Descriptive.quantile(margins, 0.1);
        emitter.number("margin-minimum", "", split, Descriptive.minimum(margins));
        emitter.number("margin-quantile-10", "", split, tenth);
        emitter.number("ramp-quantile-10", "", split, ErrorBound.below(margins, tenth));
        boolean spectra = Thinning.due(observation, spectraFlops(input));
        for (Bound bound : Bounds.all()) {
            if (!scopes.contains(bound.description().scope())
                    || bound.fromInitial() && observation.start().isEmpty()
                    || bound.description().spectral() && !spectra) {
                continue;
            }
            String name = bound.description().name();
            finite(emitter, name, bound.complexity(input, 1));
            double least = Double.NaN;
            for (Level level : Level.values()) {
                Optional<ErrorBound> found = ErrorBound.at(bound, input, margins, level.quantile, ErrorBound.DELTA);
                if (found.isPresent()) {
                    double error = found.get().error();
                    finite(emitter, name + level.suffix, error);
                    least = least < error ? least : error;
                }
            }
            if (!Double.isNaN(least)) {
                emitter.number(name + VACUOUS, "", split, least < 1 ? 0 : 1);
            }
        }
    }

    /** Quantiles of the training margins at which bounds are taken. */
    private enum Level {
        MINIMUM("-minimum", 0),
        TENTH("-quantile-10", 0.1);

        private final String suffix;
        private final double quantile;

        Level(String suffix, double quantile) {
            this.suffix = suffix;
            this.quantile = quantile;
        }
    }

    /** A layer of zeros has no ratio of norms, and a very deep network's product may overflow. */
    private static void finite(Emitter emitter, String quantity, double value) {
        if (Double.isFinite(value)) {
            emitter.number(quantity, "", SplitName.TRAIN.text(), value);
        }
    }

    private static double spectraFlops(BoundInput input) {
        double sum = 0;
        for (BoundLayer layer : input.layers()) {
            int kernels = layer.kind() == BoundLayer.Kind.LOCAL ? layer.positions() : 1;
            sum += kernels * Thinning.spectrum(layer.channels(), layer.weight().columns());
        }
        return sum;
    }
}
