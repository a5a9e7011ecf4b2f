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
import java.util.List;

/** The wider a network, the nearer its tangent kernel to an explicit one and the less training moves it. */
@Serves("002-024")
public final class InfiniteWidthKernels implements Claim {
    private static final String SERIES = WideNetwork.NAME + ".";
    private static final List<Integer> WIDTHS = List.of(64, 256, 1024, 4096);
    private static final double FEATURES_MOVE = 0.5;
    private static final String PILOTS = "3001-3010";

    private static final Threshold CONVERGES = Threshold.within(-0.65, -0.35);
    private static final Threshold STAYS = Threshold.atMost(-0.4);
    private static final Threshold NEAR = Threshold.atMost(0.05);

    private static final String ERROR = "relative error of the tangent kernel";
    private static final String CHANGE = "relative change of the tangent kernel in training";
    private static final String APART =
            "largest distance of outputs from kernel regression over the norm of the targets";

    @Override
    public Card card() {
        return new CardDraft("infinite-width-kernels", Kind.TREND)
                .states(
                        "With width the tangent kernel of a network tends to an explicit kernel, by width^(-1/2), and moves ever less in"
                                + " training; a network of 4096 units goes the way of kernel regression within 5%.")
                .source("Jacot, Gabriel and Hongler 2018, arXiv 1806.07572")
                .literature(
                        "\"While the NTK is random at initialization and varies during training, in the infinite-width limit it converges to an"
                                + " explicit limiting kernel and stays constant during training. This makes it possible to study the training of"
                                + " ANNs in function space instead of parameter space.\" (abstract)")
                .because(
                        "The kernel is a mean over units. With more units the mean is sharper, and each unit has less to move for the outputs to"
                                + " move as far.")
                .control(
                        "Of the limit, the kernel of the last layer's gradients alone, which is not it. Of the kernel that stays, the same networks"
                                + " with outputs a further factor sqrt(width) smaller and steps as much larger: hidden units must then move. Of the"
                                + " outputs, kernel regression with the last layer's kernel.")
                .cause("outputs scaled by one over the root of the width", "shrink=" + FEATURES_MOVE)
                .limit(
                        "exponent of the " + ERROR,
                        CONVERGES,
                        Provenance.argued("a mean over independent units errs by width^(-1/2)"))
                .limit(
                        "exponent of the " + CHANGE,
                        STAYS,
                        Provenance.argued(
                                "units move by width^(-1/2); that bounds the change, so an exponent of at most -1/2, with room"
                                        + " for the small widths"))
                .limit(APART, NEAR, Provenance.argued("errors of the kernel of a few percent move outputs by as much"))
                .refutedBy("A kernel that moves as much in wide networks as in narrow ones, or tends to another one.")
                .seenRefuted(
                        "With smaller outputs (pilot seeds 3001-3010) training changes the kernel at any width alike, exponent 0.02; against"
                                + " the last layer's kernel the exponent of the error is -0.06, and outputs are 0.30 off.")
                .assuming(
                        "One hidden layer of ReLU, weights normal with variance 1 and outputs scaled by sqrt(2 / width). 20 examples on the unit"
                                + " sphere in 10 dimensions with targets 10 x_1 x_2, and 20 points that are not trained on.")
                .assuming(
                        "Full-batch descent with half the largest stable step, until the loss is a hundredth of the first: kernels are"
                                + " compared at equal loss. Kernel regression is taken at the same steps, with the same finite rate, from the network's"
                                + " own first outputs.")
                .assuming(
                        "For smooth activations the change falls as 1 / width. ReLU units that change side add a fluctuation of"
                                + " width^(-3/4) (derived), which is what is seen; only the bound of -1/2 is judged.")
                .free("inputs", "points")
                .pilot("exponent of the " + ERROR, -0.512, 0.041, PILOTS)
                .pilot("exponent of the " + CHANGE, -0.804, 0.047, PILOTS)
                .pilot(APART, 0.0277, 0.0036, PILOTS)
                .quickSeconds(6);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        WideNetwork network = new WideNetwork();
        Setting base = Setting.empty().with("inputs", 10).with("points", 20);
        List<Arm> arms = new ArrayList<>();
        for (int width : WIDTHS) {
            arms.add(Arm.treatment(
                    name(width), network, base.with("width", width).with("shrink", 0)));
            arms.add(Arm.control(
                    moving(width), network, base.with("width", width).with("shrink", FEATURES_MOVE)));
        }
        return new Protocol(quick ? 10 : 40, arms);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<ArmRuns> wide =
                WIDTHS.stream().map(width -> evidence.arm(name(width))).toList();
        List<ArmRuns> moving =
                WIDTHS.stream().map(width -> evidence.arm(moving(width))).toList();
        Finding converges = exponent(ERROR, wide, "kernel-error", CONVERGES);
        Finding stays = exponent(CHANGE, wide, "kernel-change", STAYS);
        ArmRuns widest = wide.getLast();
        Requirement fitted = Requirement.all(
                "fitted", "the loss left over the first", widest.last(SERIES + "loss-left"), Threshold.atMost(0.01));
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "In the infinite-width limit the NTK converges to an explicit limiting kernel and stays constant during training.",
                                "Jacot, Gabriel and Hongler 2018, abstract, arxiv.org/abs/1806.07572",
                                Ruling.of(List.of(converges, stays), List.of(fitted)),
                                Ruling.of(
                                        exponent(
                                                        ERROR + ", held against the last layer's kernel",
                                                        wide,
                                                        "process-error",
                                                        CONVERGES)
                                                .controlling(converges.name()),
                                        exponent(CHANGE + ", outputs over the width", moving, "kernel-change", STAYS)
                                                .controlling(stays.name()))),
                        Sentence.ours(
                                "A network of 4096 units goes the way of kernel regression with its tangent kernel within 5%, at examples and"
                                        + " at points that it is not trained on.",
                                Ruling.of(List.of(apart(APART, widest, "trajectory-error")), List.of(fitted)),
                                Ruling.of(apart(
                                                APART + ", held against the last layer's kernel",
                                                widest,
                                                "process-trajectory-error")
                                        .controlling(APART)))),
                List.of(
                        figure(
                                "The kernel at the start",
                                "relative error",
                                List.of(
                                        curve("against the tangent kernel", Arm.Part.TREATMENT, wide, "kernel-error"),
                                        curve("against the last layer's", Arm.Part.CONTROL, wide, "process-error"),
                                        power("width^(-1/2)", 2, -0.5)),
                                "The error halves with four times the units."),
                        figure(
                                "The kernel after training",
                                "relative change",
                                List.of(
                                        curve("outputs over sqrt(width)", Arm.Part.TREATMENT, wide, "kernel-change"),
                                        curve("outputs over width", Arm.Part.CONTROL, moving, "kernel-change"),
                                        power("width^(-3/4)", 2.5, -0.75)),
                                "At a hundredth of the first loss. With smaller outputs hidden units move as far at any width."),
                        figure(
                                "The way of the outputs",
                                "largest distance over the norm of the targets",
                                List.of(
                                        curve(
                                                "from the tangent kernel's",
                                                Arm.Part.TREATMENT,
                                                wide,
                                                "trajectory-error"),
                                        curve(
                                                "from the last layer's kernel's",
                                                Arm.Part.CONTROL,
                                                wide,
                                                "process-trajectory-error"),
                                        curve("outputs over width", Arm.Part.CONTROL, moving, "trajectory-error")),
                                "Between the network and kernel regression from its first outputs, the largest over all steps.")),
                List.of());
    }

    private static Finding exponent(String quantity, List<ArmRuns> arms, String series, Threshold threshold) {
        return Trend.of(quantity, "width", widths(), values(arms, series))
                .powerLaw("the kernel tends to an explicit one and stays", threshold)
                .named("exponent of the " + quantity);
    }

    private static Finding apart(String quantity, ArmRuns arm, String series) {
        return Level.of(quantity, "outputs go the way of kernel regression", arm.last(SERIES + series), NEAR);
    }

    private static double[][] values(List<ArmRuns> arms, String series) {
        return arms.stream().map(arm -> arm.last(SERIES + series)).toArray(double[][]::new);
    }

    private static double[] widths() {
        return WIDTHS.stream().mapToDouble(width -> width).toArray();
    }

    private static Figure.Curve curve(String name, Arm.Part part, List<ArmRuns> arms, String series) {
        Figure.Curve points = ComputedCurves.points(name, part, widths(), values(arms, series));
        return new Figure.Curve(name, part, true, points.x(), points.values());
    }

    private static Figure.Curve power(String name, double factor, double exponent) {
        return ComputedCurves.law(name, Arm.Part.CONTROL, widths(), width -> factor * StrictMath.pow(width, exponent));
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

    private static String name(int width) {
        return "width " + width;
    }

    private static String moving(int width) {
        return "width " + width + ", features move";
    }
}
