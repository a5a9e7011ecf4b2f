package io.orrery.lab.claim.rules;

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
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Range;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A penalty on absolute values makes weights exactly 0, one on squares makes them small; what both do for test accuracy. */
@Serves("004-09")
public final class AbsoluteDecayIsSparse implements Claim {
    private static final List<Double> STRENGTHS = List.of(0.0003, 0.001, 0.003, 0.01, 0.03);
    private static final double CHOSEN = 0.003;
    private static final String PLAIN = "no penalty";
    private static final String SUBGRADIENT = "L1 by its gradient, 0.003";

    private static final String ZEROS = "sparsity.zeros";
    private static final String NORM = "norms.total";
    private static final String TEST = "loss.accuracy@test";

    private static final String SPARSE = "share of weights that are exactly 0";
    private static final String SMALLER = "norm of all weights over that without a penalty";
    private static final String GAIN = "test accuracy that the penalty adds";

    private static final Threshold MANY_ZEROS = Threshold.atLeast(0.8);
    private static final Threshold SMALL = Threshold.atMost(0.8);
    private static final Threshold GAINS = Threshold.atLeast(0.02);

    private static final String SOURCE =
            "Tibshirani 1996, Regression Shrinkage and Selection via the Lasso, J. R. Statist. Soc. B 58, summary";

    @Override
    public Card card() {
        return new CardDraft("l1-l2-regularization", Kind.EFFECT)
                .states(
                        "Where two of 16 inputs matter, a penalty on the absolute values of the weights, taken by its proximal step, leaves"
                                + " at least four fifths of them exactly 0 and raises the test accuracy; one on their squares makes them"
                                + " smaller.")
                .source(SOURCE)
                .literature(
                        "\"Because of the nature of this constraint it tends to produce some coefficients that are exactly 0 and hence gives"
                                + " interpretable models.\" Of linear regression; asked here of a network with a hidden layer.")
                .because(
                        "A proximal step takes the same amount off every weight, so that those which the loss does not hold up end at 0 and"
                                + " stay there; decay takes a share, which never takes all.")
                .control(
                        "Of zeros, the same penalty by its gradient, which steps across 0 and never rests there. Of smaller weights"
                                + " and of test accuracy, a hundredth of each penalty.")
                .cause("the proximal step", "rule={kind: l1, lambda: 0.003, proximal: false}")
                .cause("the penalty", "rule={kind: descent}", "decay.lambda=0")
                .limit(
                        SPARSE,
                        MANY_ZEROS,
                        Provenance.argued(
                                "14 of 16 inputs of the first layer say nothing: 0.88 of its weights, 0.78 of all, could go for that alone"))
                .limit(SMALLER, SMALL, Provenance.argued("a fifth off the norm; far beyond what chance moves it by"))
                .limit(GAIN, GAINS, Provenance.argued("two points, twenty of 1000 test examples"))
                .refutedBy(
                        "A proximal penalty that leaves a fifth of the weights other than 0, or a test accuracy that no penalty raises.")
                .assuming(
                        "Classes are the product of the first two of 16 signs, 60 examples; 32 rectifiers with biases, which are not"
                                + " penalized. The loss gains lambda times the sum of |w|, or lambda times that of w^2. Both penalties act on all weights of both"
                                + " layers; sentences are about lambda = 0.003, which stood before the pilots, figures about five strengths.")
                .needsItsOwnData("zeros are expected because 14 of 16 inputs say nothing")
                .assuming(
                        "Sixty examples were chosen on pilot seeds: of 200, and with 80 in most seeds, a network without a penalty gets all test"
                                + " examples right already.")
                .reads("loss", "norms", "sparsity")
                .pilot(SPARSE, 0.928, 0.029, "3001-3010")
                .pilot(SMALLER, 0.53, 0.008, "3001-3010")
                .pilot(GAIN + ", L1", 0.162, 0.13, "3001-3010")
                .pilot(GAIN + ", L2", 0.137, 0.094, "3001-3010")
                .seenRefuted(
                        "the controls, seeds 3001-3010: by its gradient L1 leaves no weight at 0, nor does L2; a hundredth of the decay leaves"
                                + " 0.985 of the norm. With 200 examples neither penalty raised the test accuracy, 1 in every pilot run.")
                .quickSeconds(20);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument plain = Protocol.spec("""
                data: {source: xor, train: 60, test: 1000, dimensions: 16, batchSize: 30}
                model: {kind: mlp, widths: [32], bias: true}
                loss: {kind: cross-entropy}
                optimizer: {kind: sgd, learningRate: 0.1, momentum: 0}
                decay: {lambda: 0}
                stop: {steps: %d}
                measure: {instruments: [loss, norms, sparsity], perDecade: 4}
                """.formatted(quick ? 4000 : 20_000));
        List<Arm> arms = new ArrayList<>();
        arms.add(Arm.control(PLAIN, plain));
        for (double lambda : STRENGTHS) {
            arms.add(Arm.treatment(absolute(lambda), plain.having(proximal(lambda))));
            arms.add(Arm.treatment(squares(lambda), plain.having("decay.lambda=" + lambda)));
        }
        arms.add(Arm.control(SUBGRADIENT, plain.having("rule={kind: l1, lambda: 0.003}")));
        arms.add(Arm.control(squares(CHOSEN / 100), plain.having("decay.lambda=" + CHOSEN / 100)));
        arms.add(Arm.control(absolute(CHOSEN / 100), plain.having(proximal(CHOSEN / 100))));
        return new Protocol(quick ? 10 : 20, arms);
    }

