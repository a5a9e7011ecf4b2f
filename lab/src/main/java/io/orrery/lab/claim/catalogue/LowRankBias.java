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
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Threshold;
import io.orrery.lab.judge.Trend;
import io.orrery.lab.judge.Values;
import io.orrery.lab.spec.SpecDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** SGD with weight decay lowers the rank of weight matrices: more decay, larger steps and smaller batches, lower rank (P16, P17). */
public final class LowRankBias implements Claim {
    private static final double[] LAMBDAS = {0, 1e-3, 2e-3, 4e-3, 8e-3};
    /** 150 epochs of 25 times as many examples are 25 times as many steps: the same exponents E. */
    private static final double[] FULL_LAMBDAS = {0, 4e-5, 8e-5, 1.6e-4, 3.2e-4};

    private static final double[] RATES = {0.05, 0.1, 0.2, 0.3};
    private static final double[] BATCHES = {2, 4, 8, 32};
    private static final double RATE = 0.1;
    private static final double BATCH = 4;

    private static final String RANK = "rank.rank";
    private static final String EXPONENT = "rank.decay-exponent";
    private static final String ACCURACY = "loss.accuracy@train";

    /** The source's 16.8 over 50.5 at lambda 4e-3, -1.1 in logarithms, halved. */
    private static final Threshold RATIO = Threshold.atMost(0.58);

    private static final Threshold RANK_TREND = Threshold.atLeast(0.5);
    /** Ranks no further apart than this are ties, as in the source. */
    private static final double TIE = 1;

    private static final Threshold FITTED = Threshold.atLeast(0.99);
    private static final long PERMUTATION = 16;

    private record Setting(double lambda, double rate, double batch) {
        String name() {
            return "lambda " + Arm.number(lambda) + ", rate " + Arm.number(rate) + ", batch " + Arm.number(batch);
        }
    }

    private static final Setting NO_DECAY = new Setting(0, RATE, BATCH);
    private static final Setting NO_DECAY_FAST = new Setting(0, 0.3, BATCH);

    @Override
    public Card card() {
        return new CardDraft("low-rank-bias", Kind.EFFECT, "P16", "P17")
                .states(
                        "SGD with weight decay drives weight matrices to low rank: at equal epochs the rank falls with larger lambda,"
                                + " larger learning rate and smaller batch; without decay it stays full.")
                .source(
                        "Galanti, Siegel, Gupte and Poggio 2025 (SGD with weight decay secretly minimizes the ranks of your neural"
                                + " networks)")
                .literature(
                        "The average rank falls with larger lambda, larger rate and smaller batch; no such bias at lambda 0. Core"
                                + " theory P16: mean rank 50.5, 49.3, 30.3, 16.8, 13.8 at lambda 0, 1e-3, 2e-3, 4e-3, 8e-3.")
                .because(
                        "Decay forgets the initial weights by exp(-E), E = 2 lambda times the sum of learning rates; what is left was"
                                + " written by the last batches, each of rank at most its size.")
                .control(
                        "The same comparison without decay, a threefold learning rate in place of it, and drivers permuted over the"
                                + " runs of each seed: neither may lower the rank.")
                .assuming(
                        "Rank is the number of singular values above a thousandth of the Frobenius norm, averaged over layers. The"
                                + " effect of batch and rate works through E, which the second figure shows: at equal E they do not matter.")
                .free("data", "model.widths")
                .reads("rank", "loss")
                .pilot("log of the mean rank at lambda 4e-3 over that at 0", -0.928, 0.037)
                .pilot("rank trends with lambda, rate and batch", 1, 0)
                .quickSeconds(10);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = switch (scale) {
            case QUICK -> Protocol.spec("""
                            precision: double
                            data: {source: clusters, clusters: 10, perCluster: 40, dimensions: 64, spread: 0.8, testPerCluster: 10}
                            model: {kind: mlp, widths: [64, 64, 64]}
                            loss: {kind: square}
                            optimizer: {kind: sgd, momentum: 0}
                            stop: {epochs: 150}
                            measure: {instruments: [loss, rank], perDecade: 2}
                            """);
            case FULL -> Protocol.spec("""
                            data: {source: mnist, perClass: 1000, standardize: per-channel}
                            model: {kind: mlp, widths: [100, 100, 100, 100]}
                            loss: {kind: square}
                            optimizer: {kind: sgd, momentum: 0}
                            schedule: {kind: constant, warmup: 500}
                            stop: {epochs: 150}
                            measure: {instruments: [loss, rank], perDecade: 3}
                            """);
        };
        List<Arm> arms = new ArrayList<>();
        for (Setting setting : settings(scale)) {
            arms.add(Arm.treatment(setting.name(), arm(base, setting)));
        }
        arms.add(Arm.control(NO_DECAY_FAST.name(), arm(base, NO_DECAY_FAST)));
        return new Protocol(5, arms);
    }

    private static SpecDocument arm(SpecDocument base, Setting setting) {
        return base.having("decay.lambda=" + setting.lambda)
                .having("optimizer.learningRate=" + setting.rate)
                .having("data.batchSize=" + (int) setting.batch);
    }

