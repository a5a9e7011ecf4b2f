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
import io.orrery.lab.judge.Exactly;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Level;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Threshold;
import java.util.List;

/** The last layer stays near the best one for its features: the central path (P24 to P26). */
public final class CentralPath implements Claim {
    private static final String ARM = "decay";

    private static final String SHARE = "central-path.share";
    private static final String WITHIN = "central-path.within-class";
    private static final String MEANS = "central-path.class-means";
    private static final String OFF = "central-path.off-path";

    /** P26; the source calls it negligible. */
    private static final Threshold NEAR = Threshold.atMost(0.1);

    private static final double SPLIT_TOLERANCE = 1e-10;
    private static final double FLOW_TOLERANCE = 1e-3;
    private static final double EQUAL = 1.01;
    private static final int STARTS = 10;

    @Override
    public Card card() {
        return new CardDraft("central-path", Kind.EFFECT, "P24", "P25", "P26")
                .states(
                        "Trained with square loss and weight decay, a classifier's last layer ends near the best one for its"
                                + " features: at most a tenth of the last layer's loss is due to its distance from it.")
                .source("Han, Papyan and Donoho 2022; core theory 4.4")
                .literature(
                        "Han and others measure the part of the loss off the central path to be negligible during training on five"
                                + " data sets. Core theory P26: at most 0.1 at the end, 0.026 and 0.023 in two runs.")
                .because(
                        "For given features the loss is a parabola in the last layer, which descends into its valley faster than"
                                + " features move along it.")
                .control(
                        "The same networks before training, where the last layer is random: most of the loss is off the path. The"
                                + " split without its class-mean part and the law without its last term must miss.")
                .assuming(
                        "The best layer is that of the last layer as it is, without a bias; loss of the last layer with its own decay,"
                                + " on the training probe.")
                .assuming(
                        "The flow on the central path (P25) is integrated from ten random starts, without decay and with centred"
                                + " means; trained networks are not followed that far.")
                .assuming(CollapseProtocols.TIME)
                .free("data", "model.widths")
                .reads("central-path", "loss")
                .pilot("logarithm of the off-path share", -3.62, 0.12)
                .quickSeconds(6);
    }

    @Override
    public Protocol protocol(Scale scale) {
        return Protocol.of(
                scale == Scale.QUICK ? 10 : 5,
                Arm.treatment(
                        ARM,
                        CollapseProtocols.classifier(scale)
                                .having("decay.lambda=" + CollapseProtocols.decay(scale))
                                .having("measure.instruments=[loss, central-path]")));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        return judge(evidence, SimulatedCentralPath.from(STARTS));
    }

    Judgement judge(Evidence evidence, SimulatedCentralPath flow) {
        ArmRuns arm = evidence.arm(ARM);
        return new Judgement(
                Ruling.of(
                        List.of(near(arm.last(SHARE)), split(arm, 1), law(flow.lawErrors()), equal(flow.endSpreads())),
                        List.of(Requirement.all(
                                "fitted",
                                "training accuracy",
                                arm.last(CollapseProtocols.ACCURACY),
                                Threshold.atLeast(0.99)))),
                Ruling.of(near(arm.first(SHARE)), split(arm, 0), law(flow.droppedErrors()), equal(flow.startSpreads())),
                Figure.course(
                        "Share of the last layer's loss off the central path",
                        Figure.Axis.logarithmic("off-path share of the loss"),
                        evidence.arms(),
                        SHARE,
                        List.of(new Figure.Mark("threshold", 0.1)),
                        "Over training, median and range over seeds: a random last layer is far from the best one for its"
                                + " features, a trained one near it."));
    }

    private static Finding near(double[] shares) {
        return Level.of(
                "the share of the last layer's loss that is due to its distance from the best layer",
                "at most a tenth of the loss is off the central path",
                shares,
                Average.GEOMETRIC,
                NEAR);
    }

    /** The three parts add up to the loss, which is off-path over its share; without class means they must not. */
    private static Finding split(ArmRuns arm, double classMeans) {
        double[] within = arm.last(WITHIN);
        double[] means = arm.last(MEANS);
        double[] off = arm.last(OFF);
        double[] share = arm.last(SHARE);
        return Exactly.identity(
                "the sum of the three parts of the loss",
                "within-class, class-mean and off-path parts add up to the loss",
                FreeFeatureProtocols.perSeed(
                        arm.count(),
                        seed -> Math.abs(
                                (within[seed] + classMeans * means[seed] + off[seed]) * share[seed] / off[seed] - 1)),
                SPLIT_TOLERANCE);
    }

    private static Finding law(double[] errors) {
        return Exactly.identity(
                "the law of the flow on the central path",
                "C^2 ln w + C w^2 + w^4 / 4 grows at the rate C / N for every signal-to-noise ratio w",
                errors,
                FLOW_TOLERANCE);
    }

    private static Finding equal(double[] spreads) {
        return Exactly.bound(
                "the largest over the smallest signal-to-noise ratio on the central path",
                "on the central path all signal-to-noise ratios become equal",
                spreads,
                FreeFeatureProtocols.perSeed(spreads.length, start -> EQUAL));
    }
}
