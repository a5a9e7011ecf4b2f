package io.orrery.lab.claim.collapse;

import static io.orrery.lab.claim.collapse.FreeFeatureProtocols.CLASSIFIER;
import static io.orrery.lab.claim.collapse.FreeFeatureProtocols.FEATURE;

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
import io.orrery.lab.theory.collapse.FreeFeatureMinimum;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A bias without decay turns the orthogonal frame of square loss into a simplex (P21). */
@Serves({"001-02", "001-03"})
public final class BiasMakesSimplex implements Claim {
    private static final String BIAS = "bias in the last layer";
    private static final String NONE = "no bias";

    private static final String COSINES = "classes.classifier-cosines";
    private static final String BIASES = "classes.bias";
    private static final String SINGULAR_VALUES = "classes.output-singular-values";

    @Override
    public Card card() {
        return new CardDraft("bias-makes-simplex", Kind.IDENTITY, "P21")
                .states(
                        "With a bias that does not decay, free features and classifiers of equally large classes end as a simplex:"
                                + " bias 1/K, cosines -1/(K - 1); without it as an orthogonal frame.")
                .source(
                        "Zhou, Li, Ding, You, Qu and Zhu 2022, On the Optimization Landscape of Neural Collapse under MSE Loss, authors'"
                                + " summary at github.com/jinxinzhou/neural-collapse-MSE; core theory 4.2")
                .literature(
                        "\"The MSE loss with weight decay has a benign global landscape: the only global minimizers are the Simplex"
                                + " Equiangular Tight Frames\" of free features. The summary does not say whether there is a bias; our core"
                                + " theory has the simplex with one only.")
                .because(
                        "The bias fits the mean of the targets for free, so that only what is left, targets minus 1/K, is fitted with"
                                + " weights that cost: and that is a simplex.")
                .control(
                        "The same networks without a bias, all else equal, held to the same law: their classifiers stay orthogonal.")
                .limit(
                        "largest relative error of each law",
                        Threshold.atMost(FreeFeatureProtocols.TOLERANCE),
                        Provenance.theorem("core theory 4.2; 1e-4 is what descent leaves (P21)"))
                .cause("a bias in the last layer", "model.outputBias=false")
                .refutedBy(
                        "One seed whose cosines, bias, singular values or norms miss the minimum by more than 1e-4. It is a theorem"
                                + " about minima, so what it tests is that descent finds them, and the code.")
                .assuming(
                        "The source's sentence names no bias. Asked of the arm without one it does not hold: classifiers there are an"
                                + " orthogonal frame, as the control shows.")
                .assuming(
                        "Halved square loss, decay (lambda / 2) ||.||^2 on features and weights, classes of equal size.")
                .free("data.classSizes", "model.widths")
                .needsItsOwnData(FreeFeatureProtocols.OWN_DATA)
                .reads("classes", "loss")
                .seenRefuted(
                        "The arm without a bias (pilot seeds 3001-3010), held against the same laws: every finding is violated.")
                .quickSeconds(4);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument base = FreeFeatureProtocols.base(quick ? 16 : 64)
                .having("data.classSizes=" + (quick ? "[20, 20, 20, 20]" : "[40, 40, 40, 40, 40, 40, 40, 40, 40, 40]"))
                .having("decay.perLayer=" + (quick ? "[1e-3, 5e-3]" : "[5e-4, 5e-4]"))
                .having("stop.steps=" + (quick ? 20000 : 60000));
        return Protocol.of(
                quick ? 10 : 5,
                Arm.treatment(BIAS, base.having("model.outputBias=true")),
                Arm.control(NONE, base.having("model.outputBias=false")));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns biased = evidence.arm(BIAS);
        int classes = FreeFeatureProtocols.classSizes(biased).length;
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "The MSE loss with weight decay has a benign global landscape: the only global minimizers are the"
                                        + " Simplex Equiangular Tight Frames.",
                                "Zhou, Li, Ding, You, Qu and Zhu 2022, authors' summary,"
                                        + " github.com/jinxinzhou/neural-collapse-MSE",
                                Ruling.of(List.of(cosines(biased)), conditions(biased)),
                                Ruling.of(cosines(evidence.arm(NONE)))),
                        Sentence.ours(card().statement(), ruling(biased), ruling(evidence.arm(NONE)))),
                List.of(Figure.arms(
                        "Cosines between classifiers",
                        Figure.Axis.linear("mean cosine of two classifiers"),
                        evidence.arms(),
                        BiasMakesSimplex::meanCosine,
                        List.of(
                                new Figure.Mark("simplex", -1.0 / (classes - 1)),
                                new Figure.Mark("orthogonal frame", 0)),
                        "Each point is one seed: with the bias classifiers point as far from each other as they can, without it they"
                                + " are orthogonal.")),
                List.of());
    }

    private static Finding cosines(ArmRuns arm) {
        int classes = FreeFeatureProtocols.classSizes(arm).length;
        return Exactly.identity(
                "cosines of classifiers",
                "all cosines of two classifiers are -1 / (K - 1)",
                FreeFeatureProtocols.errors(arm, COSINES, filled(classes * (classes - 1) / 2, -1.0 / (classes - 1))),
                FreeFeatureProtocols.TOLERANCE);
    }

    private static List<Requirement> conditions(ArmRuns arm) {
        return Stream.concat(
                        FreeFeatureProtocols.stationary(arm).stream(),
                        Stream.of(balanced(FreeFeatureProtocols.classSizes(arm))))
                .toList();
    }

    private static Ruling ruling(ArmRuns arm) {
        int[] sizes = FreeFeatureProtocols.classSizes(arm);
        int classes = sizes.length;
        FreeFeatureMinimum.WithBias minimum = minimum(arm);
        double[] singular = filled(classes, minimum.singularValue());
        if (classes > 0) {
            // The bias adds 1 1^T / K to the mean outputs, orthogonal to the simplex.
            singular[0] = 1;
        }
        return Ruling.of(
                List.of(
                        cosines(arm),
                        Exactly.identity(
                                "the bias",
                                "the bias is 1 / K for every class",
                                FreeFeatureProtocols.errors(biases(arm, classes), filled(classes, minimum.bias())),
                                FreeFeatureProtocols.TOLERANCE),
                        Exactly.identity(
                                "singular values of the class means of outputs",
                                "K - 1 of them are 1 - N sqrt(lambdaW lambdaH / n), that of the bias is 1",
                                FreeFeatureProtocols.errors(arm, SINGULAR_VALUES, singular),
                                FreeFeatureProtocols.TOLERANCE),
                        Exactly.identity(
                                "squared norms of classifiers and features",
                                "both are those of the global minimum",
                                FreeFeatureProtocols.worst(
                                        FreeFeatureProtocols.errors(
                                                arm, CLASSIFIER, filled(classes, minimum.squaredWeight())),
                                        FreeFeatureProtocols.errors(
                                                arm, FEATURE, filled(classes, minimum.squaredFeature()))),
                                FreeFeatureProtocols.TOLERANCE)),
                conditions(arm));
    }

    private static Requirement balanced(int[] sizes) {
        return Requirement.of(
                "classes of equal size",
                sizes.length > 1 && Arrays.stream(sizes).distinct().count() == 1,
                "the closed form with a bias is about classes of equal size, found " + Arrays.toString(sizes));
    }

    /** The biases at the end; zeros where the last layer has none, nothing where a run measured nothing. */
    private static double[][] biases(ArmRuns arm, int classes) {
        double[][] biases = arm.lastVectors(BIASES);
        double[][] cosines = arm.lastVectors(COSINES);
        return IntStream.range(0, biases.length)
                .mapToObj(seed ->
                        biases[seed].length == 0 && cosines[seed].length > 0 ? new double[classes] : biases[seed])
                .toArray(double[][]::new);
    }

    private static double[] meanCosine(ArmRuns arm) {
        return Arrays.stream(arm.lastVectors(COSINES))
                .mapToDouble(cosines -> Arrays.stream(cosines).average().orElse(Double.NaN))
                .toArray();
    }

    /** The closed form for what was run; NaN where it has none. */
    private static FreeFeatureMinimum.WithBias minimum(ArmRuns arm) {
        int[] sizes = FreeFeatureProtocols.classSizes(arm);
        double features = FreeFeatureProtocols.featureDecay(arm);
        double weights = FreeFeatureProtocols.weightDecay(arm);
        if (sizes.length == 0 || !(features > 0 && weights > 0)) {
            double unknown = Double.NaN;
            return new FreeFeatureMinimum.WithBias(unknown, unknown, unknown, unknown, unknown, unknown, unknown);
        }
        return FreeFeatureMinimum.balancedWithBias(sizes.length, sizes[0], weights, features);
    }

    private static double[] filled(int count, double value) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }
}
