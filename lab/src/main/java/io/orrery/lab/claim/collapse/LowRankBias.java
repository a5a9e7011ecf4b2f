package io.orrery.lab.claim.collapse;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.DriverFigure;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Figure;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Provenance;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.Sentence;
import io.orrery.lab.claim.rho.RhoProtocols;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.criterion.Direction;
import io.orrery.lab.judge.criterion.Trend;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** SGD with weight decay lowers the rank of weight matrices: more decay, larger steps and smaller batches, lower rank (P16, P17). */
@Serves("001-05")
public final class LowRankBias implements Claim {
    private static final double[] LAMBDAS = {0, 1e-3, 2e-3, 4e-3, 8e-3};
    /** 150 epochs of 25 times as many examples are 25 times as many steps: the same exponents E. */
    private static final double[] FULL_LAMBDAS = {0, 4e-5, 8e-5, 1.6e-4, 3.2e-4};

    private static final double[] RATES = {0.05, 0.1, 0.2, 0.3};
    private static final double[] BATCHES = {2, 4, 8, 32};
    private static final double RATE = 0.1;
    private static final int EPOCHS = 150;
    private static final double BATCH = 4;

    private static final String RANK = "rank.rank";
    private static final String EXPONENT = "rank.decay-exponent";
    private static final String ACCURACY = "loss.accuracy@train";

    private static final String FALLEN = "mean rank at the end over that at the start";
    private static final String TRENDS = "rank trends with lambda, rate and batch";
    private static final String EQUAL = "mean rank of batch 32 over that of batch 4";

    private static final Threshold RATIO = Threshold.atMost(0.45);

    private static final Threshold RANK_TREND = Threshold.atLeast(0.5);
    /** Ranks no further apart than this are ties, as in P16. */
    private static final double TIE = 1;

    private static final double SHARE = 0.1;
    private static final Threshold FITTED = Threshold.atLeast(0.99);

    private record Setting(double lambda, double rate, double batch) {
        String name() {
            return "lambda " + Arm.number(lambda) + ", rate " + Arm.number(rate) + ", batch " + Arm.number(batch);
        }
    }

    private static final Setting NO_DECAY = new Setting(0, RATE, BATCH);
    private static final String EQUAL_STEPS = "batch 32, as many steps as batch 4";

    @Override
    public Card card() {
        return new CardDraft("low-rank-bias", Kind.EFFECT, "P16", "P17")
                .states(
                        "What the batch does to the rank at equal epochs, the number of steps does: after equally many steps a batch"
                                + " of 32 leaves the rank that a batch of 4 leaves.")
                .source(
                        "Galanti, Siegel, Gupte and Poggio 2025, SGD and Weight Decay Secretly Minimize the Rank of Your Neural"
                                + " Network, arXiv 2206.05794v7, abstract")
                .literature(
                        "The bias toward low rank \"becomes more pronounced with smaller batch sizes, higher learning rates, or"
                                + " stronger weight decay\", and \"weight decay is essential for this bias to occur\". No size is stated; an"
                                + " exposition by the author gives an effective rank of roughly batch size over (rate times decay).")
                .because(
                        "Decay forgets the initial weights by exp(-E), E = 2 lambda times the sum of learning rates; what is left was"
                                + " written by the last batches, each of rank at most its size.")
                .control(
                        "The same fall of the rank over training asked of the same network without decay; for trends all"
                                + " permutations of lambda, rate or batch; for equal steps the same two batches at equal epochs, where their"
                                + " ranks must differ.")
                .limit(
                        FALLEN,
                        RATIO,
                        Provenance.ownPilot("P17", 1),
                        "0.58, half in logarithms of a fall seen in this project's pilot P16; restored, since no reason was given"
                                + " for the half",
                        "0.45, left as it was when the pilot seeds 3001-3010 gave 0.396 (0.380 to 0.412)")
                .limit(
                        TRENDS,
                        RANK_TREND,
                        Provenance.argued(
                                "no source gives a size; of all pairs of settings in a seed at least three of four are in the"
                                        + " predicted order, ranks within 1 being ties (P16)"),
                        "0.5, left as it was when the pilot seeds 3001-3010 gave 1 for each")
                .limit(
                        EQUAL,
                        Threshold.about(1, SHARE),
                        Provenance.argued(
                                "a tenth is a third of the smallest step between neighbouring batches that the first"
                                        + " sentence speaks of"),
                        "a tenth, left as it was when the pilot seeds 3001-3010 gave 0.921 (0.910 to 0.932)")
                .cause("weight decay", "decay.lambda=0")
                .refutedBy(
                        "A rank that falls to 0.45 of its start without decay too, or does not with it; a rank that does not"
                                + " follow lambda, rate or batch; ranks that differ by a tenth after equally many steps.")
                .assuming(
                        "Rank is the number of singular values above a thousandth of the Frobenius norm, averaged over layers. The"
                                + " source compares batches at equal epochs, and so do we in its sentence.")
                .free("data", "model.widths")
                .reads("rank", "loss")
                .seenRefuted(
                        "The source's sentence without decay (--set decay.lambda=0, pilot seeds 3001-3010): all four findings are"
                                + " refuted, the mean rank ends at 1.000 of its start, interval 0.995 to 1.005, and its rank trends with"
                                + " lambda, rate and batch are 0. Ours is inconclusive there: with nothing to forget, ranks are equal"
                                + " at equal epochs (0.9995) as after equally many steps (0.9985). At equal epochs with decay ours is"
                                + " excluded: 1.544, interval 1.525 to 1.562.")
                .pilot("logarithm of the mean rank at the end over that at the start", -0.927, 0.056, "3001-3010")
                .pilot("logarithm of the mean rank of batch 32 over that of batch 4", -0.0826, 0.0168, "3001-3010")
                .quickSeconds(14);
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
        Setting larger = larger(scale);
        arms.add(Arm.treatment(
                EQUAL_STEPS, arm(base, larger).having("stop.epochs=" + (int) (EPOCHS * larger.batch / BATCH))));
        // Rank trends are alike in all seeds: five alike decide nothing, six do.
        return new Protocol(scale == Scale.QUICK ? 10 : 6, arms);
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
        List<RankTrend> trends = trends(evidence);
        Sentence source = Sentence.ofSource(
                "Training with mini-batch SGD and weight decay induces a bias toward rank minimization in the weight matrices; this"
                        + " bias becomes more pronounced with smaller batch sizes, higher learning rates, or stronger weight decay;"
                        + " weight decay is essential for this bias to occur.",
                "Galanti, Siegel, Gupte and Poggio 2025, abstract, arxiv.org/abs/2206.05794v7",
                source(evidence),
                Ruling.of(
                        Stream.concat(
                                        Stream.of(fallen(evidence.arm(NO_DECAY.name()))),
                                        trends.stream().map(RankTrend::control))
                                .toList(),
                        List.of()));
        ArmRuns small = evidence.arm(new Setting(lambdas[2], RATE, BATCH).name());
        Sentence ours = Sentence.ours(
                card().statement(),
                Ruling.of(List.of(equal(evidence.arm(EQUAL_STEPS), small)), fitted(evidence)),
                Ruling.of(equal(evidence.arm(larger(scale).name()), small)));
        return new Judgement(
                List.of(source, ours),
                List.of(
                        DriverFigure.of(
                                "Rank and decay",
                                Figure.Axis.linear("lambda"),
                                Figure.Axis.linear("mean rank over layers"),
                                "rate 0.1, batch 4",
                                lambdas,
                                ranks(evidence, byLambda(scale)),
                                "Median and range over seeds, after equally many epochs."),
                        overExponent(evidence)),
                List.of());
    }

