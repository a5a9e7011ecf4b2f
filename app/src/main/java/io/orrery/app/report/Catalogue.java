package io.orrery.app.report;

import io.orrery.app.report.CurvesFigure.Scale;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.theory.bound.Bound;
import io.orrery.lab.theory.bound.Bounds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/**
 * What the report knows of instruments: words, axes, and which quantities belong in one figure. What is not listed here is
 * drawn all the same, a figure per quantity under its own name.
 */
final class Catalogue {
    private Catalogue() {}

    /**
     * A figure of one or several quantities over time.
     *
     * @param quantities the instrument's quantities and their names in the legend
     */
    record Curves(String instrument, String title, String caption, Scale scale, Map<String, String> quantities) {}

    /** Titles of sections. */
    private static final Map<String, String> SECTIONS = Map.of(
            "loss", "Loss and accuracy",
            "margins", "Margins",
            "norms", "Norms and ρ",
            "neural-collapse", "Neural collapse",
            "rank", "Rank and spectra",
            "gradient", "Gradient",
            "distance", "Distance from initialization",
            "duality", "Duality of weights and activations",
            "bounds", "Generalization bounds");

    private static final List<Curves> CURVES = List.of(
            curves("loss", "Loss", "The data term in evaluation mode.", Scale.LOG, "loss", ""),
            curves("loss", "Objective", "Loss plus decay: what the optimizer lowers.", Scale.LOG, "objective", ""),
            curves(
                    "loss",
                    "Accuracy",
                    "Share of examples whose largest output is the label's; of tokens, of marked positions.",
                    Scale.PERCENT,
                    "accuracy",
                    ""),
            curves(
                    "loss",
                    "Whole sequences",
                    "Share of examples that are right at all their marked positions.",
                    Scale.PERCENT,
                    "sequence-accuracy",
                    ""),
            curves(
                    "neural-collapse",
                    "NC1: variability within classes",
                    "tr(Σ_W Σ_B⁺)/K. Collapse: falls towards 0.",
                    Scale.LOG,
                    "nc1",
                    ""),
            curves(
                    "neural-collapse",
                    "NC1b: variability by traces",
                    "tr Σ_W / tr Σ_B, another scale than NC1.",
                    Scale.LOG,
                    "nc1b",
                    ""),
            curves("neural-collapse", "CDNV", "Class-distance normalized variance.", Scale.LOG, "cdnv", ""),
            curves(
                    "neural-collapse",
                    "NC2: equal norms",
                    "Deviation of the norms over their mean. Collapse: falls towards 0.",
                    Scale.LOG,
                    "equinorm-means",
                    "class means",
                    "equinorm-weights",
                    "last layer's rows"),
            curves(
                    "neural-collapse",
                    "NC2: equal angles",
                    "Deviation of the cosines between classes. Collapse: falls towards 0.",
                    Scale.LOG,
                    "equiangularity-means",
                    "class means",
                    "equiangularity-weights",
                    "last layer's rows"),
            curves(
                    "neural-collapse",
                    "NC2: angles as wide as can be",
                    "Mean of |cosine + 1/(K−1)|. Rows need not add up to 0 without a bias: orthogonal ones have 1/(K−1), so read the centred"
                            + " ones.",
                    Scale.LOG,
                    "maximal-angle-means",
                    "class means",
                    "maximal-angle-weights",
                    "rows",
                    "maximal-angle-weights-centred",
                    "rows, centred"),
            curves(
                    "neural-collapse",
                    "NC3: self-duality",
                    "‖W/‖W‖ − M/‖M‖‖². The raw one cannot fall below what the mean row of W leaves, the floor; the centred one can.",
                    Scale.LOG,
                    "self-duality",
                    "raw",
                    "self-duality-centred",
                    "centred",
                    "self-duality-floor",
                    "floor of the raw one"),
            curves(
                    "neural-collapse",
                    "NC4: nearest class mean disagrees",
                    "Share of examples whose decision is not the class of the nearest mean.",
                    Scale.PERCENT,
                    "nc4",
                    ""),
            curves(
                    "margins",
                    "Normalized margins",
                    "Margins of f = g/ρ: what generalization bounds look at.",
                    Scale.LINEAR,
                    "normalized-mean",
                    "mean",
                    "normalized-quantile-10",
                    "10% quantile",
                    "normalized-minimum",
                    "minimum"),
            curves(
                    "margins",
                    "Margins",
                    "Output of the true class minus the largest other.",
                    Scale.LINEAR,
                    "mean",
                    "mean",
                    "quantile-10",
                    "10% quantile",
                    "minimum",
                    "minimum"),
            curves(
                    "margins",
                    "Spread of the margins",
                    "Deviation over mean, the same for raw and normalized margins; shown where the mean is positive.",
                    Scale.LOG_OF_POSITIVE,
                    "spread",
                    ""),
            curves(
                    "norms",
                    "ρ and its equilibrium",
                    "Product of the layers' norms, beside the value at which theory sees it come to rest with the directions of that step.",
                    Scale.AUTO,
                    "rho",
                    "ρ",
                    "rho-equilibrium",
                    "predicted equilibrium"),
            curves(
                    "norms",
                    "Relaxation",
                    "2(M + λ)t: below about 5, ρ may still remember where it started.",
                    Scale.LOG,
                    "relaxation",
                    ""),
            curves("norms", "Frobenius norm", "", Scale.AUTO, "frobenius", ""),
            curves(
                    "norms",
                    "Spectral norm",
                    "Largest factor by which a layer lengthens what enters it; for a convolution that of its whole map, and beside it"
                            + " that of the kernel as a matrix.",
                    Scale.AUTO,
                    "spectral",
                    "map",
                    "kernel-spectral",
                    "kernel as a matrix"),
            curves("norms", "Norm of all weights", "", Scale.AUTO, "total", ""),
            curves(
                    "rank",
                    "Rank of the weights",
                    "Singular values above 1e-3 of the Frobenius norm.",
                    Scale.LINEAR,
                    "rank",
                    ""),
            curves("rank", "Stable rank of the weights", "‖W‖_F² / ‖W‖₂².", Scale.LINEAR, "stable-rank", ""),
            curves(
                    "rank",
                    "Effective rank of the weights",
                    "Exponential of the spectrum's entropy.",
                    Scale.LINEAR,
                    "effective-rank",
                    ""),
            curves(
                    "rank",
                    "Rank of the features",
                    "Singular values above 1e-3 of the Frobenius norm, training probe.",
                    Scale.LINEAR,
                    "feature-rank",
                    ""),
            curves("rank", "Stable rank of the features", "", Scale.LINEAR, "feature-stable-rank", ""),
            curves("rank", "Effective rank of the features", "", Scale.LINEAR, "feature-effective-rank", ""),
            curves(
                    "rank",
                    "Decay exponent E",
                    "2λ times the sum of learning rates, momentum included: decay alone leaves exp(−E) of the initial weights, beyond ln 1000 less than the tolerance of the rank.",
                    Scale.LINEAR,
                    "decay-exponent",
                    ""),
            curves(
                    "gradient",
                    "Norm of the gradient",
                    "Of the objective over the training probe. ReLU kinks can leave a floor.",
                    Scale.LOG,
                    "norm",
                    ""),
            curves(
                    "gradient",
                    "Variance across batches",
                    "Mean squared distance of batch gradients from that of the whole training set.",
                    Scale.LOG,
                    "batch-variance",
                    ""),
            curves("gradient", "Norm of the data gradient", "Decay apart.", Scale.LOG, "data-norm", ""),
            curves(
                    "distance",
                    "Distance from initialization",
                    "Norm of the change over the norm at step 0.",
                    Scale.AUTO,
                    "relative",
                    ""),
            curves("distance", "Cosine with initialization", "", Scale.LINEAR, "cosine", ""),
            curves(
                    "duality",
                    "Residual of stationarity",
                    "‖dW + G‖ / ‖dW‖: 0 where decay and data balance. Minimizers of ReLU networks sit on kinks, which keep hidden layers above it.",
                    Scale.LOG,
                    "residual",
                    ""),
            curves(
                    "duality",
                    "Weights outside the span of their inputs",
                    "Norm of the part of a layer's rows outside the span of its inputs over the norm of the layer.",
                    Scale.LOG,
                    "outside-inputs",
                    ""),
            curves(
                    "duality",
                    "Alignment of weights and features",
                    "Cosine of WᵀW and HᵀH of the last layer: 1 where they are proportional, as theory has it for free features with decay.",
                    Scale.LINEAR,
                    "weight-feature-alignment",
                    ""),
            bounds(
                    "Bounds on the test error",
                    "At the smallest training margin, with probability 0.999; 1 and more says nothing. Only where that margin is positive.",
                    "-minimum"),
            bounds(
                    "Bounds on the test error, at the 10% quantile of the margins",
                    "Only where that margin is positive.", "-quantile-10"),
            bounds(
                    "Complexity terms",
                    "What each bound makes of the weights and the data, at margin 1, the factor for several outputs included.",
                    ""),
            curves("bounds", "Measured error", "What the bounds are about.", Scale.PERCENT, "error", ""),
            curves("bounds", "Measured gap", "Test error minus train error.", Scale.PERCENT, "gap", ""),
            curves(
                    "bounds",
                    "Margins used",
                    "Of the outputs on the training probe.",
                    Scale.LINEAR,
                    "margin-minimum",
                    "minimum",
                    "margin-quantile-10",
                    "10% quantile"));

