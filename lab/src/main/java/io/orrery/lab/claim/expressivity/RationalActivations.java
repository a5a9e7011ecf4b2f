package io.orrery.lab.claim.expressivity;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
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
import java.util.List;

/** A rational activation that is trained bends where one unit needs it; whether it keeps up with the rectifier where units abound. */
@Serves("002-173")
public final class RationalActivations implements Claim {
    private static final String PADE = "one unit, Pade";
    private static final String LEAKY = "one unit, leaky rectifier";
    private static final String RELU = "one unit, rectifier";
    private static final String TANH = "one unit, tanh";
    private static final String PADE_MANY = "32 units, Pade";
    private static final String RELU_MANY = "32 units, rectifier";
    private static final String LINEAR_MANY = "32 units, linear";

    private static final String TEST = "loss.accuracy@test";
    private static final String LOSS = "loss.loss@train";

    private static final String GAIN = "test accuracy of one unit above that with a rectifier";
    private static final String ALONE = "test accuracy of one unit";
    private static final String BEHIND = "test accuracy of 32 units below that with rectifiers";

    private static final Threshold GAINS = Threshold.atLeast(0.2);
    private static final Threshold SOLVES = Threshold.atLeast(0.95);
    private static final Threshold NEAR = Threshold.atMost(0.005);

    private static final String SOURCE =
            "Molina, Schramowski and Kersting 2020, Pade Activation Units: End-to-end Learning of Flexible Activation Functions in Deep"
                    + " Networks, arXiv 1907.06732, abstract";

