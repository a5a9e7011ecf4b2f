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
import io.orrery.lab.claim.Sentence;
import io.orrery.lab.claim.rho.RhoProtocols;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.collapse.LayerBalance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Decay alone evens out the layers: differences of squared norms fall as exp(-4 lambda t), until all norms are equal (P9, P10). */
@Serves("001-07")
public final class LayerBalanceLaw implements Claim {
    private static final String FALLING = "unequal start";
    private static final String NO_DECAY = "no decay";
    private static final String CONSERVED = "unequal start, no decay";

    private static final String DIFFERENCE = "balance.difference";
    private static final String UNITS = "balance.units";
    private static final String NORM = "norms.frobenius";

    private static final double LAYERS_TOLERANCE = 0.01;
    private static final double UNITS_TOLERANCE = 1e-3;
    private static final Threshold SPREAD = Threshold.atMost(0.01);
    /** Exponents 4 lambda t after which e^-10 of a difference is left. */
    private static final Threshold BALANCED = Threshold.atLeast(10);
    /** Layers that decay has reduced to nothing are not at the stationary point that the prediction is about. */
    private static final Threshold ALIVE = Threshold.atLeast(0.1);

    @Override
    public Card card() {
        return new CardDraft("layer-balance", Kind.IDENTITY, "P9", "P10")
                .states(
                        "Under weight decay the differences of the layers' squared norms, and of each hidden unit's incoming and"
                                + " outgoing weights, fall exactly as exp(-4 lambda t); at the end all layers have the same norm.")
                .source(
                        "Du, Hu and Lee 2018, Algorithmic Regularization in Learning Deep Homogeneous Models: Layers are Automatically"
                                + " Balanced, abstract; with decay docs/theory section 2.6, equations 2.13 to 2.15")
                .literature(
                        "\"Gradient flow ... effectively enforces the differences between squared norms across different layers to remain"
                                + " invariant without any explicit regularization.\" It is a theorem of the flow. With decay the abstract"
                                + " says nothing; that part is derived in docs/theory.")
                .because(
                        "Scaling one layer up and the next one down changes no output, so the data push all layers' squared norms"
                                + " alike, and only decay sees their difference.")
                .control(
                        "Of what is conserved without decay, the same start with decay; of the law with decay, the same differences held"
                                + " against it with lambda doubled; of equal norms at the end, training as long without decay.")
                .cause("weight decay", "decay.lambda=0")
                .limit(
                        "the layers' differences",
                        Threshold.atMost(LAYERS_TOLERANCE),
                        Provenance.theorem(
                                "docs/theory 2.6 (2.13), of the flow; a hundredth for steps of finite size, set in P9"))
                .limit(
                        "the hidden units' differences",
                        Threshold.atMost(UNITS_TOLERANCE),
                        Provenance.theorem(
                                "docs/theory 2.6 (2.14), of the flow; a thousandth of the largest, set in P9"))
                .limit(
                        "the spread of the layers' norms at the end",
                        SPREAD,
                        Provenance.theorem(
                                "docs/theory 2.6 (2.15), at rest; e^-10 of a difference is left where it is asked"))
                .seenRefuted(
                        "made-up differences in LayerBalanceLawTest: 0.98 of them left without decay, or as with lambda doubled")
                .refutedBy(
                        "Differences that move without decay, or fall at another rate with it, beyond what a step of finite size adds.")
                .assuming(
                        "ReLU network without biases, full batch, first layer 1.5 times its usual size. The law is compared with the"
                                + " discrete form (1 - 2 eta lambda)^(2 T); what is left is the drift of order eta that a step adds.")
                .assuming(
                        "Errors are relative to the largest difference at the start, of layers with the predicted decay included.")
                .free("data", "model.widths")
                .reads("balance", "norms")
                .pilot("the layers' differences against exp(-4 lambda t), worst of all", 9.1e-6, 0)
                .pilot("the hidden units' differences against exp(-4 lambda t), worst of all", 6.8e-5, 0)
                .pilot("the spread of the layers' norms at the end with lambda 3e-3", 8.2e-6, 3.6e-6)
                .pilot("the spread of the layers' norms at the end with lambda 1e-2", 8.2e-7, 2.2e-6)
                .quickSeconds(12);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument base = quick ? Protocol.spec("""
                        precision: double
                        data: {source: two-cluster, train: 64, dimensions: 20, separation: 1.5, unitNorm: true, order: full}
                        model: {kind: mlp, widths: [32, 32]}
                        loss: {kind: square, targets: single}
                        optimizer: {kind: sgd, momentum: 0}
                        measure: {instruments: [balance, norms], perDecade: 5}
                        """) : Protocol.spec("""
                        precision: double
                        data: {source: mnist, classes: [0, 1], perClass: 100, unitNorm: true, order: full}
                        model: {kind: mlp, widths: [128, 128]}
                        loss: {kind: square, targets: single}
                        optimizer: {kind: sgd, momentum: 0}
                        measure: {instruments: [balance, norms], perDecade: 5}
                        """);
        SpecDocument unequal = base.having("model.initialScales=[1.5, 1, 1]")
                .having("optimizer.learningRate=1e-3")
                .having("stop.steps=20000");
        SpecDocument ending =
                base.having("optimizer.learningRate=0.05").having(quick ? "stop.steps=30000" : "stop.steps=60000");
        List<Arm> arms = new ArrayList<>();
        arms.add(Arm.treatment(FALLING, unequal.having("decay.lambda=5e-3")));
        arms.add(Arm.treatment(CONSERVED, unequal.having("decay.lambda=0")));
        lambdas(scale)
                .forEach(lambda -> arms.add(Arm.treatment(name(lambda), ending.having("decay.lambda=" + lambda))));
        arms.add(Arm.control(NO_DECAY, ending.having("decay.lambda=0")));
        return new Protocol(quick ? 10 : 5, arms);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns falling = evidence.arm(FALLING);
        List<Finding> findings = new ArrayList<>(law(falling, 1));
        lambdas(evidence.scale()).forEach(lambda -> findings.add(equalNorms(evidence.arm(name(lambda)))));
        List<Requirement> balanced = lambdas(evidence.scale()).stream()
                .map(lambda -> evidence.arm(name(lambda)))
                .flatMap(arm -> Stream.of(
                        Requirement.all(
                                "equilibrated", "4 lambda t of " + arm.name(), new double[] {exponent(arm)}, BALANCED),
                        Requirement.all(
                                "not decayed away",
                                "the largest norm of a layer at the end with " + arm.name(),
                                largest(norms(arm)),
                                ALIVE)))
                .toList();
        List<Finding> wrong = new ArrayList<>(law(falling, 2));
        Finding unbalanced = equalNorms(evidence.arm(NO_DECAY));
        lambdas(evidence.scale())
                .forEach(lambda -> wrong.add(unbalanced.controlling(
                        equalNorms(evidence.arm(name(lambda))).name())));
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "Gradient flow effectively enforces the differences between squared norms across different layers to"
                                        + " remain invariant without any explicit regularization.",
                                "Du, Hu and Lee 2018, abstract, papers.nips.cc/paper/7321",
                                Ruling.of(conserved(evidence.arm(CONSERVED))),
                                Ruling.of(conserved(falling))),
                        Sentence.ours(card().statement(), Ruling.of(findings, balanced), Ruling.of(wrong, List.of()))),
                List.of(course(evidence), ends(evidence)),
                lambdas(evidence.scale()).stream()
                        .map(lambda -> evidence.arm(name(lambda)))
                        .flatMap(arm -> restless(arm).stream())
                        .toList());
    }

    /** 4 lambda t at the end of the runs. */
    private static double exponent(ArmRuns arm) {
        double steps = Arrays.stream(arm.steps()).min().orElse(Double.NaN);
        return 4 * arm.spec().decay().lambda() * arm.spec().optimizer().learningRate() * steps;
    }

    private static List<Finding> law(ArmRuns arm, double lambdaFactor) {
        List<String> layers = arm.layers(DIFFERENCE);
        String lambda = lambdaFactor == 1 ? "lambda" : "twice lambda";
        return List.of(
                Exactly.identity(
                        "the layers' differences against exp(-4 " + lambda + " t)",
                        "differences of the layers' squared norms fall as exp(-4 lambda t)",
                        RhoProtocols.perSeed(arm.count(), seed -> {
                            double[] before = layers.stream()
                                    .mapToDouble(layer -> arm.first(DIFFERENCE + "/" + layer)[seed])
                                    .toArray();
                            double[] after = layers.stream()
                                    .mapToDouble(layer -> arm.last(DIFFERENCE + "/" + layer)[seed])
                                    .toArray();
                            double left = left(arm, lambdaFactor);
                            return error(before, after, left) / left;
                        }),
                        LAYERS_TOLERANCE),
                Exactly.identity(
                        "the hidden units' differences against exp(-4 " + lambda + " t)",
                        "differences of each unit's incoming and outgoing weights fall as exp(-4 lambda t)",
                        RhoProtocols.perSeed(
                                arm.count(),
                                seed -> arm.layers(UNITS).stream()
                                        .mapToDouble(layer -> error(
                                                arm.vectorsAt(UNITS + "/" + layer, 0)[seed],
                                                arm.lastVectors(UNITS + "/" + layer)[seed],
                                                left(arm, lambdaFactor)))
                                        .max()
                                        .orElse(Double.NaN)),
                        UNITS_TOLERANCE));
    }

    /** How far the layers' differences moved, over the largest of them at the start. */
    private static Finding conserved(ArmRuns arm) {
        List<String> layers = arm.layers(DIFFERENCE);
        return Exactly.identity(
                "the layers' differences at the end against those at the start",
                "differences of the layers' squared norms stay as they were",
                RhoProtocols.perSeed(
                        arm.count(),
                        seed -> error(
                                layers.stream()
                                        .mapToDouble(layer -> arm.first(DIFFERENCE + "/" + layer)[seed])
                                        .toArray(),
                                layers.stream()
                                        .mapToDouble(layer -> arm.last(DIFFERENCE + "/" + layer)[seed])
                                        .toArray(),
                                1)),
                LAYERS_TOLERANCE);
    }

    private static double left(ArmRuns arm, double lambdaFactor) {
        return LayerBalance.remainingAfterSteps(
                arm.spec().decay().lambda() * lambdaFactor,
                arm.spec().optimizer().learningRate(),
                Math.round(Arrays.stream(arm.steps()).max().orElse(0)));
    }

    /** The largest |after - left before| over the largest |before|; NaN without numbers. */
    private static double error(double[] before, double[] after, double left) {
        double largest = Arrays.stream(before).map(Math::abs).max().orElse(Double.NaN);
        return IntStream.range(0, Math.min(before.length, after.length))
                        .mapToDouble(i -> Math.abs(after[i] - left * before[i]))
                        .max()
                        .orElse(Double.NaN)
                / largest;
    }

    private static Finding equalNorms(ArmRuns arm) {
        return Level.of(
                "the spread of the layers' norms at the end with " + arm.name(),
                "all layers end with the same norm",
                RhoProtocols.spread(norms(arm)),
                SPREAD);
    }

    private static List<double[]> norms(ArmRuns arm) {
        List<String> layers = arm.layers(NORM);
        return layers.isEmpty()
                ? List.of(RhoProtocols.perSeed(arm.count(), seed -> Double.NaN))
                : layers.stream().map(layer -> arm.last(NORM + "/" + layer)).toList();
    }

    /** What a reader must know of runs whose differences did not vanish though decay had the time. */
    private static Optional<String> restless(ArmRuns arm) {
        double worst = Arrays.stream(RhoProtocols.spread(norms(arm))).max().orElse(Double.NaN);
        return exponent(arm) >= 10 && worst > 0.01
                ? Optional.of("With " + arm.name() + " the layers' norms stay apart although decay alone has left e^-"
                        + Math.round(exponent(arm))
                        + " of the differences: a step adds the learning rate squared times the"
                        + " difference of the squared gradients, so these runs never came to rest. A smaller"
                        + " optimizer.learningRate is nearer to the gradient flow that the prediction is about.")
                : Optional.empty();
    }

    private static double[] largest(List<double[]> norms) {
        return RhoProtocols.perSeed(
                norms.getFirst().length,
                seed -> norms.stream().mapToDouble(layer -> layer[seed]).max().orElse(Double.NaN));
    }

    private static Figure course(Evidence evidence) {
        ArmRuns arm = evidence.arm(FALLING);
        List<Figure.Curve> curves = new ArrayList<>();
        for (String layer : arm.layers(DIFFERENCE)) {
            ArmRuns.Course course = arm.course(DIFFERENCE + "/" + layer);
            double[] steps =
                    Arrays.stream(course.steps()).mapToDouble(step -> step).toArray();
            double[][] shares = Arrays.stream(course.values())
                    .map(seed ->
                            Arrays.stream(seed).map(value -> value / seed[0]).toArray())
                    .toArray(double[][]::new);
            curves.add(new Figure.Curve(layer + " and the next", Arm.Part.TREATMENT, true, steps, shares));
        }
        return new Figure(
                "What is left of the difference of squared norms",
                Figure.Axis.linear("step"),
                Figure.Axis.linear("share of the start"),
                curves,
                List.of(
                        new Figure.Mark("the law at the end", left(arm, 1)),
                        new Figure.Mark("with lambda doubled", left(arm, 2))),
                "Median and range over seeds, which lie on one line: the law has no free number.");
    }

    private static Figure ends(Evidence evidence) {
        List<ArmRuns> arms = evidence.arms().stream()
                .filter(arm -> !arm.name().equals(FALLING) && !arm.name().equals(CONSERVED))
                .toList();
        return Figure.layers(
                "The layers' norms at the end",
                Figure.Axis.linear("Frobenius norm"),
                arms,
                NORM,
                List.of(),
                "Median and range over seeds. With decay the lines are level.");
    }

    /** Digits are fitted with smaller margins than two clusters, and bear less decay. */
    private static List<String> lambdas(Scale scale) {
        return scale == Scale.QUICK ? List.of("3e-3", "1e-2") : List.of("1e-3", "3e-3");
    }

    private static String name(String lambda) {
        return "lambda " + lambda;
    }
}