    /** Quantities that say how others were taken, or say them twice: folded away. */
    private static final Set<String> FURTHER = Set.of(
            "loss.examples",
            "neural-collapse.nc1-raw",
            "margins.second-moment",
            "margins.normalized-second-moment",
            "rank.singular-value-count",
            "bounds.ramp-quantile-10",
            "gradient.batches");

    private static final Map<String, String> VECTORS = Map.of(
            "margins.histogram", "Margins over time",
            "margins.normalized-histogram", "Normalized margins over time",
            "neural-collapse.cosines", "Cosines between class means",
            "rank.singular-values", "Singular values of the weights");

    /** Horizontal lines that theory draws: by instrument and quantity, the label and the value for K classes. */
    private static final Map<String, Reference> REFERENCES = Map.of(
            "neural-collapse.maximal-angle-weights", new Reference("orthogonal rows", k -> 1 / (k - 1)),
            "norms.relaxation", new Reference("5", k -> 5),
            "rank.decay-exponent", new Reference("ln 1000", k -> Math.log(1000)),
            "rank.rank", new Reference("K classes", k -> k),
            "rank.feature-rank", new Reference("K classes", k -> k));

    /** A line that theory draws into a figure; its value may depend on the number of classes K. */
    record Reference(String label, DoubleUnaryOperator value) {}

