package io.orrery.lab.claim.collapse;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.AtRest;
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
import io.orrery.lab.judge.criterion.Direction;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.criterion.Trend;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Mini-batch SGD with weight decay never comes to rest; without decay, or with the full batch, it does (P12, P12b, C5). */
@Serves("001-06")
public final class SgdNoise implements Claim {
    private static final String UPDATE = "update.norm";
    private static final String VARIANCE = "update.example-variance";
    private static final String ACCURACY = "loss.accuracy@train";

    private static final double[] LAMBDAS = {1e-4, 3e-4, 1e-3, 3e-3};
    private static final double[] BATCHES = {4, 16, 64};
    private static final double LAMBDA = 1e-3;
    private static final String SMALL = name(LAMBDA, 4);
    private static final String LARGER = name(LAMBDA, 16);
    private static final String NO_DECAY = "no decay, batch 4";
    private static final String NO_DECAY_LARGER = "no decay, batch 16";
    private static final String LINEAR_NOISY = "linear, decay, batch 4";
    private static final String LINEAR_STILL = "linear, decay, full batch";

    private static final String ALIVE_NAME = "late update over the first";
    private static final String BY_LAMBDA = "rank trend of the late update with lambda";
    private static final String BY_BATCH = "rank trend of the late update with the batch";
    private static final String BY_VARIANCE = "exponent of the variance of example gradients";

    private static final String GROWS = "the late update grows with lambda";
    private static final String SQUARE = "the variance of example gradients grows about as lambda^2";
    private static final String SHRINKS = "the late update shrinks as the batch grows";

    private static final String THREE_OF_FOUR =
            "no source gives a size; of all pairs of settings in a seed at least three of four"
                    + " are in the predicted order";

    private static final Threshold ALIVE = Threshold.atLeast(1e-3);
    private static final Threshold TREND = Threshold.atLeast(0.5);

    private static final Threshold EXPONENT = Threshold.within(1.4, 2.2);
    private static final Threshold FITTED = Threshold.atLeast(0.99);
    /** Updates of single looks differ by chance; one that dies out falls by far more than half in a third of the run. */
    private static final double SETTLED = 0.5;

