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
import io.orrery.lab.judge.Exactly;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Threshold;
import io.orrery.lab.spec.SpecDocument;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The flow of the normalized dynamics stays on the unit sphere: one step leaves it by the step size squared only (P2). */
public final class SphereInvariance implements Claim {
    /** Each half of the one before. */
    private static final List<String> RATES = List.of("0.04", "0.02", "0.01", "0.005");

    private static final double SQUARED = 4;
    private static final double LINEAR = 2;
    private static final double TOLERANCE = 0.1;

    @Override
    public Card card() {
        return new CardDraft("sphere-invariance", Kind.IDENTITY, "P2")
                .states(
                        "A step of the Lagrange-multiplier dynamics without projection changes the squared norm of a layer by the"
                                + " step size squared: halving the step divides the change by four.")
                .source("Xu, Rangamani, Banburski, Liao, Galanti and Poggio 2023; equation 2.6 of our core theory")
                .literature("The multiplier removes the component along V, so that d||V||^2/dt = 0 on the unit sphere.")
                .because(
                        "What is left of the gradient is tangent to the sphere; a straight step along a tangent leaves a sphere to"
                                + " second order.")
                .control(
                        "The same changes held against a law of first order, a factor of two: must miss the tolerance.")
                .assuming("model.projection: false; one step of full-batch gradient descent from initialization.")
                .free("data", "model.widths")
                .reads("norms")
                .pilot("largest relative error of the ratio from 4", 7.3e-10, 0)
                .quickSeconds(3);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = (scale == Scale.QUICK ? RhoProtocols.twoCluster() : RhoProtocols.digits())
                .having("optimizer.momentum=0")
                .having("model.projection=false")
                .having("model.initialRho=3")
                .having("measure.instruments=[norms]")
                .having("decay.lambda=1e-2")
                .having("stop.steps=1");
        return new Protocol(
                10,
                RATES.stream()
                        .map(rate -> Arm.treatment(name(rate), base.having("optimizer.learningRate=" + rate)))
                        .toList());
    }

    @Override
    public Judgement judge(Evidence evidence) {
        return new Judgement(ruling(evidence, SQUARED), ruling(evidence, LINEAR), figure(evidence));
    }

    private static Ruling ruling(Evidence evidence, double expected) {
        List<Finding> findings = IntStream.range(1, RATES.size())
                .mapToObj(i -> {
                    double[] whole = drift(evidence.arm(name(RATES.get(i - 1))));
                    double[] half = drift(evidence.arm(name(RATES.get(i))));
                    return Exactly.identity(
                            "the ratio of changes of ||V||^2 from " + name(RATES.get(i - 1)) + " to half of it against "
                                    + (int) expected,
                            "halving the step divides the change by " + (int) expected,
                            RhoProtocols.perSeed(
                                    whole.length, seed -> Math.abs(whole[seed] / half[seed] / expected - 1)),
                            TOLERANCE);
                })
                .toList();
        return Ruling.of(
                findings,
                evidence.arms().stream()
                        .map(arm -> Requirement.all(
                                "one step", "steps with " + arm.name(), arm.steps(), Threshold.within(1, 1)))
                        .toList());
    }

    /** Change of the squared norm in the first step, summed over layers. */
    private static double[] drift(ArmRuns arm) {
        double[] sum = new double[arm.count()];
        List<String> layers = arm.layers("norms.frobenius");
        Arrays.fill(sum, layers.isEmpty() ? Double.NaN : 0);
        for (String layer : layers) {
            double[] before = arm.first("norms.frobenius/" + layer);
            double[] after = arm.last("norms.frobenius/" + layer);
            for (int seed = 0; seed < sum.length; seed++) {
                sum[seed] += after[seed] * after[seed] - before[seed] * before[seed];
            }
        }
        return sum;
    }

    private static Figure figure(Evidence evidence) {
        double[] rates = RATES.stream().mapToDouble(Double::parseDouble).toArray();
        double[][] drifts =
                evidence.arms().stream().map(SphereInvariance::drift).toArray(double[][]::new);
        double[][] values = IntStream.range(0, drifts[0].length)
                .mapToObj(seed ->
                        Arrays.stream(drifts).mapToDouble(rate -> rate[seed]).toArray())
                .toArray(double[][]::new);
        return new Figure(
                "Change of the squared norms in one step",
                Figure.Axis.logarithmic("step size"),
                Figure.Axis.logarithmic("change of the sum of ||V||^2"),
                List.of(new Figure.Curve("without projection", Arm.Part.TREATMENT, true, rates, values)),
                List.of(),
                "On logarithmic axes a law of second order is a line of slope 2.");
    }

    private static String name(String rate) {
        return "step size " + rate;
    }
}