    /** The findings on the source's sentence. */
    Ruling source(Evidence evidence) {
        return Ruling.of(
                Stream.concat(
                                Stream.of(fallen(
                                        evidence.arm(decay(evidence.scale()).name()))),
                                trends(evidence).stream().map(RankTrend::finding))
                        .toList(),
                fitted(evidence));
    }

    private static List<RankTrend> trends(Evidence evidence) {
        Scale scale = evidence.scale();
        return List.of(
                new RankTrend("lambda", lambdas(scale), ranks(evidence, byLambda(scale)), Direction.DECREASING),
                new RankTrend("learning rate", RATES, ranks(evidence, byRate(scale)), Direction.DECREASING),
                new RankTrend("batch size", BATCHES, ranks(evidence, byBatch(scale)), Direction.INCREASING));
    }

    private static List<Requirement> fitted(Evidence evidence) {
        return settings(evidence.scale()).stream()
                .map(setting -> Requirement.all(
                        "fitted",
                        "training accuracy of " + setting.name(),
                        evidence.arm(setting.name()).last(ACCURACY),
                        FITTED))
                .toList();
    }

    /** The third lambda with the largest batch. */
    private static Setting larger(Scale scale) {
        return new Setting(lambdas(scale)[2], RATE, BATCHES[BATCHES.length - 1]);
    }

    private static Finding fallen(ArmRuns arm) {
        return Comparison.ratio(
                FALLEN,
                "the mean rank falls to 0.45 of what it was at the start, or less",
                new Values("the mean rank at the end of " + arm.name(), arm.lastMeanOverLayers(RANK)),
                new Values("that at its start", firstMeanOverLayers(arm)),
                RATIO);
    }

    private static double[] firstMeanOverLayers(ArmRuns arm) {
        List<double[]> layers = arm.layers(RANK).stream()
                .map(layer -> arm.first(RANK + "/" + layer))
                .toList();
        return RhoProtocols.perSeed(
                arm.count(),
                seed -> layers.stream()
                        .mapToDouble(layer -> layer[seed])
                        .average()
                        .orElse(Double.NaN));
    }

    private static Finding equal(ArmRuns larger, ArmRuns small) {
        return Comparison.equal(
                EQUAL,
                "the ranks differ by at most a tenth",
                new Values("the mean rank of " + larger.name(), larger.lastMeanOverLayers(RANK)),
                new Values("that of " + small.name(), small.lastMeanOverLayers(RANK)),
                SHARE);
    }

    /** How the mean rank goes with one driver, and the same with the driver's labels permuted. */
    private record RankTrend(String driver, double[] values, double[][] ranks, Direction direction) {
        Finding finding() {
            return trend().monotone(prediction(), direction, TIE, RANK_TREND);
        }

        Finding control() {
            return trend().permutedDriver().monotone(prediction(), direction, TIE, RANK_TREND);
        }

        private Trend trend() {
            return Trend.of("the mean rank", driver, values, ranks);
        }

        private String prediction() {
            return "the mean rank " + (direction == Direction.INCREASING ? "grows" : "falls") + " with " + driver;
        }
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
