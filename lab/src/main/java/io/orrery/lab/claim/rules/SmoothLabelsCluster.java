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
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.setup.SpecDocument;
import java.util.List;

/** Label smoothing tightens the clusters of classes, by one measure of them; what it does for test accuracy. */
public final class SmoothLabelsCluster implements Claim {
    private static final String HARD = "hard labels";
    private static final String SMOOTH = "smooth labels";
    private static final String SLIGHT = "smooth labels, epsilon / 100";
    private static final String HARD_RANDOM = "hard random labels";
    private static final String SMOOTH_RANDOM = "smooth random labels";

    private static final String NC1 = "neural-collapse.nc1@train";
    private static final String CDNV = "neural-collapse.cdnv@train";
    private static final String TEST = "loss.accuracy@test";
    private static final String TRAIN = "loss.accuracy@train";

    private static final String TIGHT = "NC1 with smooth labels over that with hard ones";
    private static final String DISTANT =
            "variance over squared distance of class means, with smooth labels over hard ones";
    private static final String GAIN = "test accuracy that smooth labels add";

    private static final Threshold TIGHTER = Threshold.atMost(0.7);
    private static final Threshold GAINS = Threshold.atLeast(0.01);

    private static final String SOURCE =
            "Mueller, Kornblith and Hinton 2019, When Does Label Smoothing Help?, abstract,"
                    + " papers.nips.cc/paper/2019/hash/f1748d6b0fd9d439f71450117eba2725-Abstract.html";

