package io.orrery.lab.claim.collapse;

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
import io.orrery.lab.claim.rho.RhoProtocols;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** At rest with decay, weights are made of the activations that enter them and the errors that come back: a theorem (2.16, P11). */
@Serves("001-07")
public final class WeightActivationDuality implements Claim {
    private static final String WIDE = "more inputs than examples";
    private static final String EARLY = "stopped early";
    private static final String NO_DECAY = "no decay";

    private static final String RESIDUAL = "duality.residual";
    private static final String OUTSIDE = "duality.outside-inputs";
    private static final String ACCURACY = "loss.accuracy@train";

    private static final double AT_REST = 1e-2;
    private static final double IN_SPAN = 1e-3;
    private static final Threshold FITTED = Threshold.atLeast(0.99);

    @Override
    public Card card() {
        return new CardDraft("weight-activation-duality", Kind.BOUND, "P11")
                .states(
                        "Trained to rest with weight decay, the last layer is the sum of errors times activations over 2 lambda, and"
                                + " the rows of every layer lie in the span of the activations that enter it.")
                .source(
                        "Equation 2.16 of our core theory; Xu, Rangamani, Banburski, Liao, Galanti and Poggio 2023 for the duality")
                .sourceNotRead()
                .literature(
                        "It is what a vanishing gradient of loss and decay says, written out: a theorem about points at rest. It tests"
                                + " whether training gets there, and the code; it is no evidence about networks.")
                .because(
                        "At rest the pull of decay, 2 lambda W, is balanced by the data's gradient, which is made of errors and"
                                + " activations; what the data do not sustain has decayed away.")
                .control(
                        "Each condition taken away: rest, by a hundredth of the steps; decay, by lambda 0 where inputs have more"
                                + " dimensions than examples, so that the start stays in the weights.")
                .limit(
                        "residual of the last layer",
                        Threshold.atMost(AT_REST),
                        Provenance.ownPilot("P11", 1),
                        "1e-2 in P11; now in every seed and not for their mean")
                .limit(
                        "largest share of a layer outside the span of its inputs",
                        Threshold.atMost(IN_SPAN),
                        Provenance.ownPilot("P11", 1),
                        "1e-3 in P11; now in every seed, and only where inputs have more dimensions than examples: elsewhere they"
                                + " span all that there is, with decay and without")
                .cause("weight decay", "decay.lambda=0")
                .cause("training to rest", "stop.steps=500")
                .refutedBy(
                        "One seed whose last layer has a residual above 1e-2, or a layer with more than 1e-3 outside its span.")
                .assuming(
                        "Full batch, learning rate divided by ten at 60% and 80% of the run. Hidden layers are judged by their span"
                                + " only: minimizers sit on kinks of the ReLU, where their residual stays at 0.15 to 0.3.")
                .assuming(
                        "An arm with lambda 3e-3 was left out before the judged runs: one pilot seed of ten had a residual of 0.021 there"
                                + " after 50,000 steps, so it was not at rest, of which the theorem speaks.")
                .assuming(
                        "Activations of less than 1e-5 of the largest singular value are not counted as part of a span.")
                .free("data", "model.widths")
                .reads("duality", "loss")
                .seenRefuted(
                        "Pilot seeds 3001-3010: at lambda 3e-3 one seed had a residual of 0.021, twice the limit; without decay up to 0.60"
                                + " of a layer stays outside the span.")
                .quickSeconds(20);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument base = quick ? Protocol.spec("""
                        precision: double
                        data: {source: two-cluster, train: 64, dimensions: 20, separation: 1.5, unitNorm: true, order: full}
                        model: {kind: mlp, widths: [32, 32]}
                        loss: {kind: square, targets: single}
                        optimizer: {kind: sgd, learningRate: 0.05, momentum: 0}
                        schedule: {kind: step, milestones: [0.6, 0.8], factor: 0.1}
                        stop: {steps: 50000}
                        measure: {instruments: [loss, duality], perDecade: 3, thorough: all}
                        """) : Protocol.spec("""
                        precision: double
                        data: {source: mnist, classes: [0, 1], perClass: 100, unitNorm: true, order: full}
                        model: {kind: mlp, widths: [128, 128]}
                        loss: {kind: square, targets: single}
                        optimizer: {kind: sgd, learningRate: 0.05, momentum: 0}
                        schedule: {kind: step, milestones: [0.6, 0.8], factor: 0.1}
                        stop: {steps: 200000}
                        measure: {instruments: [loss, duality], perDecade: 3, thorough: all}
                        """);
        String lambda = lambdas(scale).getLast();
        SpecDocument wide = quick ? base.having("data.dimensions=100") : base;
        List<Arm> arms = new ArrayList<>();
        lambdas(scale).forEach(each -> arms.add(Arm.treatment(name(each), base.having("decay.lambda=" + each))));
        arms.add(Arm.treatment(WIDE, wide.having("decay.lambda=" + lambda)));
        arms.add(Arm.control(
                EARLY, base.having("decay.lambda=" + lambda).having(quick ? "stop.steps=500" : "stop.steps=2000")));
        arms.add(Arm.control(NO_DECAY, wide.having("decay.lambda=0")));
        return new Protocol(quick ? 10 : 5, arms);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        List<Finding> controls = new ArrayList<>();
        List<Requirement> fitted = new ArrayList<>();
        List<String> trained = new ArrayList<>(lambdas(evidence.scale()).stream()
                .map(WeightActivationDuality::name)
                .toList());
        trained.add(WIDE);
        for (String arm : trained) {
            findings.add(atRest(evidence.arm(arm)));
            controls.add(atRest(evidence.arm(EARLY)));
            fitted.add(Requirement.all(
                    "fitted", "training accuracy of " + arm, evidence.arm(arm).last(ACCURACY), FITTED));
        }
        findings.add(inSpan(evidence.arm(WIDE)));
        controls.add(inSpan(evidence.arm(NO_DECAY)));
        return new Judgement(
                Ruling.of(findings, fitted),
                Ruling.of(controls, List.of()),
                List.of(restFigure(evidence), spanFigure(evidence)),
                List.of());
    }