    @Override
    public Card card() {
        return new CardDraft("sgd-noise", Kind.EFFECT, "P12", "P12b")
                .states(
                        "The noise is the batches' doing: without kinks the full batch with decay comes to rest and mini-batches do"
                                + " not; its size grows with lambda and shrinks with the batch, and the variance of example gradients"
                                + " grows about as lambda^2.")
                .source(
                        "Galanti and Poggio, SGD and weight decay provably induce a low-rank bias in neural networks, ICLR 2023"
                                + " submission, OpenReview N7Tv4aZ4Cyx, abstract")
                .literature(
                        "\"SGD noise must always be present, even asymptotically, as long as we incorporate weight decay and the batch"
                                + " size is smaller than the total number of training samples\", noise being \"the inability of SGD to"
                                + " converge to a stationary point\". No size is stated.")
                .because(
                        "A point at rest for every batch needs all examples' gradients to be equal to the decay gradient, which only"
                                + " the zero function manages. Without decay, interpolation makes every gradient zero.")
                .control(
                        "For each network that decay keeps moving the same one without decay, all else equal; for the batches' part"
                                + " the same linear network with the full batch (ReLU networks keep a floor from kinks with the full batch"
                                + " as well, so they cannot tell). For trends all permutations of lambda and of the batch.")
                .limit(
                        ALIVE_NAME,
                        ALIVE,
                        Provenance.argued(
                                "the source says that SGD does not come to rest and gives no size. A gradient below a"
                                        + " thousandth of the first one would move the weights by less in the whole run than the first"
                                        + " hundred steps did: that is rest for any practical purpose"),
                        "ten times the update without decay, half in logarithms of a factor of this project's pilot P12 that stood"
                                + " here as the source's; left, since it says nothing of rest",
                        "0.001, left as it was when the pilot seeds 3001-3010 gave 0.0178 (0.0150 to 0.0210) with batches of 4, 0.0111"
                                + " with 16, and 0.0317 (0.0224 to 0.0449) of the linear network")
                .limit(
                        BY_LAMBDA,
                        TREND,
                        Provenance.argued(THREE_OF_FOUR),
                        "each step at least 1.65, half in logarithms of the steps of P12 (one seed): no source gives a size",
                        "each step at least 1: a twentieth of all permutations of lambda has that too, so no control could exclude it",
                        "0.5, left as it was when the pilot seeds 3001-3010 gave 1")
                .limit(
                        BY_BATCH,
                        TREND,
                        Provenance.argued(THREE_OF_FOUR),
                        "each step at least 1.46, half in logarithms of the steps of P12 (one seed): no source gives a size",
                        "each step at least 1, as for lambda",
                        "0.5, left as it was when the pilot seeds 3001-3010 gave 1")
                .limit(
                        BY_VARIANCE,
                        EXPONENT,
                        Provenance.ownPilot("P12", 1),
                        "1.4 to 2.2, left as it was when the pilot seeds 3001-3010 gave 1.90 (1.83 to 1.97)")
                .cause("weight decay", "decay.lambda=0")
                .cause("mini-batches", "data.order=full")
                .refutedBy(
                        "An update that with decay and mini-batches falls below a thousandth of the first one; or a linear network"
                                + " that moves on with the full batch.")
                .assuming(
                        "g is the mean norm of the mini-batch gradients with decay, over one epoch's batches, at five looks in the"
                                + " last fifteenth of the run: the norm of plain SGD's update over the learning rate.")
                .assuming(
                        "The source's sentence is asked at lambda 1e-3 and batches of 4 and 16 of 64, where 2 lambda times learning rate"
                                + " times steps is above 2 and the update has settled. That the noise is not \"generated by the"
                                + " randomness of the SGD algorithm\", as a press text on the paper has it, is not judged: it would need"
                                + " batches in a fixed order.")
                .free("data", "model.widths")
                .assuming(
                        "Kinks alone keep a ReLU network above the limit: with the full batch in every arm (--set data.order=full, pilot"
                                + " seeds 3001-3010) its late update is 0.00214 of the first, interval 0.00172 to 0.00265. The source's"
                                + " sentence says nothing of the full batch; that the batches do it is ours, asked of linear networks.")
                .reads("update", "loss")
                .seenRefuted(
                        "On the pilot seeds 3001-3010, finding by finding; the altered runs as a whole are not judged, since updates"
                                + " that die out are not settled. Without decay (--set decay.lambda=0) the late update is 1.7e-8 of the"
                                + " first, interval 1.5e-9 to 1.9e-7, that of the linear network 9e-13, and the rank trend with lambda"
                                + " and the exponent are 0: refuted; the trend with the batch, 0.8, is not. With the full batch (--set data.order=full) that of the linear network"
                                + " is 5.7e-12, interval 4.8e-12 to 6.7e-12, and the rank trend with the batch -0.3: refuted.")
                .pilot("logarithm of the late update over the first, batch 4", -4.03, 0.20, "3001-3010")
                .pilot("logarithm of the late update over the first, batch 16", -4.50, 0.21, "3001-3010")
                .pilot("logarithm of the late update over the first, linear, batch 4", -3.45, 0.35, "3001-3010")
                .pilot("exponent of the variance of example gradients", 1.901, 0.074, "3001-3010")
                .quickSeconds(24);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = switch (scale) {
            case QUICK -> Protocol.spec("""
                            precision: double
                            data: {source: two-cluster, train: 64, dimensions: 20, separation: 1.5, unitNorm: true}
                            model: {kind: mlp, widths: [32, 32]}
                            loss: {kind: square, targets: single}
                            optimizer: {kind: sgd, learningRate: 0.02, momentum: 0}
                            stop: {steps: 60000}
                            measure: {instruments: [loss, update], perDecade: 3, thorough: all, at: [40000, 56000, 57000, 58000, 59000]}
                            """);
            case FULL -> Protocol.spec("""
                            precision: double
                            data: {source: mnist, classes: [4, 9], perClass: 32, unitNorm: true}
                            model: {kind: mlp, widths: [128, 128]}
                            loss: {kind: square, targets: single}
                            optimizer: {kind: sgd, learningRate: 0.02, momentum: 0}
                            stop: {steps: 600000}
                            measure: {instruments: [loss, update], perDecade: 3, thorough: all, at: [400000, 560000, 570000, 580000, 590000]}
                            """);
        };
        // 16 points in 20 dimensions: a linear network interpolates them.
        SpecDocument linear = base.having("model.activation=linear")
                .having("model.initialization=lecun")
                .having(scale == Scale.QUICK ? "data.train=16" : "data.perClass=8");
        List<Arm> arms = new ArrayList<>();
        for (double lambda : LAMBDAS) {
            arms.add(Arm.treatment(name(lambda, BATCHES[0]), arm(base, lambda, "epochs", BATCHES[0])));
        }
        for (double batch : BATCHES) {
            if (batch > BATCHES[0]) {
                arms.add(Arm.treatment(name(LAMBDA, batch), arm(base, LAMBDA, "epochs", batch)));
            }
        }
        arms.add(Arm.treatment(LINEAR_NOISY, arm(linear, 1e-2, "epochs", BATCHES[0])));
        arms.add(Arm.control(NO_DECAY, arm(base, 0, "epochs", BATCHES[0])));
        arms.add(Arm.control(NO_DECAY_LARGER, arm(base, 0, "epochs", BATCHES[1])));
        arms.add(Arm.control(LINEAR_STILL, arm(linear, 1e-2, "full", 16)));
        return new Protocol(10, arms);
    }

