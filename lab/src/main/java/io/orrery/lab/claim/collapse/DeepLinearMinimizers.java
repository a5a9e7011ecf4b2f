package io.orrery.lab.claim.collapse;

import static io.orrery.lab.claim.collapse.FreeFeatureProtocols.CLASSIFIER;
import static io.orrery.lab.claim.collapse.FreeFeatureProtocols.FEATURE;
import static io.orrery.lab.claim.collapse.FreeFeatureProtocols.OBJECTIVE;
import static io.orrery.lab.claim.collapse.FreeFeatureProtocols.perSeed;

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
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Angles, lengths and singular values of trained linear networks are those of the minimum: both losses, equal classes and not. */
@Serves("002-134")
public final class DeepLinearMinimizers implements Claim {
    private static final String COSINES = "classes.classifier-cosines";
    private static final String VALUES = "rank.singular-values";
    private static final String UNTRAINED = ", no decay";

    private static final String SQUARE = "square";
    private static final String ENTROPY = "cross-entropy";
    private static final String PLANE = "cross-entropy, 4 equal classes, 3 layers";

    private static final double TOLERANCE = 0.05;
    /** What is left of the way to the minimum, and rounding. */
    private static final double ROUNDING = 1e-4;

    /**
     * A network that is held to its minimum.
     *
     * @param source whether the deep linear paper speaks of it
     */
    private record Case(String name, String loss, List<Integer> sizes, int layers, boolean source, String strength) {}

    @Override
    public Card card() {
        return new CardDraft("deep-linear-minimizers", Kind.IDENTITY, "4.2", "4.3", "4.5")
                .states(
                        "Deep linear networks trained with decay end at minima in closed form: under square loss orthogonal"
                                + " classifiers whose lengths the sizes of classes set; under cross-entropy a simplex for three equal"
                                + " classes or one layer, for four classes and three layers that or a square in a plane, which is"
                                + " lower, and the layer-peeled geometry for unequal classes. Every layer has the minimum's singular"
                                + " values.")
                .source(
                        "Dang, Tran, Osher, Tran-The, Ho and Nguyen 2023, Neural Collapse in Deep Linear Networks: From Balanced to"
                                + " Imbalanced Data, arXiv 2301.00437, abstract; Fang, He, Long and Su 2021 for cross-entropy with"
                                + " unequal classes; Garrod and Keating 2024, The Persistence of Neural Collapse Despite Low-Rank Bias,"
                                + " arXiv 2410.23169, abstract; core theory 4.2 to 4.5")
                .literature(
                        "Dang and others \"prove the NC occurrences in deep linear networks for the popular mean squared error (MSE) and"
                                + " cross entropy (CE) losses, showing that global solutions exhibit NC properties across the linear"
                                + " layers\". Garrod and Keating, of several layers under cross-entropy: \"high-rank structures, including"
                                + " DNC, are not generally optimal\", DNC being collapse in all layers.")
                .because(
                        "At the minimum the decay that a direction of the outputs costs is spread evenly over all layers, so that one"
                                + " number for each direction sets every layer. With several layers a direction costs a root of what it carries:"
                                + " few directions that carry much are cheaper, which under cross-entropy makes the plane cheaper than"
                                + " the simplex.")
                .control(
                        "The same networks trained as long without decay, held to the same numbers, angle by angle and length by length.")
                .limit(
                        "largest distance of a cosine, and relative error of a length or singular value",
                        Threshold.atMost(TOLERANCE),
                        Provenance.argued(
                                "5%, before any run: what one would see in a figure. The theorem has 0, and free-features and"
                                        + " deep-linear-collapse ask for 1e-4 of outputs and norms under square loss"))
                .limit(
                        "objective of the simplex over that of a trained network",
                        Threshold.atMost(1 + ROUNDING),
                        Provenance.theorem("nothing lies below a global minimum; 1e-4 is for rounding"))
                .cause("weight decay", "decay.perLayer=[]", "decay.lambda=0")
                .refutedBy(
                        "One seed in which one cosine, length or singular value of a decayed network is off by more than 5%. The minima"
                                + " are theorems: what is tested is that descent from a random start finds them, and the code.")
                .assuming(
                        "Halved square loss or cross-entropy, decay (lambda / 2) ||.||^2 on features and every layer, no bias; inputs are"
                                + " one-hot, so that the first layer's columns are the features.")
                .assuming(
                        "For cross-entropy with unequal classes the closed form is that of one layer on one feature for each class"
                                + " (the layer-peeled model, decay in place of its constraints); for several layers none is known to us.")
                .assuming(
                        "The source's sentence is judged as its abstract has it; the conditions of its theorems were not read. For equal"
                                + " classes under cross-entropy collapse means the simplex. It was first asked angle by angle; since"
                                + " some networks end at the simplex and some below it, which is a statement about global solutions, it"
                                + " is now asked whether any network lies below. Changed after pilots, before the judged runs.")
                .assuming("Lengths are each in units of their own; singular values in units of a layer's largest.")
                .needsItsOwnData(FreeFeatureProtocols.OWN_DATA)
                .reads("classes", "rank", "loss")
                .seenRefuted(
                        "Pilot seeds 3001-3010: under cross-entropy with four classes and three layers networks end up to 9% below the"
                                + " simplex, in the plane, so that the simplex is not the global solution there; that refutes the"
                                + " source's sentence. Of ours every angle, length and singular value misses by more than three times the"
                                + " limit in the networks without decay.")
                .quickSeconds(20);
    }

