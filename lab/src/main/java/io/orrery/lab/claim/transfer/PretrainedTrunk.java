package io.orrery.lab.claim.transfer;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.ComputedCurves;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Figure;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Provenance;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.Sentence;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A trunk that was trained on many classes, under a new head, on few examples of five others, against a network from scratch. */
@Serves("004-14")
public final class PretrainedTrunk implements Claim {
    /** Training examples of each of the five new classes. */
    private static final int[] PER_CLASS = {5, 20, 50, 100, 400};

    private static final int NEW = 5;
    private static final int FEWEST = PER_CLASS[0];
    private static final int MOST = PER_CLASS[PER_CLASS.length - 1];

    /** Hidden layers, of which so many are frozen, input side first. */
    private static final int DEPTH = 3;

    private static final String TRUNK = "trunk of 25 classes";
    private static final String NARROW = "trunk of six classes";
    private static final String MISLED = "trunk of random labels";
    private static final String TEST = "loss.accuracy@test";

    private static final String GAIN = "test accuracy that a pretrained trunk adds, 25 examples";
    private static final String LATE = "test accuracy that a pretrained trunk adds, frozen whole, 2000 examples";

    private static final String PILOTS = "3001-3016";

    private static final Threshold GAINS = Threshold.atLeast(0.07);
    private static final Threshold BEHIND = Threshold.atMost(-0.02);

