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
import io.orrery.lab.judge.Direction;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Level;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Threshold;
import io.orrery.lab.judge.Trend;
import io.orrery.lab.spec.SpecDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Under cross-entropy classifiers become a simplex; those of rare classes become one (section 4.5). */
public final class LastLayerCollapseUnderCrossEntropy implements Claim {
    private static final int CLASSES = 6;
    private static final int MAJORITIES = 3;

    private static final String COSINES = "classes.classifier-cosines";
    private static final String ANGLE = "neural-collapse.maximal-angle-weights@train";

    /** Half way from a simplex of six classes, -0.2, to the source's 1. */
    private static final Threshold COINCIDE = Threshold.atLeast(0.4);

    /** Half of what the pilot has without decay; 0 is a simplex. */
    private static final Threshold SIMPLEX = Threshold.atMost(0.04);

    /** Classifiers are those of the class means once features have come to them; what NC1 says of that is not yet an angle. */
    private static final Threshold COLLAPSED = Threshold.atMost(0.1);

    @Override
    public Card card() {
        return new CardDraft("last-layer-collapse-under-cross-entropy", Kind.EFFECT, "4.5")
                .states(
                        "Under cross-entropy with weight decay the classifiers of equally large classes become a simplex; as three of"
                                + " six classes grow rare, their classifiers turn towards each other until they coincide.")
                .source("Fang, He, Long and Su 2021; Papyan, Han and Donoho 2020")
                .literature(
                        "Papyan and others see the simplex under cross-entropy on seven data sets. Fang and others prove minority"
                                + " collapse in the layer-peeled model and see the cosines of minority classifiers reach 1 in VGG and"
                                + " ResNet at ratios of 100 to 1000, the sooner the stronger the decay.")
                .because(
                        "Telling rare classes apart gains little loss, since few examples ask for it, but costs decay as much as for any"
                                + " other class: from some ratio on one direction serves all rare classes.")
                .control(
                        "The same networks without decay: classifiers grow towards the largest margins, which keep rare classes apart.")
                .assuming(
                        "Six classes, three of them cut down by 1, 4, 16 and 64; decay strong enough to act at such ratios.")
                .assuming(
                        "How near to a simplex so many steps lead depends on the data: on 8 x 8 digits of unit norm NC1 stops at 0.2"
                                + " and the deviation of cosines at 0.2. Where NC1 of equally large classes is above 0.1 the claim"
                                + " is not judged.")
                .assuming(
                        "At the largest ratios the rare classes are given up, so only equally large classes must be fitted.")
                .free("data", "model.widths")
                .reads("classes", "neural-collapse", "loss")
                .pilot("the cosine of rare classes' classifiers at the largest ratio", 0.972, 0.02)
                .pilot("step of the cosine of rare classes' classifiers from ratio 4 to 16", 0.154, 0.097)
                .pilot(
                        "the mean deviation of classifiers' cosines from a simplex, equally large classes",
                        0.0145,
                        0.006)
                .quickSeconds(16);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = switch (scale) {
            case QUICK -> Protocol.spec("""
                            precision: double
                            data: {source: clusters, clusters: 6, perCluster: 64, dimensions: 20, spread: 1.0, classes: [0, 1, 2, 3, 4, 5], batchSize: 32}
                            model: {kind: mlp, widths: [64, 64]}
                            loss: {kind: cross-entropy}
                            optimizer: {kind: sgd, learningRate: 0.05, momentum: 0.9}
                            schedule: {kind: step, milestones: [0.5, 0.8], factor: 0.1}
                            stop: {steps: 8000}
                            measure: {instruments: [loss, neural-collapse, classes], perDecade: 3}
                            """);
            case FULL -> Protocol.spec("""
                            data: {source: mnist, classes: [0, 1, 2, 3, 4, 5], batchSize: 128}
                            model: {kind: mlp, widths: [512, 512]}
                            loss: {kind: cross-entropy}
                            optimizer: {kind: sgd, learningRate: 0.05, momentum: 0.9}
                            schedule: {kind: step, milestones: [0.5, 0.8], factor: 0.1}
                            stop: {steps: 40000}
                            measure: {instruments: [loss, neural-collapse, classes], perDecade: 3}
                            """);
        };
        String lambda = scale == Scale.QUICK ? "4e-3" : "2e-3";
        List<Arm> arms = new ArrayList<>();
        for (int ratio : ratios(scale)) {
            int most = scale == Scale.QUICK ? 64 : 5000;
            int rare = most / ratio;
            SpecDocument arm = base.having("data.imbalance=" + List.of(most, most, most, rare, rare, rare));
            arms.add(Arm.treatment(decayed(ratio), arm.having("decay.lambda=" + lambda)));
            arms.add(Arm.control(plain(ratio), arm.having("decay.lambda=0")));
        }
        return new Protocol(scale == Scale.QUICK ? 10 : 5, arms);
    }

    private static int[] ratios(Scale scale) {
        return scale == Scale.QUICK ? new int[] {1, 4, 16, 64} : new int[] {1, 10, 100, 1000};
    }

    private static String decayed(int ratio) {
        return "ratio " + ratio + ", decay";
    }

