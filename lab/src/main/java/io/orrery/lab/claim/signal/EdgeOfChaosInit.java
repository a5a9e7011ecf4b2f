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
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.signal.MeanField;
import io.orrery.lab.theory.signal.PointwiseFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Random networks carry signals and gradients as mean field theory says: both survive great depth only at the edge of chaos. */
@Serves("002-051")
public final class EdgeOfChaosInit implements Claim {
    private static final String SERIES = SignalPropagation.NAME + ".";
    private static final String DEEP = CorrelationRecursion.NAME + ".";
    private static final double BIAS = 0.05;
    private static final double ORDER = 0.7;
    /** The edge of tanh at this bias, to six digits; the theory of a setting is that of the digits. */
    private static final double EDGE = 1.76095;

    private static final double CHAOS = 4;
    private static final String ORDERED = "tanh, ordered";
    private static final String CRITICAL = "tanh, edge";
    private static final String CHAOTIC = "tanh, chaotic";
    private static final String RECTIFIED = "ReLU, edge";
    private static final List<String> NETWORKS = List.of(ORDERED, CRITICAL, CHAOTIC, RECTIFIED);
    private static final String DEEP_TANH = "tanh, edge, infinitely wide";
    private static final String DEEP_RELU = "ReLU, edge, infinitely wide";
    private static final int EARLY = 10;
    private static final String PILOTS = "3001-3010";

    private static final Threshold VANISHES = Threshold.atMost(0.9);
    private static final Threshold EXPLODES = Threshold.atLeast(1.1);
    private static final Threshold FACTOR = Threshold.about(1, 0.05);
    private static final Threshold NEAR = Threshold.within(-0.02, 0.02);
    private static final Threshold SLOW = Threshold.within(-1.1, -0.9);
    private static final Threshold FAST = Threshold.within(-2.1, -1.9);
    private static final Threshold LIMIT = Threshold.about(1, 0.05);

    private static final String GROWTH = "factor of the squared gradient per layer";
    private static final String RATIO = "this factor over chi_1";
    private static final String GAP = "correlation over layers 1 to 10 less its law";

