package io.orrery.lab.claim.collapse;

import static io.orrery.lab.claim.collapse.FreeFeatureProtocols.CLASSIFIER;
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
import io.orrery.lab.theory.collapse.FreeFeatureMinimum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** With free features, descent ends at a closed form for any class sizes, and small classes vanish (P18, P19). */
@Serves("002-134")
public final class FreeFeaturesInClosedForm implements Claim {
    private static final String UNEQUAL = "unequal decays";
    private static final String STRONG = "strong decay";
    private static final String BELOW = "2% below the threshold";
    private static final String ABOVE = "2% above the threshold";

    private static final String NO_DECAY = "no decay";
    private static final String ENTROPY_BELOW = "cross-entropy, 5% below the threshold";
    private static final String ENTROPY_ABOVE = "cross-entropy, 5% above the threshold";
    private static final String COSINES = "classes.classifier-cosines";

    private static final ClosedForm.Words WORDS = new ClosedForm.Words(
            "outputs are max(0, 1 - N sqrt(lambdaW lambdaH / n_c))",
            "squared norms of classifiers and features",
            "||w_c||^2 = s_c sqrt(n_c lambdaH / lambdaW) and ||h_c||^2 = s_c sqrt(lambdaW / (n_c lambdaH))");
    /** Share of the threshold in N^2 lambdaW lambdaH by which the last two arms miss it. */
    private static final double NEAR = 0.02;
    /** The same for cross-entropy, where classifiers near the threshold come together slowly. */
    private static final double ENTROPY_NEAR = 0.05;

    @Override
    public Card card() {
        return new CardDraft("free-features", Kind.IDENTITY, "P18", "P19", "4.5")
                .states(
                        "If every example's features may move freely, square loss with weight decay ends in orthogonal classifiers"
                                + " with outputs max(0, 1 - N sqrt(lambdaW lambdaH / n_c)): classes of at most N^2 lambdaW lambdaH"
                                + " examples vanish. Under cross-entropy the classifiers of equally small classes coincide from the"
                                + " same number on.")
                .source(
                        "Dang, Tran, Osher, Tran-The, Ho and Nguyen 2023, Neural Collapse in Deep Linear Networks: From Balanced to"
                                + " Imbalanced Data, arXiv 2301.00437, abstract; core theory 4.2 to 4.5")
                .literature(
                        "\"The convergence of the last-layer features and classifiers to a geometry consisting of orthogonal vectors,"
                                + " whose lengths depend on the amount of data in their corresponding classes.\" The threshold is derived"
                                + " in our core theory.")
                .because(
                        "Decay charges the product of classifier and feature its nuclear norm, a soft threshold for each class: what a"
                                + " small class gains in fit is less than the threshold, so it is given up.")
                .control(
                        "The same features trained without decay, all else equal, held against each law; and for the threshold decay"
                                + " just too weak for it, 2% below in N^2 lambdaW lambdaH (5% under cross-entropy), held to small"
                                + " classes having vanished or come together.")
                .limit(
                        "largest relative error of each law",
                        Threshold.atMost(FreeFeatureProtocols.TOLERANCE),
                        Provenance.theorem("core theory 4.2; 1e-4 is what descent leaves (P18, P19)"))
                .cause("weight decay", "decay.perLayer=[]", "decay.lambda=0")
                .refutedBy(
                        "One seed whose outputs, norms or loss miss the minimum by more than 1e-4, or a small class beyond the threshold"
                                + " that has not vanished. It is a theorem about minima, so what it tests is that descent finds them,"
                                + " and the code.")
                .assuming("Halved square loss, decay (lambda / 2) ||.||^2 on features and weights, no bias.")
                .assuming(
                        "Errors are in units of the largest class's value, since a vanished class has none of its own.")
                .free("data.classSizes", "model.widths")
                .needsItsOwnData(FreeFeatureProtocols.OWN_DATA)
                .reads("classes", "loss")
                .seenRefuted(
                        "Features without decay (pilot seeds 3001-3010) miss the law of norms by 1.03 and coincide to no better than"
                                + " 0.67; with decay 2% short of the threshold the smallest class keeps a norm 20,000 times the tolerance.")
                .quickSeconds(14);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument base = quick
                ? FreeFeatureProtocols.base(16)
                : FreeFeatureProtocols.base(64)
                        .having("data.classSizes=[200, 100, 50, 50]")
                        .having("stop.steps=60000");
        int examples = quick ? 74 : 400;
        int smallest = quick ? 4 : 50;
        return Protocol.of(
                quick ? 10 : 5,
                Arm.treatment(UNEQUAL, decaying(base, quick ? 1e-3 : 5e-4, quick ? 5e-3 : 5e-4)),
                Arm.treatment(STRONG, decaying(base, quick ? 0.03 : 0.02, quick ? 0.03 : 0.02)),
                Arm.treatment(BELOW, near(base, smallest * (1 - NEAR), examples)),
                Arm.treatment(ABOVE, near(base, smallest * (1 + NEAR), examples)),
                Arm.treatment(ENTROPY_BELOW, entropy(scale, 1 - ENTROPY_NEAR)),
                Arm.treatment(ENTROPY_ABOVE, entropy(scale, 1 + ENTROPY_NEAR)),
                Arm.control(NO_DECAY, decaying(base, 0, 0)));
    }

