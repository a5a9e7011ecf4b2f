package io.orrery.lab.claim.information;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.ComputedCurves;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Figure;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Provenance;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.Sentence;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.RepresentationShift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** How far representations of training examples lie from those of test examples, layer by layer, bounds what a classifier overfits. */
@Serves("002-077")
public final class LayerInformationBounds implements Claim {
    private static final String SERIES = LinearRepresentations.NAME + ".";
    private static final List<String> EXAMPLES = List.of("10", "40", "160");
    private static final String SQUARE = "square orthogonal layers";
    private static final String JUDGED = "40";
    private static final int FUNNEL = 2;
    private static final String PILOTS = "3001-3010";

    private static final Threshold SHRINKS = Threshold.atMost(0.5);
    private static final Threshold NARROWS = Threshold.atMost(0.8);
    private static final Threshold LAW = Threshold.about(1, 0.03);

    private static final String DEPTH = "divergence of the last layer over that of the first";
    private static final String NARROWEST = "Wasserstein distance of the narrowest layer over the least of the others";
    private static final String ERRORS = "test less training error of a layer's nearest-mean classifier";
    private static final String RAMPS = "test less training ramp loss of a layer's nearest-mean classifier";

    /** One of the two ways to tell distributions apart. */
    private enum Distance {
        DIVERGENCE("divergence"),
        WASSERSTEIN("squared-wasserstein");

        private final String series;

        Distance(String series) {
            this.series = series;
        }

        double law(RepresentationShift shift, double rank, double norm, boolean whole) {
            return switch (this) {
                case DIVERGENCE -> whole ? shift.divergence((int) rank) : shift.divergenceOfSpread((int) rank);
                case WASSERSTEIN -> whole ? shift.squaredWasserstein(norm) : shift.squaredWassersteinOfSpread(norm);
            };
        }
    }

    @Override
    public Card card() {
        return new CardDraft("layer-information-bounds", Kind.EFFECT)
                .states(
                        "Training and test examples of two Gaussian classes, seen through the layers of a linear network, differ by a divergence"
                                + " that shrinks with depth and by a Wasserstein distance that is least in the narrowest layer, both by"
                                + " closed forms within 3%, and each bounds what the nearest-mean classifier of its layer overfits.")
                .source("He and Goldfeld 2024, arXiv 2404.03176")
                .literature(
                        "\"The KL divergence bound shrinks as the layer index increases, while the Wasserstein bound implies the existence of a"
                                + " layer that serves as a generalization funnel, which attains a minimal 1-Wasserstein distance. Analytic expressions"
                                + " for both bounds are derived under the setting of binary Gaussian classification with linear DNNs.\" (abstract)")
                .because(
                        "Who knows the mean of a training set expects its examples around that mean and a little closer together than new ones."
                                + " A layer that loses directions loses what it knew along them, and one that is narrow has little room to differ.")
                .control(
                        "Of depth and of the funnel, square orthogonal layers, which lose nothing. Of the closed forms and the bounds, the same with"
                                + " the training mean taken for that of the class, so that only the smaller spread is left.")
                .cause("layers that narrow", "orthogonal=1")
                .limit(
                        DEPTH,
                        SHRINKS,
                        Provenance.argued(
                                "less than half is more than a trifle; the ranks 10 and 40 of 50 inputs make it a quarter"))
                .limit(
                        NARROWEST,
                        NARROWS,
                        Provenance.argued(
                                "a fifth less is more than a trifle; by widths of 10 and 25 it would be 0.63"))
                .limit(
                        "distances over their laws",
                        LAW,
                        Provenance.argued(
                                "the laws are exact in the mean and a thousand training sets err by 1 to 4 percent a seed"))
                .limit(
                        ERRORS + "; " + RAMPS,
                        Threshold.atMost(1),
                        Provenance.theorem(
                                "Xu and Raginsky 2017 for losses between 0 and 1, with the divergence given the mean; for losses of"
                                        + " slope 1 the Wasserstein distance itself (Kantorovich and Rubinstein)"))
                .refutedBy(
                        "A divergence of the last layer that is more than half of the first's, a narrowest layer without the least Wasserstein"
                                + " distance, or a classifier that overfits by more than its layer's bound.")
                .seenRefuted(
                        "On pilot seeds 3001-3010 square orthogonal layers keep all of the divergence and have no funnel (ratios of 1), and with the"
                                + " bound of the smaller spread alone classifiers overfit by up to 9.6 and 6.7 times as much.")
                .assuming(
                        "50 inputs of variance 1 around a mean of norm 1; 10, 40 or 160 training examples, a thousand training sets a seed; hidden"
                                + " widths 40, 25, 10, 30 with random weights of variance 1 / fan-in that are not trained: what is learned is the mean"
                                + " of the training set, and with it the nearest-mean classifier of each layer.")
                .assuming(
                        "The source has the 1-Wasserstein distance; the 2-Wasserstein distance, which is never smaller, has the closed form.")
                .assuming(
                        "The funnel is where the distance itself is least. Multiplied by the norms of all later layers it can only fall from layer"
                                + " to layer, by their very definition, so its least would always be the last layer.")
                .assuming(
                        "The divergence is measured as the mean logarithm of the ratio of densities at the training examples.")
                .free("draws", "separation")
                .pilot("logarithm of the " + DEPTH, -1.390, 0.014, PILOTS)
                .pilot("logarithm of the " + NARROWEST, -0.470, 0.099, PILOTS)
                .pilot("divergence over its law, 40 examples", 1.000, 0.010, PILOTS)
                .pilot("squared Wasserstein distance over its law, 40 examples", 1.001, 0.017, PILOTS)
                .quickSeconds(25);
    }

