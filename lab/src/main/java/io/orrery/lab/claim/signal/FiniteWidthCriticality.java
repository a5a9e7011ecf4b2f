package io.orrery.lab.claim.signal;

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
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.signal.MeanField;
import io.orrery.lab.theory.signal.PointwiseFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Random networks at criticality keep their mean signal at any depth, but stray from it by as much as depth over width says. */
@Serves("002-012")
public final class FiniteWidthCriticality implements Claim {
    private static final String SERIES = LengthFluctuation.NAME + ".";
    private static final List<Integer> WIDTHS = List.of(32, 64, 128);
    /** Layers per unit of width. */
    private static final int PER_LAYER = 8;

    private static final String SUBCRITICAL = "ReLU, weight variance 1.8";
    private static final String WIDE = "ReLU, width 4096";
    private static final List<String> SMOOTH = List.of("tanh", "sine", "GELU");
    /** Where chi_perp = chi_par = 1 for GELU, from {@link MeanField#halfStableLength} and {@link MeanField#critical}. */
    static final double GELU_LENGTH = 3.5616;

    static final double GELU_WEIGHTS = 1.98306;
    static final double GELU_BIAS = 0.172925;

    private static final String PILOTS = "3001-3010";

    private static final Threshold SAME = Threshold.within(0.8, 1.25);
    private static final Threshold LAW = Threshold.about(1, 0.1);
    private static final Threshold EXCESS = Threshold.atLeast(0.2);
    private static final Threshold MEAN = Threshold.about(1, 0.03);
    private static final Threshold SPREAD = Threshold.about(1, 0.2);

    private static final String RATIO = "E K^2 / (E K)^2 over (1 + 5/n)^l";
    private static final String KEPT = "E K at the top over that at the start";
    private static final String STRAYS = "E K^2 / (E K)^2 less 1 at layer 8";
    private static final String COURSE = "E K at the top over the recursion of infinite width";
    private static final String VARIANCE = "variance of K at the top over its law to first order in 1/n";

