package io.orrery.lab.claim.landscape;

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
import io.orrery.lab.judge.criterion.Trend;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The wider a network in mean-field scaling, the less it minds losing half of its units, and the lower is a path to another one. */
@Serves("002-214")
public final class DropoutStability implements Claim {
    private static final List<Integer> WIDTHS = List.of(16, 64, 256, 1024);
    private static final int FEW = 32;
    private static final String PILOTS = "3001-3010";
    private static final int INPUTS = 10;

    private static final Threshold FALLS = Threshold.atMost(-0.37);
    private static final double SHARE = 0.25;
    private static final Threshold LEARNED = Threshold.atMost(0.2);

    @Override
    public Card card() {
        return new CardDraft("dropout-stability", Kind.TREND)
                .states(
                        "What half of a network's units, multiplied by two, do to the loss falls with the width, at least as its power"
                                + " -0.37, and so does the increase of the loss along a piecewise linear path to another network.")
                .source(
                        "Shevchenko and Mondelli 2020, arXiv 1912.10095 (abstract read); the path after Kuditipudi et al. 2019")
                .literature(
                        "\"SGD solutions are connected via a piecewise linear path, and the increase in loss along this path"
                                + " vanishes as the number of neurons grows large.\"")
                .because(
                        "In mean-field scaling the output is a mean over units that training leaves independent of one another, so that"
                                + " half of them give the same mean but for its sampling error. A path may go through networks with half"
                                + " of their units: those that are silent can be changed at no cost.")
                .control(
                        "The same units removed and what goes out of the rest left as it is: their sum then stands for half of the"
                                + " network at any width. Of what depends on how many units are left, half of the units left, which are"
                                + " four times as many in a network of four times the width.")
                .cause("the rest being multiplied", "rescaled=0")
                .limit(
                        "exponents in the width of the change of the loss and of its increase along the path",
                        FALLS,
                        Provenance.arguedLate(
                                "the mean of M units differs from that of all by 1/sqrt(M), exponent -0.5; with the logarithm of a bound"
                                        + " that holds for all at once, sqrt(log(M)/M), it is -0.37 at these widths"))
                .limit(
                        "change with 32 units of 1024 left over that with 32 of 256",
                        Threshold.about(1, SHARE),
                        Provenance.argued(
                                "drawing without replacement alone makes the variance of the mean of 32 of 1024 1.1 times that of 32 of"
                                        + " 256; that of half of the units differs four times"))
                .refutedBy(
                        "An exponent above -0.37, or a change with 32 units left that differs by more than a quarter between networks of"
                                + " 256 and 1024 units.")
                .seenRefuted(
                        "In the control (pilot seeds 3001-3010): where the rest is not doubled the exponents are -0.14 and -0.07; with half of"
                                + " the units left the change at 1024 units is 0.28 times that at 256.")
                .pilot("exponent of the increase along the path", -0.862, 0.1805, PILOTS)
                .pilot("exponent of the change with half of the units", -0.8629, 0.0875, PILOTS)
                .pilot("logarithm of the change with 32 of 1024 left over that with 32 of 256", 0.0386, 0.1732, PILOTS)
                .assuming(
                        "Mean-field scaling, f = (1/N) sum of a relu(w x), with a learning rate per unit that does not depend on N, is the"
                                + " same, for ReLU, as initial weights of both layers smaller by sqrt(N) with one learning rate: w/sqrt(N)"
                                + " and a/sqrt(N) move as they would there.")
                .assuming(
                        "The source removes units by their place; so that the answer does not hang on one choice, the size of the change is"
                                + " the mean over both networks of a seed and 16 random choices in each, and the increase the mean over 4 random halves.")
                .assuming(
                        "The loss is that of the test set: the theory's is of the population. The increase is over the worse end.")
                .needsItsOwnData("the initial scales are those of mean-field networks of ten inputs")
                .quickSeconds(30);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        List<Arm> arms = new ArrayList<>();
        for (int width : WIDTHS) {
            SpecDocument spec = spec(width, quick ? 3000 : 12_000);
            arms.add(Arm.treatment(trained(width), spec));
            arms.add(Arm.treatment(trained(width) + ", other", spec.having("draw=1")));
        }
        for (int width : WIDTHS) {
            for (boolean rescaled : List.of(true, false)) {
                Arm.Part part = rescaled ? Arm.Part.TREATMENT : Arm.Part.CONTROL;
                arms.add(examining(part, half(width, rescaled), width, width / 2, rescaled));
                PathOfHalves path = new PathOfHalves();
                Setting setting = PathOfHalves.setting(4, 4, rescaled);
                At[] ends = {At.end(trained(width)), At.end(trained(width) + ", other")};
                arms.add(
                        rescaled
                                ? Arm.treatment(path(width, true), path, setting, ends)
                                : Arm.control(path(width, false), path, setting, ends));
            }
        }
        arms.add(examining(Arm.Part.TREATMENT, few(256), 256, FEW, true));
        arms.add(examining(Arm.Part.TREATMENT, few(1024), 1024, FEW, true));
        return new Protocol(14, arms);
    }

