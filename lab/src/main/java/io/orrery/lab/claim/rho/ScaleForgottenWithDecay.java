package io.orrery.lab.claim.rho;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.AtRest;
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
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** With weight decay and normalization the end of training does not remember the initial scale (P4, C1). */
@Serves("001-01")
public final class ScaleForgottenWithDecay implements Claim {
    private static final List<String> INITIAL = List.of("0.3", "3", "20");
    private static final List<String> LAMBDAS = List.of("3e-3", "1e-2");
    private static final String NO_DECAY = "0";

    private static final Threshold SPREAD = Threshold.atMost(0.01);
    private static final String RHO_SPREAD = "the spread of final rho over initial scales at lambda ";
    private static final String MARGIN_SPREAD = "the spread of the mean margin over initial scales at lambda ";
    /** Half of the spread that is asked for: what still moves further would decide by when the run was stopped. */
    private static final double SETTLED = 0.005;
    /** Relaxation times 2 (M + lambda) t after which rho has forgotten its start to e^-20. */
    private static final Threshold RELAXED = Threshold.atLeast(20);

    private static final Threshold AT_REST = Threshold.atMost(0.01);

    static final String MINIMUM =
            "Convergence to a solution with the absolute minimum rho, which is the product of the Frobenius norms of"
                    + " each layer weight matrix, is expected when normalization by a Lagrange multiplier is used together with weight"
                    + " decay.";
    static final String MEMO = "Deep Classifiers trained with the Square Loss, memo, abstract,"
            + " paperexplained.cn/articles/paper/detail/e23c636548f61c235770022678339a043c93e23e";

    @Override
    public Card card() {
        return new CardDraft("scale-forgotten-with-decay", Kind.EFFECT, "P4")
                .states(
                        "With weight decay and normalization the final scale rho and the mean margin do not depend on the scale at"
                                + " which training started.")
                .source(MEMO + "; Poggio and Liao 2020, arXiv 2101.00072, abstract")
                .literature(
                        "\"We show that convergence to a solution with the absolute minimum rho ... is expected when normalization by a"
                                + " Lagrange multiplier (LN) is used together with Weight Decay (WD).\" A minimum is one number, so"
                                + " all starts must end at it. No size is stated; on the harder xor task decay-rescues-large-scale"
                                + " asks the same sentence.")
                .because(
                        "Decay keeps the loss from resting until rho is at the one equilibrium that the margins allow; without it,"
                                + " every scale that interpolates is a place to rest.")
                .control("The same starts without decay, all else equal: the ends must differ.")
                .cause("weight decay", "decay.lambda=0")
                .limit(
                        RHO_SPREAD + "3e-3 and 1e-2",
                        SPREAD,
                        Provenance.argued(
                                "one minimum is one number; a hundredth, set in P4 before any run, is left to rounding and"
                                        + " to what still moves"))
                .limit(MARGIN_SPREAD + "3e-3 and 1e-2", SPREAD, Provenance.argued("as for rho, in P4"))
                .seenRefuted(
                        "made-up ends in ScaleForgottenWithDecayTest: one start of three ending at 5 in place of 3.73")
                .refutedBy(
                        "Ends at rest that differ by more than a hundredth with the start: then there is more than one place to rest.")
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
                                AT_REST),
                        AtRest.settled(arm, RhoProtocols.RHO, "rho", SETTLED)))
                .toList();
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                MINIMUM,
                                MEMO,
                                Ruling.of(each(evidence, RHO_SPREAD, RhoProtocols.RHO), settled),
                                Ruling.of(forgotten(evidence, RHO_SPREAD, RhoProtocols.RHO), List.of())),
                        Sentence.ours(
                                card().statement(),
                                Ruling.of(both(evidence, false), settled),
                                Ruling.of(both(evidence, true), List.of()))),
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

    private static List<Finding> both(Evidence evidence, boolean control) {
        return Stream.of(RHO_SPREAD, MARGIN_SPREAD)
                .flatMap(words -> {
                    String series = words.equals(RHO_SPREAD) ? RhoProtocols.RHO : RhoProtocols.MEAN_MARGIN;
                    return (control ? forgotten(evidence, words, series) : each(evidence, words, series)).stream();
                })
                .toList();
    }

    /** One finding for each lambda. */
    private static List<Finding> each(Evidence evidence, String words, String series) {
        return LAMBDAS.stream()
                .map(lambda -> spread(evidence, lambda, words, series))
                .toList();
    }

    /** The same question without decay, held against each lambda's finding. */
    private static List<Finding> forgotten(Evidence evidence, String words, String series) {
        return LAMBDAS.stream()
                .map(lambda -> spread(evidence, NO_DECAY, words, series).controlling(words + lambda))
                .toList();
    }

    private static Finding spread(Evidence evidence, String lambda, String words, String series) {
        return Level.of(
                words + lambda,
                "the end does not depend on initial rho",
                RhoProtocols.spread(arms(evidence, lambda).stream()
                        .map(arm -> arm.last(series))
                        .toList()),
                SPREAD);
    }

    private static List<ArmRuns> arms(Evidence evidence, String lambda) {
        return INITIAL.stream().map(rho -> evidence.arm(name(lambda, rho))).toList();
    }

    private static String name(String lambda, String rho) {
        return "lambda " + lambda + ", rho starts at " + rho;
    }
}
