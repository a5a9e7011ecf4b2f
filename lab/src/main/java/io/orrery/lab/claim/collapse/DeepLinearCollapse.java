package io.orrery.lab.claim.collapse;

import static io.orrery.lab.claim.collapse.FreeFeatureProtocols.OBJECTIVE;
import static io.orrery.lab.claim.collapse.FreeFeatureProtocols.OUTPUT;

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
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.collapse.DeepLinear;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Several linear layers on free features end at a closed form for any class sizes (P20). */
@Serves("002-134")
public final class DeepLinearCollapse implements Claim {
    private static final String TWO = "2 layers";
    private static final String TWO_STRONGER = "2 layers, stronger decay";
    private static final String THREE = "3 layers";
    private static final String TWO_PLAIN = "2 layers, no decay";
    private static final String THREE_PLAIN = "3 layers, no decay";

    private static final ClosedForm.Words WORDS = new ClosedForm.Words(
            "outputs are x^M / (x^M + 1)",
            "squared norms of the last layer's classifiers and what enters it",
            "every layer has the singular values sigma_c");

    @Override
    public Card card() {
        return new CardDraft("deep-linear-collapse", Kind.IDENTITY, "P20")
                .states(
                        "Several linear layers on free features, with square loss and weight decay, end where all layers share one"
                                + " singular value per class and outputs are x^M / (x^M + 1): collapse does not need a shallow head.")
                .source(
                        "Dang, Tran, Osher, Tran-The, Ho and Nguyen 2023, Neural Collapse in Deep Linear Networks: From Balanced to"
                                + " Imbalanced Data, arXiv 2301.00437, abstract; core theory 4.3")
                .literature(
                        "\"Global solutions exhibit NC properties across the linear layers\", and last-layer features and classifiers"
                                + " converge \"to a geometry consisting of orthogonal vectors, whose lengths depend on the amount of data"
                                + " in their corresponding classes\".")
                .because(
                        "Decay spreads what a class needs evenly over the layers, so that each of them carries the same singular"
                                + " value, set by the number of the class's examples alone.")
                .control("The same layers trained without decay, all else equal, held against each law.")
                .limit(
                        "largest relative error of each law",
                        Threshold.atMost(FreeFeatureProtocols.TOLERANCE),
                        Provenance.theorem("core theory 4.3; 1e-4 is what descent leaves (P20)"))
                .cause("weight decay", "decay.perLayer=[]", "decay.lambda=0")
                .refutedBy(
                        "One seed whose outputs, norms or loss miss the minimum by more than 1e-4. It is a theorem about minima, so"
                                + " what it tests is that descent finds them, and the code.")
                .assuming("Halved square loss, decay (lambda / 2) ||.||^2 on features and every layer, no bias.")
                .assuming(
                        "Decay is weak enough that no class vanishes: with several layers 0 is a second resting place, which descent"
                                + " from a small start may choose. Three layers start at 0.2 instead of 0.1 and are not part of P20.")
                .assuming(
                        "The last layer and what enters it are compared; the layers between only through their product.")
                .free("data.classSizes")
                .needsItsOwnData(FreeFeatureProtocols.OWN_DATA)
                .reads("classes", "loss")
                .seenRefuted(
                        "Layers without decay (pilot seeds 3001-3010), held against each law: every finding is violated.")
                .quickSeconds(12);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument base = FreeFeatureProtocols.base(16).having("optimizer.learningRate=0.3");
        base = quick
                ? base.having("stop.steps=20000")
                : base.having("stop.steps=60000").having("data.classSizes=[200, 100, 50, 50]");
        double features = 5e-4;
        double weights = quick ? 2e-3 : 5e-4;
        double stronger = quick ? 5e-3 : 1e-3;
        int width = quick ? 16 : 64;
        SpecDocument three = base.having("model.initialScale=0.2");
        return Protocol.of(
                quick ? 10 : 5,
                Arm.treatment(TWO, layers(base, 2, width, features, weights)),
                Arm.treatment(TWO_STRONGER, layers(base, 2, width, features, stronger)),
                Arm.treatment(THREE, layers(three, 3, width, features, weights)),
                Arm.control(TWO_PLAIN, layers(base, 2, width, 0, 0)),
                Arm.control(THREE_PLAIN, layers(three, 3, width, 0, 0)));
    }

