package io.orrery.lab.claim.catalogue;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Figure;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.judge.Average;
import io.orrery.lab.judge.Comparison;
import io.orrery.lab.judge.Direction;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Permutation;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Threshold;
import io.orrery.lab.judge.Trend;
import io.orrery.lab.judge.Values;
import io.orrery.lab.spec.SpecDocument;
import java.util.Arrays;
import java.util.List;

/** Without weight decay a large initial scale interpolates at a large rho and generalizes worse (P5, C2 to C4). */
public final class ScaleRememberedWithoutDecay implements Claim {
    private static final double[] INITIAL = {2, 20, 40, 80};

    private static final Threshold FITTED = Threshold.atMost(1e-3);
    /** The source's 11, 20, 40, 69 grow by at least 1.7 from start to start, 0.55 in logarithms: half of that. */
    private static final Threshold RHO_STEP = Threshold.atLeast(1.3);

    private static final Threshold RANK_TREND = Threshold.atLeast(0.5);
    /** The source's 0.278, halved. */
    private static final Threshold ERROR_GAP = Threshold.atLeast(0.139);

    /** Test errors closer than half a percent of a thousand examples' noise are ties. */
    private static final double TIE = 0.005;

    private static final long PERMUTATION = 5;

    @Override
    public Card card() {
        return new CardDraft("scale-remembered-without-decay", Kind.TREND, "P5", "P28")
                .states(
                        "Without weight decay the final rho depends on where it started: a large initial scale fits the data at large"
                                + " rho and small margins, and generalizes worse.")
                .source("Poggio and Liao 2021; Xu, Rangamani, Banburski, Liao, Galanti and Poggio 2023")
                .literature(
                        "Zero square loss alone implies neither large margin nor good test performance. Core theory P5: final rho"
                                + " 11, 20, 40, 69 and test error 0, 0.02, 0.17, 0.28 from initial rho 2, 20, 40, 80.")
                .because(
                        "Without decay, gradient descent stops at the first interpolating solution on its way; from a large scale"
                                + " that is one with directions hardly moved.")
                .control("The initial scales permuted over the runs of each seed: the trends must vanish.")
                .assuming(
                        "A hard task (xor of two of 16 signs, 80 points): on the easy two-cluster task rho spreads as much while the"
                                + " test error stays below 1%. The link between rho and error is not universal.")
                .free("data", "model.widths")
                .reads("norms", "margins", "loss")
                .pilot("rank trend of the test error", 0.967, 0.105)
                .pilot("log of the weakest step of final rho", 0.566, 0.026)
                .pilot("gap in test error", 0.206, 0.038)
                .quickSeconds(8);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = (scale == Scale.QUICK
                        ? RhoProtocols.xor().having("stop.steps=6000")
                        : RhoProtocols.digits().having("stop.steps=10000"))
                .having("decay.lambda=0");
        return new Protocol(
                scale == Scale.QUICK ? 10 : 5,
                Arrays.stream(INITIAL)
                        .mapToObj(rho -> Arm.treatment(name(rho), RhoProtocols.from(rho, base)))
                        .toList());
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<ArmRuns> arms =
                Arrays.stream(INITIAL).mapToObj(rho -> evidence.arm(name(rho))).toList();
        double[][] rho = arms.stream().map(arm -> arm.last(RhoProtocols.RHO)).toArray(double[][]::new);
        double[][] error = arms.stream().map(RhoProtocols::testError).toArray(double[][]::new);
        Permutation permutation =
                Permutation.of(PERMUTATION, INITIAL.length, arms.getFirst().count());
        List<Requirement> fitted = arms.stream()
                .map(arm -> Requirement.all(
                        "interpolating", "training loss from " + arm.name(), arm.last(RhoProtocols.LOSS), FITTED))
                .toList();
        return new Judgement(
                Ruling.of(findings(rho, error), fitted),
                Ruling.of(findings(permutation.applied(rho), permutation.applied(error)), List.of()),
                List.of(
                        DriverFigure.of(
                                "Final rho and where it started",
                                Figure.Axis.logarithmic("initial rho"),
                                Figure.Axis.logarithmic("final rho"),
                                "final rho",
                                INITIAL,
                                rho,
                                "Median and range over seeds."),
                        DriverFigure.of(
                                "Test error and where rho started",
                                Figure.Axis.logarithmic("initial rho"),
                                Figure.Axis.linear("test error"),
                                "test error",
                                INITIAL,
                                error,
                                "Median and range over seeds; all runs fit the training set exactly.")),
                List.of());
    }

    private static List<Finding> findings(double[][] rho, double[][] error) {
        Trend errors = Trend.of("the test error", "initial rho", INITIAL, error);
        return List.of(
                errors.monotone("the test error grows with the initial scale", Direction.INCREASING, TIE, RANK_TREND),
                Trend.of("final rho", "initial rho", INITIAL, rho)
                        .ordered("final rho grows with initial rho", Direction.INCREASING, Average.GEOMETRIC, RHO_STEP),
                Comparison.difference(
                        "gap in test error",
                        "the largest scale generalizes worse than the smallest",
                        new Values("the test error from the largest scale", error[error.length - 1]),
                        new Values("that from the smallest", error[0]),
                        ERROR_GAP));
    }

    private static String name(double rho) {
        return "rho starts at " + (int) rho;
    }
}
