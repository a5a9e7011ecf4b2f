package io.orrery.lab.claim.capacity;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.At;
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
import io.orrery.lab.judge.criterion.Direction;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.criterion.Proportion;
import io.orrery.lab.judge.criterion.Trend;
import io.orrery.lab.judge.statistics.Range;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Width makes any labels easy to fit; error on new inputs descends twice as it grows; and what fits is not one network but many. */
@Serves("004-17")
public final class Overparameterization implements Claim {
    private static final List<Integer> UNITS = List.of(2, 4, 8, 16, 32, 64);
    private static final int NARROW = 2;
    private static final int WIDE = 64;
    private static final int EXAMPLES = 100;
    private static final int INPUTS = 20;
    private static final int WIDTH_OF_VALLEY = 40;
    private static final double NOISE = 0.25;

    private static final String LINEAR = "64 units without rectifiers";
    private static final String OTHER = "64 units, another draw";
    private static final String FLAT = "no hidden layer";
    private static final String FLAT_OTHER = "no hidden layer, another draw";
    private static final String APART = "two fits of 64 units";
    private static final String FLAT_APART = "two fits without a hidden layer";
    private static final String RIDGELESS = "no ridge, noise 0.25";
    private static final String TUNED = "best ridge, noise 0.25";
    private static final String NOISELESS = "no ridge, no noise";
    private static final String NOISY = "no ridge, noise 1";

    private static final String FIT = "loss.accuracy@train";
    private static final String ERROR = RandomReluRegression.NAME + ".test-error";
    private static final String DISAGREEMENT = HowFarApart.NAME + ".test-disagreement";
    private static final String DISTANCE = HowFarApart.NAME + ".distance";

    private static final String EASY = "share of seeds that fit all labels, 64 units";
    private static final String HARD = "share of seeds that fit all labels, 2 units";
    private static final String RISE = "rank trend of success with width";
    private static final String TAIL = "error at as many features as examples over that at ten times as many";
    private static final String VALLEY = "error at as many features as examples over that at 40 features";
    private static final String PLACE = "share of seeds in which the largest error is at 80 to 125 features";
    private static final String DIFFERENT = "share of new inputs that two fits answer otherwise";
    private static final String FAR = "distance of two fits after matching their units";

    private static final Threshold MOST = Threshold.atLeast(0.75);
    private static final Threshold FEW = Threshold.atMost(0.25);
    private static final Threshold RISES = Threshold.atLeast(0.8);
    private static final Threshold THREE = Threshold.atLeast(3);
    private static final Threshold DOUBLE = Threshold.atLeast(2);
    private static final Threshold TENTH = Threshold.atLeast(0.1);
    private static final Threshold HALF = Threshold.atLeast(0.5);
    private static final Threshold FITTED = Threshold.atLeast(0.999);

    private static final String SOURCE =
            "Belkin, Hsu, Ma and Mandal 2019, Reconciling modern machine learning practice and the"
                    + " bias-variance trade-off, arXiv 1812.11118, abstract";

