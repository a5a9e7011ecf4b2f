package io.orrery.lab.claim.kernels;

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
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.criterion.Trend;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What wide deep Gaussian processes learn is where an objective of Gram matrices is largest. */
@Serves("002-172")
public final class DeepKernelMachines implements Claim {
    private static final String FINITE = FiniteDeepProcess.NAME + ".";
    private static final String SPARSE = SparseKernelMachineRegression.NAME + ".";
    private static final List<Integer> WIDTHS = List.of(32, 128, 512);
    private static final double NOTHING_LEARNED = 10_000;
    private static final String PILOTS = "3001-3010";

    private static final Threshold NEAR = Threshold.atMost(0.1);
    private static final Threshold ROOT = Threshold.within(-0.65, -0.35);
    private static final Threshold SAMPLING = Threshold.atMost(1.12);
    private static final Threshold STAYS = Threshold.atMost(0.01);
    private static final Threshold TRAINS = Threshold.atLeast(0.1);

    private static final String APART = "largest error of the mean Gram matrices over their largest element";
    private static final String EXPONENT = "exponent of the distance of a draw by width";
    private static final String RATIO = "distance of a draw over the spread of draws";
    private static final String AROUND =
            "distance of a draw from the fixed kernel over the spread of draws at weight 10000";
    private static final String MOVED = "largest change of a Gram matrix at weight 10000";
    private static final String GAIN = "rise of the sparse objective in nats an example";
    private static final String BETTER = "loss that the sparse machine saves on new examples";

    private static final String STILL = "weight 10000";
    private static final String TRAINED = "sparse machine";
    private static final String UNTRAINED = "sparse machine, weight 10000";