    @Override
    public Card card() {
        return new CardDraft("pade-activation", Kind.EFFECT)
                .states(
                        "A network of one hidden unit with a trained rational activation learns the product of two signs, of which no"
                                + " monotone activation gets more than three quarters right.")
                .source(SOURCE)
                .literature(
                        "\"The resulting Pade Activation Units (PAUs) can both approximate common activation functions and also learn new"
                                + " ones while providing compact representations. Our empirical evidence shows that end-to-end learning"
                                + " deep networks with PAUs can increase the predictive performance.\" No sizes.")
                .because(
                        "One unit hands on phi(w x). Where phi is monotone, classes are told apart by one threshold on w x: a half-space,"
                                + " which gets at most three of the four pairs of signs right. A phi that rises on both sides of 0, along"
                                + " w = (1, 1), gets all four.")
                .control(
                        "One unit with a leaky rectifier that is not trained, from which the rational activation starts to within 0.034; with"
                                + " 32 units the linear activation, which is what an activation that is no use comes to.")
                .cause("an activation that is trained", "model={kind: mlp, widths: [1], activation: leaky, bias: true}")
                .limit(GAIN, GAINS, Provenance.argued("four fifths of the quarter that is to be gained"))
                .limit(ALONE, SOLVES, Provenance.argued("four fifths of the way from three quarters to all"))
                .limit(BEHIND, NEAR, Provenance.argued("half a point, five of 1000 test examples"))
                .refutedBy(
                        "One unit that stays at three quarters although its activation is trained, or rectifiers that are ahead by more"
                                + " than half a point.")
                .assuming(
                        "Classes are the product of the first two of 16 signs. Coefficients are trained at the rate of the weights by Adam,"
                                + " 0.01; the source gives them a rate of their own and no decay, and there is no decay here at all.")
                .assuming(
                        "With one unit there are 1000 training examples, so that the fourteen signs that say nothing do not matter; with 32"
                                + " units 200, so that there is something left to be right about.")
                .needsItsOwnData("the bound on monotone activations is that of a product of two signs")
                .reads("loss")
                .pilot(GAIN, 0.252, 0.011, "3001-3010")
                .pilot(ALONE, 1, 0, "3001-3010")
                .pilot(BEHIND, 0.0093, 0.0103, "3001-3010")
                .seenRefuted(
                        "the controls, seeds 3001-3010: one leaky rectifier gets 0.748 right, no more than one rectifier; 32 linear units are"
                                + " 0.50 behind")
                .quickSeconds(12);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument one = Protocol.spec("""
                data: {source: xor, train: 1000, test: 1000, dimensions: 16, batchSize: 50}
                model: {kind: layers, layers: [{kind: dense, units: 1}, {kind: pade}], activation: linear, bias: true}
                loss: {kind: cross-entropy}
                optimizer: {kind: adam, learningRate: 0.01}
                decay: {lambda: 0}
                measure: {instruments: [loss], perDecade: 6}
                """).having("stop.steps=" + (scale == Scale.QUICK ? 1000 : 10_000));
        String fixed = "model={kind: mlp, widths: [%d], activation: %s, bias: true}";
        SpecDocument many = one.having("data.train=200")
                .having(
                        "model={kind: layers, layers: [{kind: dense, units: 32}, {kind: pade}], activation: linear, bias: true}");
        return Protocol.of(
                10,
                Arm.treatment(PADE, one),
                Arm.control(LEAKY, one.having(fixed.formatted(1, "leaky"))),
                Arm.control(RELU, one.having(fixed.formatted(1, "relu"))),
                Arm.control(TANH, one.having(fixed.formatted(1, "tanh"))),
                Arm.treatment(PADE_MANY, many),
                Arm.control(RELU_MANY, many.having(fixed.formatted(32, "relu"))),
                Arm.control(LINEAR_MANY, many.having(fixed.formatted(32, "linear"))));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns pade = evidence.arm(PADE);
        ArmRuns leaky = evidence.arm(LEAKY);
        ArmRuns relu = evidence.arm(RELU);
        ArmRuns rectifiers = evidence.arm(RELU_MANY);
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "End-to-end learning with Pade activation units can increase the predictive performance (asked of one"
                                        + " hidden unit).",
                                SOURCE,
                                Ruling.of(gain(pade, relu)),
                                Ruling.of(gain(leaky, relu))),
                        Sentence.ours(
                                "One unit learns the product of two signs, of which no monotone activation gets more than three quarters"
                                        + " right.",
                                Ruling.of(alone(pade)),
                                Ruling.of(alone(leaky))),
                        Sentence.ours(
                                "With 32 units and 200 examples a trained rational activation does as well as the rectifier.",
                                Ruling.of(behind(evidence.arm(PADE_MANY), rectifiers)),
                                Ruling.of(behind(evidence.arm(LINEAR_MANY), rectifiers)))),
                List.of(
                        Figure.course(
                                "One unit: test accuracy",
                                Figure.Axis.linear("test accuracy"),
                                List.of(pade, leaky, relu, evidence.arm(TANH)),
                                TEST,
                                List.of(new Figure.Mark("the most that a monotone activation can", 0.75)),
                                "Median and range over seeds; above the mark by chance of the test examples alone."),
                        Figure.course(
                                "One unit: training loss",
                                Figure.Axis.logarithmic("training loss"),
                                List.of(pade, leaky, relu, evidence.arm(TANH)),
                                LOSS,
                                List.of(),
                                "Median and range over seeds."),
                        Figure.course(
                                "32 units, 200 examples: test accuracy",
                                Figure.Axis.linear("test accuracy"),
                                List.of(evidence.arm(PADE_MANY), rectifiers, evidence.arm(LINEAR_MANY)),
                                TEST,
                                List.of(),
                                "Median and range over seeds; 0.5 is chance.")),
                List.of());
    }

    private static Finding gain(ArmRuns arm, ArmRuns relu) {
        return Comparison.difference(
                GAIN,
                "a trained activation raises the test accuracy",
                new Values("the test accuracy of " + arm.name(), arm.last(TEST)),
                new Values("that of " + relu.name(), relu.last(TEST)),
                GAINS);
    }

    private static Finding alone(ArmRuns arm) {
        return Level.of(
                        "the test accuracy of " + arm.name() + ",",
                        "one unit with a trained activation is enough",
                        arm.last(TEST),
                        SOLVES)
                .in(Range.SHARE);
    }

    private static Finding behind(ArmRuns arm, ArmRuns relu) {
        return Comparison.difference(
                BEHIND,
                "a trained activation does as well as the rectifier",
                new Values("the test accuracy of " + relu.name(), relu.last(TEST)),
                new Values("that of " + arm.name(), arm.last(TEST)),
                NEAR);
    }
}
