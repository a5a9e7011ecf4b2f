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
import io.orrery.lab.judge.statistics.Range;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.stream.IntStream;

/** Networks learn clean labels first and memorize wrong ones later; targets that remember the first keep it. */
@Serves("002-178")
public final class EarlyLearningKept implements Claim {
    private static final String PLAIN = "cross-entropy";
    private static final String CLEAN = "cross-entropy, clean labels";
    private static final String KEPT = "remembered targets";
    private static final String SLIGHT = "remembered targets, lambda / 100";
    private static final String FORGETFUL = "targets of the moment";

    private static final String TRAIN = "loss.accuracy@train";
    private static final String TEST = "loss.accuracy@test";
    /** Three epochs. */
    private static final int EARLY = 60;

    private static final String FALL = "test accuracy lost after its best";
    private static final String FIRST = "given labels fitted after three epochs";
    private static final String GAIN = "final test accuracy that remembered targets add";
    private static final String FITTED = "given labels fitted at the end with remembered targets";
    private static final String MEMORY = "final test accuracy that memory adds to targets of the moment";

    private static final Threshold FALLS = Threshold.atLeast(0.1);
    private static final Threshold FEW = Threshold.atMost(0.7);
    private static final Threshold GAINS = Threshold.atLeast(0.03);
    private static final Threshold HALF = Threshold.atMost(0.82);
    private static final Threshold MEMORIZED = Threshold.atLeast(0.95);

    private static final String SOURCE =
            "Liu, Niles-Weed, Razavian and Fernandez-Granda 2020, Early-Learning Regularization Prevents Memorization of Noisy Labels,"
                    + " arXiv 2007.00151, abstract";

    @Override
    public Card card() {
        return new CardDraft("early-learning-memorization", Kind.EFFECT)
                .states(
                        "With two of five labels redrawn, a network first fits the clean ones and then memorizes the wrong ones, which costs"
                                + " test accuracy; a pull towards what it said of each example keeps what was learned early.")
                .source(SOURCE)
                .literature(
                        "\"When trained on noisy labels, deep neural networks have been observed to first fit the training data with clean"
                                + " labels during an 'early learning' phase, before eventually memorizing the examples with false labels\";"
                                + " \"we design a regularization term that steers the model towards these targets, implicitly preventing"
                                + " memorization of the false labels\". No sizes in the abstract.")
                .because(
                        "Clean labels agree with each other and add up in the gradient, wrong ones do not: they are fitted one by one, later."
                                + " A target that averages what the network said early holds against the label once it contradicts.")
                .control(
                        "For the two phases the same network on clean labels; for remembered targets a hundredth of the regularization, all"
                                + " else equal.")
                .cause("wrong labels", "data.labelNoise=0")
                .cause("the regularization", "rule={kind: early-learning, lambda: 0.03}")
                .limit(FALL, FALLS, Provenance.argued("a tenth of all test examples"))
                .limit(
                        FIRST,
                        FEW,
                        Provenance.argued(
                                "36% of the labels are wrong: the 64% that are right, and a sixth of the others"))
                .limit(GAIN, GAINS, Provenance.argued("three points, where a tenth of all or more is lost"))
                .limit(FITTED, HALF, Provenance.arguedLate("the 64% that are right, and half of the others"))
                .limit(MEMORY, GAINS, Provenance.arguedLate("the same as for the gain"))
                .refutedBy(
                        "A test accuracy that does not fall while wrong labels are memorized, or falls as far with remembered targets.")
                .assuming(
                        "40% of the labels are replaced by evenly random ones, so that 36% are wrong; ten Gaussian classes of 100 examples in"
                                + " 60 dimensions, one hidden layer of 256, 75 epochs. Cross-entropy must fit 95% of the given labels by then,"
                                + " else nothing was memorized and the sentences are not judged.")
                .assuming(
                        "lambda 3 and beta 0.7, the source's for ten classes. Which labels are wrong is not known to the runs: fitted labels"
                                + " beyond 64% stand for memorized ones.")
                .assuming(
                        "Targets of the moment are beta 0: the same regularization towards what the network says now.")
                .free("model.widths")
                .reads("loss")
                .pilot(FALL, 0.216, 0.016, "3001-3010")
                .pilot(FIRST, 0.615, 0.008, "3001-3010")
                .pilot(GAIN, 0.2, 0.014, "3001-3010")
                .pilot(FITTED, 0.683, 0.009, "3001-3010")
                .pilot(MEMORY, -0.008, 0.023, "3001-3010")
                .seenRefuted(
                        "the controls, seeds 3001-3010: on clean labels 0.003 is lost after the best; with a hundredth of the regularization"
                                + " all given labels are memorized. The last sentence on the treatment itself: memory adds -0.008.")
                .quickSeconds(20);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument plain = Protocol.spec("""
                data: %s
                model: {kind: mlp, widths: [256]}
                loss: {kind: cross-entropy}
                optimizer: {kind: sgd, learningRate: 0.04, momentum: 0.9}
                decay: {lambda: 0}
                stop: {steps: %d}
                measure: {instruments: [loss], perDecade: 5, at: [%d]}
                """.formatted(
                        quick
                                ? "{source: gaussian-mixture, train: 1000, test: 2000, labelNoise: 0.4, batchSize: 50}"
                                : "{source: mnist, perClass: 500, standardize: per-feature, unitNorm: true, labelNoise: 0.4, batchSize: 50}",
                        quick ? 1500 : 20_000,
                        early(scale)));
        return Protocol.of(
                10,
                Arm.treatment(PLAIN, plain),
                Arm.control(CLEAN, plain.having("data.labelNoise=0")),
                Arm.treatment(KEPT, plain.having("rule={kind: early-learning}")),
                Arm.control(SLIGHT, plain.having("rule={kind: early-learning, lambda: 0.03}")),
                Arm.treatment(FORGETFUL, plain.having("rule={kind: early-learning, beta: 0}")));
    }

