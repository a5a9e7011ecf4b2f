package io.orrery.lab.claim.rho;

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
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.collapse.RhoDynamics;
import java.util.List;
import java.util.stream.Stream;

/** At the end of training rho is mu / (M + lambda), and the loss is what that leaves (P3). */
@Serves("001-01")
public final class RhoEquilibrium implements Claim {
    private static final String ARM = "decay";
    private static final String PLAIN = "decay on every layer, no normalization";
    private static final double TOLERANCE = 1e-3;
    private static final double FULL_TOLERANCE = 1e-2;
    /** Relaxation times 2 (M + lambda) t after which rho has forgotten its start to e^-20. */
    private static final Threshold RELAXED = Threshold.atLeast(20);

    @Override
    public Card card() {
        return new CardDraft("rho-equilibrium", Kind.IDENTITY, "P3")
                .states(
                        "Trained to the end with normalization and weight decay, the scale rho rests at mu / (M + lambda), and the"
                                + " regularized loss at 1 - mu^2 / (M + lambda).")
                .source("docs/theory section 2.3, equations 2.8 and 2.9; after Poggio and Liao 2020, arXiv 2101.00072")
                .literature(
                        "A summary of Poggio and Liao (sciencestack.ai/paper/2101.00072) gives rho_eq = sum y f / (lambda + sum f^2),"
                                + " sums over examples; with the averaged loss it is mu / (M + lambda). The text was not read.")
                .sourceNotRead()
                .because(
                        "At rest nothing may be gained by scaling all outputs, so the parabola in rho is at its lowest point.")
                .control(
                        "The same ends held against the law with lambda doubled; and the same network without normalization, with the"
                                + " same lambda on every layer, which rests elsewhere (2.15): both must miss the tolerance.")
                .cause("normalization, by which decay acts on rho", "model.normalization=none")
                .limit(
                        "rho",
                        Threshold.atMost(TOLERANCE),
                        Provenance.theorem(
                                "docs/theory 2.3, of a run at rest; 1e-3 is what is left of a start after 7 relaxation times,"
                                        + " and 20 are required"))
                .limit(
                        "the regularized loss",
                        Threshold.atMost(TOLERANCE),
                        Provenance.theorem(
                                "docs/theory 2.3; the loss is flat in rho there, so that it is nearer than rho"))
                .seenRefuted("made-up ends in RhoEquilibriumTest: rho or the loss off by 0.002 refutes it")
                .refutedBy(
                        "rho or the loss off by a thousandth in a run that is at rest: then measurement or dynamics is wrong.")
                .assuming(
                        "Full batch, at scale full with momentum; tolerance 1% there, since digits come to rest more slowly. 'To the"
                                + " end' means that 2 (M + lambda) t is at least 20, else the claim is not judged.")
                .free("data", "model.widths")
                .reads("norms", "margins", "loss")
                .pilot("largest relative error of rho", 1e-14, 0)
                .pilot("largest relative error of the regularized loss", 6.2e-15, 0)
                .quickSeconds(12);
    }

    @Override
    public Protocol protocol(Scale scale) {
        return switch (scale) {
            case QUICK ->
                protocol(
                        10,
                        RhoProtocols.twoCluster().having("decay.lambda=1e-2").having("stop.steps=40000"));
            case FULL ->
                protocol(5, RhoProtocols.digits().having("decay.lambda=1e-3").having("stop.steps=10000"));
        };
    }

    private static Protocol protocol(int seeds, SpecDocument spec) {
        return Protocol.of(
                seeds, Arm.treatment(ARM, spec), Arm.control(PLAIN, spec.having("model.normalization=none")));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns arm = evidence.arm(ARM);
        double tolerance = evidence.scale() == Scale.QUICK ? TOLERANCE : FULL_TOLERANCE;
        return new Judgement(
                Ruling.of(findings(arm, 1, tolerance), List.of(RhoProtocols.equilibrated(arm, RELAXED))),
                Ruling.of(
                        Stream.concat(
                                        controls(findings(arm, 2, tolerance), "for twice the decay"),
                                        controls(findings(evidence.arm(PLAIN), 1, tolerance), "without normalization"))
                                .toList(),
                        List.of()),
                Figure.course(
                        "rho and where it must rest",
                        Figure.Axis.linear("rho"),
                        evidence.arms(),
                        RhoProtocols.RHO,
                        List.of(),
                        "rho over training, median and range over seeds; it stops where its equilibrium for the final directions is."));
    }

    private static Stream<Finding> controls(List<Finding> findings, String how) {
        return findings.stream()
                .map(finding -> finding.named(finding.name() + ", " + how).controlling(finding.name()));
    }

    private static List<Finding> findings(ArmRuns arm, double lambdaFactor, double tolerance) {
        double lambda = arm.spec().decay().lambda() * lambdaFactor;
        double[] mu = arm.last(RhoProtocols.MEAN_MARGIN);
        double[] moment = arm.last(RhoProtocols.SECOND_MOMENT);
        return List.of(
                Exactly.identity(
                        "rho", "rho is mu / (M + lambda)", RhoProtocols.offEquilibrium(arm, lambdaFactor), tolerance),
                Exactly.identity(
                        "the regularized loss",
                        "the regularized loss is 1 - mu^2 / (M + lambda)",
                        RhoProtocols.relativeErrors(
                                arm.last(RhoProtocols.OBJECTIVE),
                                RhoProtocols.perSeed(
                                        arm.count(), seed -> RhoDynamics.minimalLoss(mu[seed], moment[seed], lambda))),
                        tolerance));
    }
}