    private static String proximal(double lambda) {
        return "rule={kind: l1, lambda: " + lambda + ", proximal: true}";
    }

    private static String absolute(double lambda) {
        return "L1 " + plain(lambda);
    }

    private static String squares(double lambda) {
        return "L2 " + plain(lambda);
    }

    private static String plain(double lambda) {
        return BigDecimal.valueOf(lambda).stripTrailingZeros().toPlainString();
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns plain = evidence.arm(PLAIN);
        ArmRuns absolute = evidence.arm(absolute(CHOSEN));
        ArmRuns squares = evidence.arm(squares(CHOSEN));
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "The penalty on absolute values tends to produce some coefficients that are exactly 0 (asked of a network"
                                        + " with a hidden layer: four fifths of its weights).",
                                SOURCE,
                                Ruling.of(sparse(absolute)),
                                Ruling.of(sparse(evidence.arm(SUBGRADIENT)))),
                        Sentence.ours(
                                "L1 leaves four fifths of the weights at 0, L2 does not.",
                                Ruling.of(sparse(absolute)),
                                Ruling.of(sparse(squares))),
                        Sentence.ours(
                                "L2 makes the weights smaller.",
                                Ruling.of(smaller(squares, plain)),
                                Ruling.of(smaller(evidence.arm(squares(CHOSEN / 100)), plain))),
                        Sentence.ours(
                                "With few examples L1 raises the test accuracy.",
                                Ruling.of(gain(absolute, plain)),
                                Ruling.of(gain(evidence.arm(absolute(CHOSEN / 100)), plain))),
                        Sentence.ours(
                                "With few examples L2 raises the test accuracy.",
                                Ruling.of(gain(squares, plain)),
                                Ruling.of(gain(evidence.arm(squares(CHOSEN / 100)), plain)))),
                List.of(
                        figure(evidence, "Test accuracy over strength", "test accuracy", TEST),
                        figure(evidence, "Weights that are exactly 0", "share of weights", ZEROS),
                        figure(evidence, "Norm of all weights", "norm", NORM),
                        Figure.course(
                                "Weights that are exactly 0, in the course of training",
                                Figure.Axis.linear("share of weights"),
                                List.of(absolute, evidence.arm(SUBGRADIENT), squares),
                                ZEROS,
                                List.of(new Figure.Mark("all that enter from the 14 idle inputs", 448.0 / 576)),
                                "Median and range over seeds, of 576 weights.")),
                List.of());
    }

    private static Figure figure(Evidence evidence, String title, String axis, String series) {
        double[] strengths = STRENGTHS.stream().mapToDouble(lambda -> lambda).toArray();
        double[] without = evidence.arm(PLAIN).last(series);
        double mean = Arrays.stream(without).average().orElse(Double.NaN);
        return new Figure(
                title,
                Figure.Axis.logarithmic("lambda"),
                Figure.Axis.linear(axis),
                List.of(
                        ComputedCurves.points(
                                "L1",
                                Arm.Part.TREATMENT,
                                strengths,
                                STRENGTHS.stream()
                                        .map(lambda ->
                                                evidence.arm(absolute(lambda)).last(series))
                                        .toArray(double[][]::new)),
                        ComputedCurves.points(
                                "L2",
                                Arm.Part.CONTROL,
                                strengths,
                                STRENGTHS.stream()
                                        .map(lambda ->
                                                evidence.arm(squares(lambda)).last(series))
                                        .toArray(double[][]::new))),
                List.of(new Figure.Mark("mean without a penalty", mean)),
                "At the end of training, median and range over seeds. Strengths of the two penalties are not comparable.");
    }

    private static Finding sparse(ArmRuns arm) {
        return Level.of(
                        "the " + SPARSE + ", " + arm.name() + ",",
                        "most weights are exactly 0",
                        arm.last(ZEROS),
                        MANY_ZEROS)
                .in(Range.SHARE);
    }

    private static Finding smaller(ArmRuns arm, ArmRuns plain) {
        return Comparison.ratio(
                SMALLER,
                "weights are smaller",
                new Values("the norm with " + arm.name(), arm.last(NORM)),
                new Values("that with " + plain.name(), plain.last(NORM)),
                SMALL);
    }

    private static Finding gain(ArmRuns arm, ArmRuns plain) {
        return Comparison.difference(
                GAIN,
                "the penalty raises the test accuracy",
                new Values("the test accuracy with " + arm.name(), arm.last(TEST)),
                new Values("that with " + plain.name(), plain.last(TEST)),
                GAINS);
    }
}