    private static Arm examining(Arm.Part part, String name, int width, int left, boolean rescaled) {
        Setting setting = UnitsLeft.setting(left, 16, rescaled);
        At[] ends = {At.end(trained(width)), At.end(trained(width) + ", other")};
        return part == Arm.Part.TREATMENT
                ? Arm.treatment(name, new UnitsLeft(), setting, ends)
                : Arm.control(name, new UnitsLeft(), setting, ends);
    }

    private static SpecDocument spec(int width, int steps) {
        return Protocol.spec(String.format(
                Locale.ROOT,
                """
                data: {source: teacher-network, train: 500, test: 1000, dimensions: %d, noise: 0, batchSize: 20}
                model: {kind: mlp, widths: [%d], bias: true, outputBias: false, initialization: normal, initialScales: [%s, %s]}
                loss: {kind: square, half: true}
                optimizer: {kind: sgd, learningRate: 0.05, momentum: 0}
                decay: {lambda: 0}
                stop: {steps: %d}
                measure: {instruments: [loss]}
                """,
                INPUTS,
                width,
                1 / StrictMath.sqrt((double) INPUTS * width),
                1 / StrictMath.sqrt(width),
                steps));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        Requirement learned = Requirement.all(
                "learned",
                "test loss at the end over that at the start, at any width",
                WIDTHS.stream()
                        .flatMapToDouble(width -> learned(evidence.arm(trained(width))))
                        .toArray(),
                LEARNED);
        ArmRuns few = evidence.arm(few(256));
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "SGD solutions are connected via a piecewise linear path, and the increase in loss along this path"
                                        + " vanishes as the number of neurons grows large.",
                                "Shevchenko and Mondelli 2020, abstract, arxiv.org/abs/1912.10095",
                                Ruling.of(falls(evidence, true), List.of(learned)),
                                Ruling.of(falls(evidence, false), List.of())),
                        Sentence.ofSource(
                                "If we remove part of the neurons (and suitably rescale the remaining ones), the change in loss is"
                                        + " independent of the total number of neurons, and it depends only on how many neurons are left.",
                                "Shevchenko and Mondelli 2020, abstract, arxiv.org/abs/1912.10095",
                                Ruling.of(List.of(same(evidence.arm(few(1024)), few)), List.of(learned)),
                                Ruling.of(same(evidence.arm(half(1024, true)), evidence.arm(half(256, true)))))),
                List.of(
                        change(evidence),
                        along(evidence),
                        new Figure(
                                "The loss along the path",
                                Figure.Axis.linear("straight pieces passed"),
                                Figure.Axis.logarithmic("test loss"),
                                WIDTHS.stream()
                                        .map(width -> course(evidence.arm(path(width, true)), "test-path"))
                                        .toList(),
                                List.of(),
                                "From one network to another of the same width and data. On the first and third piece what goes out of the"
                                        + " units changes and the loss is convex, on the second, fourth and sixth silent units change and it"
                                        + " is flat. Median and range over seeds.")),
                List.of());
    }

    private static DoubleStream learned(ArmRuns arm) {
        double[] first = arm.first("loss.loss@test");
        double[] last = arm.last("loss.loss@test");
        return IntStream.range(0, last.length).mapToDouble(seed -> last[seed] / first[seed]);
    }

    private static List<Finding> falls(Evidence evidence, boolean rescaled) {
        return List.of(
                Trend.of(
                                "the increase of the loss along the path",
                                "width",
                                widths(),
                                paths(evidence, rescaled, "test-increase"))
                        .powerLaw("a path between networks gets lower as they get wider", FALLS)
                        .named("exponent of the increase along the path"),
                Trend.of("the change of the loss with half of the units", "width", widths(), halves(evidence, rescaled))
                        .powerLaw("half of the units do as well as all, the better the more there are", FALLS)
                        .named("exponent of the change with half of the units"));
    }

    private static Finding same(ArmRuns wide, ArmRuns narrow) {
        return Comparison.equal(
                "change of the loss in networks of four times the width",
                "it depends on how many units are left alone",
                new Values("change, " + wide.name(), wide.last(UnitsLeft.NAME + ".test-change")),
                new Values("that of " + narrow.name(), narrow.last(UnitsLeft.NAME + ".test-change")),
                SHARE);
    }

    private static Figure change(Evidence evidence) {
        return figure(
                "What is lost with half of the units",
                "change of the test loss",
                List.of(
                        curve("the rest doubled", Arm.Part.TREATMENT, halves(evidence, true)),
                        curve("the rest as it is", Arm.Part.CONTROL, halves(evidence, false)),
                        ComputedCurves.law(
                                "width^(-1/2)", Arm.Part.CONTROL, widths(), width -> 1 / StrictMath.sqrt(width)),
                        ComputedCurves.law("1 / width", Arm.Part.CONTROL, widths(), width -> 1 / width)),
                "The mean over 16 choices of the half.");
    }

    private static Figure along(Evidence evidence) {
        return figure(
                "The height of the path",
                "increase of the test loss over the worse end",
                List.of(
                        curve("seven pieces", Arm.Part.TREATMENT, paths(evidence, true, "test-increase")),
                        curve("the rest not doubled", Arm.Part.CONTROL, paths(evidence, false, "test-increase")),
                        curve("straight line", Arm.Part.CONTROL, paths(evidence, true, "test-straight-increase"))),
                "Between two networks of one width that were trained on the same data from different starts.");
    }

    private static Figure figure(String title, String axis, List<Figure.Curve> curves, String caption) {
        return new Figure(
                title,
                Figure.Axis.logarithmic("width"),
                Figure.Axis.logarithmic(axis),
                curves,
                List.of(),
                caption + " Median and range over seeds.");
    }

    private static Figure.Curve curve(String name, Arm.Part part, double[][] values) {
        Figure.Curve points = ComputedCurves.points(name, part, widths(), values);
        return new Figure.Curve(name, part, true, points.x(), points.values());
    }

    private static Figure.Curve course(ArmRuns arm, String series) {
        int points = PathOfHalves.PIECES * 4 + 1;
        return ComputedCurves.of(
                arm.name(),
                arm.part(),
                arm,
                PathOfHalves.NAME + "." + series,
                IntStream.range(0, points).mapToDouble(i -> i / 4.0).toArray());
    }

    private static double[][] halves(Evidence evidence, boolean rescaled) {
        return WIDTHS.stream()
                .map(width -> evidence.arm(half(width, rescaled)).last(UnitsLeft.NAME + ".test-change"))
                .toArray(double[][]::new);
    }

    private static double[][] paths(Evidence evidence, boolean rescaled, String series) {
        return WIDTHS.stream()
                .map(width -> evidence.arm(path(width, rescaled)).last(PathOfHalves.NAME + "." + series))
                .toArray(double[][]::new);
    }

    private static double[] widths() {
        return WIDTHS.stream().mapToDouble(width -> width).toArray();
    }

    private static String trained(int width) {
        return "width " + width;
    }

    private static String half(int width, boolean rescaled) {
        return "half of " + width + (rescaled ? "" : ", not doubled");
    }

    private static String path(int width, boolean rescaled) {
        return "path at " + width + (rescaled ? "" : ", not doubled");
    }

    private static String few(int width) {
        return FEW + " of " + width;
    }
}