    private static Finding atRest(ArmRuns arm) {
        return Exactly.bound(
                "the residual of the last layer, " + arm.name() + ",",
                "the last layer is the sum of errors times activations over 2 lambda",
                lastLayer(arm),
                RhoProtocols.perSeed(arm.count(), seed -> AT_REST));
    }

    private static Finding inSpan(ArmRuns arm) {
        return Exactly.bound(
                "the largest share of a layer outside the span of its inputs, " + arm.name() + ",",
                "the rows of every layer lie in the span of the activations that enter it",
                worst(arm),
                RhoProtocols.perSeed(arm.count(), seed -> IN_SPAN));
    }

    private static double[] lastLayer(ArmRuns arm) {
        List<String> layers = arm.layers(RESIDUAL);
        return layers.isEmpty()
                ? RhoProtocols.perSeed(arm.count(), seed -> Double.NaN)
                : arm.last(RESIDUAL + "/" + layers.getLast());
    }

    private static double[] worst(ArmRuns arm) {
        List<double[]> layers = arm.layers(OUTSIDE).stream()
                .map(layer -> arm.last(OUTSIDE + "/" + layer))
                .toList();
        return RhoProtocols.perSeed(
                arm.count(),
                seed -> layers.stream().mapToDouble(layer -> layer[seed]).max().orElse(Double.NaN));
    }

    private static Figure restFigure(Evidence evidence) {
        List<Figure.Curve> curves = evidence.arms().stream()
                .filter(arm -> !arm.layers(RESIDUAL).isEmpty())
                .map(arm -> {
                    ArmRuns.Course course =
                            arm.course(RESIDUAL + "/" + arm.layers(RESIDUAL).getLast());
                    return new Figure.Curve(
                            arm.name(),
                            arm.part(),
                            true,
                            Arrays.stream(course.steps())
                                    .mapToDouble(step -> step)
                                    .toArray(),
                            course.values());
                })
                .toList();
        return new Figure(
                "How far the last layer is from what errors and activations sustain",
                Figure.Axis.logarithmic("step"),
                Figure.Axis.logarithmic("||2 lambda W + gradient|| / ||2 lambda W||"),
                curves,
                List.of(new Figure.Mark("at rest", 1e-2)),
                "Median and range over seeds. The residual falls as training comes to rest; without decay it is not defined.");
    }

    private static Figure spanFigure(Evidence evidence) {
        List<ArmRuns> arms = evidence.arms();
        return Figure.layers(
                "Share of each layer outside the span of its inputs",
                Figure.Axis.logarithmic("share of the norm"),
                arms,
                OUTSIDE,
                List.of(new Figure.Mark("in the span", 1e-3)),
                "Median and range over seeds at the end; shares of exactly 0 are left out.");
    }

    /** Digits are fitted with smaller margins than two clusters, and bear less decay; with less than this rest is not reached. */
    private static List<String> lambdas(Scale scale) {
        return List.of(scale == Scale.QUICK ? "1e-2" : "3e-3");
    }

    private static String name(String lambda) {
        return "lambda " + lambda;
    }
}