    private static double[] lambdas(Scale scale) {
        return scale == Scale.QUICK ? LAMBDAS : FULL_LAMBDAS;
    }

    private static List<Setting> settings(Scale scale) {
        return Stream.of(byLambda(scale), byRate(scale), byBatch(scale))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private static List<Setting> byLambda(Scale scale) {
        return Arrays.stream(lambdas(scale))
                .mapToObj(lambda -> new Setting(lambda, RATE, BATCH))
                .toList();
    }

    /** The third lambda, whose exponent is near the threshold, with other rates. */
    private static List<Setting> byRate(Scale scale) {
        return Arrays.stream(RATES)
                .mapToObj(rate -> new Setting(lambdas(scale)[2], rate, BATCH))
                .toList();
    }

    private static List<Setting> byBatch(Scale scale) {
        return Arrays.stream(BATCHES)
                .mapToObj(batch -> new Setting(lambdas(scale)[2], RATE, batch))
                .toList();
    }

    /** The fourth lambda, with which the rank has fallen. */
    private static Setting decay(Scale scale) {
        return byLambda(scale).get(3);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        Scale scale = evidence.scale();
        double[] lambdas = lambdas(scale);
        double[][] byLambda = ranks(evidence, byLambda(scale));
        double[][] byRate = ranks(evidence, byRate(scale));
        double[][] byBatch = ranks(evidence, byBatch(scale));
        int seeds = byLambda[0].length;
        Ruling treatment = Ruling.of(
                List.of(
                        lowered(evidence.arm(decay(scale).name()), evidence.arm(NO_DECAY.name())),
                        trend("lambda", lambdas, byLambda, Direction.DECREASING),
                        trend("learning rate", RATES, byRate, Direction.DECREASING),
                        trend("batch size", BATCHES, byBatch, Direction.INCREASING)),
                settings(scale).stream()
                        .map(setting -> Requirement.all(
                                "fitted",
                                "training accuracy of " + setting.name(),
                                evidence.arm(setting.name()).last(ACCURACY),
                                FITTED))
                        .toList());
        Ruling control = Ruling.of(
                lowered(evidence.arm(NO_DECAY_FAST.name()), evidence.arm(NO_DECAY.name())),
                trend("lambda", lambdas, permuted(byLambda, seeds), Direction.DECREASING),
                trend("learning rate", RATES, permuted(byRate, seeds), Direction.DECREASING),
                trend("batch size", BATCHES, permuted(byBatch, seeds), Direction.INCREASING));
        return new Judgement(
                treatment,
                control,
                List.of(
                        DriverFigure.of(
                                "Rank and decay",
                                Figure.Axis.linear("lambda"),
                                Figure.Axis.linear("mean rank over layers"),
                                "rate 0.1, batch 4",
                                lambdas,
                                byLambda,
                                "Median and range over seeds, after equally many epochs."),
                        overExponent(evidence)),
                List.of());
    }

    private static Finding lowered(ArmRuns decayed, ArmRuns plain) {
        return Comparison.ratio(
                "mean rank with decay over that without",
                "decay lowers the mean rank",
                new Values("the mean rank at " + decayed.name(), decayed.lastMeanOverLayers(RANK)),
                new Values("that at " + plain.name(), plain.lastMeanOverLayers(RANK)),
                RATIO);
    }

    private static Finding trend(String driver, double[] values, double[][] ranks, Direction direction) {
        return Trend.of("the mean rank", driver, values, ranks)
                .monotone(
                        "the mean rank " + (direction == Direction.INCREASING ? "grows" : "falls") + " with " + driver,
                        direction,
                        TIE,
                        RANK_TREND);
    }

    private static double[][] permuted(double[][] values, int seeds) {
        return Permutation.of(PERMUTATION, values.length, seeds).applied(values);
    }

    private static double[][] ranks(Evidence evidence, List<Setting> settings) {
        return settings.stream()
                .map(setting -> evidence.arm(setting.name()).lastMeanOverLayers(RANK))
                .toArray(double[][]::new);
    }

    /** All settings on one axis: what batch, rate and decay do to the rank goes through E. */
    private static Figure overExponent(Evidence evidence) {
        List<Figure.Curve> curves = settings(evidence.scale()).stream()
                .map(setting -> evidence.arm(setting.name()))
                .map(arm -> {
                    double exponent =
                            Arrays.stream(arm.last(EXPONENT)).findFirst().orElse(Double.NaN);
                    double[][] ranks = Arrays.stream(arm.lastMeanOverLayers(RANK))
                            .mapToObj(rank -> new double[] {rank})
                            .toArray(double[][]::new);
                    return new Figure.Curve(arm.name(), Arm.Part.TREATMENT, false, new double[] {exponent}, ranks);
                })
                .toList();
        return new Figure(
                "Rank and the decay exponent E",
                Figure.Axis.linear("E = 2 lambda x sum of learning rates"),
                Figure.Axis.linear("mean rank over layers"),
                curves,
                List.of(),
                "Every setting, one point each: the rank starts to fall where E passes ln(1000) = 6.9, whatever set E (5.3 of the"
                        + " core theory).");
    }
}