    @Override
    public Protocol protocol(Scale scale) {
        LinearRepresentations representations = new LinearRepresentations();
        Setting base = Setting.empty()
                .with("inputs", 50)
                .with("separation", 1)
                .with("orthogonal", 0)
                .with("draws", scale == Scale.QUICK ? 1000 : 5000);
        List<Arm> arms = new ArrayList<>();
        for (String examples : EXAMPLES) {
            arms.add(Arm.treatment(
                    name(examples), representations, base.with("examples", Double.parseDouble(examples))));
        }
        Setting square = base.with("examples", Double.parseDouble(JUDGED)).with("orthogonal", 1);
        arms.add(Arm.control(SQUARE, representations, square));
        return new Protocol(20, arms);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns judged = evidence.arm(name(JUDGED));
        ArmRuns square = evidence.arm(SQUARE);
        List<ArmRuns> arms =
                EXAMPLES.stream().map(examples -> evidence.arm(name(examples))).toList();
        List<Finding> findings = new ArrayList<>();
        List<Finding> controls = new ArrayList<>();
        for (ArmRuns arm : arms) {
            for (Distance distance : Distance.values()) {
                Finding law = law(arm, distance, true);
                findings.add(law);
                controls.add(law(arm, distance, false).controlling(law.name()));
            }
        }
        findings.add(errors(arms, true));
        controls.add(errors(arms, false).controlling(ERRORS));
        findings.add(ramps(arms, true));
        controls.add(ramps(arms, false).controlling(RAMPS));
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "The KL divergence bound shrinks as the layer index increases, while the Wasserstein bound implies the existence"
                                        + " of a layer that serves as a generalization funnel (asked of the distances, not of the bounds).",
                                "He and Goldfeld 2024, abstract, arxiv.org/abs/2404.03176",
                                Ruling.of(depth(judged), narrowest(judged)),
                                Ruling.of(
                                        depth(square).controlling(DEPTH),
                                        narrowest(square).controlling(NARROWEST))),
                        Sentence.ours(
                                "Both distances are what the closed forms give, and each bounds what the nearest-mean classifier of its layer"
                                        + " overfits.",
                                Ruling.of(findings, List.of()),
                                Ruling.of(controls, List.of()))),
                List.of(
                        distances(judged, square),
                        gaps("What is overfitted, and its bound by the divergence", judged, "error-gap", true),
                        gaps(
                                "The same of the ramp loss, and its bound by the Wasserstein distance",
                                judged,
                                "ramp-gap",
                                false)),
                List.of());
    }

    private static Finding depth(ArmRuns arm) {
        return Level.of(
                DEPTH,
                "the divergence shrinks with depth",
                arm.lastOfVectors(SERIES + Distance.DIVERGENCE.series, values -> values[values.length - 1] / values[0]),
                Average.GEOMETRIC,
                SHRINKS);
    }

    private static Finding narrowest(ArmRuns arm) {
        return Level.of(
                NARROWEST,
                "one layer inside is a funnel",
                arm.lastOfVectors(SERIES + Distance.WASSERSTEIN.series, values -> {
                    double others = IntStream.range(0, values.length)
                            .filter(layer -> layer != FUNNEL)
                            .mapToDouble(layer -> values[layer])
                            .min()
                            .orElseThrow();
                    return Math.sqrt(values[FUNNEL] / others);
                }),
                Average.GEOMETRIC,
                NARROWS);
    }

    /** A distance over its law, the mean over layers of each seed. */
    private static Finding law(ArmRuns arm, Distance distance, boolean whole) {
        double[][] measured = arm.lastVectors(SERIES + distance.series);
        double[][] laws = laws(arm, distance, whole);
        return Level.of(
                (distance == Distance.DIVERGENCE ? "divergence" : "squared Wasserstein distance") + " over its law, "
                        + arm.name(),
                "distances are what the closed forms give",
                IntStream.range(0, measured.length)
                        .mapToDouble(seed -> IntStream.range(0, measured[seed].length)
                                .mapToDouble(layer -> measured[seed][layer] / laws[seed][layer])
                                .average()
                                .orElse(Double.NaN))
                        .toArray(),
                LAW);
    }

    private static Finding errors(List<ArmRuns> arms, boolean whole) {
        return Exactly.bound(
                ERRORS,
                "no classifier overfits by more than the divergence allows",
                worst(arms, "error-gap", Distance.DIVERGENCE, whole, RepresentationShift::gap),
                ones(arms));
    }

    private static Finding ramps(List<ArmRuns> arms, boolean whole) {
        return Exactly.bound(
                RAMPS,
                "no classifier overfits by more than the Wasserstein distance",
                worst(arms, "ramp-gap", Distance.WASSERSTEIN, whole, Math::sqrt),
                ones(arms));
    }

    /** What is overfitted over its bound, the largest of all layers and numbers of examples in each seed. */
    private static double[] worst(
            List<ArmRuns> arms, String series, Distance distance, boolean whole, DoubleUnaryOperator bound) {
        double[] worst = new double[arms.getFirst().count()];
        for (ArmRuns arm : arms) {
            double[][] gaps = arm.lastVectors(SERIES + series);
            double[][] laws = laws(arm, distance, whole);
            for (int seed = 0; seed < worst.length; seed++) {
                if (gaps[seed].length == 0) {
                    worst[seed] = Double.NaN;
                }
                for (int layer = 0; layer < gaps[seed].length; layer++) {
                    worst[seed] = Math.max(worst[seed], gaps[seed][layer] / bound.applyAsDouble(laws[seed][layer]));
                }
            }
        }
        return worst;
    }

    private static double[] ones(List<ArmRuns> arms) {
        return DoubleStream.generate(() -> 1).limit(arms.getFirst().count()).toArray();
    }

    private static double[][] laws(ArmRuns arm, Distance distance, boolean whole) {
        RepresentationShift shift = new RepresentationShift(arm.setting().whole("examples"), 1);
        double[][] ranks = arm.lastVectors(SERIES + "ranks");
        double[][] norms = arm.lastVectors(SERIES + "norms");
        return IntStream.range(0, ranks.length)
                .mapToObj(seed -> IntStream.range(0, ranks[seed].length)
                        .mapToDouble(layer -> distance.law(shift, ranks[seed][layer], norms[seed][layer], whole))
                        .toArray())
                .toArray(double[][]::new);
    }

    private static Figure distances(ArmRuns narrowing, ArmRuns square) {
        return new Figure(
                "Training against test representations, " + narrowing.name(),
                layerAxis(),
                Figure.Axis.linear("divergence in nats, or Wasserstein distance"),
                List.of(
                        curve("divergence", Arm.Part.TREATMENT, false, narrowing.lastVectors(SERIES + "divergence")),
                        curve("its law", Arm.Part.TREATMENT, true, laws(narrowing, Distance.DIVERGENCE, true)),
                        curve(
                                "Wasserstein distance",
                                Arm.Part.TREATMENT,
                                false,
                                mapped(narrowing.lastVectors(SERIES + Distance.WASSERSTEIN.series), Math::sqrt)),
                        curve(
                                "its law of the mean square",
                                Arm.Part.TREATMENT,
                                true,
                                mapped(laws(narrowing, Distance.WASSERSTEIN, true), Math::sqrt)),
                        curve(
                                "divergence, square orthogonal layers",
                                Arm.Part.CONTROL,
                                true,
                                square.lastVectors(SERIES + "divergence"))),
                List.of(),
                "Divergence counts directions that are left; the Wasserstein distance counts their size too, and dips where the network"
                        + " is narrowest: the funnel.");
    }

    private static Figure gaps(String title, ArmRuns arm, String series, boolean divergence) {
        Distance distance = divergence ? Distance.DIVERGENCE : Distance.WASSERSTEIN;
        DoubleUnaryOperator bound = divergence ? RepresentationShift::gap : Math::sqrt;
        return new Figure(
                title,
                layerAxis(),
                Figure.Axis.logarithmic("test less training loss"),
                List.of(
                        curve("measured", Arm.Part.TREATMENT, true, arm.lastVectors(SERIES + series)),
                        curve("the bound", Arm.Part.CONTROL, true, mapped(laws(arm, distance, true), bound)),
                        curve(
                                "the bound of the spread alone",
                                Arm.Part.CONTROL,
                                true,
                                mapped(laws(arm, distance, false), bound))),
                List.of(),
                "Of the nearest-mean classifier of each layer, " + arm.name()
                        + ". Without the shift of the mean the bound fails.");
    }

    private static Figure.Axis layerAxis() {
        return Figure.Axis.of(
                "layer",
                IntStream.rangeClosed(1, LinearRepresentations.layers())
                        .mapToObj(Integer::toString)
                        .toList());
    }

    private static double[][] mapped(double[][] seeds, DoubleUnaryOperator number) {
        return Arrays.stream(seeds)
                .map(seed -> Arrays.stream(seed).map(number).toArray())
                .toArray(double[][]::new);
    }

    private static Figure.Curve curve(String name, Arm.Part part, boolean line, double[][] values) {
        double[] places = IntStream.range(0, LinearRepresentations.layers())
                .asDoubleStream()
                .toArray();
        Figure.Curve curve = ComputedCurves.of(name, part, places, values);
        return line ? curve : curve.apart();
    }

    private static String name(String examples) {
        return examples + " examples";
    }
}