    private static List<Case> cases(Scale scale) {
        int n = scale == Scale.QUICK ? 1 : 5;
        List<Integer> three = Collections.nCopies(3, 10 * n);
        List<Integer> four = Collections.nCopies(4, 10 * n);
        List<Integer> unequal = List.of(16 * n, 12 * n, 8 * n, 4 * n);
        List<Integer> two = List.of(40, 40, 40, 10, 10, 10);
        return List.of(
                new Case("square, equal classes, 2 layers", SQUARE, four, 2, true, "2e-3"),
                new Case("square, equal classes, 3 layers", SQUARE, four, 3, true, "2e-3"),
                new Case("square, unequal classes, 2 layers", SQUARE, unequal, 2, true, "2e-3"),
                new Case("square, unequal classes, 3 layers", SQUARE, unequal, 3, true, "2e-3"),
                new Case("cross-entropy, 3 equal classes, 2 layers", ENTROPY, three, 2, true, "3e-3"),
                new Case("cross-entropy, 3 equal classes, 3 layers", ENTROPY, three, 3, true, "3e-3"),
                new Case("cross-entropy, 4 equal classes, 1 layer", ENTROPY, four, 1, true, "3e-3"),
                new Case(PLANE, ENTROPY, four, 3, true, "3e-3"),
                new Case("cross-entropy, unequal classes, weak decay", ENTROPY, two, 1, false, "0.01"),
                new Case("cross-entropy, unequal classes, strong decay", ENTROPY, two, 1, false, "0.06"));
    }

    @Override
    public Protocol protocol(Scale scale) {
        List<Arm> arms = new ArrayList<>();
        for (Case each : cases(scale)) {
            SpecDocument base = spec(each, scale);
            arms.add(Arm.treatment(each.name, decaying(base, each.strength, each.layers)));
            arms.add(Arm.control(each.name + UNTRAINED, decaying(base, "0", each.layers)));
        }
        return new Protocol(5, arms);
    }

    private static SpecDocument spec(Case each, Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument base = FreeFeatureProtocols.base(8)
                .having("model.widths=" + Collections.nCopies(each.layers, quick ? 8 : 64))
                .having("model.initialScale=0.3")
                .having("data.classSizes=" + each.sizes)
                .having("optimizer.learningRate=0.2")
                .having("stop.steps=" + (quick ? 6000 : 30000))
                .having("measure.instruments=[classes, loss, rank]");
        return each.loss.equals(SQUARE)
                ? base
                : base.having("loss.kind=cross-entropy")
                        .having("loss.half=null")
                        .having("data.shared=" + !each.source);
    }