    private static String plain(int ratio) {
        return "ratio " + ratio + ", no decay";
    }

    @Override
    public Judgement judge(Evidence evidence) {
        int[] ratios = ratios(evidence.scale());
        List<ArmRuns> decayed = IntStream.of(ratios)
                .mapToObj(ratio -> evidence.arm(decayed(ratio)))
                .toList();
        List<ArmRuns> plain = IntStream.of(ratios)
                .mapToObj(ratio -> evidence.arm(plain(ratio)))
                .toList();
        return new Judgement(
                ruling(
                        ratios,
                        decayed,
                        List.of(Requirement.all(
                                "collapsed",
                                "NC1 with equally large classes and decay",
                                decayed.getFirst().last(CollapseProtocols.NC1),
                                COLLAPSED))),
                ruling(ratios, plain, List.of()),
                List.of(
                        cosineFigure(ratios, decayed, plain),
                        Figure.course(
                                "Distance of equally large classes from a simplex",
                                Figure.Axis.logarithmic("mean deviation of cosines from -1 / (K - 1)"),
                                List.of(decayed.getFirst(), plain.getFirst()),
                                ANGLE,
                                List.of(new Figure.Mark("threshold", 0.04)),
                                "Over training, median and range over seeds; 0 is a simplex.")),
                List.of());
    }

    private static Ruling ruling(int[] ratios, List<ArmRuns> arms, List<Requirement> conditions) {
        double[] driver = Arrays.stream(ratios).asDoubleStream().toArray();
        double[][] cosines = arms.stream()
                .map(LastLayerCollapseUnderCrossEntropy::minorityCosine)
                .toArray(double[][]::new);
        List<Finding> findings = List.of(
                Level.of(
                        "the cosine of rare classes' classifiers at the largest ratio",
                        "classifiers of the rarest classes point the same way",
                        cosines[cosines.length - 1],
                        COINCIDE),
                Trend.of("the cosine of rare classes' classifiers", "the ratio of class sizes", driver, cosines)
                        .ordered(
                                "rare classes' classifiers turn towards each other with every step of the ratio",
                                Direction.INCREASING,
                                0)
                        .named("weakest step of the cosine with the ratio"),
                Level.of(
                        "the mean deviation of classifiers' cosines from a simplex, equally large classes",
                        "classifiers of equally large classes become a simplex",
                        arms.getFirst().last(ANGLE),
                        SIMPLEX));
        List<Requirement> requirements = new ArrayList<>(conditions);
        requirements.add(Requirement.all(
                "fitted",
                "training accuracy with equally large classes",
                arms.getFirst().last(CollapseProtocols.ACCURACY),
                Threshold.atLeast(0.98)));
        return Ruling.of(findings, requirements);
    }

    /** Mean cosine over the pairs of rare classes; NaN for another number of classes. */
    private static double[] minorityCosine(ArmRuns arm) {
        return Arrays.stream(arm.lastVectors(COSINES))
                .mapToDouble(LastLayerCollapseUnderCrossEntropy::minorityCosine)
                .toArray();
    }

    /** Cosines are those of the pairs (0, 1), (0, 2), ... (1, 2), ... */
    private static double minorityCosine(double[] cosines) {
        if (cosines.length != CLASSES * (CLASSES - 1) / 2) {
            return Double.NaN;
        }
        double sum = 0;
        int pair = 0;
        int rarePairs = 0;
        for (int i = 0; i < CLASSES; i++) {
            for (int j = i + 1; j < CLASSES; j++) {
                if (i >= MAJORITIES) {
                    sum += cosines[pair];
                    rarePairs++;
                }
                pair++;
            }
        }
        return sum / rarePairs;
    }

    private static Figure cosineFigure(int[] ratios, List<ArmRuns> decayed, List<ArmRuns> plain) {
        return new Figure(
                "Classifiers of rare classes turn towards each other",
                Figure.Axis.logarithmic("examples of a common class over those of a rare one"),
                Figure.Axis.linear("mean cosine of rare classes' classifiers"),
                List.of(
                        curve("decay", Arm.Part.TREATMENT, ratios, decayed),
                        curve("no decay", Arm.Part.CONTROL, ratios, plain)),
                List.of(
                        new Figure.Mark("the same direction", 1),
                        new Figure.Mark("simplex", -1.0 / (CLASSES - 1)),
                        new Figure.Mark("threshold", 0.4)),
                "At the end of training, median and range over seeds: with decay rare classes share one classifier at last.");
    }

    private static Figure.Curve curve(String name, Arm.Part part, int[] ratios, List<ArmRuns> arms) {
        double[][] cosines = arms.stream()
                .map(LastLayerCollapseUnderCrossEntropy::minorityCosine)
                .toArray(double[][]::new);
        double[][] seeds = IntStream.range(0, arms.getFirst().count())
                .mapToObj(seed ->
                        Arrays.stream(cosines).mapToDouble(at -> at[seed]).toArray())
                .toArray(double[][]::new);
        return new Figure.Curve(
                name, part, true, Arrays.stream(ratios).asDoubleStream().toArray(), seeds);
    }
}