    @Override
    public Card card() {
        return new CardDraft("deep-kernel-machine", Kind.TREND)
                .states(
                        "Gram matrices that maximize the objective of the representation learning limit are those of wide deep Gaussian"
                                + " processes within sampling error, and a machine with inducing points trains by the same objective.")
                .source("Yang, Robeyns, Milsom, Anson, Schoots and Aitchison 2023, arXiv 2108.13097")
                .literature(
                        "\"In particular, we show that Deep Gaussian processes (DGPs) in the Bayesian representation learning limit have exactly"
                                + " multivariate Gaussian posteriors, and the posterior covariances can be obtained by optimizing an interpretable"
                                + " objective combining a log-likelihood to improve performance with a series of KL-divergences which keep the"
                                + " posteriors close to the prior. We confirm these results experimentally in wide but finite DGPs.\" (abstract)")
                .because(
                        "Each layer of N features has a prior that grows with N. If targets are seen once, it wins and nothing is learned; if"
                                + " they are seen N times both grow alike, and the posterior closes in on one compromise.")
                .control(
                        "Of Gram matrices, those of infinite width that learn nothing, held against the same draws. Of what stays at weight"
                                + " 10000 and of the sparse machine, the other weight; its inducing points are the same.")
                .cause("targets seen as often as there are features", "weight=10000")
                .limit(
                        APART,
                        NEAR,
                        Provenance.argued("a tenth: well below what is learned, well above the chain's own error"))
                .limit(EXPONENT, ROOT, Provenance.argued("a mean over independent features errs by width^(-1/2)"))
                .limit(
                        RATIO,
                        SAMPLING,
                        Provenance.argued(
                                "sqrt(1 + 1/4): the limit is off the mean draw by less than half a deviation"))
                .limit(
                        MOVED,
                        STAYS,
                        Provenance.arguedLate(
                                "a change that goes as one over the weight is 1e-4 times what is learned at 1"))
                .limit(AROUND, SAMPLING, Provenance.arguedLate("the same as around the maximum"))
                .limit(GAIN, TRAINS, Provenance.arguedLate("a rise by a tenth of a nat an example"))
                .limit(
                        BETTER,
                        TRAINS,
                        Provenance.arguedLate(
                                "a tenth of a nat on new examples: more than rounding or luck of a test set"))
                .refutedBy(
                        "Draws that keep away from the maximum however many features there are, or that close in on the fixed kernel.")
                .seenRefuted(
                        "Held against the fixed kernel of infinite width (pilot seeds 3001-3010) the error is 0.52, the exponent -0.12, and draws are 4.8"
                                + " times their spread away.")
                .assuming(
                        "Five examples with five normal inputs, one normal target, noise 0.1, two layers, Gaussian kernels of unit length;"
                                + " as many copies of the target as features (weight 1).")
                .assuming(
                        "Features are drawn by 4000 Langevin steps with Metropolis' correction, which has no error of the step's length; a fifth"
                                + " finds the step and is not counted. Distances are over all elements of both layers, relative to the norm.")
                .assuming(
                        "Adam with G = C V V^T C^T from the fixed matrices, until no derivative is above 1e-3. The objective need not have one"
                                + " maximum with Gaussian kernels; chains start at draws of the prior, not at the maximum.")
                .assuming(
                        "Sparse: 100 examples of sin(3 x_1) plus noise of variance 0.05, three inputs, the first 25 examples as inducing points,"
                                + " 300 steps of Adam; losses are mean negative log densities on 200 new examples. With every example inducing it is the"
                                + " full machine (a test).")
                .assuming(
                        "The sine is a target that the fixed kernel is wrong for. On draws of a deep Gaussian process with one or three features a"
                                + " layer, for which it is nearly right, the machine that learns predicted no better: its losses were 0.02 to 0.34 higher"
                                + " on most of the pilot seeds 3001-3008.")
                .assuming(
                        "Of the abstract's sentence, \"exactly multivariate Gaussian posteriors\" is left out: whether features are Gaussian is not"
                                + " tested here, only their covariances are.")
                .assuming(
                        "Mended after judging: every chain must move and every ascent have come to rest, not those of the widest process alone;"
                                + " what draws do at weight 10000 is judged, where the limit's matrices alone were.")
                .free("points", "tests")
                .pilot(APART, 0.0127, 0.0047, PILOTS)
                .pilot(EXPONENT, -0.510, 0.019, PILOTS)
                .pilot(RATIO, 1.010, 0.0043, PILOTS)
                .pilot(MOVED, 0.00020, 0.00019, PILOTS)
                .pilot(AROUND, 1.0027, 0.0021, "3001-3008")
                .pilot(GAIN, 2.99, 0.61, PILOTS)
                .pilot(BETTER, 0.963, 0.41, PILOTS)
                .quickSeconds(22);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        FiniteDeepProcess process = new FiniteDeepProcess();
        Setting base = Setting.empty()
                .with("points", 5)
                .with("layers", 2)
                .with("noise", 0.1)
                .with("weight", 1)
                .with("steps", quick ? 4000 : 20_000);
        List<Arm> arms = new ArrayList<>();
        for (int width : WIDTHS) {
            arms.add(Arm.treatment(name(width), process, base.with("width", width)));
        }
        arms.add(Arm.treatment(
                STILL, process, base.with("width", WIDTHS.getFirst()).with("weight", NOTHING_LEARNED)));
        SparseKernelMachineRegression regression = new SparseKernelMachineRegression();
        Setting sparse = Setting.empty()
                .with("inputs", 3)
                .with("layers", 2)
                .with("frequency", 3)
                .with("examples", 100)
                .with("tests", 200)
                .with("inducing", 25)
                .with("weight", 1)
                .with("noise", 0.05)
                .with("steps", 300);
        arms.add(Arm.treatment(TRAINED, regression, sparse));
        arms.add(Arm.control(UNTRAINED, regression, sparse.with("weight", NOTHING_LEARNED)));
        return new Protocol(quick ? 10 : 30, arms);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<ArmRuns> wide =
                WIDTHS.stream().map(width -> evidence.arm(name(width))).toList();
        ArmRuns widest = wide.getLast();
        ArmRuns silent = evidence.arm(STILL);
        ArmRuns sparse = evidence.arm(TRAINED);
        ArmRuns still = evidence.arm(UNTRAINED);
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "The posterior covariances can be obtained by optimizing an interpretable objective combining a log-likelihood"
                                        + " with a series of KL-divergences; confirmed in wide but finite DGPs.",
                                "Yang et al. 2023, abstract, arxiv.org/abs/2108.13097",
                                Ruling.of(
                                        List.of(
                                                apart(widest, "apart"),
                                                exponent(wide, "distance"),
                                                ratio(widest, "distance")),
                                        Stream.concat(
                                                        Stream.of(rest(widest)),
                                                        wide.stream().map(DeepKernelMachines::moving))
                                                .toList()),
                                Ruling.of(
                                        apart(widest, "apart-fixed").controlling(APART),
                                        exponent(wide, "distance-fixed").controlling(EXPONENT),
                                        ratio(widest, "distance-fixed").controlling(RATIO))),
                        Sentence.ours(
                                "With ten thousand features for each time the targets are seen nothing is learned.",
                                Ruling.of(
                                        List.of(moved(silent), around(silent)), List.of(rest(silent), moving(silent))),
                                Ruling.of(
                                        moved(wide.getFirst()).controlling(MOVED),
                                        around(wide.getFirst()).controlling(AROUND))),
                        Sentence.ours(
                                "A machine of 25 inducing points trains by the same objective: it rises, and new examples are predicted better than"
                                        + " by the fixed kernel at the same inducing points.",
                                Ruling.of(level(GAIN, sparse, "gain"), level(BETTER, sparse, "better")),
                                Ruling.of(
                                        level(GAIN, still, "gain").controlling(GAIN),
                                        level(BETTER, still, "better").controlling(BETTER)))),
                List.of(distances(wide), grams(widest), course(sparse, still)),
                List.of());
    }

    private static Requirement moving(ArmRuns arm) {
        return Requirement.all(
                "the chain moves",
                "the share of steps taken, " + arm.name(),
                arm.last(FINITE + "accepted"),
                Threshold.within(0.2, 0.95));
    }

    private static Requirement rest(ArmRuns arm) {
        return Requirement.all(
                "converged",
                "the largest derivative of the objective that is left, " + arm.name(),
                arm.last(FINITE + "slope"),
                Threshold.atMost(1e-3));
    }

    private static Finding apart(ArmRuns arm, String series) {
        return Level.of(APART, "the maximum is where wide processes are", arm.last(FINITE + series), NEAR);
    }

    private static Finding exponent(List<ArmRuns> arms, String series) {
        double[][] values = values(arms, series);
        return Trend.of("the distance of a draw", "width", widths(), values)
                .powerLaw("what is left is sampling error", ROOT)
                .named(EXPONENT);
    }

    private static Finding ratio(ArmRuns arm, String series) {
        return Level.of(RATIO, "draws lie around the maximum", ratios(arm, series), SAMPLING);
    }

    private static Finding around(ArmRuns arm) {
        return Level.of(AROUND, "draws lie around the fixed kernel", ratios(arm, "distance-fixed"), SAMPLING);
    }

    private static double[] ratios(ArmRuns arm, String series) {
        double[] distance = arm.last(FINITE + series);
        double[] spread = arm.last(FINITE + "spread");
        return IntStream.range(0, distance.length)
                .mapToDouble(seed -> distance[seed] / spread[seed])
                .toArray();
    }

    private static Finding moved(ArmRuns arm) {
        return Level.of(MOVED, "the prior wins", arm.last(FINITE + "learned"), STAYS);
    }

    private static Finding level(String quantity, ArmRuns arm, String series) {
        return Level.of(quantity, "the sparse machine trains", arm.last(SPARSE + series), TRAINS);
    }

    private static double[][] values(List<ArmRuns> arms, String series) {
        return arms.stream().map(arm -> arm.last(FINITE + series)).toArray(double[][]::new);
    }

    private static double[] widths() {
        return WIDTHS.stream().mapToDouble(width -> width).toArray();
    }

    private static Figure distances(List<ArmRuns> wide) {
        return new Figure(
                "How far draws of finite processes are",
                Figure.Axis.logarithmic("features of a layer"),
                Figure.Axis.logarithmic("distance over norm"),
                List.of(
                        curve("from the deep kernel machine", Arm.Part.TREATMENT, wide, "distance"),
                        curve("from the fixed kernel", Arm.Part.CONTROL, wide, "distance-fixed"),
                        curve("from their own mean", Arm.Part.TREATMENT, wide, "spread")),
                List.of(),
                "Root mean square over draws, median and range over seeds. Draws are as far from the machine's Gram matrices as from their"
                        + " own mean, so that all that is left is sampling error; from the fixed kernel they keep away.");
    }

    private static Figure.Curve curve(String name, Arm.Part part, List<ArmRuns> arms, String series) {
        return ComputedCurves.points(name, part, widths(), values(arms, series)).joined();
    }

    /** The elements of the last layer's Gram matrices of one seed, side by side. */
    private static Figure grams(ArmRuns arm) {
        double[] limit = first(arm, "limit-gram");
        double[] places = IntStream.range(0, limit.length).asDoubleStream().toArray();
        return new Figure(
                "Gram matrix of the last layer, first seed",
                Figure.Axis.linear("element, row by row"),
                Figure.Axis.linear("value"),
                List.of(
                        new Figure.Curve(
                                "mean draw of the finite process",
                                Arm.Part.TREATMENT,
                                false,
                                places,
                                one(first(arm, "mean-gram"))),
                        new Figure.Curve("deep kernel machine", Arm.Part.TREATMENT, true, places, one(limit)),
                        new Figure.Curve(
                                "fixed kernel", Arm.Part.CONTROL, true, places, one(first(arm, "fixed-gram")))),
                List.of(),
                "Before learning all examples are as long as each other and their products mere closeness; after it the matrix has turned"
                        + " towards the targets' products.");
    }

    private static double[] first(ArmRuns arm, String series) {
        return Arrays.stream(arm.lastVectors(FINITE + series)).findFirst().orElse(new double[0]);
    }

    private static double[][] one(double[] values) {
        return new double[][] {values};
    }

    private static Figure course(ArmRuns sparse, ArmRuns still) {
        double[] steps = IntStream.rangeClosed(0, sparse.setting().whole("steps"))
                .asDoubleStream()
                .toArray();
        return new Figure(
                "The sparse machine trains",
                Figure.Axis.linear("step"),
                Figure.Axis.linear("objective an example, in nats"),
                List.of(
                        ComputedCurves.of(TRAINED, Arm.Part.TREATMENT, sparse, SPARSE + "objective", steps),
                        ComputedCurves.of(UNTRAINED, Arm.Part.CONTROL, still, SPARSE + "objective", steps)),
                List.of(),
                "The bound on the log density of the targets less what Gram matrices pay for moving. Median and range over seeds.");
    }

    private static String name(int width) {
        return "width " + width;
    }
}
