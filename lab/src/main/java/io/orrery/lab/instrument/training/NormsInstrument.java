package io.orrery.lab.instrument.training;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.instrument.Answers;
import io.orrery.lab.instrument.GradientFlow;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.SlidingMap;
import io.orrery.lab.math.SpectralNorm;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.Thinning;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.figure.KeyNumber;
import io.orrery.lab.observe.figure.Reference;
import io.orrery.lab.observe.reading.ProbeReading;
import io.orrery.lab.observe.reading.WeightsReading;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.collapse.RhoDynamics;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.update.Update;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Norms of the layers and the product rho, beside the value at which theory sees it come to rest.
 *
 * <p>{@code spectral} is the largest factor by which a layer lengthens what enters it, the spectral norm of its linear map without
 * bias: for a convolution or a local layer that of the whole map with its stride and padding ({@link SlidingMap}), to 1e-6 of itself,
 * from below. {@code kernel-spectral} of these is that of the kernel as a matrix [output channels, input channels * ky * kx] (one set of
 * rows per position for local layers), which can be several times as small or as large. Bounds use neither for them, but what is
 * never below the map's: see {@link io.orrery.lab.theory.bound.BoundLayer#spectral}. Between thorough looks they are read where they
 * are cheap.
 *
 * <p>For homogeneous networks under square loss, {@code rho-equilibrium} is a / (b + lambda) under frobenius normalization
 * (2.8, 2.11), and the balanced stationary point (2.15) under plain decay; both for the directions of this step, from the
 * training probe. {@code relaxation} is 2 (b + lambda) t: below about 5 rho may still remember where it started. It is left
 * out for adaptive optimizers and plain decay, where (2.7) does not hold. Nothing is predicted where layers decay differently, as
 * frozen ones do.
 */
@Serves("001-01")
public final class NormsInstrument implements Instrument {
    private static final double MAP_TOLERANCE = 1e-6;

    @Override
    public String name() {
        return "norms";
    }

    @Override
    public String about() {
        return "Frobenius norm of each layer, spectral norm of its map and of its kernel as a matrix, rho and its predicted"
                + " equilibrium (core theory, 2.3)";
    }

    @Override
    public List<String> quantities() {
        return List.of("frobenius", "spectral", "kernel-spectral", "total", "rho", "rho-equilibrium", "relaxation");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                        "Norms and ρ",
                        Curves.of(
                                        "ρ and its equilibrium",
                                        "Product of the layers' norms, beside the value at which theory sees it come to rest with the directions of that step.",
                                        AxisScale.AUTO)
                                .curve("rho", "ρ")
                                .curve("rho-equilibrium", "predicted equilibrium"),
                        Curves.of(
                                        "Relaxation",
                                        "2(M + λ)t: below about 5, ρ may still remember where it started.",
                                        AxisScale.LOG,
                                        "relaxation")
                                .line("relaxation", Reference.constant("5", 5)),
                        Curves.of("Frobenius norm", "", AxisScale.AUTO, "frobenius"),
                        Curves.of(
                                        "Spectral norm",
                                        "Largest factor by which a layer lengthens what enters it; for a convolution that of its whole map, and beside it that of the kernel as a matrix.",
                                        AxisScale.AUTO)
                                .curve("spectral", "map")
                                .curve("kernel-spectral", "kernel as a matrix"),
                        Curves.of("Norm of all weights", "", AxisScale.AUTO, "total"))
                .andKeyNumbers(
                        KeyNumber.of("ρ", "rho", ""), KeyNumber.of("ρ, predicted equilibrium", "rho-equilibrium", ""));
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new WeightsReading(), new ProbeReading(SplitName.TRAIN));
    }

    @Override
    public double flops(Sizes sizes) {
        double maps = IntStream.range(0, sizes.weights().size())
                .filter(i -> !sizes.dense().get(i))
                .mapToDouble(i -> Thinning.spectralNorm(
                        sizes.weights().get(i).rows(),
                        sizes.weights().get(i).columns(),
                        sizes.positions().get(i)))
                .sum();
        return maps + Thinning.spectralNorms(sizes.weights().stream());
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        Emitter emitter = new Emitter(observation, this, measurements);
        double squares = 0;
        for (LayerWeights layer : observation.weights()) {
            Matrix matrix = layer.matrix();
            double square = Products.squaredNorm(matrix);
            squares += square;
            emitter.number("frobenius", layer.name(), "", Math.sqrt(square));
            if (Thinning.due(observation, Thinning.spectrum(matrix.rows(), matrix.columns()))) {
                String quantity = layer.sliding().isPresent() ? "kernel-spectral" : "spectral";
                emitter.number(quantity, layer.name(), "", SpectralNorm.of(matrix));
            }
            layer.sliding().filter(_ -> Thinning.due(observation, flops(layer))).ifPresent(sliding -> {
                boolean shared = layer.kind() == WeightLayer.Kind.CONVOLUTION;
                SlidingMap map = new SlidingMap(matrix, sliding.input(), sliding.window(), shared);
                emitter.number("spectral", layer.name(), "", SpectralNorm.of(map, MAP_TOLERANCE));
            });
        }
        emitter.number("total", Math.sqrt(squares));
        observation.probe(SplitName.TRAIN).ifPresent(probe -> {
            emitter.number("rho", probe.rho());
            if (probe.homogeneous()
                    && observation.spec().rule().descendsLoss()
                    && GradientFlow.lambda(observation.spec()).isPresent()
                    && observation.spec().loss().kind() == LossSpec.Kind.SQUARE) {
                equilibrium(emitter, observation, probe);
            }
        });
    }

    private static double flops(LayerWeights layer) {
        int times = layer.kind() == WeightLayer.Kind.CONVOLUTION ? layer.positions() : 1;
        return Thinning.spectralNorm(layer.matrix().rows(), layer.matrix().columns(), times);
    }

    private static void equilibrium(Emitter emitter, Observation observation, Probe probe) {
        Spec spec = observation.spec();
        double factor = GradientFlow.dataFactor(spec.loss(), probe.outputs().columns());
        double lambda = GradientFlow.lambda(spec).orElseThrow() / factor;
        double mu = new Answers(observation, probe).targetsTimesOutputs() / probe.rho();
        double secondMoment =
                Products.squaredNorm(probe.outputs()) / probe.outputs().rows() / (probe.rho() * probe.rho());
        boolean decayFlows = lambda == 0
                || !GradientFlow.decoupled(spec)
                || Update.of(spec.optimizer()).followsGradient()
                        && spec.optimizer().momentum() == 0;
        if (!decayFlows) {
            return;
        }
        switch (spec.model().normalization()) {
            case FROBENIUS -> {
                emitter.number("rho-equilibrium", RhoDynamics.equilibrium(mu, secondMoment, lambda));
                GradientFlow.time(observation)
                        .ifPresent(time -> emitter.number(
                                "relaxation", RhoDynamics.relaxation(secondMoment, lambda, factor * time)));
            }
            case NONE ->
                emitter.number(
                        "rho-equilibrium",
                        RhoDynamics.balancedEquilibrium(
                                mu, secondMoment, lambda, observation.weights().size()));
            case WEIGHT, BATCH -> {
                // Decay acts on a scale per unit, or none: no formula of section 2 applies.
            }
        }
    }
}
