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
import io.orrery.lab.spec.Serves;
import java.util.List;

/** A bonus for examples that are decided rightly widens margins; how much of that larger steps do as well. */
@Serves("002-088")
public final class BonusGrowsMargins implements Claim {
    private static final String PLAIN = "cross-entropy";
    private static final String BONUS = "bonus";
    private static final String SLIGHT = "bonus / 100";
    private static final String TWICE = "cross-entropy, twice the rate";
    private static final String RANDOM = ", random labels";
    private static final String RARE = ", rare classes";

    private static final String MARGIN = "margins.normalized-mean@train";
    private static final String TEST = "loss.accuracy@test";
    private static final String TRAIN = "loss.accuracy@train";

    private static final String WIDER = "normalized margin with the bonus over that without";
    private static final String BEYOND = "normalized margin with the bonus over that at twice the rate";
    private static final String GAIN = "test accuracy that the bonus adds";

    private static final Threshold GROWS = Threshold.atLeast(1.05);
    private static final Threshold GAINS = Threshold.atLeast(0.01);

    private static final String SOURCE =
            "Zhao, Yang, Ren, Li, Wu and Sun 2022, Well-classified Examples are Underestimated in Classification with Deep Neural"
                    + " Networks, arXiv 2110.06537, abstract";

    @Override
    public Card card() {
        return new CardDraft("encouraging-loss", Kind.EFFECT)
                .states(
                        "A bonus that keeps examples pulling once they are decided rightly widens the normalized margins of training.")
                .source(SOURCE)
                .literature(
                        "That well-classified examples contribute small gradients \"hinders representation learning, energy optimization,"
                                + " and margin growth. To counteract this deficiency, we propose to reward well-classified examples with"
                                + " additive bonuses\"; \"significant performance improvement\" on \"diverse tasks\", imbalanced"
                                + " classification among them. No sizes in the abstract.")
                .because(
                        "Cross-entropy pulls at an example by 1 - p, which vanishes as its probability p grows; with the bonus it pulls"
                                + " by 1 until p is 0.75, and four times as much as before near 1.")
                .control(
                        "A hundredth of the bonus, all else equal: too little to act. For test accuracy with equal classes the same"
                                + " comparison on random labels, of which nothing can be learned.")
                .cause("the bonus", "rule={kind: encouraging-loss, weight: 0.01}")
                .limit(WIDER, GROWS, Provenance.ownPilot("less than half of the excess over 1 that was seen, 1.12", 4))
                .limit(BEYOND, GROWS, Provenance.ownPilot("the same", 4))
                .limit(GAIN, GAINS, Provenance.argued("one point: less would not be called significant"))
                .refutedBy(
                        "Margins that are as wide without the bonus, or a test accuracy that it raises by less than a point.")
                .assuming(
                        "Margins are divided by the product of the layers' norms, else any growth of weights would widen them. Adam,"
                                + " whose steps do not grow with the size of the gradient; every run as long as the others.")
                .assuming(
                        "Rare classes: five of ten have 10 examples where the others have 100, and as many test examples as they.")
                .assuming(
                        "Of representations and of examples of other kinds (out of distribution), which the source names, nothing is asked.")
                .free("model.widths")
                .reads("margins", "loss")
                .pilot("logarithm of the " + WIDER, 0.1104, 0.0014, "3001-3010")
                .pilot("logarithm of the " + BEYOND, -0.0007, 0.0036, "3001-3010")
                .pilot(GAIN + " with equal classes", 0, 0.0018, "3001-3010")
                .pilot(GAIN + " with rare classes", 0.0168, 0.0079, "3001-3010")
                .seenRefuted(
                        "the control, seeds 3001-3010: a hundredth of the bonus widens margins by 0.4%. The second and third sentence on"
                                + " the treatments themselves: 0.999 times the margin at twice the rate, and no test accuracy. With rare"
                                + " classes and means of size 0.35 in place of 0.5, four pilot seeds lost 0.013 by the bonus.")
                .quickSeconds(25);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument plain = Protocol.spec("""
                data: %s
                model: {kind: mlp, widths: %s}
                loss: {kind: cross-entropy}
                optimizer: {kind: adam, learningRate: 0.001}
                decay: {lambda: 0}
                stop: {epochs: 20}
                measure: {instruments: [loss, margins], perDecade: 3}
                """.formatted(
                        scale == Scale.QUICK
                                ? "{source: gaussian-mixture, train: 2000, test: 2000, batchSize: 50}"
                                : "{source: mnist, perClass: 1000, unitNorm: true, batchSize: 50}",
                        scale == Scale.QUICK ? "[128, 128]" : "[256, 256]"));
        String bonus = "rule={kind: encouraging-loss}";
        String slight = "rule={kind: encouraging-loss, weight: 0.01}";
        SpecDocument random = plain.having("data.randomLabels=true");
        SpecDocument rare = plain.having("data.imbalance=[100, 100, 100, 100, 100, 10, 10, 10, 10, 10]");
        if (scale == Scale.FULL) {
            rare = rare.having("data.perClass=null");
        }
        return Protocol.of(
                10,
                Arm.treatment(PLAIN, plain),
                Arm.treatment(BONUS, plain.having(bonus)),
                Arm.control(SLIGHT, plain.having(slight)),
                Arm.treatment(TWICE, plain.having("optimizer.learningRate=0.002")),
                Arm.control(PLAIN + RANDOM, random),
                Arm.control(BONUS + RANDOM, random.having(bonus)),
                Arm.treatment(PLAIN + RARE, rare),
                Arm.treatment(BONUS + RARE, rare.having(bonus)),
                Arm.control(SLIGHT + RARE, rare.having(slight)));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns plain = evidence.arm(PLAIN);
        ArmRuns bonus = evidence.arm(BONUS);
        ArmRuns slight = evidence.arm(SLIGHT);
        ArmRuns twice = evidence.arm(TWICE);
        Requirement fitted = Requirement.all(
                "fitted", "training accuracy of " + bonus.name(), bonus.last(TRAIN), Threshold.atLeast(0.99));
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "The common practice hinders margin growth; rewarding well-classified examples with additive bonuses"
                                        + " counteracts this.",
                                SOURCE,
                                Ruling.of(List.of(wider(WIDER, bonus, plain)), List.of(fitted)),
                                Ruling.of(wider(WIDER, slight, plain))),
                        Sentence.ours(
                                "The bonus widens margins more than twice the learning rate does.",
                                Ruling.of(List.of(wider(BEYOND, bonus, twice)), List.of(fitted)),
                                Ruling.of(wider(BEYOND, slight, twice))),
                        Sentence.ours(
                                "The bonus raises the test accuracy with equal classes.",
                                Ruling.of(gain(bonus, plain)),
                                Ruling.of(gain(evidence.arm(BONUS + RANDOM), evidence.arm(PLAIN + RANDOM)))),
                        Sentence.ours(
                                        "With class means of size 0.5 the bonus raises the test accuracy where five of ten classes are"
                                                + " rare.",
                                        Ruling.of(gain(evidence.arm(BONUS + RARE), evidence.arm(PLAIN + RARE))),
                                        Ruling.of(gain(evidence.arm(SLIGHT + RARE), evidence.arm(PLAIN + RARE))))
                                .exploratory(
                                        "on pilot seeds means of size 0.35 lost by it; it is judged on fresh ones")),
                List.of(
                        Figure.course(
                                "Normalized margins",
                                Figure.Axis.linear("mean margin over the product of norms"),
                                List.of(plain, bonus, slight, twice),
                                MARGIN,
                                List.of(),
                                "Over the training probe, median and range over seeds."),
                        Figure.course(
                                "Margins as they are",
                                Figure.Axis.linear("mean margin"),
                                List.of(plain, bonus, slight, twice),
                                "margins.mean@train",
                                List.of(),
                                "The same undivided: they grow with the weights as well."),
                        Figure.arms(
                                "Test accuracy at the end",
                                Figure.Axis.linear("test accuracy"),
                                evidence.arms(),
                                arm -> arm.last(TEST),
                                List.of(),
                                "One dot per seed.")),
                List.of());
    }

    private static Finding wider(String name, ArmRuns arm, ArmRuns than) {
        return Comparison.ratio(
                name,
                "margins are wider with the bonus",
                new Values("the normalized margin of " + arm.name(), arm.last(MARGIN)),
                new Values("that of " + than.name(), than.last(MARGIN)),
                GROWS);
    }

    private static Finding gain(ArmRuns arm, ArmRuns plain) {
        return Comparison.difference(
                GAIN,
                "test accuracy is higher with the bonus",
                new Values("the test accuracy of " + arm.name(), arm.last(TEST)),
                new Values("that of " + plain.name(), plain.last(TEST)),
                GAINS);
    }
}