    @Override
    public Card card() {
        return new CardDraft("edge-of-chaos-init", Kind.EFFECT)
                .states(
                        "In random networks gradients vanish in the ordered phase and explode in the chaotic one; factor per layer and"
                                + " correlation of two inputs are mean field theory's, and on the edge 1 - c falls as 1/depth for tanh,"
                                + " as 1/depth^2 for ReLU.")
                .source(
                        "Schoenholz, Gilmer, Ganguli and Sohl-Dickstein 2017, arXiv 1611.01232; the rates on the edge: Hayou, Doucet and"
                                + " Rousseau 2019, arXiv 1902.06853, of which no number was read: they are derived")
                .literature(
                        "\"We show the existence of depth scales that naturally limit the maximum depth of signal propagation through"
                                + " these random networks. [...] in networks at the edge of chaos, one of these depth scales diverges. [...] we"
                                + " develop a mean field theory for backpropagation and we show that the ordered and chaotic phases correspond"
                                + " to regions of vanishing and exploding gradient respectively.\" (abstract)")
                .because(
                        "Each layer multiplies a small difference of two inputs, and a gradient on its way back, by chi_1 = sigma_w^2"
                                + " E phi'^2 on average. Below 1 all inputs become alike, above 1 all become unlike; only at 1 does either take long.")
                .control(
                        "Of vanishing and exploding gradients, the edge, where they do neither. Of the laws, those of a network without"
                                + " activations, of the same variances. Of the rates on the edge, the other activation.")
                .cause("distance from the edge of chaos", "weightVariance=" + EDGE)
                .limit(
                        GROWTH,
                        VANISHES,
                        Provenance.argued(
                                "50 layers then leave less than 1% of the squared norm; the source gives no number"))
                .limit(GROWTH, EXPLODES, Provenance.argued("50 layers then multiply the squared norm by more than 100"))
                .limit(
                        RATIO,
                        FACTOR,
                        Provenance.argued(
                                "a network of width 400 strays by about 2 percent; without the activation chi_1 is"
                                        + " at least 20 percent higher in every arm"))
                .limit(
                        GAP,
                        NEAR,
                        Provenance.argued(
                                "corrections for a finite width are of the order depth / width, here 0.025 at layer 10"))
                .limit(
                        "exponent of 1 - c over layers 300 to 1000, tanh",
                        SLOW,
                        Provenance.theorem("docstring of MeanField"))
                .limit(
                        "exponent of 1 - c over layers 300 to 1000, ReLU",
                        FAST,
                        Provenance.theorem("docstring of MeanField"))
                .limit(
                        "1 - c at layer 1000 over its limit law",
                        LIMIT,
                        Provenance.arguedLate(
                                "corrections fall as (log depth) / depth, and the start counts as up to 12 layers"),
                        "within 4% for ReLU, from one start: from other starts the correction alone is that large")
                .refutedBy(
                        "Gradients that grow where chi_1 is below 1, or a factor or a correlation apart from the law's by more than the"
                                + " tolerance.")
                .seenRefuted(
                        "Held against the laws of a network without activations (pilot seeds 3001-3010) the factors are 0.33 to 0.83 of"
                                + " what they say and the correlations 0.03 to 0.45 off; 1 - c of ReLU is 0.7% of tanh's law.")
                .assuming(
                        "Tanh with bias variance 0.05 and weight variances 0.7, 1.76095 (the edge) and 4; ReLU with 2 and no bias. Inputs"
                                + " begin with the mean square that layers keep, and correlation 0.3.")
                .assuming(
                        "Pairs of inputs are sent through without drawing weights, which is the same in law; gradients go through the"
                                + " weights that their input went through, so that the theory's assumption that both are independent is tested.")
                .assuming(
                        "Whether such networks can be trained, the source's main practical result, is not asked here.")
                .assuming(
                        "What happens on the edge over a thousand layers is asked of infinitely wide networks, from correlations"
                                + " between -0.5 and 0.5 that the seed draws.")
                .free("width", "depth", "networks", "pairs", "correlation")
                .pilot(GROWTH + ", ordered", 0.583, 0.0065, PILOTS)
                .pilot(GROWTH + ", edge", 0.9993, 0.019, PILOTS)
                .pilot(GROWTH + ", chaotic", 1.33, 0.042, PILOTS)
                .pilot(RATIO + ", ReLU, edge", 1.00, 0.018, PILOTS)
                .pilot(GAP + ", tanh, edge", 0.0030, 0.0029, PILOTS)
                .pilot(GAP + ", tanh, chaotic", 0.0045, 0.0041, PILOTS)
                .pilot("exponent of 1 - c, tanh", -1.011, 0.0074, PILOTS)
                .pilot("exponent of 1 - c, ReLU", -1.953, 0.0025, PILOTS)
                .pilot("1 - c at layer 1000 over its limit law, ReLU", 0.971, 0.0015, PILOTS)
                .quickSeconds(7);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SignalPropagation propagation = new SignalPropagation();
        Setting size = Setting.empty()
                .with("correlation", 0.3)
                .with("width", quick ? 400 : 600)
                .with("depth", quick ? 30 : 50)
                .with("networks", 1)
                .with("pairs", quick ? 100 : 400);
        CorrelationRecursion recursion = new CorrelationRecursion();
        return Protocol.of(
                quick ? 10 : 20,
                Arm.treatment(ORDERED, propagation, tanh(size, ORDER)),
                Arm.control(CRITICAL, propagation, tanh(size, EDGE)),
                Arm.treatment(CHAOTIC, propagation, tanh(size, CHAOS)),
                Arm.treatment(RECTIFIED, propagation, relu(size)),
                Arm.treatment(DEEP_TANH, recursion, tanh(Setting.empty(), EDGE)),
                Arm.treatment(DEEP_RELU, recursion, relu(Setting.empty())));
    }

    private static Setting tanh(Setting size, double weightVariance) {
        return size.with("activation", PointwiseFunction.TANH.ordinal())
                .with("weightVariance", weightVariance)
                .with("biasVariance", BIAS);
    }

