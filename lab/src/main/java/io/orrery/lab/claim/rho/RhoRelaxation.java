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
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.collapse.RhoDynamics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** With directions frozen, rho relaxes exponentially to mu / (M + lambda) at rate 2 (M + lambda) (P1). */
@Serves("001-01")
public final class RhoRelaxation implements Claim {
    private static final double INITIAL = 3;
    private static final double PATH_TOLERANCE = 1e-3;
    private static final double END_TOLERANCE = 1e-6;

    /** A decay and the rates at which its path and its end are integrated. */
    private record Case(String lambda, String pathRate, String endRate) {
        String path() {
            return "lambda " + lambda + ", path";
        }

        String end() {
            return "lambda " + lambda + ", end";
        }
    }

    private static final List<Case> DECAYED = List.of(new Case("1e-3", "0.2", "100"), new Case("1e-1", "1e-3", "1"));

    /** Relaxation times 2 (M + lambda) t after which rho is at its end to a millionth of where it started. */
    private static final Threshold RELAXED = Threshold.atLeast(20);

    private static final int STEPS = 10_000;

    @Override
    public Card card() {
        return new CardDraft("rho-relaxation", Kind.IDENTITY, "P1")
                .states(
                        "With the directions of all layers frozen, the scale rho of a normalized network relaxes exponentially, at"
                                + " rate 2 (M + lambda), to mu / (M + lambda).")
                .source(
                        "docs/theory section 2.2, equation 2.7; after the model of Poggio and Liao 2020, arXiv 2101.00072")
                .literature(
                        "Follows from the loss by differentiation: d rho / dt = 2 mu - 2 rho (M + lambda). The abstract and a"
                                + " summary were read, not the text; the law is derived in docs/theory.")
                .sourceNotRead()
                .because("The square loss is a parabola in rho when nothing else moves, and weight decay adds another.")
                .control(
                        "The same runs held against a law without the factor 2 in the rate, and an end with lambda doubled, or where"
                                + " lambda is 0 at 1 / mu as if all margins were equal: all must miss the tolerance.")
                .cause("frozen directions", "optimizer.frozen=[]")
                .limit(
                        "rho on its path",
                        Threshold.atMost(PATH_TOLERANCE),
                        Provenance.theorem(
                                "docs/theory 2.2, of the flow; explicit steps of k = 2 (M + lambda) x rate, at most 4e-4 here,"
                                        + " stay within k / 5 of it"))
                .limit(
                        "the end of rho",
                        Threshold.atMost(END_TOLERANCE),
                        Provenance.theorem(
                                "docs/theory 2.3; after 20 relaxation times e^-20 = 2e-9 of the start is left"))
                .seenRefuted(
                        "made-up rho in RhoRelaxationTest: a rate of 1.9 (M + lambda) and an end off by 1e-5 refute it")
                .refutedBy(
                        "A path that leaves the exponential by a thousandth of rho, or an end off mu / (M + lambda) by a millionth:"
                                + " then the code does not integrate the equation.")
                .assuming(
                        "Directions are a random network's and stay so (optimizer.frozen). Step sizes differ from P1's 1e-3 where"
                                + " lambda is small, so that the path covers several relaxation times; the error of the discrete"
                                + " integration stays below the tolerance.")
                .free("data", "data.dimensions", "data.train")
                .reads("norms", "margins")
                .pilot("largest relative error of the path", 0.00028, 0)
                .pilot("largest relative error of the end", 2.2e-14, 0)
                .quickSeconds(8);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = (scale == Scale.QUICK
                        ? RhoProtocols.twoCluster()
                        : RhoProtocols.digits().having("data.perClass=50"))
                .having("model.widths=[64, 64]")
                .having("optimizer.momentum=0")
                .having("model.initialRho=" + INITIAL)
                .having("optimizer.frozen=[layers.0, layers.1, layers.2]")
                .having("measure.instruments=[margins, norms]")
                .having("stop.steps=" + STEPS);
        List<Arm> arms = new ArrayList<>();
        for (Case each : cases(scale)) {
            SpecDocument decayed = base.having("decay.lambda=" + each.lambda);
            arms.add(Arm.treatment(each.path(), decayed.having("optimizer.learningRate=" + each.pathRate)));
            arms.add(Arm.treatment(each.end(), decayed.having("optimizer.learningRate=" + each.endRate)));
        }
        return new Protocol(10, arms);
    }