    /** Three large and three small classes under cross-entropy, so that small classes have others to coincide with. */
    private static SpecDocument entropy(Scale scale, double factor) {
        boolean quick = scale == Scale.QUICK;
        int large = quick ? 30 : 100;
        int small = quick ? 4 : 10;
        SpecDocument base = FreeFeatureProtocols.base(quick ? 16 : 64)
                .having("data.classSizes=" + List.of(large, large, large, small, small, small))
                .having("loss.kind=cross-entropy")
                .having("loss.half=null")
                .having("stop.steps=" + (quick ? 20000 : 60000));
        return near(base, small * factor, 3 * (large + small));
    }

    /** Equal decays with N^2 lambda^2 = size. */
    private static SpecDocument near(SpecDocument base, double size, int examples) {
        double lambda = Math.sqrt(size) / examples;
        return decaying(base, lambda, lambda);
    }

    private static SpecDocument decaying(SpecDocument base, double features, double weights) {
        return base.having("decay.perLayer=[" + features + ", " + weights + "]");
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns unequal = evidence.arm(UNEQUAL);
        ArmRuns plain = evidence.arm(NO_DECAY);
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "Our results demonstrate the convergence of the last-layer features and classifiers to a geometry"
                                        + " consisting of orthogonal vectors, whose lengths depend on the amount of data in their"
                                        + " corresponding classes.",
                                "Dang, Tran, Osher, Tran-The, Ho and Nguyen 2023, abstract, arxiv.org/abs/2301.00437",
                                Ruling.of(geometry(unequal, unequal), FreeFeatureProtocols.stationary(unequal)),
                                Ruling.of(geometry(plain, unequal), List.of())),
                        Sentence.ours(
                                card().statement(),
                                ruling(evidence),
                                Ruling.of(
                                        findings(
                                                evidence,
                                                arm -> plain,
                                                evidence.arm(BELOW),
                                                evidence.arm(ENTROPY_BELOW)),
                                        List.of()))),
                List.of(
                        ClassSizeFigure.of(
                                "Outputs on the true class, by class size",
                                "output on the true class",
                                square(evidence),
                                OUTPUT,
                                arm -> minimum(arm).outputs(),
                                "Points are trained ends of all seeds, lines the closed form. Under strong decay the smallest class"
                                        + " has vanished; 2% in N^2 lambdaW lambdaH decide whether it does."),
                        Figure.course(
                                "The objective on its way to the minimum",
                                Figure.Axis.logarithmic("objective"),
                                square(evidence),
                                OBJECTIVE,
                                List.of(new Figure.Mark(
                                        "minimum, " + UNEQUAL,
                                        minimum(evidence.arm(UNEQUAL)).loss())),
                                "Loss and decay together over training; descent from a random start reaches the global minimum.")),
                List.of());
    }

    private static Ruling ruling(Evidence evidence) {
        ArmRuns vanishing = evidence.arm(ABOVE);
        ArmRuns coinciding = evidence.arm(ENTROPY_ABOVE);
        List<Requirement> requirements = new ArrayList<>(List.of(smallEnough(vanishing), smallEnough(coinciding)));
        square(evidence).forEach(arm -> requirements.addAll(FreeFeatureProtocols.stationary(arm)));
        requirements.add(FreeFeatureProtocols.decays(coinciding));
        return Ruling.of(findings(evidence, arm -> arm, vanishing, coinciding), requirements);
    }

    /** The laws of all arms with square loss, asked of an arm that stands for each, and what becomes of small classes. */
    private static List<Finding> findings(
            Evidence evidence, UnaryOperator<ArmRuns> asked, ArmRuns vanishing, ArmRuns coinciding) {
        List<Finding> findings = new ArrayList<>();
        for (ArmRuns arm : square(evidence)) {
            findings.addAll(closedForm(arm).findings(asked.apply(arm), WORDS));
        }
        findings.add(FreeFeatureProtocols.vanishing(
                "||w_c||^2 of the smallest class, " + vanishing.name(),
                "classes of at most N^2 lambdaW lambdaH examples vanish",
                FreeFeatureProtocols.component(vanishing, CLASSIFIER, smallest(vanishing))));
        findings.add(FreeFeatureProtocols.vanishing(
                "1 less the cosines of small classes' classifiers, " + coinciding.name(),
                "under cross-entropy classifiers of equal classes of at most N^2 lambdaW lambdaH examples coincide",
                smallApart(coinciding)));
        return findings;
    }

    /** Orthogonal classifiers and lengths by class size: an arm held to the minimum of another. */
    private static List<Finding> geometry(ArmRuns arm, ArmRuns law) {
        double[][] cosines = arm.lastVectors(COSINES);
        return List.of(
                FreeFeatureProtocols.vanishing(
                        "the largest cosine of two classifiers, " + arm.name() + ",",
                        "classifiers are orthogonal",
                        FreeFeatureProtocols.perSeed(
                                cosines.length,
                                seed -> Arrays.stream(cosines[seed])
                                        .map(Math::abs)
                                        .max()
                                        .orElse(Double.NaN))),
                closedForm(law).findings(arm, WORDS).get(1));
    }

    private static ClosedForm closedForm(ArmRuns arm) {
        FreeFeatureMinimum.Solution minimum = minimum(arm);
        return new ClosedForm(minimum.outputs(), minimum.squaredWeights(), minimum.squaredFeatures(), minimum.loss());
    }

    /** The arms with square loss, of which the closed form speaks. */
    private static List<ArmRuns> square(Evidence evidence) {
        return evidence.arms().stream()
                .filter(arm -> !List.of(ENTROPY_BELOW, ENTROPY_ABOVE, NO_DECAY).contains(arm.name()))
                .toList();
    }

    /** The largest 1 - cosine over pairs of classifiers of the smallest classes. */
    private static double[] smallApart(ArmRuns arm) {
        int[] sizes = FreeFeatureProtocols.classSizes(arm);
        int least = Arrays.stream(sizes).min().orElse(0);
        return Arrays.stream(arm.lastVectors(COSINES))
                .mapToDouble(cosines -> cosines.length == sizes.length * (sizes.length - 1) / 2
                        ? apart(sizes, least, cosines)
                        : Double.NaN)
                .toArray();
    }

    /** Cosines are those of the pairs (0, 1), (0, 2), ... (1, 2), ...; NaN without a pair of smallest classes. */
    private static double apart(int[] sizes, int least, double[] cosines) {
        double largest = Double.NaN;
        int pair = 0;
        for (int i = 0; i < sizes.length; i++) {
            for (int j = i + 1; j < sizes.length; j++, pair++) {
                if (sizes[i] == least && sizes[j] == least) {
                    double apart = Math.max(0, 1 - cosines[pair]);
                    largest = Double.isNaN(largest) ? apart : Math.max(largest, apart);
                }
            }
        }
        return largest;
    }

    private static Requirement smallEnough(ArmRuns arm) {
        int[] sizes = FreeFeatureProtocols.classSizes(arm);
        int size = sizes.length == 0 ? 0 : sizes[smallest(arm)];
        double threshold = FreeFeatureMinimum.collapsingSize(
                Arrays.stream(sizes).sum(),
                FreeFeatureProtocols.weightDecay(arm),
                FreeFeatureProtocols.featureDecay(arm));
        return Requirement.of(
                "a class small enough to vanish",
                size > 0 && size <= threshold,
                "the smallest class of the arm '" + arm.name() + "' must have at most N^2 lambdaW lambdaH = "
                        + threshold + " examples, found " + size);
    }

    private static int smallest(ArmRuns arm) {
        int[] sizes = FreeFeatureProtocols.classSizes(arm);
        int smallest = 0;
        for (int c = 1; c < sizes.length; c++) {
            smallest = sizes[c] < sizes[smallest] ? c : smallest;
        }
        return smallest;
    }

    /** The closed form for what was run; NaN where it has none. */
    private static FreeFeatureMinimum.Solution minimum(ArmRuns arm) {
        int[] sizes = FreeFeatureProtocols.classSizes(arm);
        double features = FreeFeatureProtocols.featureDecay(arm);
        double weights = FreeFeatureProtocols.weightDecay(arm);
        if (sizes.length == 0 || !(features > 0 && weights > 0)) {
            double[] unknown = new double[sizes.length];
            Arrays.fill(unknown, Double.NaN);
            return new FreeFeatureMinimum.Solution(unknown, unknown, unknown, Double.NaN);
        }
        return FreeFeatureMinimum.minimum(sizes, weights, features);
    }
}
