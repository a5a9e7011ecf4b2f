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
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Threshold;
import io.orrery.lab.judge.Trend;
import io.orrery.lab.judge.Values;
import io.orrery.lab.spec.SpecDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Mini-batch SGD with weight decay never comes to rest; without decay, or with the full batch, it does (P12, C5). */
public final class SgdNoise implements Claim {
    private static final String UPDATE = "update.norm";
    private static final String VARIANCE = "update.example-variance";
    private static final String ACCURACY = "loss.accuracy@train";

    private static final double[] LAMBDAS = {1e-4, 3e-4, 1e-3, 3e-3};
    private static final double[] BATCHES = {4, 16, 64};
    private static final double BATCH_LAMBDA = 1e-3;
    private static final String NO_DECAY = "no decay, batch 4";
    private static final String LINEAR_NOISY = "linear, decay, batch 4";
    private static final String LINEAR_STILL = "linear, decay, full batch";
    private static final String LINEAR_PLAIN = "linear, no decay, full batch";

    /** The source's factor of 100, 4.6 in logarithms, halved. */
    private static final Threshold ALIVE = Threshold.atLeast(10);
    /** The source's steps of 2.7 to 3 in g, 1 in logarithms, halved. */
    private static final Threshold LAMBDA_STEP = Threshold.atLeast(1.65);
    /** The source's steps of 2.1 and 3.4 in g, 0.76 in logarithms, halved. */
    private static final Threshold BATCH_STEP = Threshold.atLeast(1.46);

    private static final Threshold EXPONENT = Threshold.within(1.4, 2.2);
    private static final Threshold FITTED = Threshold.atLeast(0.99);