    private static Curves curves(String instrument, String title, String caption, Scale scale, String... quantities) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < quantities.length; i += 2) {
            labels.put(quantities[i], quantities[i + 1]);
        }
        return new Curves(instrument, title, caption, scale, labels);
    }

    /** One curve for each bound there is. */
    private static Curves bounds(String title, String caption, String suffix) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Bound bound : Bounds.all()) {
            String name = bound.description().name();
            labels.put(name + suffix, bound.description().guaranteed() ? name : name + " (no guarantee)");
        }
        return new Curves("bounds", title, caption, Scale.LOG, labels);
    }

    /**
     * Which of several layers a figure shows first: the last, of which theory speaks most; of the ranks of weights the one
     * before, as the last has one row for each class and no more rank than classes.
     */
    static int layerShown(String instrument, String quantity, int layers) {
        boolean ofWeights = instrument.equals("rank") && !quantity.startsWith("feature");
        return Math.max(0, layers - (ofWeights ? 2 : 1));
    }

    /** Whether a quantity is folded away. */
    static boolean further(String instrument, String quantity) {
        return FURTHER.contains(instrument + "." + quantity)
                || instrument.equals("bounds") && quantity.endsWith("-vacuous");
    }

    /** The title of a figure of vectors. */
    static String vectors(String instrument, String quantity) {
        return VECTORS.getOrDefault(instrument + "." + quantity, words(quantity));
    }

    /** The line that theory draws into a figure that shows this quantity. */
    static Optional<Reference> reference(String instrument, String quantity) {
        return Optional.ofNullable(REFERENCES.get(instrument + "." + quantity));
    }

    /** The title of an instrument's section. */
    static String section(String instrument) {
        return SECTIONS.getOrDefault(instrument, words(instrument));
    }

    /** What the instrument says of itself; empty if this version does not know it. */
    static Optional<String> about(String instrument) {
        return Instruments.all().stream()
                .filter(i -> i.name().equals(instrument))
                .map(Instrument::about)
                .findFirst();
    }

    /** Names of instruments in the order of reports. */
    static List<String> order() {
        return Instruments.all().stream().map(Instrument::name).toList();
    }

    /** The figures that belong to an instrument. */
    static List<Curves> curves(String instrument) {
        return CURVES.stream().filter(c -> c.instrument().equals(instrument)).toList();
    }

    /** A name in lower case with hyphens as words: {@code class-means} as "Class means". */
    static String words(String name) {
        String spaced = name.replace('-', ' ').replace('_', ' ');
        return spaced.isEmpty() ? spaced : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }
}