    private static int early(Scale scale) {
        return scale == Scale.QUICK ? EARLY : 5 * EARLY;
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns plain = evidence.arm(PLAIN);
        ArmRuns clean = evidence.arm(CLEAN);
        ArmRuns kept = evidence.arm(KEPT);
        ArmRuns slight = evidence.arm(SLIGHT);
        ArmRuns forgetful = evidence.arm(FORGETFUL);
        int early = early(evidence.scale());
        List<Requirement> memorized = List.of(
                Requirement.all("memorized", "training accuracy of " + plain.name(), plain.last(TRAIN), MEMORIZED));
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "When trained on noisy labels, deep neural networks first fit the training data with clean labels, before"
                                        + " eventually memorizing the examples with false labels.",
                                SOURCE,
                                Ruling.of(List.of(fall(plain), first(plain, early)), memorized),
                                Ruling.of(fall(clean), first(clean, early))),
                        Sentence.ofSource(
                                "A regularization term that steers the model towards these targets prevents memorization of the false"
                                        + " labels.",
                                SOURCE,
                                Ruling.of(List.of(gain(GAIN, kept, plain), fitted(kept)), memorized),
                                Ruling.of(gain(GAIN, slight, plain), fitted(slight))),
                        Sentence.ours(
                                "The memory is what keeps it: with targets of the moment test accuracy ends lower.",
                                Ruling.of(List.of(gain(MEMORY, kept, forgetful)), memorized),
                                Ruling.of(gain(MEMORY, slight, forgetful)))),
                List.of(
                        course(
                                "Test accuracy",
                                evidence,
                                TEST,
                                "test accuracy",
                                List.of(),
                                "Median and range over seeds."),
                        course(
                                "Given labels that are fitted",
                                evidence,
                                TRAIN,
                                "training accuracy",
                                List.of(new Figure.Mark("labels that are right", 0.64)),
                                "Against the labels as given, wrong ones among them: what lies above the line is memorized.")),
                List.of());
    }

    private static Figure course(
            String title, Evidence evidence, String series, String axis, List<Figure.Mark> marks, String caption) {
        return Figure.course(title, Figure.Axis.linear(axis), evidence.arms(), series, marks, caption);
    }

    private static Finding fall(ArmRuns arm) {
        double[] best = arm.maximumFrom(TEST, 0);
        double[] last = arm.last(TEST);
        return Level.of(
                "the " + FALL + ", " + arm.name() + ",",
                "test accuracy falls while wrong labels are memorized",
                IntStream.range(0, arm.count())
                        .mapToDouble(seed -> best[seed] - last[seed])
                        .toArray(),
                FALLS);
    }

    private static Finding first(ArmRuns arm, int early) {
        return Level.of(
                        "the share of " + FIRST + ", " + arm.name() + ",",
                        "early on little more than the clean labels is fitted",
                        arm.at(TRAIN, early),
                        FEW)
                .in(Range.SHARE);
    }

    private static Finding gain(String name, ArmRuns arm, ArmRuns plain) {
        return Comparison.difference(
                name,
                "test accuracy ends higher with remembered targets",
                new Values("the final test accuracy of " + arm.name(), arm.last(TEST)),
                new Values("that of " + plain.name(), plain.last(TEST)),
                GAINS);
    }

    private static Finding fitted(ArmRuns arm) {
        return Level.of(
                        "the share of given labels fitted at the end, " + arm.name() + ",",
                        "less than half of the wrong labels are memorized",
                        arm.last(TRAIN),
                        HALF)
                .in(Range.SHARE);
    }
}