    @Override
    public Card card() {
        return new CardDraft("sgd-noise", Kind.EFFECT, "P12", "P12b")
                .states(
                        "With weight decay, mini-batch SGD never comes to rest: updates keep a size that grows with lambda and"
                                + " shrinks with the batch. Without decay, or with the full batch, they die out.")
                .source(
                        "Xu, Rangamani, Banburski, Liao, Galanti and Poggio 2023; Galanti, Siegel, Gupte and Poggio 2025")
                .literature(
                        "Core theory P12: late updates without decay at most a hundredth of those with lambda 1e-4; g 0.0044,"
                                + " 0.0119, 0.0362, 0.0976 at lambda 1e-4 to 3e-3; variance of example gradients as lambda^1.4 to 2.2.")
                .because(
                        "A point at rest for every batch needs all examples' gradients to be equal to the decay gradient, which only"
                                + " the zero function manages. Without decay, interpolation makes every gradient zero.")
                .control(
                        "The same question of the full batch on a linear network, where there are neither batches to differ nor"
                                + " kinks: decay must not keep it moving. (Full-batch ReLU networks keep a floor from kinks.)")
                .assuming(
                        "g is the mean norm of the mini-batch gradients with decay, over one epoch's batches, at five looks in the"
                                + " last 4,000 steps: the norm of plain SGD's update over the learning rate.")
                .free("data", "model.widths")
                .reads("update", "loss")
                .pilot("log of the late update with lambda 1e-4 over that without decay", 11.2, 2.98)
                .pilot("log of the weakest step of the late update with lambda", 0.929, 0.073)
                .pilot("exponent of the variance of example gradients", 1.919, 0.061)
                .pilot("log of the weakest step of the late update with the batch", 0.748, 0.124)
                .pilot("log of mini-batch over full batch on a linear network", 22.1, 0.31)
                .quickSeconds(20);
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
                            measure: {instruments: [loss, update], perDecade: 3, thorough: all, at: [56000, 57000, 58000, 59000]}
                            """);
            case FULL -> Protocol.spec("""
                            precision: double
                            data: {source: mnist, classes: [4, 9], perClass: 32, unitNorm: true}
                            model: {kind: mlp, widths: [128, 128]}
                            loss: {kind: square, targets: single}
                            optimizer: {kind: sgd, learningRate: 0.02, momentum: 0}
                            stop: {steps: 600000}
                            measure: {instruments: [loss, update], perDecade: 3, thorough: all, at: [560000, 570000, 580000, 590000]}
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
                arms.add(Arm.treatment(name(BATCH_LAMBDA, batch), arm(base, BATCH_LAMBDA, "epochs", batch)));
            }
        }
        arms.add(Arm.treatment(NO_DECAY, arm(base, 0, "epochs", BATCHES[0])));
        arms.add(Arm.treatment(LINEAR_NOISY, arm(linear, 1e-2, "epochs", BATCHES[0])));
        arms.add(Arm.control(LINEAR_STILL, arm(linear, 1e-2, "full", 16)));
        arms.add(Arm.control(LINEAR_PLAIN, arm(linear, 0, "full", 16)));
        return new Protocol(10, arms);
    }

    private static SpecDocument arm(SpecDocument base, double lambda, String order, double batch) {
        return base.having("decay.lambda=" + lambda)
                .having("data.order=" + order)
                .having("data.batchSize=" + (int) batch);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        double[][] growing = Arrays.stream(LAMBDAS)
                .mapToObj(lambda -> late(evidence.arm(name(lambda, BATCHES[0])), UPDATE))
                .toArray(double[][]::new);
        double[][] variances = Arrays.stream(LAMBDAS)
                .mapToObj(lambda -> late(evidence.arm(name(lambda, BATCHES[0])), VARIANCE))
                .toArray(double[][]::new);
        double[][] shrinking = Arrays.stream(BATCHES)
                .mapToObj(batch -> late(evidence.arm(name(BATCH_LAMBDA, batch)), UPDATE))
                .toArray(double[][]::new);
        Ruling treatment = Ruling.of(
                List.of(
                        alive(evidence.arm(name(LAMBDAS[0], BATCHES[0])), evidence.arm(NO_DECAY)),
                        Trend.of("the late update", "lambda", LAMBDAS, growing)
                                .ordered(
                                        "the late update grows with lambda",
                                        Direction.INCREASING,
                                        Average.GEOMETRIC,
                                        LAMBDA_STEP),
                        Trend.of("the variance of example gradients", "lambda", LAMBDAS, variances)
                                .powerLaw("the variance of example gradients grows about as lambda^2", EXPONENT),
                        Trend.of("the late update", "batch size", BATCHES, shrinking)
                                .ordered(
                                        "the late update shrinks as the batch grows",
                                        Direction.DECREASING,
                                        Average.GEOMETRIC,
                                        BATCH_STEP),
                        Comparison.ratio(
                                "mini-batch over full batch on a linear network",
                                "on a network without kinks, only mini-batches keep it moving",
                                new Values(
                                        "the late update of " + LINEAR_NOISY, late(evidence.arm(LINEAR_NOISY), UPDATE)),
                                new Values("that of the full batch", late(evidence.arm(LINEAR_STILL), UPDATE)),
                                ALIVE)),
                List.of(Requirement.all(
                        "fitted",
                        "training accuracy without decay",
                        evidence.arm(NO_DECAY).last(ACCURACY),
                        FITTED)));
        Ruling control = Ruling.of(alive(evidence.arm(LINEAR_STILL), evidence.arm(LINEAR_PLAIN)));
        return new Judgement(
                treatment,
                control,
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
                                growing,
                                "Median and range over seeds.")),
                List.of());
    }

    private static Finding alive(ArmRuns decayed, ArmRuns plain) {
        return Comparison.ratio(
                "late update with decay over that without",
                "decay keeps updates alive",
                new Values("the late update with " + decayed.name(), late(decayed, UPDATE)),
                new Values("that with " + plain.name(), late(plain, UPDATE)),
                ALIVE);
    }

    /** The mean over the looks of the last fifteenth of the run. */
    private static double[] late(ArmRuns arm, String series) {
        return arm.meanFrom(series, arm.spec().stop().steps().orElse(0) * 14 / 15);
    }

    private static String name(double lambda, double batch) {
        return "lambda " + Arm.number(lambda) + ", batch " + Arm.number(batch);
    }
}