    @Override
    public Card card() {
        return new CardDraft("overparameterization", Kind.EFFECT)
                .states(
                        "Of 100 random labels a network of 2 units fits all in hardly any seed, one of 64 in nearly every one; the error of"
                                + " random features peaks where there are as many as examples and falls again beyond; two networks that fit"
                                + " the same labels answer new inputs differently.")
                .source(SOURCE)
                .literature(
                        "\"This 'double descent' curve subsumes the textbook U-shaped bias-variance trade-off curve by showing how increasing"
                                + " model capacity beyond the point of interpolation results in improved performance.\" No sizes in the abstract.")
                .because(
                        "A wide layer has more weights than examples and many ways to fit them, so that descent finds one. Where there are just"
                                + " as many features as examples there is a single way, which noise drives far out; with more of them the"
                                + " smallest weights that fit are small.")
                .control(
                        "Of fitting, 64 units without rectifiers, which have as many weights and stay a linear map. Of the peak, the best ridge,"
                                + " with which nothing is driven out. Of many minima, no hidden layer: with decay its minimum is one.")
                .cause("rectifiers", "model.activation=linear")
                .cause("fitting without a ridge", "tuned=1")
                .limit(
                        EASY,
                        MOST,
                        Provenance.argued(
                                "three of four; 20 seeds that all fit have an exact interval from 0.83, so that 0.95 cannot be asked of them"))
                .limit(HARD, FEW, Provenance.argued("one of four, by the same reasoning"))
                .limit(RISE, RISES, Provenance.argued("nine of ten pairs of widths in order"))
                .limit(TAIL, THREE, Provenance.argued("far beyond what another draw of features changes"))
                .limit(VALLEY, DOUBLE, Provenance.argued("without which it would be one descent"))
                .limit(
                        PLACE,
                        MOST,
                        Provenance.argued("one step of the grid to either side of 100, three of four seeds"))
                .limit(DIFFERENT, TENTH, Provenance.argued("one of ten; by guessing two networks differ on one of two"))
                .limit(
                        FAR,
                        HALF,
                        Provenance.argued("0 is the same network, 1 are weights at right angles: half of the way"))
                .refutedBy(
                        "A narrow network that fits as often as a wide one, an error that does not peak or does not fall again, two fits that"
                                + " agree everywhere.")
                .assuming(
                        "100 inputs of 20 normal numbers, two labels that have nothing to do with them, one hidden layer of rectifiers with"
                                + " biases, 2000 steps of Adam on all examples at once. Success is a training accuracy of 1 at a look.")
                .assuming(
                        "Features: rectifiers of random projections, only the output layer is computed, by least squares; targets are linear in"
                                + " the inputs, of variance 1, plus noise. The error on new inputs is computed from the weights without a test set,"
                                + " and the best ridge is the best on new inputs, of 19.")
                .assuming(
                        "Two fits have the same examples and labels, and begin at other weights. Without a hidden layer decay of 0.001 makes the"
                                + " minimum one; it does not fit the labels.")
                .needsItsOwnData("labels must have nothing to do with inputs, and inputs be normal")
                .reads("loss")
                .pilot("logarithm of the " + TAIL, 6.98, 2.55, "3001-3010")
                .pilot("logarithm of the " + VALLEY, 6.53, 2.68, "3001-3010")
                .pilot(PLACE, 1, 0, "3001-3010")
                .pilot(EASY, 1, 0, "3001-3010")
                .pilot(HARD, 0, 0, "3001-3010")
                .pilot(DIFFERENT, 0.16, 0.024, "3001-3010")
                .pilot(FAR, 0.662, 0.009, "3001-3010")
                .seenRefuted(
                        "the controls, seeds 3001-3010: with the best ridge the error at 100 features is 1.26 times that at 1000 and 0.73 times"
                                + " that at 40; 64 units without rectifiers fit all labels in no seed; two fits without a hidden layer agree on"
                                + " all new inputs.")
                .quickSeconds(25);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument wide = Protocol.spec("""
                data: {source: gaussian-mixture, components: 2, dimensions: %d, scale: 0, radius: 4.47, train: %d, test: 1000, order: full}
                model: {kind: mlp, widths: [%d], bias: true}
                loss: {kind: cross-entropy}
                optimizer: {kind: adam, learningRate: 0.01}
                decay: {lambda: 0}
                stop: {steps: %d}
                measure: {instruments: [loss], perDecade: 4}
                """.formatted(INPUTS, EXAMPLES, WIDE, quick ? 2000 : 10_000));
        SpecDocument flat = wide.having("model.widths=[]").having("decay.lambda=0.001");
        List<Arm> arms = new ArrayList<>();
        UNITS.forEach(units -> arms.add(Arm.treatment(units(units), wide.having("model.widths=[" + units + "]"))));
        arms.add(Arm.control(LINEAR, wide.having("model.activation=linear")));
        arms.add(Arm.treatment(OTHER, wide.having("draw=1")));
        arms.add(Arm.control(FLAT, flat));
        arms.add(Arm.control(FLAT_OTHER, flat.having("draw=1")));
        arms.add(Arm.treatment(APART, new HowFarApart(), Setting.empty(), At.end(units(WIDE)), At.end(OTHER)));
        arms.add(Arm.control(FLAT_APART, new HowFarApart(), Setting.empty(), At.end(FLAT), At.end(FLAT_OTHER)));
        Setting features = Setting.empty().with("examples", EXAMPLES).with("inputs", INPUTS);
        RandomReluRegression regression = new RandomReluRegression();
        arms.add(Arm.treatment(
                RIDGELESS, regression, features.with("noise", NOISE).with("tuned", 0)));
        arms.add(Arm.control(TUNED, regression, features.with("noise", NOISE).with("tuned", 1)));
        return new Protocol(20, arms);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns wide = evidence.arm(units(WIDE));
        ArmRuns narrow = evidence.arm(units(NARROW));
        ArmRuns other = evidence.arm(OTHER);
        ArmRuns ridgeless = evidence.arm(RIDGELESS);
        ArmRuns tuned = evidence.arm(TUNED);
        Trend success = Trend.of("success", "the number of units", units(), successes(evidence));
        Finding rise = success.monotone("wider networks fit all labels more often", Direction.INCREASING, RISES)
                .named(RISE);
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "Increasing model capacity beyond the point of interpolation results in improved performance (asked of"
                                        + " random rectifiers: a peak there, and a fall on both sides of it).",
                                SOURCE,
                                Ruling.of(tail(ridgeless), valley(ridgeless), place(ridgeless)),
                                Ruling.of(tail(tuned), valley(tuned), place(tuned))),
                        Sentence.ours(
                                "The wider a network, the more often it fits all of 100 random labels.",
                                Ruling.of(easy(wide), hard(narrow), rise),
                                Ruling.of(
                                        easy(evidence.arm(LINEAR)),
                                        hard(wide),
                                        success.permutedDriver()
                                                .monotone(
                                                        "wider networks fit all labels more often",
                                                        Direction.INCREASING,
                                                        RISES)
                                                .named(RISE))),
                        Sentence.ours(
                                "What fits the labels is not one network: two fits differ on new inputs and in their weights, however their"
                                        + " units are matched.",
                                Ruling.of(
                                        List.of(different(evidence.arm(APART)), far(evidence.arm(APART))),
                                        List.of(
                                                Requirement.all(
                                                        "fitted",
                                                        "training accuracy of " + wide.name(),
                                                        wide.last(FIT),
                                                        FITTED),
                                                Requirement.all(
                                                        "fitted",
                                                        "training accuracy of " + other.name(),
                                                        other.last(FIT),
                                                        FITTED))),
                                Ruling.of(different(evidence.arm(FLAT_APART)), far(evidence.arm(FLAT_APART))))),
                List.of(shares(evidence), descents(evidence), accuracies(evidence), apart(evidence)),
                List.of());
    }

    private static Finding easy(ArmRuns arm) {
        return Proportion.of(
                        "all labels are fitted, " + arm.name() + ",",
                        "a wide network fits any labels",
                        best(arm),
                        accuracy -> accuracy >= 1,
                        MOST)
                .named(EASY);
    }

    private static Finding hard(ArmRuns arm) {
        return Proportion.of(
                        "all labels are fitted, " + arm.name() + ",",
                        "a narrow network does not",
                        best(arm),
                        accuracy -> accuracy >= 1,
                        FEW)
                .named(HARD);
    }

    private static Finding tail(ArmRuns arm) {
        return Comparison.ratio(
                TAIL,
                "the error falls beyond as many features as examples",
                new Values("the error with 100 features, " + arm.name() + ",", errors(arm, EXAMPLES)),
                new Values("that with 1000", errors(arm, 10 * EXAMPLES)),
                THREE);
    }

    private static Finding valley(ArmRuns arm) {
        return Comparison.ratio(
                VALLEY,
                "the error rises towards as many features as examples",
                new Values("the error with 100 features, " + arm.name() + ",", errors(arm, EXAMPLES)),
                new Values("that with 40", errors(arm, WIDTH_OF_VALLEY)),
                DOUBLE);
    }

    private static Finding place(ArmRuns arm) {
        int peak = place(EXAMPLES);
        return Proportion.of(
                        "the largest error is at 80 to 125 features, " + arm.name() + ",",
                        "the peak is where features are as many as examples",
                        Arrays.stream(arm.lastVectors(ERROR))
                                .mapToDouble(errors -> largest(errors))
                                .toArray(),
                        place -> Math.abs(place - peak) <= 1,
                        MOST)
                .named(PLACE);
    }

    private static Finding different(ArmRuns arm) {
        return Level.of(
                        "the " + DIFFERENT + ", " + arm.name() + ",",
                        "two fits answer new inputs differently",
                        arm.last(DISAGREEMENT),
                        TENTH)
                .in(Range.SHARE);
    }

    private static Finding far(ArmRuns arm) {
        return Level.of(
                "the " + FAR + ", " + arm.name() + ",",
                "two fits have other weights, not the same in another order",
                arm.last(DISTANCE),
                HALF);
    }

    /** The best training accuracy of each seed. */
    private static double[] best(ArmRuns arm) {
        return arm.maximumFrom(FIT, 0);
    }

    private static double[][] successes(Evidence evidence) {
        return UNITS.stream()
                .map(units -> Arrays.stream(best(evidence.arm(units(units))))
                        .map(accuracy -> Double.isNaN(accuracy) ? accuracy : accuracy >= 1 ? 1 : 0)
                        .toArray())
                .toArray(double[][]::new);
    }

    private static int place(int width) {
        return Arrays.binarySearch(RandomReluRegression.WIDTHS, width);
    }

    private static double[] errors(ArmRuns arm, int width) {
        return arm.lastEntries(ERROR, place(width));
    }

    /** The place of the largest, NaN if there is none. */
    private static double largest(double[] errors) {
        return IntStream.range(0, errors.length)
                .filter(i -> Arrays.stream(errors).allMatch(other -> other <= errors[i]))
                .mapToDouble(i -> i)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static Figure shares(Evidence evidence) {
        double[] shares = Arrays.stream(successes(evidence))
                .mapToDouble(seeds -> Arrays.stream(seeds).average().orElse(Double.NaN))
                .toArray();
        return new Figure(
                "How often all labels are fitted",
                Figure.Axis.logarithmic("hidden units"),
                Figure.Axis.linear("share of seeds"),
                List.of(ComputedCurves.law("all 100 random labels fitted", Arm.Part.TREATMENT, units(), shares)),
                List.of(),
                "Success is a training accuracy of 1 within the steps of the protocol.");
    }

    private static Figure descents(Evidence evidence) {
        ArmRuns ridgeless = evidence.arm(RIDGELESS);
        double[] widths = Arrays.stream(RandomReluRegression.WIDTHS)
                .mapToDouble(width -> width)
                .toArray();
        return new Figure(
                "Error over width descends twice",
                Figure.Axis.logarithmic("random features"),
                Figure.Axis.logarithmic("mean squared error on new inputs"),
                List.of(
                        ComputedCurves.of(
                                NOISY, Arm.Part.TREATMENT, ridgeless, ERROR + "-at-four-times-the-noise", widths),
                        ComputedCurves.of(RIDGELESS, Arm.Part.TREATMENT, ridgeless, ERROR, widths),
                        ComputedCurves.of(NOISELESS, Arm.Part.TREATMENT, ridgeless, ERROR + "-without-noise", widths),
                        ComputedCurves.of(TUNED, Arm.Part.CONTROL, evidence.arm(TUNED), ERROR, widths)),
                List.of(new Figure.Mark("always answering 0, noise 0.25", 1 + NOISE)),
                "Median and range over seeds; 100 examples. The more noise in the labels, the higher the peak at 100 features; the best ridge"
                        + " has none. Noise of new targets is counted.");
    }

    private static Figure accuracies(Evidence evidence) {
        return new Figure(
                "Random labels that are fitted",
                Figure.Axis.logarithmic("hidden units"),
                Figure.Axis.linear("training accuracy"),
                List.of(
                        ComputedCurves.points(
                                "rectifiers",
                                Arm.Part.TREATMENT,
                                units(),
                                UNITS.stream()
                                        .map(units -> evidence.arm(units(units)).last(FIT))
                                        .toArray(double[][]::new)),
                        ComputedCurves.points("no rectifiers", Arm.Part.CONTROL, new double[] {WIDE}, new double[][] {
                            evidence.arm(LINEAR).last(FIT)
                        })),
                List.of(),
                "At the end of training, median and range over seeds.");
    }

    private static Figure apart(Evidence evidence) {
        List<ArmRuns> arms = List.of(evidence.arm(APART), evidence.arm(FLAT_APART));
        return new Figure(
                "How far two fits of the same labels are apart",
                Figure.Axis.of("measure", List.of("new inputs answered otherwise", "distance after matching")),
                Figure.Axis.linear("share, distance"),
                arms.stream()
                        .map(arm -> ComputedCurves.points(arm.name(), arm.part(), new double[] {0, 1}, new double[][] {
                                    arm.last(DISAGREEMENT), arm.last(DISTANCE)
                                })
                                .apart())
                        .toList(),
                List.of(),
                "Median and range over seeds. 0 is the same network; a distance of 1 are weights at right angles.");
    }

    private static double[] units() {
        return UNITS.stream().mapToDouble(units -> units).toArray();
    }

    private static String units(int units) {
        return units + " units";
    }
}