    private static SpecDocument decaying(SpecDocument base, String lambda, int layers) {
        return base.having("decay.perLayer=" + Collections.nCopies(layers + 1, lambda));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<Case> cases = cases(evidence.scale());
        List<Case> source = cases.stream().filter(Case::source).toList();
        List<ArmRuns> arms = cases.stream().map(each -> evidence.arm(each.name)).toList();
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "We take a step further and prove the NC occurrences in deep linear networks for the popular mean"
                                        + " squared error (MSE) and cross entropy (CE) losses, showing that global solutions exhibit NC"
                                        + " properties across the linear layers.",
                                "Dang, Tran, Osher, Tran-The, Ho and Nguyen 2023, abstract, arxiv.org/abs/2301.00437",
                                ruling(evidence, source, DeepLinearMinimizers::asTheSourceHasIt),
                                control(evidence, source, DeepLinearMinimizers::asTheSourceHasIt)),
                        Sentence.ours(
                                card().statement(),
                                ruling(evidence, cases, DeepLinearMinimizers::findings),
                                control(evidence, cases, DeepLinearMinimizers::findings))),
                List.of(
                        Figure.arms(
                                "Angles between classifiers",
                                Figure.Axis.logarithmic("largest distance of a cosine from that of the minimum"),
                                evidence.arms(),
                                arm -> angles(arm, laws(evidence, arm)),
                                List.of(new Figure.Mark("5%", TOLERANCE)),
                                "Each point is one seed at the end. With decay angles are those of the minimum; without, they stay"
                                        + " where fitting left them."),
                        Figure.arms(
                                "Lengths of classifiers and features",
                                Figure.Axis.logarithmic("largest relative error of a length"),
                                evidence.arms(),
                                arm -> lengths(arm, laws(evidence, arm)),
                                List.of(new Figure.Mark("5%", TOLERANCE)),
                                "Each point is one seed at the end."),
                        Figure.arms(
                                "Singular values of every layer",
                                Figure.Axis.logarithmic("largest error over the layer's largest"),
                                evidence.arms(),
                                arm -> values(arm, laws(evidence, arm)),
                                List.of(new Figure.Mark("5%", TOLERANCE)),
                                "Each point is one seed at the end; the features count as the first layer."),
                        ClassSizeFigure.of(
                                "Length of each classifier, by class size",
                                "squared norm of the class's row",
                                arms.stream()
                                        .filter(arm -> arm.name().contains("unequal"))
                                        .toList(),
                                CLASSIFIER,
                                arm -> LinearMinimum.of(arm).stream()
                                        .findFirst()
                                        .map(law -> Arrays.stream(law.classifiers())
                                                .map(length -> length * length)
                                                .toArray())
                                        .orElse(new double[0]),
                                "Points are trained ends of all seeds, lines the closed form: larger classes have longer classifiers."),
                        Figure.course(
                                "The objective on its way to the minimum",
                                Figure.Axis.logarithmic("objective"),
                                arms,
                                OBJECTIVE,
                                List.of(),
                                "Loss and decay together over training, median and range over seeds.")),
                List.of());
    }

    /** What an arm is held to: its own minimum, or that of the decayed network that it is the control of. */
    private static List<LinearMinimum> laws(Evidence evidence, ArmRuns arm) {
        String name = arm.name();
        return LinearMinimum.of(
                name.endsWith(UNTRAINED) ? evidence.arm(name.substring(0, name.length() - UNTRAINED.length())) : arm);
    }

    private static Ruling ruling(
            Evidence evidence, List<Case> cases, BiFunction<ArmRuns, List<LinearMinimum>, List<Finding>> asked) {
        List<Finding> findings = new ArrayList<>();
        List<Requirement> conditions = new ArrayList<>();
        for (Case each : cases) {
            ArmRuns arm = evidence.arm(each.name);
            conditions.addAll(FreeFeatureProtocols.stationary(arm));
            findings.addAll(asked.apply(arm, laws(evidence, arm)));
        }
        return Ruling.of(findings, conditions);
    }

    private static Ruling control(
            Evidence evidence, List<Case> cases, BiFunction<ArmRuns, List<LinearMinimum>, List<Finding>> asked) {
        return Ruling.of(
                cases.stream()
                        .map(each -> evidence.arm(each.name + UNTRAINED))
                        .flatMap(arm -> asked.apply(arm, laws(evidence, arm)).stream())
                        .toList(),
                List.of());
    }

    private static List<Finding> findings(ArmRuns arm, List<LinearMinimum> laws) {
        return List.of(
                bound("the largest distance of a cosine, ", "angles are those of the minimum", arm, angles(arm, laws)),
                bound(
                        "the largest relative error of a length, ",
                        "lengths of classifiers and features are those of the minimum",
                        arm,
                        lengths(arm, laws)),
                bound(
                        "the largest error of a layer's singular values, ",
                        "every layer has the singular values of the minimum",
                        arm,
                        values(arm, laws)));
    }

    /**
     * Under cross-entropy the global solution for equal classes is to be the simplex, which no network lies below. Elsewhere what we
     * ask is what the source says.
     */
    private static List<Finding> asTheSourceHasIt(ArmRuns arm, List<LinearMinimum> laws) {
        if (laws.size() < 2) {
            return findings(arm, laws);
        }
        double[] objectives = arm.last(OBJECTIVE);
        double simplex = laws.getFirst().objective();
        return List.of(Exactly.bound(
                "the objective of the simplex over that of a trained network, " + arm.name() + ",",
                "the simplex is the global solution: no network lies below it",
                perSeed(objectives.length, seed -> simplex / objectives[seed]),
                perSeed(objectives.length, _ -> 1 + ROUNDING)));
    }

    private static Finding bound(String quantity, String statement, ArmRuns arm, double[] errors) {
        return Exactly.bound(quantity + arm.name() + ",", statement, errors, perSeed(errors.length, _ -> TOLERANCE));
    }

    private static double[] angles(ArmRuns arm, List<LinearMinimum> laws) {
        double[][] cosines = arm.lastVectors(COSINES);
        return perSeed(
                cosines.length,
                seed -> nearest(cosines[seed], laws)
                        .map(law -> angle(cosines[seed], law))
                        .orElse(Double.NaN));
    }

    private static double angle(double[] cosines, LinearMinimum law) {
        return law.anyOrder() ? farthest(sorted(cosines), sorted(law.cosines())) : farthest(cosines, law.cosines());
    }

    /** The minimum that a network has come to: that with the most similar angles. */
    private static Optional<LinearMinimum> nearest(double[] cosines, List<LinearMinimum> laws) {
        return laws.stream().min(Comparator.comparingDouble(law -> angle(cosines, law)));
    }

    private static double[] lengths(ArmRuns arm, List<LinearMinimum> laws) {
        double[][] classifiers = arm.lastVectors(CLASSIFIER);
        double[][] features = arm.lastVectors(FEATURE);
        double[][] cosines = arm.lastVectors(COSINES);
        return perSeed(
                classifiers.length,
                seed -> nearest(cosines[seed], laws)
                        .map(law -> Math.max(
                                relative(classifiers[seed], law.classifiers()),
                                relative(features[seed], law.entering())))
                        .orElse(Double.NaN));
    }

    /** The largest relative error of lengths whose squares were measured. */
    private static double relative(double[] squares, double[] lengths) {
        if (squares.length != lengths.length) {
            return Double.NaN;
        }
        double largest = 0;
        for (int c = 0; c < lengths.length; c++) {
            largest = Math.max(largest, Math.abs(Math.sqrt(squares[c]) / lengths[c] - 1));
        }
        return largest;
    }

    /** Of all layers; what a layer has beyond one value for each class is expected to be 0. */
    private static double[] values(ArmRuns arm, List<LinearMinimum> laws) {
        double[][] cosines = arm.lastVectors(COSINES);
        List<double[][]> layers = arm.layers(VALUES).stream()
                .map(layer -> arm.lastVectors(VALUES + "/" + layer))
                .toList();
        return perSeed(
                arm.count(),
                seed -> nearest(cosines[seed], laws)
                        .map(law -> values(law, layers, seed))
                        .orElse(Double.NaN));
    }

    private static double values(LinearMinimum law, List<double[][]> layers, int seed) {
        double largest = layers.isEmpty() ? Double.NaN : 0;
        for (int layer = 0; layer < layers.size(); layer++) {
            double[] seen = layers.get(layer)[seed];
            double[] expected = layer == 0 ? law.features() : law.layers();
            double error = seen.length < expected.length
                    ? Double.NaN
                    : farthest(seen, Arrays.copyOf(expected, seen.length)) / expected[0];
            largest = Math.max(largest, error);
        }
        return largest;
    }

    private static double[] sorted(double[] values) {
        return Arrays.stream(values).sorted().toArray();
    }

    private static double farthest(double[] seen, double[] expected) {
        if (seen.length != expected.length) {
            return Double.NaN;
        }
        double largest = 0;
        for (int i = 0; i < seen.length; i++) {
            largest = Math.max(largest, Math.abs(seen[i] - expected[i]));
        }
        return largest;
    }
}
