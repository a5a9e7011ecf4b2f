package io.orrery.lab.claim.expressivity;

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
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.CurveCrossings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How densely a curve of inputs meets the boundaries of linear regions depends on the curve, by Rice's formula. */
@Serves("002-013")
public final class RegionsOnManifolds implements Claim {
    private static final String SERIES = RegionCrossings.NAME + ".";
    private static final String PILOTS = "3001-3010";

    private static final Threshold DENSER = Threshold.atLeast(1.5);
    private static final Threshold DENSER_TRAINED = Threshold.atLeast(1.2);
    private static final Threshold ONE_LAYER = Threshold.about(1, 0.03);
    private static final Threshold DEEP = Threshold.about(1, 0.1);
    private static final Threshold FITTED = Threshold.atMost(0.1);

    private static final String RATIO =
            "crossings per unit of length on the small circle over those on the large one, ";
    private static final String LAW = "crossings over Rice's formula, ";

    /** Hidden layers and units of each. */
    private enum Shape {
        WIDE("64 units", 1, 64),
        MIDDLE("2 layers of 32", 2, 32),
        DEEP("4 layers of 16", 4, 16);

        private final String text;
        private final int layers;
        private final int width;

        Shape(String text, int layers, int width) {
            this.text = text;
            this.layers = layers;
            this.width = width;
        }

        String on(Place place) {
            return text + ", " + place.text;
        }
    }

    /** Where inputs lie. */
    private enum Place {
        SMALL("circle of radius 1.5", PlaneCurve.Shape.CIRCLE, 1.5),
        LARGE("circle of radius 3", PlaneCurve.Shape.CIRCLE, 3),
        SEGMENT("segment", PlaneCurve.Shape.SEGMENT, 1),
        TRACTRIX("tractrix", PlaneCurve.Shape.TRACTRIX, 1);

        private final String text;
        private final PlaneCurve.Shape curve;
        private final double size;

        Place(String text, PlaneCurve.Shape curve, double size) {
            this.text = text;
            this.curve = curve;
            this.size = size;
        }
    }

    @Override
    public Card card() {
        return new CardDraft("regions-on-manifolds", Kind.EFFECT)
                .states(
                        "A curve of inputs meets boundaries of linear regions of a random ReLU network as often as Rice's formula says for its"
                                + " length, its distance from 0 and its direction: within 3% in one layer and 10% in four narrow ones. A circle"
                                + " of half the radius is met at least 1.5 times as densely, at one, two and four layers, and stays denser in training.")
                .source("Tiwari and Konidaris 2022, Effects of Data Geometry in Early Deep Learning, arXiv 2301.00008")
                .literature(
                        "\"We derive bounds on the density of boundary of linear regions and the distance to these boundaries on the data"
                                + " manifold. [...] Our experiments demonstrate that number of linear regions varies across manifolds and the"
                                + " results hold with changing neural network architectures.\" (abstract)")
                .because(
                        "A unit of the first layer is cut by a line through the plane at a random direction, near 0 if biases are small: it is met as"
                                + " the curve turns around 0, not as it moves away. Further layers see the same correlations of neighbours, and"
                                + " more bias.")
                .control(
                        "Of density, the two halves of one circle, whose geometry is the same. Of the formula, what length and distance from 0"
                                + " alone would give, without direction and biases.")
                .cause("different curves", "curve=0", "size=1.5")
                .limit(
                        RATIO + "random",
                        DENSER,
                        Provenance.argued(
                                "half as dense again is more than a trifle; the formula says 1.9 for one layer"))
                .limit(
                        RATIO + "trained",
                        DENSER_TRAINED,
                        Provenance.argued("a fifth; training may move boundaries, and nothing says by how much"))
                .limit(
                        LAW + "one layer",
                        ONE_LAYER,
                        Provenance.argued(
                                "the formula is exact in the mean and 3200 units err by a percent a seed; without biases it is off by"
                                        + " 5 percent or more"))
                .limit(
                        LAW + "deep networks",
                        DEEP,
                        Provenance.argued(
                                "it is of infinitely many units; with 16 a layer's mean square varies by a fifth from network to network"))
                .limit(
                        "loss at the end, trained networks",
                        FITTED,
                        Provenance.argued("a fifth of the targets' mean square of a half: learned, for the most part"))
                .refutedBy(
                        "Crossings apart from the formula by more than 3%, or a small circle that is met no more densely than a large one.")
                .seenRefuted(
                        "On pilot seeds 3001-3010 the two halves of the small circle are met equally often (0.99 to 1.01), and what length and"
                                + " distance alone give is missed by 5 to 38 percent.")
                .assuming(
                        "Inputs in the plane, weights of variance 2 / fan-in, biases of deviation 0.5; circles, (t, 1) and the tractrix (t - tanh t,"
                                + " sech t) for t from -3 to 3, 2000 points each; changes of sign of every hidden unit, which is every"
                                + " boundary unless two fall together; means over 50 networks a seed.")
                .assuming(
                        "Training: 2 layers of 32 learn sin(2 s), s from 0 to 2 pi along the curve, from 100 points, 300 steps of"
                                + " full-batch descent in double with momentum 0.9, four networks a seed.")
                .assuming(
                        "The source's bound holds up to constants that it does not give, so the formula is judged in its place.")
                .free("networks")
                .pilot("logarithm of the " + RATIO + "64 units", 0.654, 0.003, PILOTS)
                .pilot("logarithm of the " + RATIO + "4 layers of 16", 0.581, 0.009, PILOTS)
                .pilot("logarithm of the " + RATIO + "trained", 0.693, 0.063, PILOTS)
                .pilot(LAW + "64 units, circle of radius 1.5", 1.001, 0.004, PILOTS)
                .pilot(LAW + "64 units, segment", 1.001, 0.011, PILOTS)
                .pilot(LAW + "64 units, tractrix", 1.001, 0.007, PILOTS)
                .pilot(LAW + "2 layers of 32, segment", 1.002, 0.013, PILOTS)
                .pilot(LAW + "4 layers of 16, segment", 0.979, 0.024, PILOTS)
                .pilot(LAW + "4 layers of 16, circle of radius 1.5", 0.955, 0.015, PILOTS)
                .quickSeconds(30);
    }