    @Override
    public Card card() {
        return new CardDraft("label-smoothing", Kind.EFFECT)
                .states(
                        "Training on smooth labels groups the last features of a class in clusters that are tighter by NC1 than training on hard ones.")
                .source(SOURCE)
                .literature(
                        "\"Label smoothing encourages the representations of training examples from the same class to group in tight"
                                + " clusters\"; \"The generalization and learning speed of a multi-class neural network can often be"
                                + " significantly improved by using soft targets\". No sizes.")
                .because(
                        "A smooth label asks for one finite margin over every other class alike, which is met at one place for all examples of"
                                + " a class; a hard one asks each for as large a margin as it can get.")
                .control(
                        "A hundredth of the smoothing, all else equal. For test accuracy the same comparison on random labels, of which"
                                + " nothing can be learned.")
                .cause("smooth labels", "rule={kind: label-smoothing, epsilon: 0.001}")
                .limit(TIGHT, TIGHTER, Provenance.ownPilot("about half of the fall to 0.42 that was seen", 3))
                .limit(
                        DISTANT,
                        TIGHTER,
                        Provenance.ownPilot(
                                "the limit of NC1 for another measure of the same clusters, which had 1.2", 3))
                .limit(
                        GAIN,
                        GAINS,
                        Provenance.ownPilot(
                                "one point, of which less would not be called significant; -0.02 was seen", 3))
                .refutedBy(
                        "Clusters that are as wide as with hard labels, or a test accuracy that is raised by less than a point.")
                .assuming(
                        "epsilon 0.1; all training examples are decided rightly at the end, else the clusters are not judged; no decay, so that"
                                + " only the labels bound the outputs.")
                .assuming(
                        "NC1 measures spread within classes by the covariance of the class means, direction by direction; the second"
                                + " measure, of Galanti and others 2022, by the distances of the means alone. The source looked at projections.")
                .free("model.widths")
                .reads("neural-collapse", "loss")
                .pilot("logarithm of " + TIGHT, -0.870, 0.070, "3001-3010")
                .pilot("logarithm of " + DISTANT, 0.207, 0.045, "3001-3010")
                .pilot(GAIN, -0.0252, 0.0071, "3001-3010")
                .seenRefuted(
                        "the control, seeds 3001-3010: a hundredth of the smoothing leaves 0.992 of NC1. The second and third sentence on the"
                                + " treatments themselves: 1.23 times the spread beside distances, and 0.025 of the test accuracy lost.")
                .quickSeconds(20);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument hard = Protocol.spec("""
                data: %s
                model: {kind: mlp, widths: %s}
                loss: {kind: cross-entropy}
                optimizer: {kind: sgd, learningRate: 0.05, momentum: 0.9}
                decay: {lambda: 0}
                stop: {steps: %d}
                measure: {instruments: [loss, neural-collapse], perDecade: 3}
                """.formatted(
                        quick
                                ? "{source: gaussian-mixture, train: 1000, test: 2000, batchSize: 50}"
                                : "{source: mnist, perClass: 500, unitNorm: true, batchSize: 50}",
                        quick ? "[100, 100]" : "[256, 256]",
                        quick ? 2000 : 20_000));
        String smooth = "rule={kind: label-smoothing, epsilon: 0.1}";
        SpecDocument random = hard.having("data.randomLabels=true");
        return Protocol.of(
                10,
                Arm.treatment(HARD, hard),
                Arm.treatment(SMOOTH, hard.having(smooth)),
                Arm.control(SLIGHT, hard.having("rule={kind: label-smoothing, epsilon: 0.001}")),
                Arm.control(HARD_RANDOM, random),
                Arm.control(SMOOTH_RANDOM, random.having(smooth)));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns hard = evidence.arm(HARD);
        ArmRuns smooth = evidence.arm(SMOOTH);
        ArmRuns slight = evidence.arm(SLIGHT);
        List<Requirement> fitted = List.of(fitted(hard), fitted(smooth));
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "Label smoothing encourages the representations of training examples from the same class to group in tight"
                                        + " clusters (asked by NC1).",
                                SOURCE,
                                Ruling.of(List.of(tight(TIGHT, NC1, smooth, hard)), fitted),
                                Ruling.of(tight(TIGHT, NC1, slight, hard))),
                        Sentence.ours(
                                "They are tighter beside the distances of the class means as well.",
                                Ruling.of(List.of(tight(DISTANT, CDNV, smooth, hard)), fitted),
                                Ruling.of(tight(DISTANT, CDNV, slight, hard))),
                        Sentence.ours(
                                "Smooth labels raise the test accuracy.",
                                Ruling.of(gain(smooth, hard)),
                                Ruling.of(gain(evidence.arm(SMOOTH_RANDOM), evidence.arm(HARD_RANDOM))))),
                List.of(
                        clusters("Spread within classes, NC1", NC1, List.of(hard, smooth, slight)),
                        clusters(
                                "Spread within classes beside distances of means", CDNV, List.of(hard, smooth, slight)),
                        Figure.course(
                                "Test accuracy",
                                Figure.Axis.linear("test accuracy"),
                                List.of(hard, smooth, slight),
                                TEST,
                                List.of(),
                                "Median and range over seeds.")),
                List.of());
    }

    private static Figure clusters(String title, String series, List<ArmRuns> arms) {
        return Figure.course(
                title,
                Figure.Axis.logarithmic("spread"),
                arms,
                series,
                List.of(),
                "Of the last features of the training probe, median and range over seeds; lower is tighter.");
    }

    private static Requirement fitted(ArmRuns arm) {
        return Requirement.all(
                "fitted", "training accuracy of " + arm.name(), arm.last(TRAIN), Threshold.atLeast(0.99));
    }

    private static Finding tight(String name, String series, ArmRuns arm, ArmRuns hard) {
        return Comparison.ratio(
                name,
                "clusters are tighter with smooth labels",
                new Values("the spread with " + arm.name(), arm.last(series)),
                new Values("that with " + hard.name(), hard.last(series)),
                TIGHTER);
    }

    private static Finding gain(ArmRuns arm, ArmRuns hard) {
        return Comparison.difference(
                GAIN,
                "test accuracy is higher with smooth labels",
                new Values("the test accuracy with " + arm.name(), arm.last(TEST)),
                new Values("that with " + hard.name(), hard.last(TEST)),
                GAINS);
    }
}
