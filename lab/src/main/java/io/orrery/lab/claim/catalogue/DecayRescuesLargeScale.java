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
import io.orrery.lab.judge.Comparison;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Level;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Threshold;
import io.orrery.lab.judge.Values;
import io.orrery.lab.spec.SpecDocument;
import java.util.ArrayList;
import java.util.List;

/** Weight decay makes up for a large initial scale: same rho, no test error (P6). */
public final class DecayRescuesLargeScale implements Claim {
    private static final String DECAY = "decay";
    private static final String NONE = "no decay";
    private static final String SMALL = "2";
    private static final String LARGE = "40";

    private static final double SAME_RHO = 0.05;
    /** The source's 0.169 to 0, halved. */
    private static final Threshold GAIN = Threshold.atLeast(0.08);

    private static final Threshold LEFT = Threshold.atMost(0.02);
    private static final Threshold FITTED = Threshold.atLeast(1);

    @Override
    public Card card() {
        return new CardDraft("decay-rescues-large-scale", Kind.EFFECT, "P6")
                .states(
                        "Weight decay makes up for a large initial scale: training ends at the same rho as from a small one, and the"
                                + " test error that the large scale costs without decay is gone.")
                .source("Xu, Rangamani, Banburski, Liao, Galanti and Poggio 2023; core theory P6")
                .literature(
                        "Core theory P6: with lambda 3e-3 final rho 7.92 from 2 and 8.04 from 40, test error 0; without decay 0.17"
                                + " from 40.")
                .because(
                        "Decay shrinks rho until the margins must grow to keep the fit, and large margins are what generalizes.")
                .control("The same two starts without decay: rho differs and the error stays.")
                .assuming(
                        "Full-batch gradient descent, 15,000 steps; the hard xor task of scale-remembered-without-decay.")
                .free("data", "model.widths")
                .reads("norms", "margins", "loss")
                .pilot("test error saved", 0.146, 0.045)
                .pilot("log of final rho from 40 over that from 2", 0.0137, 0.0014)
                .pilot("test error left", 0, 0)
                .quickSeconds(11);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = scale == Scale.QUICK
                ? RhoProtocols.xor().having("stop.steps=15000")
                : RhoProtocols.digits().having("stop.epochs=400");
        List<Arm> arms = new ArrayList<>();
        for (String rho : List.of(SMALL, LARGE)) {
            SpecDocument from = base.having("model.initialRho=" + rho)
                    .having("optimizer.learningRate=" + Math.min(0.05, 1 / Double.parseDouble(rho)));
            arms.add(Arm.treatment(name(DECAY, rho), from.having("decay.lambda=3e-3")));
            arms.add(Arm.control(name(NONE, rho), from.having("decay.lambda=0")));
        }
        return new Protocol(10, arms);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns reference = evidence.arm(name(NONE, LARGE));
        return new Judgement(
                ruling(evidence.arm(name(DECAY, SMALL)), evidence.arm(name(DECAY, LARGE)), reference),
                ruling(evidence.arm(name(NONE, SMALL)), evidence.arm(name(NONE, LARGE)), reference),
                List.of(
                        Figure.course(
                                "rho from two starts, with decay and without",
                                Figure.Axis.logarithmic("rho"),
                                evidence.arms(),
                                RhoProtocols.RHO,
                                List.of(),
                                "Median and range over seeds."),
                        Figure.arms(
                                "Test error at the end",
                                Figure.Axis.linear("test error"),
                                evidence.arms(),
                                RhoProtocols::testError,
                                List.of(new Figure.Mark("most that decay may leave", 0.02)),
                                "One dot per seed.")),
                List.of());
    }

    private static Ruling ruling(ArmRuns small, ArmRuns large, ArmRuns withoutDecay) {
        return Ruling.of(
                List.of(
                        Comparison.difference(
                                "test error saved from a large scale",
                                "decay takes away the test error that a large scale costs",
                                new Values(
                                        "the test error from rho 40 without decay",
                                        RhoProtocols.testError(withoutDecay)),
                                new Values("that of " + large.name(), RhoProtocols.testError(large)),
                                GAIN),
                        Comparison.equal(
                                "final rho from a large and a small scale",
                                "final rho does not depend on the start",
                                new Values("final rho from 40", large.last(RhoProtocols.RHO)),
                                new Values("that from 2", small.last(RhoProtocols.RHO)),
                                SAME_RHO),
                        Level.of(
                                "the test error that is left",
                                "little test error is left",
                                RhoProtocols.testError(large),
                                LEFT)),
                List.of(
                        Requirement.all("fitted", "training accuracy", large.last(RhoProtocols.ACCURACY), FITTED),
                        Requirement.all("fitted", "training accuracy", small.last(RhoProtocols.ACCURACY), FITTED)));
    }

    private static String name(String decay, String rho) {
        return decay + ", rho starts at " + rho;
    }
}