    @Override
    public Card card() {
        return new CardDraft("finite-width-criticality", Kind.EFFECT)
                .states(
                        "At criticality the mean variance K of preactivations follows the recursion of infinite width, while single"
                                + " networks stray from it: for ReLU E K^2 / (E K)^2 is (1 + 5/width)^depth, a function of depth / width.")
                .source("Roberts, Yaida and Hanin 2021, The Principles of Deep Learning Theory, arXiv 2106.10165")
                .literature(
                        "\"A main result is that the predictions of networks are described by nearly-Gaussian distributions, with the"
                                + " depth-to-width aspect ratio of the network controlling the deviations from the infinite-width Gaussian"
                                + " description. [...] By tuning networks to criticality, we give a practical solution to the exploding and"
                                + " vanishing gradient problem.\" (abstract)")
                .because(
                        "A layer of n units multiplies K by a mean of n random numbers. At criticality that mean is 1 on average, but each"
                                + " layer adds variance of the order 1/n, and over l layers l/n gathers.")
                .control(
                        "Of one ratio l/n, the same l at unequal n. Of the law, that of linear networks, (1 + 2/n)^l. Of a signal that is kept,"
                                + " weight variance 1.8. Of straying, width 4096. Of the recursions, those without activations; of the"
                                + " variance to first order, its sum without the contraction chi_par.")
                .cause("depth in proportion to width", "depth=4")
                .limit(
                        "logarithm of E K^2 / (E K)^2 at one width over that at four or two times the width, equal depth / width",
                        SAME,
                        Provenance.argued("the laws differ by 5 percent, and at equal depth by a factor of 4 and 2"))
                .limit(
                        RATIO,
                        LAW,
                        Provenance.argued(
                                "exact in the mean; the law of linear networks is off by 40 percent at l/n = 1/8"))
                .limit(
                        KEPT,
                        LAW,
                        Provenance.argued("exactly 1 in the mean; with weight variance 1.8 it is 0.9^16 = 0.19"))
                .limit(STRAYS, EXCESS, Provenance.argued("the law is 0.83 at width 64 and 0.01 at width 4096"))
                .limit(
                        COURSE,
                        MEAN,
                        Provenance.argued(
                                "corrections are of the order l/n = 0.03; without activations the recursion is off by"
                                        + " factors of 30 and more"))
                .limit(VARIANCE, SPREAD, Provenance.argued("what first order leaves out is a few times l/n = 0.03"))
                .refutedBy(
                        "Deviations that follow the depth alone, or the width alone; or a mean signal that drifts from the recursion's.")
                .seenRefuted(
                        "Taken at equal depth (pilot seeds 3001-3010) the logarithms of two widths are 3.7 and 1.95 times as large; held"
                                + " against the law of linear networks E K^2 is 1.39 to 1.45 of what it says.")
                .assuming(
                        "Given the layers before, preactivations are independent normal numbers with variance K: they are drawn as such,"
                                + " which is the same in law as drawing weights.")
                .assuming(
                        "Depth is at most width / 8: beyond, K^2 is so heavy-tailed that sample means miss (1 + 5/n)^l, of which the rare"
                                + " large K are the larger part.")
                .assuming(
                        "Critical: ReLU weight variance 2; tanh and sine 1, where K falls as 1/(2l) and 1/l; GELU 1.98306 with bias variance"
                                + " 0.172925 at K = (3 + sqrt 17)/2, its only critical point (derived). 30 layers of 1000 units, GELU 10.")
                .free("width", "draws")
                .pilot("logarithm of E K^2 / (E K)^2 of width 32 over that of 128", 0.930, 0.024, PILOTS)
                .pilot("the same of width 64", 0.987, 0.045, PILOTS)
                .pilot(RATIO + ", width 64", 1.01, 0.030, PILOTS)
                .pilot(KEPT + ", width 128", 1.00, 0.0077, PILOTS)
                .pilot(COURSE + ", tanh", 0.989, 0.0060, PILOTS)
                .pilot(COURSE + ", sine", 0.988, 0.0059, PILOTS)
                .pilot(COURSE + ", GELU", 0.9955, 0.016, PILOTS)
                .pilot(VARIANCE + ", tanh", 0.957, 0.042, PILOTS)
                .pilot(VARIANCE + ", sine", 0.956, 0.043, PILOTS)
                .quickSeconds(12);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        LengthFluctuation fluctuation = new LengthFluctuation();
        Setting relu = Setting.empty()
                .with("activation", PointwiseFunction.RELU.ordinal())
                .with("weightVariance", 2)
                .with("biasVariance", 0)
                .with("start", 1)
                .with("draws", quick ? 4000 : 16_000);
        List<Arm> arms = new ArrayList<>();
        for (int width : WIDTHS) {
            arms.add(Arm.treatment(
                    name(width), fluctuation, relu.with("width", width).with("depth", width / PER_LAYER)));
        }
        arms.add(Arm.control(
                SUBCRITICAL,
                fluctuation,
                relu.with("weightVariance", 1.8)
                        .with("width", 128)
                        .with("depth", 16)
                        .with("draws", 400)));
        arms.add(Arm.control(
                WIDE, fluctuation, relu.with("width", 4096).with("depth", 8).with("draws", 200)));
        Setting deep = relu.with("width", 1000).with("depth", 30).with("draws", quick ? 400 : 1600);
        Setting tanh = deep.with("activation", PointwiseFunction.TANH.ordinal()).with("weightVariance", 1);
        arms.add(Arm.treatment("tanh", fluctuation, tanh));
        arms.add(Arm.treatment("sine", fluctuation, tanh.with("activation", PointwiseFunction.SINE.ordinal())));
        arms.add(Arm.treatment(
                "GELU",
                fluctuation,
                deep.with("activation", PointwiseFunction.GELU.ordinal())
                        .with("weightVariance", GELU_WEIGHTS)
                        .with("biasVariance", GELU_BIAS)
                        .with("start", GELU_LENGTH)
                        .with("depth", 10)
                        .with("draws", quick ? 200 : 1600)));
        return new Protocol(quick ? 10 : 20, arms);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<ArmRuns> widths =
                WIDTHS.stream().map(width -> evidence.arm(name(width))).toList();
        ArmRuns widest = widths.getLast();
        List<Finding> same = new ArrayList<>();
        List<Finding> equalDepth = new ArrayList<>();
        for (ArmRuns arm : widths.subList(0, widths.size() - 1)) {
            Finding finding = shared(arm, widest, depth(widest));
            same.add(finding);
            equalDepth.add(shared(arm, widest, depth(arm)).controlling(finding.name()));
        }
        List<Finding> findings = new ArrayList<>();
        List<Finding> wrong = new ArrayList<>();
        for (ArmRuns arm : widths) {
            findings.add(law(arm, 5));
            wrong.add(law(arm, 2));
        }
        findings.add(kept(widest));
        wrong.add(kept(evidence.arm(SUBCRITICAL)));
        findings.add(strays(widths.get(1)));
        wrong.add(strays(evidence.arm(WIDE)));
        for (String name : SMOOTH) {
            ArmRuns arm = evidence.arm(name);
            findings.add(course(arm, LengthFluctuation.theory(arm.setting())::length));
            wrong.add(course(arm, linear(arm)));
        }
        for (String name : SMOOTH.subList(0, 2)) {
            ArmRuns arm = evidence.arm(name);
            findings.add(spread(arm, true));
            wrong.add(spread(arm, false));
        }
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "The depth-to-width aspect ratio of the network controls the deviations from the infinite-width description.",
                                "Roberts, Yaida and Hanin 2021, abstract, arxiv.org/abs/2106.10165",
                                Ruling.of(same, List.of()),
                                Ruling.of(equalDepth, List.of())),
                        Sentence.ours("", Ruling.of(findings, List.of()), Ruling.of(wrong, List.of()))),
                List.of(
                        deviations(widths),
                        courses(SMOOTH.stream().map(evidence::arm).toList()),
                        kept(List.of(widest, evidence.arm(SUBCRITICAL)))),
                List.of());
    }

    private static Finding shared(ArmRuns arm, ArmRuns other, int layer) {
        return Comparison.ratio(
                "one depth / width, " + arm.name() + " and " + other.name(),
                "deviations are a function of depth / width",
                new Values("the logarithm of E K^2 / (E K)^2 of " + arm.name(), logarithm(arm, depth(arm))),
                new Values("that of " + other.name(), logarithm(other, layer)),
                SAME);
    }

    private static double[] logarithm(ArmRuns arm, int layer) {
        return Arrays.stream(at(arm, "ratio", layer)).map(StrictMath::log).toArray();
    }

    private static Finding law(ArmRuns arm, double perLayer) {
        double law = StrictMath.pow(1 + perLayer / arm.setting().get("width"), depth(arm));
        return level(RATIO, arm, "ratio", depth(arm), ratio -> ratio / law, LAW);
    }

    private static Finding kept(ArmRuns arm) {
        double start = arm.setting().get("start");
        return level(KEPT, arm, "mean", depth(arm), mean -> mean / start, LAW);
    }

    private static Finding strays(ArmRuns arm) {
        return level(STRAYS, arm, "ratio", Math.min(PER_LAYER, depth(arm)), ratio -> ratio - 1, EXCESS);
    }

    private static Finding course(ArmRuns arm, DoubleUnaryOperator layer) {
        double law = recursion(arm, layer)[depth(arm)];
        return level(COURSE, arm, "mean", depth(arm), mean -> mean / law, MEAN);
    }

    private static Finding spread(ArmRuns arm, boolean contracting) {
        double law = variance(arm, contracting);
        double[] ratio = at(arm, "ratio", depth(arm));
        double[] mean = at(arm, "mean", depth(arm));
        return Level.of(
                VARIANCE + ", " + arm.name(),
                "the variance is what first order in 1/n gives",
                IntStream.range(0, ratio.length)
                        .mapToDouble(seed -> (ratio[seed] - 1) * mean[seed] * mean[seed] / law)
                        .toArray(),
                SPREAD);
    }

    private static Finding level(
            String quantity, ArmRuns arm, String series, int layer, DoubleUnaryOperator change, Threshold threshold) {
        return Level.of(
                quantity + ", " + arm.name(),
                "signals at criticality are kept in the mean and stray as the law gives",
                Arrays.stream(at(arm, series, layer)).map(change).toArray(),
                threshold);
    }

    /** The values of a series at a layer, NaN where a seed has none. */
    private static double[] at(ArmRuns arm, String series, int layer) {
        return Arrays.stream(arm.lastVectors(SERIES + series))
                .mapToDouble(seed -> layer < seed.length ? seed[layer] : Double.NaN)
                .toArray();
    }

    /** The mean variance in layers 0 to depth, a layer at a time. */
    private static double[] recursion(ArmRuns arm, DoubleUnaryOperator layer) {
        double[] lengths = new double[depth(arm) + 1];
        lengths[0] = arm.setting().get("start");
        for (int i = 1; i < lengths.length; i++) {
            lengths[i] = layer.applyAsDouble(lengths[i - 1]);
        }
        return lengths;
    }

    private static DoubleUnaryOperator linear(ArmRuns arm) {
        double weightVariance = arm.setting().get("weightVariance");
        double biasVariance = arm.setting().get("biasVariance");
        return length -> biasVariance + weightVariance * length;
    }

    /** V' = chi_par^2 V + fluctuation / n along the recursion (Roberts, Yaida and Hanin 2021, chapter 4; derived). */
    private static double variance(ArmRuns arm, boolean contracting) {
        MeanField theory = LengthFluctuation.theory(arm.setting());
        double width = arm.setting().get("width");
        double[] lengths = recursion(arm, theory::length);
        double variance = 0;
        for (int layer = 0; layer < depth(arm); layer++) {
            double factor = contracting ? theory.lengthFactor(lengths[layer]) : 1;
            variance = factor * factor * variance + theory.fluctuation(lengths[layer]) / width;
        }
        return variance;
    }

    private static int depth(ArmRuns arm) {
        return arm.setting().whole("depth");
    }

    private static Figure deviations(List<ArmRuns> widths) {
        List<Figure.Curve> curves = new ArrayList<>();
        for (ArmRuns arm : widths) {
            double width = arm.setting().get("width");
            double[] shares = IntStream.rangeClosed(0, depth(arm))
                    .mapToDouble(layer -> layer / width)
                    .toArray();
            curves.add(ComputedCurves.of(arm.name(), Arm.Part.TREATMENT, arm, SERIES + "ratio", shares));
        }
        double[] grid = IntStream.rangeClosed(0, 25).mapToDouble(i -> i / 200.0).toArray();
        curves.add(ComputedCurves.law(
                "exp(5 l / n), the law of many units", Arm.Part.CONTROL, grid, share -> StrictMath.exp(5 * share)));
        return new Figure(
                "Deviations against depth / width",
                Figure.Axis.linear("layer / width"),
                Figure.Axis.logarithmic("E K^2 / (E K)^2"),
                curves,
                List.of(),
                "All widths lie on one line: four times the units carry the signal four times as deep. Median and range over seeds.");
    }

    private static Figure courses(List<ArmRuns> arms) {
        List<Figure.Curve> curves = new ArrayList<>();
        for (ArmRuns arm : arms) {
            double[] law = recursion(arm, LengthFluctuation.theory(arm.setting())::length);
            curves.add(ComputedCurves.of(arm.name(), Arm.Part.TREATMENT, arm, SERIES + "mean", layers(arm)));
            curves.add(ComputedCurves.law(
                    "infinite width, " + arm.name(), Arm.Part.CONTROL, layers(arm), layer -> law[(int) layer]));
        }
        return new Figure(
                "The mean signal at criticality",
                Figure.Axis.linear("layer"),
                Figure.Axis.logarithmic("E K"),
                curves,
                List.of(),
                "Tanh and sine lose their signal by a power of the layer, not exponentially; GELU keeps it, at one strength only.");
    }

    private static Figure kept(List<ArmRuns> arms) {
        return new Figure(
                "ReLU at and below criticality",
                Figure.Axis.linear("layer"),
                Figure.Axis.logarithmic("E K"),
                arms.stream()
                        .map(arm -> ComputedCurves.of(arm.name(), arm.part(), arm, SERIES + "mean", layers(arm)))
                        .toList(),
                List.of(new Figure.Mark("the start", 1)),
                "With a tenth less weight variance the signal falls by a tenth in every layer.");
    }

    private static double[] layers(ArmRuns arm) {
        return IntStream.rangeClosed(0, depth(arm)).asDoubleStream().toArray();
    }

    private static String name(int width) {
        return "ReLU, width " + width;
    }
}