    @Override
    public Card card() {
        return new CardDraft("transfer", Kind.EFFECT)
                .states(
                        "With 25 examples of five new classes a network whose hidden layers were trained on 25 other classes is at least seven"
                                + " points more accurate than one from scratch, whether 0, 1, 2 or 3 of its three hidden layers are frozen.")
                .source(
                        "Yosinski, Clune, Bengio and Lipson 2014, How transferable are features in deep neural networks?, arXiv 1411.1792,"
                                + " abstract. The protocol and its sizes are this project's.")
                .literature(
                        "\"Transferability is negatively affected by two distinct issues: (1) the specialization of higher layer neurons to"
                                + " their original task at the expense of performance on the target task, which was expected\" [...]"
                                + " \"initializing a network with transferred features from almost any number of layers can produce a boost"
                                + " to generalization that lingers even after fine-tuning to the target dataset.\"")
                .because(
                        "All classes differ in the same eight latent dimensions, seen through one fixed layer and much noise. Many classes"
                                + " teach a trunk to read the dimensions off; with few examples only the head is left to find. With many, what"
                                + " a frozen trunk has not kept is missed.")
                .control(
                        "A trunk trained as long on random labels of inputs whose features change places: no class and no latent dimension can"
                                + " be learned there. What is lost by freezing is asked again of the same trunk with nothing frozen.")
                .cause("labels that can be learned", "data.randomLabels=true")
                .limit(
                        GAIN,
                        GAINS,
                        Provenance.arguedLate(
                                "more than twice what a trunk of random labels adds if nothing is frozen, 0.03, which is not knowledge of"
                                        + " inputs"),
                        "0.02 before any pilot",
                        "0.05 when one of five seeds had been seen")
                .limit(LATE, BEHIND, Provenance.arguedLate("two points, twenty of 1000 test examples"))
                .refutedBy(
                        "A pretrained trunk that adds less than seven points at 25 examples at one of the depths, or, frozen whole, one that is"
                                + " less than two points behind with 2000.")
                .assuming(
                        "Fresh head, Adam at 0.001 and 500 steps of 25 examples at every size and depth; the trunk had 1500 steps on 10,000"
                                + " examples of 25 classes. Scratch is the same network from its initialization.")
                .assuming(
                        "The crossover of a depth is the first number of examples at which the 95% interval of the gain, over seeds, does not"
                                + " lie above 0. It is reported, not judged: sizes are factors of 2 to 4 apart.")
                .pilot(GAIN + ", 0 frozen", 0.122, 0.059, PILOTS)
                .pilot(GAIN + ", 1 frozen", 0.138, 0.049, PILOTS)
                .pilot(GAIN + ", 2 frozen", 0.137, 0.049, PILOTS)
                .pilot(GAIN + ", 3 frozen", 0.114, 0.056, PILOTS)
                .pilot(LATE, -0.057, 0.020, PILOTS)
                .seenRefuted(
                        "a trunk of five classes of ten, in 16 latent dimensions with less noise, seeds 3001-3005: 0.13 to 0.22 behind scratch at"
                                + " 25 examples, the more the more was frozen. The controls, seeds 3001-3016: a trunk of random labels adds"
                                + " 0.03 with nothing frozen and costs 0.04, 0.12 and 0.24 with 1, 2 and 3 layers frozen.")
                .free("data", "model.widths")
                .reads("loss")
                .quickSeconds(40);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument base =
                Protocol.spec("""
                data:
                  source: hierarchy
                  branches: [30]
                  scales: [1]
                  latent: 8
                  within: 0.5
                  noise: 1
                  dimensions: 60
                  train: 12000
                  test: 6000
                  batchSize: 25
                model: {kind: mlp, widths: %s, bias: true}
                loss: {kind: cross-entropy}
                decay: {lambda: 0}
                optimizer: {kind: adam, learningRate: 0.001}
                stop: {steps: %d}
                measure: {instruments: [loss], perDecade: 1}
                """.formatted(quick ? "[64, 64, 64]" : "[256, 256, 256]", quick ? 500 : 2000));
        SpecDocument then = base.having("data.classes=[25, 26, 27, 28, 29]");
        SpecDocument fewest = then.having("data.perClass=" + FEWEST);
        SpecDocument before = base.having("stop.steps=" + (quick ? 1500 : 10_000));
        SpecDocument many = before.having("data.classes=" + firstClasses(25));
        List<Arm> arms = new ArrayList<>();
        arms.add(Arm.treatment(TRUNK, many));
        arms.add(Arm.control(NARROW, before.having("data.classes=" + firstClasses(6))));
        arms.add(Arm.control(MISLED, many.having("data.permute=features").having("data.randomLabels=true")));
        for (int perClass : PER_CLASS) {
            SpecDocument some = then.having("data.perClass=" + perClass);
            arms.add(Arm.control(scratch(perClass), some));
            for (int frozen = 0; frozen <= DEPTH; frozen++) {
                arms.add(Arm.treatment(from(TRUNK, frozen, perClass), some.having(freezing(frozen)))
                        .after(TRUNK));
            }
        }
        for (int frozen = 0; frozen <= DEPTH; frozen++) {
            arms.add(Arm.control(from(MISLED, frozen, FEWEST), fewest.having(freezing(frozen)))
                    .after(MISLED));
            arms.add(Arm.control(from(NARROW, frozen, FEWEST), fewest.having(freezing(frozen)))
                    .after(NARROW));
        }
        return new Protocol(20, arms);
    }

    private static String firstClasses(int count) {
        return IntStream.range(0, count).boxed().toList().toString();
    }

    private static String freezing(int layers) {
        return IntStream.range(0, layers)
                .mapToObj(layer -> "layers." + layer)
                .collect(Collectors.joining(", ", "optimizer.frozen=[", "]"));
    }

    private static String scratch(int perClass) {
        return "scratch, " + examples(perClass);
    }

    private static String from(String trunk, int frozen, int perClass) {
        return trunk + ", " + frozen + " frozen, " + examples(perClass);
    }

    private static String examples(int perClass) {
        return NEW * perClass + " examples";
    }

    @Override
    public Judgement judge(Evidence evidence) {
        return new Judgement(
                List.of(
                        Sentence.ours("", gains(evidence, TRUNK), gains(evidence, MISLED)),
                        Sentence.ours(
                                "With 2000 examples a trunk of which all hidden layers are frozen is at least two points behind a network from"
                                        + " scratch.",
                                Ruling.of(behind(evidence, DEPTH)),
                                Ruling.of(behind(evidence, 0)))),
                List.of(
                        gainFigure(evidence),
                        accuracyFigure(evidence),
                        crossoverFigure(evidence),
                        fewestFigure(evidence)),
                List.of(crossovers(evidence)));
    }

