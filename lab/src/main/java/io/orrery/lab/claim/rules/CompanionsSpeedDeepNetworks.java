package io.orrery.lab.claim.rules;

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
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.stream.IntStream;

/** Companion losses at hidden layers give the first layer larger gradients and speed up training; what they do for test accuracy. */
@Serves("002-183")
public final class CompanionsSpeedDeepNetworks implements Claim {
    private static final String PLAIN = "small start, no companions";
    private static final String SUPERVISED = "small start, companions";
    private static final String SLIGHT = "small start, companions of weight / 100";
    private static final String PLAIN_LECUN = "LeCun's start, no companions";
    private static final String SUPERVISED_LECUN = "LeCun's start, companions";

    private static final String TRAIN = "loss.accuracy@train";
    private static final String TEST = "loss.accuracy@test";
    private static final String SIZE = "rule-direction.size/layers.0";
    private static final double LEARNED = 0.9;

    private static final String STEPS = "steps to a training accuracy of 0.9, with companions over without";
    private static final String GRADIENT = "gradient of the first layer at the start, over that of the loss alone";
    private static final String GAIN = "test accuracy that companions add";

    private static final Threshold QUICKER = Threshold.atMost(0.7);
    private static final Threshold LARGER = Threshold.atLeast(2);
    private static final Threshold GAINS = Threshold.atLeast(0.005);

    private static final String SOURCE =
            "Lee, Xie, Gallagher, Zhang and Tu 2015, Deeply-Supervised Nets, arXiv 1409.5185, abstract";

    @Override
    public Card card() {
        return new CardDraft("deep-supervision", Kind.EFFECT)
                .states(
                        "From a start at which gradients vanish, linear classifiers on three of ten hidden layers give the first layer a"
                                + " gradient at least twice as large, and the network reaches nine tenths of its training examples in at"
                                + " most seven tenths of the steps.")
                .source(SOURCE)
                .literature(
                        "\"We introduce 'companion objective' to the individual hidden layers, in addition to the overall objective at the"
                                + " output layer.\" One of its aims is \"effectiveness in training due to the presence of the exploding and"
                                + " vanishing gradients\"; \"our experimental result on benchmark datasets shows significant performance gain"
                                + " over existing methods\". No sizes; its networks are convolutional.")
                .because(
                        "The gradient of a companion passes through fewer layers than that of the loss, and so reaches the first ones less"
                                + " shrunk.")
                .control(
                        "Companions of a hundredth of the weight: the same classifiers are trained on the same layers, but next to nothing"
                                + " of their gradients reaches the network.")
                .cause("companion losses", "rule={kind: deep-supervision, every: 3, weight: 0.003}")
                .cause("gradients that vanish", "model.initialScale=1")
                .limit(
                        STEPS,
                        QUICKER,
                        Provenance.argued("more than two looks of a schedule on which neighbours are 15% apart"))
                .limit(
                        GRADIENT,
                        LARGER,
                        Provenance.argued(
                                "companions of weight 0.3 each are less than one loss together: at 2 their shorter way counts"))
                .limit(GAIN, GAINS, Provenance.arguedLate("half a point: five of 1000 test examples"))
                .refutedBy(
                        "A network with companions that needs as many steps as one without, or a gradient that stays below twice.")
                .assuming(
                        "Ten hidden layers of 64 tanh units; initial weights 0.7 times LeCun's, which shrink a gradient thirtyfold on its"
                                + " way. Softmax companions at layers 3, 6 and 9 of weight 0.3. Hinge losses, the threshold below which the"
                                + " source switches companions off, and the decay of their weight are not built.")
                .assuming(
                        "Steps are those of the first look at which nine of ten training examples are right; a run that never gets there"
                                + " counts as missing.")
                .free("data", "model.widths")
                .assuming(
                        "The small start was chosen on pilot seeds, after LeCun's, on which a ratio of steps of 1 and a gradient of 1.24"
                                + " refuted the same thresholds.")
                .reads("loss", "rule-direction")
                .pilot(STEPS, 0.494, 0.097, "3001-3010")
                .pilot(GRADIENT, 5.8, 0.87, "3001-3010")
                .pilot(GAIN, 0.0194, 0.0077, "3001-3010")
                .seenRefuted(
                        "pilot seeds 3001-3010 from LeCun's start: 1.03 times the steps and 1.24 times the gradient; the slight companions:"
                                + " 0.97 times the steps, 1.005 times the gradient and 0.0007 of test accuracy")
                .quickSeconds(30);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument small = Protocol.spec("""
                data: %s
                model:
                  kind: mlp
                  widths: [64, 64, 64, 64, 64, 64, 64, 64, 64, 64]
                  activation: tanh
                  bias: true
                  initialization: lecun
                  initialScale: 0.7
                loss: {kind: cross-entropy}
                optimizer: {kind: sgd, learningRate: 0.05, momentum: 0}
                decay: {lambda: 0}
                stop: {steps: %d}
                measure: {instruments: [loss, rule-direction], perDecade: 16}
                """.formatted(
                        quick
                                ? "{source: gaussian-mixture, train: 1000, test: 1000, scale: 1, batchSize: 50}"
                                : "{source: mnist, perClass: 500, unitNorm: true, batchSize: 50}",
                        quick ? 1500 : 20_000));
        SpecDocument lecun = small.having("model.initialScale=1").having("stop.steps=" + (quick ? 500 : 6000));
        String companions = "rule={kind: deep-supervision, every: 3, weight: 0.3}";
        return Protocol.of(
                10,
                Arm.treatment(SUPERVISED, small.having(companions)),
                Arm.control(PLAIN, small),
                Arm.control(SLIGHT, small.having("rule={kind: deep-supervision, every: 3, weight: 0.003}")),
                Arm.treatment(SUPERVISED_LECUN, lecun.having(companions)),
                Arm.control(PLAIN_LECUN, lecun));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns plain = evidence.arm(PLAIN);
        ArmRuns supervised = evidence.arm(SUPERVISED);
        ArmRuns slight = evidence.arm(SLIGHT);
        ArmRuns plainLecun = evidence.arm(PLAIN_LECUN);
        ArmRuns supervisedLecun = evidence.arm(SUPERVISED_LECUN);
        return new Judgement(
                List.of(
                        Sentence.ours(
                                card().statement(),
                                Ruling.of(quicker(supervised, plain), larger(supervised)),
                                Ruling.of(quicker(slight, plain), larger(slight))),
                        Sentence.ours(
                                "It is the vanishing that companions mend: they are as much quicker from the small start, and not from"
                                        + " LeCun's.",
                                Ruling.of(quicker(supervised, plain), larger(supervised)),
                                Ruling.of(quicker(supervisedLecun, plainLecun), larger(supervisedLecun))),
                        Sentence.ours(
                                        "From the small start companions raise the test accuracy at the end.",
                                        Ruling.of(
                                                List.of(gain(supervised, plain)),
                                                List.of(fitted(supervised), fitted(plain))),
                                        Ruling.of(gain(slight, plain)))
                                .exploratory(
                                        "seen on the pilot seeds 3001 and 3002 before it was asked; it is judged on fresh ones")),
                List.of(
                        Figure.course(
                                "Training accuracy",
                                Figure.Axis.linear("training accuracy"),
                                evidence.arms(),
                                TRAIN,
                                List.of(new Figure.Mark("learned", LEARNED)),
                                "Median and range over seeds."),
                        Figure.course(
                                "Test accuracy",
                                Figure.Axis.linear("test accuracy"),
                                evidence.arms(),
                                TEST,
                                List.of(),
                                "Median and range over seeds."),
                        Figure.course(
                                "Gradient of the first layer beside that of the loss alone",
                                Figure.Axis.logarithmic("ratio of norms"),
                                List.of(supervised, slight, supervisedLecun),
                                SIZE,
                                List.of(new Figure.Mark("companions add nothing", 1)),
                                "What the rule hands to the update over the gradient of the loss in the same weights; median and range"
                                        + " over seeds. Once all examples are learned the ratio says how the two losses fade.")),
                List.of());
    }

