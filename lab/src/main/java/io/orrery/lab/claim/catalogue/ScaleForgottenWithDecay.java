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
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Level;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Threshold;
import io.orrery.lab.spec.SpecDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** With weight decay and normalization the end of training does not remember the initial scale (P4, C1). */
public final class ScaleForgottenWithDecay implements Claim {
    private static final List<String> INITIAL = List.of("0.3", "3", "20");
    private static final List<String> LAMBDAS = List.of("3e-3", "1e-2");
    private static final String NO_DECAY = "0";

    private static final Threshold SPREAD = Threshold.atMost(0.01);
    /** Relaxation times 2 (M + lambda) t after which rho has forgotten its start to e^-20. */
    private static final Threshold RELAXED = Threshold.atLeast(20);

    private static final Threshold AT_REST = Threshold.atMost(0.01);

    @Override
    public Card card() {
        return new CardDraft("scale-forgotten-with-decay", Kind.EFFECT, "P4")
                .states(
                        "With weight decay and normalization the final scale rho and the mean margin do not depend on the scale at"
                                + " which training started.")
                .source("Poggio and Liao 2021; Xu, Rangamani, Banburski, Liao, Galanti and Poggio 2023")
                .literature(
                        "rho and the margins at the end are nearly independent of the initial rho. Core theory P4: spread over"
                                + " initial scales 0.3, 3 and 20 at most 1%.")
                .because(
                        "Decay keeps the loss from resting until rho is at the one equilibrium that the margins allow; without it,"
                                + " every scale that interpolates is a place to rest.")
                .control("The same starts without decay: the ends must differ.")
                .assuming(
                        "Enough time: 2 (M + lambda) t is required to be at least 20 and rho within 1% of its equilibrium, else"
                                + " the claim is not judged.")
                .free("data", "model.widths")
                .reads("norms", "margins", "loss")
                .pilot("spread of final rho at lambda 3e-3", 0.00017, 0.00052)
                .pilot("spread of the mean margin at lambda 3e-3", 0.00017, 0.00052)
                .pilot("spread of final rho at lambda 1e-2", 2.3e-14, 1.6e-15)
                .pilot("spread of the mean margin at lambda 1e-2", 2.5e-15, 1.2e-15)
                .quickSeconds(50);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument base = quick
                ? RhoProtocols.twoCluster().having("stop.steps=40000").having("measure.perDecade=3")
                : RhoProtocols.digits().having("stop.steps=20000");
        List<Arm> arms = new ArrayList<>();
        for (String lambda : LAMBDAS) {
            INITIAL.forEach(rho -> arms.add(Arm.treatment(name(lambda, rho), arm(base, lambda, rho))));
        }
        INITIAL.forEach(rho -> arms.add(Arm.control(name(NO_DECAY, rho), arm(base, NO_DECAY, rho))));
        return new Protocol(5, arms);
    }

    private static SpecDocument arm(SpecDocument base, String lambda, String rho) {
        return base.having("decay.lambda=" + lambda).having("model.initialRho=" + rho);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<Requirement> settled = LAMBDAS.stream()
                .flatMap(lambda -> arms(evidence, lambda).stream())
                .flatMap(arm -> Stream.of(
                        RhoProtocols.equilibrated(arm, RELAXED),
                        Requirement.all(
                                "at rest",
                                "the distance of rho from its equilibrium in " + arm.name(),
                                RhoProtocols.relativeErrors(
                                        arm.last(RhoProtocols.RHO), arm.last(RhoProtocols.EQUILIBRIUM)),
                                AT_REST)))
                .toList();
        List<Finding> findings = LAMBDAS.stream()
                .flatMap(lambda -> spreads(evidence, lambda).stream())
                .toList();
        return new Judgement(
                Ruling.of(findings, settled),
                Ruling.of(spreads(evidence, NO_DECAY), List.of()),
                List.of(
                        Figure.course(
                                "rho from three starts, with decay and without",
                                Figure.Axis.logarithmic("rho"),
                                evidence.arms(),
                                RhoProtocols.RHO,
                                List.of(),
                                "Median and range over seeds. With decay the curves of one lambda meet; without they rest apart."),
                        Figure.arms(
                                "Mean margin at the end",
                                Figure.Axis.linear("mean normalized margin"),
                                evidence.arms(),
                                arm -> arm.last(RhoProtocols.MEAN_MARGIN),
                                List.of(),
                                "One dot per seed.")),
                List.of());
    }

    private static List<Finding> spreads(Evidence evidence, String lambda) {
        List<ArmRuns> arms = arms(evidence, lambda);
        return List.of(
                Level.of(
                        "the spread of final rho over initial scales at lambda " + lambda,
                        "final rho does not depend on initial rho",
                        RhoProtocols.spread(arms.stream()
                                .map(arm -> arm.last(RhoProtocols.RHO))
                                .toList()),
                        SPREAD),
                Level.of(
                        "the spread of the mean margin over initial scales at lambda " + lambda,
                        "the mean margin does not depend on initial rho",
                        RhoProtocols.spread(arms.stream()
                                .map(arm -> arm.last(RhoProtocols.MEAN_MARGIN))
                                .toList()),
                        SPREAD));
    }

    private static List<ArmRuns> arms(Evidence evidence, String lambda) {
        return INITIAL.stream().map(rho -> evidence.arm(name(lambda, rho))).toList();
    }

    private static String name(String lambda, String rho) {
        return "lambda " + lambda + ", rho starts at " + rho;
    }
}