    private static SpecDocument arm(SpecDocument base, double lambda, String order, double batch) {
        return base.having("decay.lambda=" + lambda)
                .having("data.order=" + order)
                .having("data.batchSize=" + (int) batch);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        Sentence source = Sentence.ofSource(
                "SGD noise must always be present, even asymptotically, as long as we incorporate weight decay and the batch size is"
                        + " smaller than the total number of training samples.",
                "Galanti and Poggio, SGD and weight decay provably induce a low-rank bias in neural networks, abstract,"
                        + " openreview.net/forum?id=N7Tv4aZ4Cyx",
                source(evidence),
                Ruling.of(alive(evidence.arm(NO_DECAY)), alive(evidence.arm(NO_DECAY_LARGER))));
        Sentence ours = Sentence.ours(
                card().statement(),
                ours(evidence),
                Ruling.of(
                        alive(evidence.arm(LINEAR_STILL)),
                        byLambda(evidence).permutedDriver().monotone(GROWS, Direction.INCREASING, TREND),
                        byVariance(evidence).permutedDriver().powerLaw(SQUARE, EXPONENT),
                        byBatch(evidence).permutedDriver().monotone(SHRINKS, Direction.DECREASING, TREND)));
        return new Judgement(
                List.of(source, ours),
                List.of(
                        Figure.course(
                                "Size of the updates",
                                Figure.Axis.logarithmic("mean norm of mini-batch gradients with decay"),
                                evidence.arms(),
                                UPDATE,
                                List.of(),
                                "Median and range over seeds. With decay and mini-batches the curves level off at a floor that"
                                        + " lambda sets; without decay they keep falling, and the full batch on a linear network"
                                        + " comes to rest."),
                        DriverFigure.of(
                                "The floor and lambda",
                                Figure.Axis.logarithmic("lambda"),
                                Figure.Axis.logarithmic("late update"),
                                "batch 4",
                                LAMBDAS,
                                overLambdas(evidence, UPDATE),
                                "Median and range over seeds.")),
                List.of());
    }

    /** The findings on the source's sentence. */
    Ruling source(Evidence evidence) {
        return Ruling.of(
                List.of(alive(evidence.arm(SMALL)), alive(evidence.arm(LARGER))),
                List.of(
                        fitted(evidence.arm(NO_DECAY)),
                        fitted(evidence.arm(NO_DECAY_LARGER)),
                        settled(evidence, SMALL),
                        settled(evidence, LARGER)));
    }

    /** The findings on our statement. */
    Ruling ours(Evidence evidence) {
        return Ruling.of(
                List.of(
                        alive(evidence.arm(LINEAR_NOISY)),
                        byLambda(evidence).monotone(GROWS, Direction.INCREASING, TREND),
                        byVariance(evidence).powerLaw(SQUARE, EXPONENT),
                        byBatch(evidence).monotone(SHRINKS, Direction.DECREASING, TREND)),
                List.of(settled(evidence, LINEAR_NOISY)));
    }

    private static Trend byLambda(Evidence evidence) {
        return Trend.of("the late update", "lambda", LAMBDAS, overLambdas(evidence, UPDATE));
    }

    private static Trend byVariance(Evidence evidence) {
        return Trend.of("the variance of example gradients", "lambda", LAMBDAS, overLambdas(evidence, VARIANCE));
    }

    private static Trend byBatch(Evidence evidence) {
        double[][] shrinking = Arrays.stream(BATCHES)
                .mapToObj(batch -> late(evidence.arm(name(LAMBDA, batch)), UPDATE))
                .toArray(double[][]::new);
        return Trend.of("the late update", "batch size", BATCHES, shrinking);
    }

    private static double[][] overLambdas(Evidence evidence, String series) {
        return Arrays.stream(LAMBDAS)
                .mapToObj(lambda -> late(evidence.arm(name(lambda, BATCHES[0])), series))
                .toArray(double[][]::new);
    }

    private static Finding alive(ArmRuns arm) {
        double[] late = late(arm, UPDATE);
        double[] first = arm.first(UPDATE);
        return Level.of(
                "the late update over the first, " + arm.name() + ",",
                "updates keep at least a thousandth of their first size",
                RhoProtocols.perSeed(arm.count(), seed -> late[seed] / first[seed]),
                Average.GEOMETRIC,
                ALIVE);
    }

    private static Requirement settled(Evidence evidence, String arm) {
        return AtRest.settled(evidence.arm(arm), UPDATE, "the size of updates", SETTLED);
    }

    private static Requirement fitted(ArmRuns arm) {
        return Requirement.all("fitted", "training accuracy of " + arm.name(), arm.last(ACCURACY), FITTED);
    }

    /** The mean over the looks of the last fifteenth of the run. */
    private static double[] late(ArmRuns arm, String series) {
        return arm.meanFrom(series, arm.spec().stop().steps().orElse(0) * 14 / 15);
    }

    private static String name(double lambda, double batch) {
        return "lambda " + Arm.number(lambda) + ", batch " + Arm.number(batch);
    }
}