    @Override
    public Protocol protocol(Scale scale) {
        RegionCrossings crossings = new RegionCrossings();
        Setting base = Setting.empty()
                .with("bias", 0.5)
                .with("networks", scale == Scale.QUICK ? 50 : 200)
                .with("steps", 0)
                .with("rate", 0.01);
        List<Arm> arms = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            for (Place place : Place.values()) {
                if (shape == Shape.WIDE || place != Place.TRACTRIX) {
                    arms.add(Arm.treatment(shape.on(place), crossings, setting(base, shape, place)));
                }
            }
        }
        for (Place place : List.of(Place.SMALL, Place.LARGE)) {
            Setting trained =
                    setting(base, Shape.MIDDLE, place).with("networks", 4).with("steps", 300);
            arms.add(Arm.treatment(trained(place), crossings, trained));
        }
        return new Protocol(scale == Scale.QUICK ? 10 : 20, arms);
    }

    private static Setting setting(Setting base, Shape shape, Place place) {
        return base.with("layers", shape.layers)
                .with("width", shape.width)
                .with("curve", place.curve.ordinal())
                .with("size", place.size);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<Finding> denser = new ArrayList<>();
        List<Finding> halves = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            ArmRuns small = evidence.arm(shape.on(Place.SMALL));
            String name = RATIO + shape.text;
            denser.add(denser(name, small, evidence.arm(shape.on(Place.LARGE)), DENSER));
            halves.add(halves(name, small, DENSER).controlling(name));
        }
        List<Finding> findings = new ArrayList<>();
        List<Finding> controls = new ArrayList<>();
        for (Place place : List.of(Place.SMALL, Place.SEGMENT, Place.TRACTRIX)) {
            law(evidence.arm(Shape.WIDE.on(place)), ONE_LAYER, findings, controls);
        }
        law(evidence.arm(Shape.MIDDLE.on(Place.SEGMENT)), DEEP, findings, controls);
        law(evidence.arm(Shape.DEEP.on(Place.SEGMENT)), DEEP, findings, controls);
        law(evidence.arm(Shape.DEEP.on(Place.SMALL)), DEEP, findings, controls);
        ArmRuns small = evidence.arm(trained(Place.SMALL));
        ArmRuns large = evidence.arm(trained(Place.LARGE));
        findings.add(denser(RATIO + "trained", small, large, DENSER_TRAINED));
        controls.add(halves(RATIO + "trained", small, DENSER_TRAINED).controlling(RATIO + "trained"));
        List<Requirement> fitted = List.of(
                Requirement.all("fitted", "loss on the small circle at the end", lastLoss(small), FITTED),
                Requirement.all("fitted", "loss on the large circle at the end", lastLoss(large), FITTED));
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "Number of linear regions varies across manifolds and the results hold with changing neural network"
                                        + " architectures.",
                                "Tiwari and Konidaris 2022, abstract, arxiv.org/abs/2301.00008",
                                Ruling.of(denser, List.of()),
                                Ruling.of(halves, List.of())),
                        Sentence.ours(
                                "Crossings are as many as Rice's formula says, on the mean over layers, and the small circle stays denser in training.",
                                Ruling.of(findings, fitted),
                                Ruling.of(controls, List.of()))),
                List.of(densities(evidence), layers(evidence), course(small, large)),
                List.of());
    }

    private static Finding denser(String name, ArmRuns small, ArmRuns large, Threshold threshold) {
        return Comparison.ratio(
                name,
                "the density depends on the curve",
                new Values("crossings per unit of length, " + small.name(), densities(small)),
                new Values("those, " + large.name(), densities(large)),
                threshold);
    }

    private static double[] densities(ArmRuns arm) {
        double length = length(arm);
        return arm.lastOfVectors(SERIES + "crossings", values -> mean(values) / length);
    }

    private static Finding halves(String name, ArmRuns arm, Threshold threshold) {
        return Comparison.ratio(
                name,
                "the density depends on the curve",
                new Values(
                        "crossings of one half, " + arm.name(),
                        arm.lastOfVectors(SERIES + "halves", values -> values[0])),
                new Values("those of the other", arm.lastOfVectors(SERIES + "halves", values -> values[1])),
                threshold);
    }

    /** Crossings over the formula, and as control over what length alone would give; the mean over layers. */
    private static void law(ArmRuns arm, Threshold threshold, List<Finding> findings, List<Finding> controls) {
        String name = LAW + arm.name();
        double[] laws = laws(arm);
        double wrong = CurveCrossings.crossingsByLength(RegionCrossings.curve(arm.setting()));
        String prediction = "crossings are as many as Rice's formula says";
        findings.add(Level.of(
                name,
                prediction,
                arm.lastOfVectors(
                        SERIES + "crossings",
                        values -> IntStream.range(0, values.length)
                                .mapToDouble(layer -> values[layer] / laws[layer])
                                .average()
                                .orElse(Double.NaN)),
                threshold));
        controls.add(Level.of(
                        "crossings over what length and distance from 0 alone give, " + arm.name(),
                        prediction,
                        arm.lastOfVectors(SERIES + "crossings", values -> mean(values) / wrong),
                        threshold)
                .controlling(name));
    }

    private static double[] laws(ArmRuns arm) {
        double bias = arm.setting().get("bias");
        CurveCrossings theory = new CurveCrossings(1, bias * bias);
        PlaneCurve curve = RegionCrossings.curve(arm.setting());
        return IntStream.rangeClosed(1, arm.setting().whole("layers"))
                .mapToDouble(layer -> theory.crossings(curve, layer))
                .toArray();
    }

    private static double length(ArmRuns arm) {
        return CurveCrossings.length(RegionCrossings.curve(arm.setting()));
    }

    private static double[] lastLoss(ArmRuns arm) {
        return arm.lastOfVectors(SERIES + "loss", values -> values[values.length - 1]);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static Figure densities(Evidence evidence) {
        List<Figure.Curve> curves = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            for (Place place : Place.values()) {
                if (shape == Shape.WIDE || place != Place.TRACTRIX) {
                    ArmRuns arm = evidence.arm(shape.on(place));
                    curves.add(ComputedCurves.points(
                            shape.on(place), Arm.Part.TREATMENT, new double[] {place.ordinal()}, new double[][] {
                                densities(arm)
                            }));
                }
            }
        }
        return new Figure(
                "How densely curves meet boundaries",
                Figure.Axis.of(
                        "",
                        Arrays.stream(Place.values()).map(place -> place.text).toList()),
                Figure.Axis.linear("crossings per unit and length"),
                curves,
                List.of(),
                "The same networks, other curves. Depth matters little, the curve much.");
    }

    private static Figure layers(Evidence evidence) {
        List<Figure.Curve> curves = new ArrayList<>();
        double[] layers =
                IntStream.rangeClosed(1, Shape.DEEP.layers).asDoubleStream().toArray();
        for (Place place : List.of(Place.SMALL, Place.LARGE, Place.SEGMENT)) {
            ArmRuns arm = evidence.arm(Shape.DEEP.on(place));
            curves.add(ComputedCurves.of(place.text, Arm.Part.TREATMENT, arm, SERIES + "crossings", layers)
                    .apart());
            double[] laws = laws(arm);
            if (laws.length == layers.length) {
                curves.add(ComputedCurves.law("Rice, " + place.text, Arm.Part.CONTROL, layers, laws));
            }
        }
        return new Figure(
                "Crossings of a unit, layer by layer, 4 layers of 16",
                Figure.Axis.linear("layer"),
                Figure.Axis.linear("crossings of the whole curve"),
                curves,
                List.of(),
                "Lines are the formula for infinitely many units; nothing is fitted. Biases add up and make deeper units a little rarer.");
    }

    private static Figure course(ArmRuns small, ArmRuns large) {
        List<Figure.Curve> curves = new ArrayList<>();
        for (ArmRuns arm : List.of(small, large)) {
            double[] steps = IntStream.of(RegionCrossings.looks(arm.setting()))
                    .asDoubleStream()
                    .toArray();
            double length = length(arm);
            curves.add(
                    ComputedCurves.of(arm.name(), arm.part(), arm, SERIES + "course", steps, count -> count / length));
        }
        return new Figure(
                "Density of crossings during training",
                Figure.Axis.linear("step"),
                Figure.Axis.linear("crossings per unit and length"),
                curves,
                List.of(),
                "Training moves boundaries less than the curve's geometry sets them apart.");
    }

    private static String trained(Place place) {
        return "trained, " + Shape.MIDDLE.on(place);
    }
}