    private static Ruling gains(Evidence evidence, String trunk) {
        return Ruling.of(
                IntStream.rangeClosed(0, DEPTH)
                        .mapToObj(frozen -> gain(
                                evidence,
                                frozen + " frozen, 25 examples",
                                "a pretrained trunk helps",
                                from(trunk, frozen, FEWEST),
                                FEWEST,
                                GAINS))
                        .toList(),
                List.of());
    }

    private static Finding behind(Evidence evidence, int frozen) {
        return gain(evidence, LATE, "a frozen trunk is in the way", from(TRUNK, frozen, MOST), MOST, BEHIND);
    }

    private static Finding gain(
            Evidence evidence, String name, String prediction, String arm, int perClass, Threshold threshold) {
        return Comparison.difference(
                name,
                prediction,
                new Values("the test accuracy of " + arm, evidence.arm(arm).last(TEST)),
                new Values(
                        "that of " + scratch(perClass),
                        evidence.arm(scratch(perClass)).last(TEST)),
                threshold);
    }

    /** Gain of each seed, sizes ascending. */
    private static double[][] gains(Evidence evidence, int frozen) {
        double[][] bySize = Arrays.stream(PER_CLASS)
                .mapToObj(perClass -> {
                    double[] trunk = evidence.arm(from(TRUNK, frozen, perClass)).last(TEST);
                    double[] scratch = evidence.arm(scratch(perClass)).last(TEST);
                    return IntStream.range(0, trunk.length)
                            .mapToDouble(seed -> trunk[seed] - scratch[seed])
                            .toArray();
                })
                .toArray(double[][]::new);
        return ComputedCurves.bySeed(bySize);
    }

    private static double[] sizes() {
        return Arrays.stream(PER_CLASS).mapToDouble(perClass -> NEW * perClass).toArray();
    }

    private static Figure gainFigure(Evidence evidence) {
        return new Figure(
                "What a pretrained trunk adds, by training examples and frozen layers",
                Figure.Axis.logarithmic("training examples of the new classes"),
                Figure.Axis.linear("gain in test accuracy"),
                IntStream.rangeClosed(0, DEPTH)
                        .mapToObj(frozen -> new Figure.Curve(
                                frozen + " frozen", Arm.Part.TREATMENT, true, sizes(), gains(evidence, frozen)))
                        .toList(),
                List.of(new Figure.Mark("as good as scratch", 0)),
                "Test accuracy less that of a network from scratch on the same examples; median and range over seeds.");
    }

    private static Figure accuracyFigure(Evidence evidence) {
        List<Figure.Curve> curves = new ArrayList<>();
        curves.add(curve("scratch", Arm.Part.CONTROL, perClass -> evidence.arm(scratch(perClass))));
        for (int frozen = 0; frozen <= DEPTH; frozen++) {
            int layers = frozen;
            curves.add(curve(
                    frozen + " frozen", Arm.Part.TREATMENT, perClass -> evidence.arm(from(TRUNK, layers, perClass))));
        }
        return new Figure(
                "Learning curves",
                Figure.Axis.logarithmic("training examples of the new classes"),
                Figure.Axis.linear("test accuracy"),
                curves,
                List.of(new Figure.Mark("chance", 1.0 / NEW)),
                "At the end of training, from scratch and with so many hidden layers of the pretrained trunk frozen; median and range over"
                        + " seeds.");
    }

    private static Figure.Curve curve(String name, Arm.Part part, IntFunction<ArmRuns> arm) {
        double[][] bySize = Arrays.stream(PER_CLASS)
                .mapToObj(perClass -> arm.apply(perClass).last(TEST))
                .toArray(double[][]::new);
        return new Figure.Curve(name, part, true, sizes(), ComputedCurves.bySeed(bySize));
    }

