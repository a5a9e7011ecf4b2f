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
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Direction;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.criterion.Trend;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.math.LeastSquares;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A kernel that sees patches learns a local target at a rate that its patch size sets, whatever the number of inputs. */
@Serves("002-103")
public final class LocalKernelCurves implements Claim {
    private static final String SERIES = LocalKernelRegression.NAME + ".";
    private static final List<Integer> PATCHES = List.of(1, 2, 3, 6);
    private static final int INPUTS = 6;
    private static final String PILOTS = "3001-3010";

    private static final Threshold LAW = Threshold.within(-1.15, -0.65);
    private static final Threshold SLOW = Threshold.atLeast(-0.4);
    private static final Threshold TREND = Threshold.atLeast(0.5);

    private static final String TIMES = "exponent of the error by examples times the patch size, ";
    private static final String SLOWER = "the exponent grows less steep with the patch size";
    private static final String DENSE = "exponent of the dense kernel on a target of single inputs";

    @Override
    public Card card() {
        return new CardDraft("local-kernel-curves", Kind.TREND)
                .states(
                        "Kernel regression with patches of s of six inputs, on a target that is a sum over patches no larger, has an error that"
                                + " falls like examples to the power -1/s: for one and two inputs the exponent times s is -1.15 to -0.65, the"
                                + " larger s the slower; the dense kernel gains nothing from the target's being local.")
                .source("Cagnetta, Favero and Wyart 2022, arXiv 2208.01003")
                .literature(
                        "\"In particular, we find that if the target function depends on low-dimensional subsets of adjacent input variables,"
                                + " then the decay of the error is controlled by the effective dimensionality of these subsets. Conversely, if the target"
                                + " function depends on the full set of input variables, then the error decay is controlled by the input"
                                + " dimension.\" (abstract)")
                .because(
                        "A sum over patches is learned as well as its parts, and each part lives in s dimensions, where n points lie n^(-1/s) apart."
                                + " A kernel of all inputs has to fill all dimensions, even if the target does not use them.")
                .control(
                        "Of exponents, the number of inputs in place of the patch size; of their order, labels permuted; of the dense kernel, that of"
                                + " single inputs on the same targets.")
                .cause("patches that differ", "patch=6")
                .limit(
                        TIMES,
                        LAW,
                        Provenance.argued(
                                "-1 for targets as rough as the kernel exp(-|x|) makes them, with room for the curvature of learning"
                                        + " curves that begin at 32 examples"))
                .limit("rank trend", TREND, Provenance.argued("three of four pairs in the predicted order"))
                .limit(
                        DENSE,
                        SLOW,
                        Provenance.argued("-1/6 were it set by the inputs, -1 by the target; well short of the middle"))
                .refutedBy(
                        "Exponents that the number of inputs sets, or a dense kernel that learns a local target fast.")
                .seenRefuted(
                        "On pilot seeds 3001-3010 exponents times the number of inputs are -2.8 to -5.8, and the kernel of single inputs learns"
                                + " the target of single inputs with the exponent -0.97.")
                .assuming(
                        "Inputs even in [0, 1]^6, the kernel the mean over cyclic patches of exp(-|x - z|), targets drawn from the Gaussian"
                                + " process with such a kernel, ridge 1e-7, 32 to 256 examples, four targets a seed; slopes by least squares.")
                .assuming(
                        "Patches of three are in the order only: with 32 to 256 examples their exponent times 3 was -1.15 with a deviation of 0.18"
                                + " on pilot seeds 3001-3010, and -1.0 with 64 to 512 on three of them, not yet the power that it becomes.")
                .assuming(
                        "One layer of patches stands for the source's deep networks, whose effective dimension is that of their patches.")
                .free("draws", "tests", "examples")
                .pilot(TIMES + name(1, 1), -0.971, 0.059, PILOTS)
                .pilot(TIMES + name(1, 2), -0.983, 0.134, PILOTS)
                .pilot(TIMES + name(2, 2), -0.937, 0.099, PILOTS)
                .pilot(DENSE, -0.270, 0.037, PILOTS)
                .quickSeconds(30);
    }

    @Override
    public Protocol protocol(Scale scale) {
        Setting base = Setting.empty()
                .with("inputs", INPUTS)
                .with("examples", scale == Scale.QUICK ? 256 : 1024)
                .with("tests", 200)
                .with("ridge", 1e-7)
                .with("draws", 4);
        List<Arm> arms = new ArrayList<>();
        for (int patch : PATCHES) {
            arms.add(arm(base, 1, patch));
        }
        arms.add(arm(base, 2, 2));
        return new Protocol(scale == Scale.QUICK ? 10 : 20, arms);
    }

    private static Arm arm(Setting base, int target, int patch) {
        return Arm.treatment(
                name(target, patch),
                new LocalKernelRegression(),
                base.with("target", target).with("patch", patch));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        List<Finding> controls = new ArrayList<>();
        for (String name : List.of(name(1, 1), name(1, 2), name(2, 2))) {
            ArmRuns arm = evidence.arm(name);
            findings.add(exponent(arm, arm.setting().get("patch")));
            controls.add(exponent(arm, INPUTS).controlling(TIMES + name));
        }
        Trend trend = Trend.of(
                "the exponent",
                "the patch size",
                PATCHES.stream().mapToDouble(patch -> patch).toArray(),
                PATCHES.stream()
                        .map(patch -> exponents(evidence.arm(name(1, patch))))
                        .toArray(double[][]::new));
        findings.add(trend.monotone(SLOWER, Direction.INCREASING, TREND).named(SLOWER));
        controls.add(trend.permutedDriver()
                .monotone(SLOWER, Direction.INCREASING, TREND)
                .controlling(SLOWER));
        findings.add(dense(evidence.arm(name(1, INPUTS))));
        controls.add(dense(evidence.arm(name(1, 1))).controlling(DENSE));
        return new Judgement(Ruling.of(findings, List.of()), Ruling.of(controls, List.of()), figure(evidence));
    }

    private static Finding exponent(ArmRuns arm, double size) {
        return Level.of(
                TIMES + arm.name(),
                "the patch size sets the rate",
                Arrays.stream(exponents(arm)).map(slope -> slope * size).toArray(),
                LAW);
    }

    private static Finding dense(ArmRuns arm) {
        return Level.of(DENSE, "a local target is of no use to a dense kernel", exponents(arm), SLOW);
    }

    /** The least-squares slope of the logarithm of the error on that of the number of examples, of each seed. */
    private static double[] exponents(ArmRuns arm) {
        double[] x = examples(arm);
        return arm.lastOfVectors(
                SERIES + "error", errors -> errors.length == x.length ? LeastSquares.exponent(x, errors) : Double.NaN);
    }

    private static double[] examples(ArmRuns arm) {
        return IntStream.of(LocalKernelRegression.examples(arm.setting()))
                .asDoubleStream()
                .toArray();
    }

    private static Figure figure(Evidence evidence) {
        List<Figure.Curve> curves = new ArrayList<>();
        for (ArmRuns arm : evidence.arms()) {
            curves.add(ComputedCurves.of(arm.name(), arm.part(), arm, SERIES + "error", examples(arm)));
        }
        return new Figure(
                "Learning curves by patch size",
                Figure.Axis.logarithmic("examples"),
                Figure.Axis.logarithmic("mean squared error"),
                curves,
                List.of(),
                "Steeper is faster: the larger the patches of the kernel, the slower it learns, on the same targets.");
    }

    private static String name(int target, int patch) {
        return "target of patches of " + target + ", kernel of " + patch;
    }
}