    /** Random directions have M near 1e-6, of 784 pixels 1e-7: without decay rho moves slowly, and larger steps are as exact. */
    private static List<Case> cases(Scale scale) {
        Case none = scale == Scale.QUICK ? new Case("0", "100", "5e3") : new Case("0", "1e3", "3e5");
        return Stream.concat(Stream.of(none), DECAYED.stream()).toList();
    }

    @Override
    public Judgement judge(Evidence evidence) {
        return new Judgement(ruling(evidence, 2, false), ruling(evidence, 1, true), figure(evidence));
    }

    /** The law with its rate multiplied, 2 is right, and with the right end or a wrong one. */
    private static Ruling ruling(Evidence evidence, double rateFactor, boolean wrongEnd) {
        List<Finding> findings = new ArrayList<>();
        List<Requirement> relaxed = new ArrayList<>();
        for (Case each : cases(evidence.scale())) {
            ArmRuns path = evidence.arm(each.path());
            findings.add(Exactly.identity(
                    "rho on its path at lambda " + each.lambda,
                    "rho follows (2.7) to a thousandth of its largest value",
                    RhoProtocols.perSeed(path.count(), seed -> pathError(path, seed, rateFactor)),
                    PATH_TOLERANCE));
            ArmRuns end = evidence.arm(each.end());
            relaxed.add(relaxed(end));
            findings.add(Exactly.identity(
                    "the end of rho at lambda " + each.lambda,
                    "rho ends at mu / (M + lambda)",
                    wrongEnd ? offWrongEnd(end) : RhoProtocols.offEquilibrium(end, 1),
                    END_TOLERANCE));
        }
        return Ruling.of(findings, relaxed);
    }

    /** Relative errors against the end with lambda doubled; without decay against 1 / mu, where equal margins would rest. */
    private static double[] offWrongEnd(ArmRuns end) {
        double[] mu = end.last(RhoProtocols.MEAN_MARGIN);
        return end.spec().decay().lambda() > 0
                ? RhoProtocols.offEquilibrium(end, 2)
                : RhoProtocols.relativeErrors(
                        end.last(RhoProtocols.RHO), RhoProtocols.perSeed(end.count(), seed -> 1 / mu[seed]));
    }

    /** Whether the run was long enough for rho to reach its end. */
    private static Requirement relaxed(ArmRuns end) {
        double lambda = end.spec().decay().lambda();
        double rate = end.spec().optimizer().learningRate();
        double[] moment = end.last(RhoProtocols.SECOND_MOMENT);
        double[] steps = end.steps();
        return Requirement.all(
                "equilibrated",
                "2 (M + lambda) t of " + end.name(),
                RhoProtocols.perSeed(
                        end.count(), seed -> RhoDynamics.relaxation(moment[seed], lambda, rate * steps[seed])),
                RELAXED);
    }

    private static double pathError(ArmRuns arm, int seed, double rateFactor) {
        ArmRuns.Course course = arm.course(RhoProtocols.RHO);
        double[] rho = course.values()[seed];
        if (rho.length == 0) {
            return Double.NaN;
        }
        double mu = arm.last(RhoProtocols.MEAN_MARGIN)[seed];
        double moment = arm.last(RhoProtocols.SECOND_MOMENT)[seed];
        double lambda = arm.spec().decay().lambda();
        double rate = arm.spec().optimizer().learningRate();
        double scale = Math.max(Math.abs(rho[0]), Math.abs(RhoDynamics.equilibrium(mu, moment, lambda)));
        double worst = 0;
        for (int look = 0; look < rho.length; look++) {
            double time = course.steps()[look] * rate * rateFactor / 2;
            double law = RhoDynamics.at(time, rho[0], mu, moment, lambda);
            double error = Math.abs(rho[look] - law) / scale;
            worst = error <= worst ? worst : error;
        }
        return worst;
    }

    private static Figure figure(Evidence evidence) {
        return Figure.course(
                "Distance of rho from its equilibrium",
                Figure.Axis.linear("rho"),
                evidence.arms().stream()
                        .filter(arm -> arm.name().endsWith("path"))
                        .toList(),
                RhoProtocols.RHO,
                List.of(),
                "rho over steps, directions frozen; median and range over seeds, each with directions of its own. The law (2.7)"
                        + " cannot be told from the curves by eye: the findings say how far they are apart.");
    }
}