    private static Figure crossoverFigure(Evidence evidence) {
        double[] depths = IntStream.rangeClosed(0, DEPTH).asDoubleStream().toArray();
        double[][] single = ComputedCurves.bySeed(IntStream.rangeClosed(0, DEPTH)
                .mapToObj(frozen -> Arrays.stream(gains(evidence, frozen))
                        .mapToDouble(PretrainedTrunk::crossover)
                        .toArray())
                .toArray(double[][]::new));
        double[] whole = IntStream.rangeClosed(0, DEPTH)
                .mapToDouble(frozen -> crossover(evidence, frozen).orElse(-1))
                .map(size -> size < 0 ? Double.NaN : size)
                .toArray();
        return new Figure(
                "Crossover by frozen layers",
                Figure.Axis.linear("frozen hidden layers"),
                Figure.Axis.logarithmic("training examples"),
                List.of(
                        new Figure.Curve(
                                "interval over seeds", Arm.Part.TREATMENT, true, depths, new double[][] {whole}),
                        new Figure.Curve("single seeds", Arm.Part.CONTROL, true, depths, single)),
                List.of(new Figure.Mark("most examples tried", NEW * MOST)),
                "The first number of examples at which the 95% interval of the gain does not lie above 0; and of single seeds at which the"
                        + " gain is not above 0, median and range. What never happens up to the most examples is left out.");
    }

    private static Figure fewestFigure(Evidence evidence) {
        double[] depths = IntStream.rangeClosed(0, DEPTH).asDoubleStream().toArray();
        double[] scratch = evidence.arm(scratch(FEWEST)).last(TEST);
        List<Figure.Curve> curves = new ArrayList<>();
        for (String trunk : List.of(TRUNK, NARROW, MISLED)) {
            double[][] byDepth = IntStream.rangeClosed(0, DEPTH)
                    .mapToObj(frozen -> {
                        double[] last =
                                evidence.arm(from(trunk, frozen, FEWEST)).last(TEST);
                        return IntStream.range(0, last.length)
                                .mapToDouble(seed -> last[seed] - scratch[seed])
                                .toArray();
                    })
                    .toArray(double[][]::new);
            curves.add(new Figure.Curve(
                    trunk,
                    trunk.equals(TRUNK) ? Arm.Part.TREATMENT : Arm.Part.CONTROL,
                    true,
                    depths,
                    ComputedCurves.bySeed(byDepth)));
        }
        return new Figure(
                "What a trunk was trained on, 25 examples",
                Figure.Axis.linear("frozen hidden layers"),
                Figure.Axis.linear("gain in test accuracy"),
                curves,
                List.of(new Figure.Mark("as good as scratch", 0)),
                "Test accuracy less that of a network from scratch: trunks of 25 classes, of six, and of random labels of inputs whose"
                        + " features changed places. Six classes teach five directions, and new classes need others. Median and range"
                        + " over seeds.");
    }

    private static String crossovers(Evidence evidence) {
        return "Crossover, the first number of examples at which the 95% interval of the gain does not lie above 0: "
                + IntStream.rangeClosed(0, DEPTH)
                        .mapToObj(frozen -> {
                            OptionalInt size = crossover(evidence, frozen);
                            return frozen + " layers frozen, "
                                    + (size.isPresent() ? size.getAsInt() : "more than " + NEW * MOST);
                        })
                        .collect(Collectors.joining("; "))
                + ".";
    }

    /** The first number of examples at which scratch is not behind for certain; empty if it is at all of them. */
    private static OptionalInt crossover(Evidence evidence, int frozen) {
        return Arrays.stream(PER_CLASS)
                .filter(perClass ->
                        !(gain(evidence, "", "", from(TRUNK, frozen, perClass), perClass, Threshold.atLeast(0))
                                        .interval()
                                        .low()
                                > 0))
                .map(perClass -> NEW * perClass)
                .findFirst();
    }

    /** The same of one seed, by the sign of its gains; NaN if there is none. */
    private static double crossover(double[] gains) {
        return IntStream.range(0, gains.length)
                .filter(size -> gains[size] <= 0)
                .mapToDouble(size -> NEW * PER_CLASS[size])
                .findFirst()
                .orElse(Double.NaN);
    }
}