    private static SpecDocument layers(SpecDocument base, int layers, int width, double features, double weights) {
        List<Integer> widths = IntStream.range(0, layers).mapToObj(_ -> width).toList();
        List<Double> decays = IntStream.rangeClosed(0, layers)
                .mapToObj(layer -> layer == 0 ? features : weights)
                .toList();
        return base.having("model.widths=" + widths).having("decay.perLayer=" + decays);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns two = evidence.arm(TWO_PLAIN);
        ArmRuns three = evidence.arm(THREE_PLAIN);
        List<ArmRuns> arms = List.of(evidence.arm(TWO), evidence.arm(TWO_STRONGER), evidence.arm(THREE));
        List<Requirement> conditions = arms.stream()
                .flatMap(arm -> FreeFeatureProtocols.stationary(arm).stream())
                .toList();
        List<Finding> findings = findings(arms, arms);
        List<Finding> controls = findings(arms, List.of(two, two, three));
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "Our results demonstrate the convergence of the last-layer features and classifiers to a geometry"
                                        + " consisting of orthogonal vectors, whose lengths depend on the amount of data in their"
                                        + " corresponding classes.",
                                "Dang, Tran, Osher, Tran-The, Ho and Nguyen 2023, abstract, arxiv.org/abs/2301.00437",
                                Ruling.of(geometry(findings), conditions),
                                Ruling.of(geometry(controls), List.of())),
                        Sentence.ours(
                                card().statement(), Ruling.of(findings, conditions), Ruling.of(controls, List.of()))),
                List.of(
                        ClassSizeFigure.of(
                                "Outputs on the true class, by class size",
                                "output on the true class",
                                arms,
                                OUTPUT,
                                arm -> minimum(arm).outputs(),
                                "Points are trained ends of all seeds, lines the closed form: larger classes are fitted more closely."),
                        Figure.course(
                                "The objective on its way to the minimum",
                                Figure.Axis.logarithmic("objective"),
                                arms,
                                OBJECTIVE,
                                arms.stream()
                                        .map(arm -> new Figure.Mark(
                                                "minimum, " + arm.name(),
                                                minimum(arm).loss()))
                                        .toList(),
                                "Loss and decay together over training, and the global minimum of each setting.")),
                List.of());
    }

    /** The law of each arm, asked of an arm that stands for it. */
    private static List<Finding> findings(List<ArmRuns> laws, List<ArmRuns> asked) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < laws.size(); i++) {
            ArmRuns arm = laws.get(i);
            DeepLinear.Minimum minimum = minimum(arm);
            double[] squares = squares(minimum.singularValues());
            double[] entering = squares.clone();
            for (int c = 0; c < entering.length; c++) {
                // W_1 ... W_(M-1) scale a class's feature by sigma_c each.
                entering[c] = Math.pow(squares[c], layers(arm) - 1.0) * minimum.squaredFeatures()[c];
            }
            findings.addAll(
                    new ClosedForm(minimum.outputs(), squares, entering, minimum.loss()).findings(asked.get(i), WORDS));
        }
        return findings;
    }

    /** Of four findings of each arm the second, lengths, and the fourth, orthogonal outputs and features that coincide. */
    private static List<Finding> geometry(List<Finding> findings) {
        return IntStream.range(0, findings.size())
                .filter(i -> i % 2 == 1)
                .mapToObj(findings::get)
                .toList();
    }

    /** M: linear layers on the features, which are the first layer. */
    private static int layers(ArmRuns arm) {
        return Math.max(1, arm.spec().decay().perLayer().size() - 1);
    }

    /** The closed form for what was run; NaN where it has none. */
    private static DeepLinear.Minimum minimum(ArmRuns arm) {
        int[] sizes = FreeFeatureProtocols.classSizes(arm);
        double features = FreeFeatureProtocols.featureDecay(arm);
        double weights = FreeFeatureProtocols.weightDecay(arm);
        if (sizes.length == 0 || !(features > 0 && weights > 0)) {
            double[] unknown = new double[sizes.length];
            Arrays.fill(unknown, Double.NaN);
            return new DeepLinear.Minimum(unknown, unknown, unknown, unknown, Double.NaN);
        }
        return DeepLinear.minimum(sizes, layers(arm), weights, features);
    }

    private static double[] squares(double[] values) {
        return Arrays.stream(values).map(value -> value * value).toArray();
    }
}
