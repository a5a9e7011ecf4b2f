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
import io.orrery.lab.judge.Comparison;
import io.orrery.lab.judge.Direction;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Permutation;
import io.orrery.lab.judge.Plain;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Threshold;
import io.orrery.lab.judge.Trend;
import io.orrery.lab.judge.Values;
import io.orrery.lab.spec.SpecDocument;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Labels without meaning are fitted at a larger rho and smaller margins than true ones (P8, C8). */
public final class RandomLabelsRaiseRho implements Claim {
    private static final double[] NOISE = {0, 0.2, 0.5, 1};
    /** The source's 11.1 over 16.9 to 18.4, -0.42 to -0.5 in logarithms: half of the weakest. */
    private static final Threshold RHO_RATIO = Threshold.atMost(0.81);
    /** The source's 0.089 over 0.051 to 0.045, 0.56 in logarithms: half of it. */
    private static final Threshold MARGIN_RATIO = Threshold.atLeast(1.32);

    private static final Threshold RANK_TREND = Threshold.atLeast(0.5);
    private static final double TIE = 0.005;
    private static final Threshold FITTED = Threshold.atLeast(0.99);
    /** 2 (M + lambda) t after which rho has come to rest. */
    private static final Threshold RELAXED = Threshold.atLeast(20);

    private static final long PERMUTATION = 8;

    @Override
    public Card card() {
        return new CardDraft("random-labels-raise-rho", Kind.TREND, "P8")
                .states(
                        "Random labels are fitted with a larger rho and smaller margins than true labels, and the test error grows"
                                + " with their share.")
                .source(
                        "Xu, Rangamani, Banburski, Liao, Galanti and Poggio 2023, code of the first version; core theory P8")
                .literature(
                        "Core theory P8: rho 11.1, 16.9, 18.4, 18.2 and mean margin 0.089, 0.051, 0.045, 0.046 at a share of"
                                + " random labels of 0, 0.2, 0.5 and 1.")
                .because(
                        "A label that contradicts its neighbours needs a steep function to be fitted, and steepness at fixed"
                                + " directions is rho.")
                .control("The shares permuted over the runs of each seed: the differences must vanish.")
                .assuming(
                        "Noise replaces labels by uniformly random ones, half of which are right by chance. A half and all random"
                                + " need not be ordered in rho.")
                .assuming(
                        "At scale full the 50 images of two digits of scale-remembered-without-decay. With 200, judged first, rho came"
                                + " to rest with 98% of the labels fitted where a fifth were random, and the claim was not judged; a tenth"
                                + " of the decay left 99% on pilot seeds. All labels of 50 are fitted. Images and noise are the same for every seed, so"
                                + " that intervals do not cover another draw of them.")
                .free("data", "model.widths")
                .reads("norms", "margins", "loss")
                .pilot("log of rho on true labels over rho on noisy ones", -0.466, 0.029)
                .pilot("log of the mean margin on true labels over that on noisy ones", 0.619, 0.053)
                .pilot("rank trend of the test error", 1, 0)
                .quickSeconds(9);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = (scale == Scale.QUICK
                        ? RhoProtocols.xor().having("stop.steps=12000")
                        : RhoProtocols.fewDigits().having("stop.steps=10000"))
                .having("model.initialRho=3")
                .having("decay.lambda=1e-4");
        return new Protocol(
                10,
                Arrays.stream(NOISE)
                        .mapToObj(share -> Arm.treatment(name(share), base.having("data.labelNoise=" + share)))
                        .toList());
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<ArmRuns> arms = Arrays.stream(NOISE)
                .mapToObj(share -> evidence.arm(name(share)))
                .toList();
        double[][] rho = arms.stream().map(arm -> arm.last(RhoProtocols.RHO)).toArray(double[][]::new);
        double[][] margin =
                arms.stream().map(arm -> arm.last(RhoProtocols.MEAN_MARGIN)).toArray(double[][]::new);
        double[][] error = arms.stream().map(RhoProtocols::testError).toArray(double[][]::new);
        Permutation permutation =
                Permutation.of(PERMUTATION, NOISE.length, arms.getFirst().count());
        List<Requirement> fitted = arms.stream()
                .map(arm -> Requirement.all(
                        "fitted", "training accuracy with " + arm.name(), arm.last(RhoProtocols.ACCURACY), FITTED))
                .toList();
        return new Judgement(
                Ruling.of(findings(rho, margin, error), fitted),
                Ruling.of(
                        findings(permutation.applied(rho), permutation.applied(margin), permutation.applied(error)),
                        List.of()),
                List.of(
                        DriverFigure.of(
                                "The scale that fitting needs",
                                Figure.Axis.linear("share of random labels"),
                                Figure.Axis.linear("final rho"),
                                "final rho",
                                NOISE,
                                rho,
                                "Median and range over seeds."),
                        DriverFigure.of(
                                "Test error",
                                Figure.Axis.linear("share of random labels"),
                                Figure.Axis.linear("test error"),
                                "test error",
                                NOISE,
                                error,
                                "Median and range over seeds; the test labels are true.")),
                arms.stream().flatMap(arm -> unfitted(arm).stream()).toList());
    }

    /** Whether it was decay, and not too few steps, that left labels of an arm unfitted. */
    private static Optional<String> unfitted(ArmRuns arm) {
        boolean fitted = Arrays.stream(arm.last(RhoProtocols.ACCURACY)).allMatch(FITTED::holds);
        double relaxed = Arrays.stream(arm.last("norms.relaxation")).min().orElse(Double.NaN);
        return fitted || !RELAXED.holds(relaxed)
                ? Optional.empty()
                : Optional.of(
                        "With " + arm.name()
                                + " it is decay, not time, that leaves labels unfitted: 2 (M + lambda) t is at"
                                + " least " + Plain.number(relaxed)
                                + ", rho has come to rest, and more steps would change nothing. A smaller decay.lambda lets them be fitted.");
    }

    private static List<Finding> findings(double[][] rho, double[][] margin, double[][] error) {
        return List.of(
                Comparison.ratio(
                        "rho on true labels over rho on noisy ones",
                        "true labels are fitted at a smaller rho",
                        new Values("rho on true labels", rho[0]),
                        new Values("the mean of those on noisy ones", meanOfNoisy(rho)),
                        RHO_RATIO),
                Comparison.ratio(
                        "margin on true labels over margin on noisy ones",
                        "true labels are fitted with larger margins",
                        new Values("the mean margin on true labels", margin[0]),
                        new Values("the mean of those on noisy ones", meanOfNoisy(margin)),
                        MARGIN_RATIO),
                Trend.of("the test error", "share of random labels", NOISE, error)
                        .monotone(
                                "the test error grows with the share of random labels",
                                Direction.INCREASING,
                                TIE,
                                RANK_TREND));
    }

    private static double[] meanOfNoisy(double[][] arms) {
        return RhoProtocols.perSeed(
                arms[0].length,
                seed -> IntStream.range(1, arms.length)
                        .mapToDouble(arm -> arms[arm][seed])
                        .average()
                        .orElse(Double.NaN));
    }

    private static String name(double share) {
        return (int) Math.round(100 * share) + "% random labels";
    }
}