    private static Requirement fitted(ArmRuns arm) {
        return Requirement.all(
                "fitted", "training accuracy of " + arm.name(), arm.last(TRAIN), Threshold.atLeast(0.99));
    }

    private static Finding quicker(ArmRuns arm, ArmRuns plain) {
        return Comparison.ratio(
                STEPS,
                "companions speed up training",
                new Values("the steps of " + arm.name(), learned(arm)),
                new Values("those of " + plain.name(), learned(plain)),
                QUICKER);
    }

    /** The first look at which nine of ten training examples are right, seed by seed; NaN where there is none. */
    private static double[] learned(ArmRuns arm) {
        ArmRuns.Course course = arm.course(TRAIN);
        return IntStream.range(0, arm.count())
                .mapToDouble(seed -> IntStream.range(0, course.steps().length)
                        .filter(look -> course.values()[seed][look] >= LEARNED)
                        .mapToDouble(look -> course.steps()[look])
                        .findFirst()
                        .orElse(Double.NaN))
                .toArray();
    }

    private static Finding larger(ArmRuns arm) {
        return Level.of(
                "the " + GRADIENT + ", " + arm.name() + ",",
                "companions enlarge the first layer's gradient",
                arm.first(SIZE),
                Average.GEOMETRIC,
                LARGER);
    }

    private static Finding gain(ArmRuns arm, ArmRuns plain) {
        return Comparison.difference(
                GAIN,
                "companions raise the test accuracy",
                new Values("the test accuracy of " + arm.name(), arm.last(TEST)),
                new Values("that of " + plain.name(), plain.last(TEST)),
                GAINS);
    }
}
