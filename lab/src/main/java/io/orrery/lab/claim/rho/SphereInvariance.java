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
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The flow of the normalized dynamics stays on the unit sphere: one step leaves it by the step size squared only (P2). */
@Serves("001-01")
public final class SphereInvariance implements Claim {
    /** Each half of the one before. */
    private static final List<String> RATES = List.of("0.04", "0.02", "0.01", "0.005");

    private static final double SQUARED = 4;
    private static final double TOLERANCE = 0.1;

    @Override
    public Card card() {
        return new CardDraft("sphere-invariance", Kind.IDENTITY, "P2")
                .states(
                        "A step of the Lagrange-multiplier dynamics without projection changes the squared norm of a layer by the"
                                + " step size squared: halving the step divides the change by four.")
                .source(
                        "docs/theory section 2.2, equation 2.6; after Xu, Rangamani, Banburski, Liao, Galanti and Poggio 2023")
                .literature("The multiplier removes the component along V, so that d||V||^2/dt = 0 on the unit sphere.")
                .sourceNotRead()
                .because(
                        "What is left of the gradient is tangent to the sphere; a straight step along a tangent leaves a sphere to"
                                + " second order.")
                .control(
                        "The same networks without the multiplier (model.normalization: none): the radial part of the gradient stays,"
                                + " the change is of first order and halving the step only halves it.")
                .cause("the multiplier", "model.normalization=none", "model.projection=true")
                .limit(
                        "the ratio of changes of ||V||^2",
                        Threshold.atMost(TOLERANCE),
                        Provenance.theorem(
                                "docs/theory 2.5 (Pythagoras); 4 within a tenth, where a change of first order gives 2 and"
                                        + " one of third order 8"))
                .refutedBy("A ratio off 4 by more than a tenth: then what the step adds is not tangent to the sphere.")
                .assuming("model.projection: false; one step of full-batch gradient descent from initialization.")
                .free("data", "model.widths")
                .reads("norms")
                .seenRefuted(
                        "the control, seeds 3001-3010: without the multiplier the ratio is off 4 by 0.507, 0.504 and 0.502, which is a"
                                + " ratio of 2")
                .pilot("largest relative error of the ratio from 4", 6.4e-10, 0, "3001-3010")
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
        SpecDocument plain = base.having("model.normalization=none")
                .having("model.projection=true")
                .having("model.initialRho=1");
        return new Protocol(
                10,
                Stream.concat(
                                RATES.stream()
                                        .map(rate -> Arm.treatment(
                                                name(rate), base.having("optimizer.learningRate=" + rate))),
                                RATES.stream()
                                        .map(rate -> Arm.control(
                                                plain(rate), plain.having("optimizer.learningRate=" + rate))))
                        .toList());
    }

    @Override
    public Judgement judge(Evidence evidence) {
        return new Judgement(
                ruling(evidence, SphereInvariance::name), ruling(evidence, SphereInvariance::plain), figure(evidence));
    }

    private static Ruling ruling(Evidence evidence, UnaryOperator<String> name) {
        List<Finding> findings = IntStream.range(1, RATES.size())
                .mapToObj(i -> {
                    double[] whole = drift(evidence.arm(name.apply(RATES.get(i - 1))));
                    double[] half = drift(evidence.arm(name.apply(RATES.get(i))));
                    return Exactly.identity(
                            "the ratio of changes of ||V||^2 from " + name.apply(RATES.get(i - 1))
                                    + " to half of it against 4",
                            "halving the step divides the change by 4",
                            RhoProtocols.perSeed(
                                    whole.length, seed -> Math.abs(whole[seed] / half[seed] / SQUARED - 1)),
                            TOLERANCE);
                })
                .toList();
        return Ruling.of(
                findings,
                RATES.stream()
                        .map(rate -> evidence.arm(name.apply(rate)))
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
                RATES.stream().map(rate -> drift(evidence.arm(name(rate)))).toArray(double[][]::new);
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

    private static String plain(String rate) {
        return "without the multiplier, step size " + rate;
    }

    private static String name(String rate) {
        return "step size " + rate;
    }
}