    private static Setting relu(Setting size) {
        return size.with("activation", PointwiseFunction.RELU.ordinal())
                .with("weightVariance", 2)
                .with("biasVariance", 0);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<ArmRuns> networks = NETWORKS.stream().map(evidence::arm).toList();
        ArmRuns edge = evidence.arm(CRITICAL);
        ArmRuns deepTanh = evidence.arm(DEEP_TANH);
        ArmRuns deepRelu = evidence.arm(DEEP_RELU);
        List<Finding> findings = new ArrayList<>();
        List<Finding> wrong = new ArrayList<>();
        for (ArmRuns arm : networks) {
            MeanField theory = SignalPropagation.theory(arm.setting());
            findings.add(factor(arm, theory.gradientFactor(theory.fixedLength(1))));
            wrong.add(factor(arm, theory.weightVariance()));
            findings.add(correlation(arm, law(arm.setting())));
            wrong.add(correlation(arm, linearLaw(arm.setting())));
        }
        add(findings, wrong, exponent("tanh", deepTanh, SLOW), exponent("tanh", deepRelu, SLOW));
        add(findings, wrong, exponent("ReLU", deepRelu, FAST), exponent("ReLU", deepTanh, FAST));
        int last = CorrelationRecursion.last();
        double tanhLaw = smoothLimit(deepTanh) / last;
        double reluLaw = MeanField.reluEdgeLimit() / last / last;
        add(findings, wrong, limit("tanh", deepTanh, tanhLaw), limit("tanh", deepRelu, tanhLaw));
        add(findings, wrong, limit("ReLU", deepRelu, reluLaw), limit("ReLU", deepTanh, reluLaw));
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "The ordered and chaotic phases correspond to regions of vanishing and exploding gradient respectively.",
                                "Schoenholz et al. 2017, abstract, arxiv.org/abs/1611.01232",
                                Ruling.of(
                                        growth("ordered", evidence.arm(ORDERED), VANISHES),
                                        growth("chaotic", evidence.arm(CHAOTIC), EXPLODES)),
                                Ruling.of(growth("ordered", edge, VANISHES), growth("chaotic", edge, EXPLODES))),
                        Sentence.ours("", Ruling.of(findings, List.of()), Ruling.of(wrong, List.of()))),
                List.of(gradients(networks), correlations(networks), phases(networks), rates(deepTanh, deepRelu)),
                List.of());
    }

    private static void add(List<Finding> findings, List<Finding> wrong, Finding finding, Finding control) {
        findings.add(finding);
        wrong.add(control.controlling(finding.name()));
    }

    private static Finding growth(String phase, ArmRuns arm, Threshold threshold) {
        return Level.of(
                GROWTH + ", " + phase,
                "gradients vanish in the ordered phase and explode in the chaotic one",
                arm.last(SERIES + "factor"),
                threshold);
    }

    private static Finding factor(ArmRuns arm, double law) {
        return Level.of(
                RATIO + ", " + arm.name(),
                "the factor is what mean field theory gives",
                Arrays.stream(arm.last(SERIES + "factor"))
                        .map(factor -> factor / law)
                        .toArray(),
                FACTOR);
    }

    private static Finding correlation(ArmRuns arm, double[] law) {
        return Level.of(
                GAP + ", " + arm.name(),
                "correlations are what mean field theory gives",
                Arrays.stream(arm.lastVectors(SERIES + "correlation"))
                        .mapToDouble(seed -> gap(seed, law))
                        .toArray(),
                NEAR);
    }

    private static double gap(double[] measured, double[] law) {
        if (measured.length != law.length) {
            return Double.NaN;
        }
        int last = Math.min(EARLY, law.length - 1);
        return IntStream.rangeClosed(1, last)
                .mapToDouble(layer -> (measured[layer] - law[layer]) / last)
                .sum();
    }

    /** The correlation that theory gives in layers 0 to depth. */
    private static double[] law(Setting setting) {
        MeanField theory = SignalPropagation.theory(setting);
        double q = theory.fixedLength(1);
        double[] law = new double[setting.whole("depth") + 1];
        law[0] = setting.get("correlation");
        for (int layer = 1; layer < law.length; layer++) {
            law[layer] = theory.correlation(q, law[layer - 1]);
        }
        return law;
    }

    /** The same of a network without activations, of the same variances and the same start. */
    private static double[] linearLaw(Setting setting) {
        double weightVariance = setting.get("weightVariance");
        double biasVariance = setting.get("biasVariance");
        double q = SignalPropagation.theory(setting).fixedLength(1);
        double covariance = setting.get("correlation") * q;
        double[] law = new double[setting.whole("depth") + 1];
        for (int layer = 0; layer < law.length; layer++) {
            law[layer] = covariance / q;
            q = biasVariance + weightVariance * q;
            covariance = biasVariance + weightVariance * covariance;
        }
        return law;
    }

    private static Finding exponent(String function, ArmRuns arm, Threshold threshold) {
        return Level.of(
                "exponent of 1 - c over layers 300 to 1000, " + function,
                "on the edge smooth activations forget differences more slowly than ReLU",
                arm.last(DEEP + "exponent"),
                threshold);
    }

    private static Finding limit(String function, ArmRuns arm, double law) {
        return Level.of(
                "1 - c at layer 1000 over its limit law, " + function,
                "1 - c is what the expansion of the recursion at c = 1 gives",
                Arrays.stream(arm.last(DEEP + "last"))
                        .map(distance -> distance / law)
                        .toArray(),
                LIMIT);
    }

    private static double smoothLimit(ArmRuns arm) {
        MeanField theory = SignalPropagation.theory(arm.setting());
        return theory.smoothEdgeLimit(theory.fixedLength(1));
    }

    private static Figure gradients(List<ArmRuns> networks) {
        List<Figure.Curve> curves = new ArrayList<>();
        for (ArmRuns arm : networks) {
            double[] layers = layers(arm);
            MeanField theory = SignalPropagation.theory(arm.setting());
            double factor = theory.gradientFactor(theory.fixedLength(1));
            int depth = layers.length - 1;
            curves.add(
                    ComputedCurves.of(arm.name(), arm.part(), arm, SERIES + "log-gradient", layers, StrictMath::exp));
            curves.add(ComputedCurves.law(
                    "the law of " + arm.name(), arm.part(), layers, layer -> StrictMath.pow(factor, depth - layer)));
        }
        return new Figure(
                "The gradient on its way back",
                Figure.Axis.linear("layer"),
                Figure.Axis.logarithmic("squared norm over that at the top"),
                curves,
                List.of(),
                "Sent in at the top layer, on the right. Only on the edge does as much of it reach the first layers. Median and range"
                        + " over seeds; the laws are chi_1 to the power of the layers passed.");
    }

    private static Figure correlations(List<ArmRuns> networks) {
        List<Figure.Curve> curves = new ArrayList<>();
        for (ArmRuns arm : networks) {
            double[] law = law(arm.setting());
            curves.add(ComputedCurves.of(arm.name(), arm.part(), arm, SERIES + "correlation", layers(arm)));
            curves.add(
                    ComputedCurves.law("the law of " + arm.name(), arm.part(), layers(arm), layer -> law[(int) layer]));
        }
        return new Figure(
                "Two inputs on their way up",
                Figure.Axis.linear("layer"),
                Figure.Axis.linear("correlation"),
                curves,
                List.of(),
                "In the ordered phase they become alike, in the chaotic one unlike, whatever they were; on the edge that takes long.");
    }

    private static Figure phases(List<ArmRuns> networks) {
        List<ArmRuns> tanh = networks.subList(0, 3);
        double[] places = tanh.stream()
                .mapToDouble(arm -> arm.setting().get("weightVariance"))
                .toArray();
        double[] grid = IntStream.rangeClosed(1, 50).mapToDouble(i -> i / 10.0).toArray();
        double[][] measured =
                tanh.stream().map(arm -> arm.last(SERIES + "factor")).toArray(double[][]::new);
        return new Figure(
                "The phases of tanh",
                Figure.Axis.linear("weight variance times width"),
                Figure.Axis.linear("factor of the squared gradient per layer"),
                List.of(
                        ComputedCurves.points("measured", Arm.Part.TREATMENT, places, measured),
                        ComputedCurves.law("chi_1", Arm.Part.TREATMENT, grid, EdgeOfChaosInit::tanhFactor)),
                List.of(new Figure.Mark("the edge of chaos", 1)),
                "Below the mark gradients vanish, above it they explode. The bias variance is 0.05 throughout.");
    }

    private static double tanhFactor(double weightVariance) {
        MeanField theory = new MeanField(PointwiseFunction.TANH, weightVariance, BIAS);
        return theory.gradientFactor(theory.fixedLength(1));
    }

    private static Figure rates(ArmRuns tanh, ArmRuns relu) {
        double[] layers = CorrelationRecursion.layers();
        double beta = smoothLimit(tanh);
        return new Figure(
                "On the edge, infinitely wide",
                Figure.Axis.logarithmic("layer"),
                Figure.Axis.logarithmic("1 - c"),
                List.of(
                        ComputedCurves.of("tanh", Arm.Part.TREATMENT, tanh, DEEP + "distance", layers),
                        ComputedCurves.law("beta / layer", Arm.Part.TREATMENT, layers, layer -> beta / layer),
                        ComputedCurves.of("ReLU", Arm.Part.CONTROL, relu, DEEP + "distance", layers),
                        ComputedCurves.law(
                                "9 pi^2 / 2 / layer^2",
                                Arm.Part.CONTROL,
                                layers,
                                layer -> MeanField.reluEdgeLimit() / layer / layer)),
                List.of(),
                "ReLU forgets that two inputs differ much faster than tanh. Median and range over correlations at the start.");
    }

    private static double[] layers(ArmRuns arm) {
        return IntStream.rangeClosed(0, arm.setting().whole("depth"))
                .asDoubleStream()
                .toArray();
    }
}
