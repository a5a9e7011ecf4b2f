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
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.spec.Serves;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** With orthogonal weights, batch normalization makes examples orthogonal and leaves gradients bounded at any depth. */
@Serves("002-145")
public final class BatchnormAnyDepth implements Claim {
    private static final String SERIES = NormalizedNetwork.NAME + ".";
    private static final String PLAIN = "linear";
    private static final String DEEP = "linear, deep";
    private static final String FEW = "linear, 8 examples";
    private static final String NORMAL = "linear, normal weights";
    private static final String SHAPED = "tanh, shaped";
    private static final String UNSHAPED = "tanh, not shaped";
    private static final int READ = 200;
    private static final String PILOTS = "3001-3010";

    private static final Threshold BOUNDED = Threshold.within(-0.5, 0.5);
    private static final Threshold SHAPED_BOUNDED = Threshold.within(-1, 1);
    private static final Threshold FALLS = Threshold.atMost(1e-3);
    private static final double SLACK = 1e-6;

    private static final String RATIO = "log10 of the gradient by the first weights over that by the last";
    private static final String FALL = "isometry gap at layer 200 over that at the start";
    private static final String RISE = "gap of a layer over that of the layer before";

    @Override
    public Card card() {
        return new CardDraft("batchnorm-any-depth", Kind.EFFECT)
                .states(
                        "In linear networks with orthogonal weights and batch normalization, as many examples as units, gradients are bounded"
                                + " at any depth and examples become orthogonal; tanh whose gain falls with depth keeps the gradients.")
                .source("Meterez, Joudaki, Orabona, Immer, Raetsch and Daneshmand 2024, arXiv 2310.02012")
                .literature(
                        "\"We answer this question in the affirmative by giving a particular construction of an Multi-Layer Perceptron (MLP)"
                                + " with linear activations and batch-normalization that provably has bounded gradients at any depth. [...] while"
                                + " proving that gradients remain bounded for linearly independent input samples, which holds in most practical"
                                + " settings. Inspired by our theory, we also design an activation shaping scheme that empirically achieves the"
                                + " same properties for certain non-linear activations.\" (abstract)")
                .because(
                        "A rotation keeps the Gram matrix; dividing columns by their lengths can only bring its eigenvalues together. Once examples"
                                + " are orthogonal, normalization has nothing to do, the layer is a rotation, and gradients pass unchanged.")
                .control(
                        "Of bounded gradients, fewer examples than units, where they cannot span the columns. Of the gap that closes, normal"
                                + " weights. Of shaping, tanh with the same gain in every layer.")
                .cause("as many examples as units", "batch=8")
                .limit(
                        RATIO,
                        BOUNDED,
                        Provenance.argued(
                                "a factor of 3 over hundreds of layers is bounded for any purpose; exploding ones grow by 1e3 and more"))
                .limit(
                        RATIO + ", tanh",
                        SHAPED_BOUNDED,
                        Provenance.argued("the source says \"empirically\" and gives no size: a factor of 10"))
                .limit(
                        FALL,
                        FALLS,
                        Provenance.argued(
                                "a gap of 0.01 is then 1e-5, at which examples are orthogonal for any purpose; no constant of the"
                                        + " source's exponential law was read"))
                .limit(
                        RISE,
                        Threshold.atMost(1 + SLACK),
                        Provenance.theorem(
                                "the gap changes by the mean logarithm of the columns' squared lengths less the logarithm of their"
                                        + " mean, which is never above 0 (Jensen; derived). Down to a gap of 1e-9, below which rounding decides"))
                .refutedBy("Gradients that grow or vanish with depth, or examples that stay as alike as they were.")
                .seenRefuted(
                        "With 8 examples for 32 units the gradient by the first weights is 1e7 times that by the last (pilot seeds"
                                + " 3001-3010); with normal weights the gap grows from 0.01 to 46.")
                .assuming(
                        "32 units; the first batch is 0.95 I + 0.05 r r'^T with r, r' uniform. The gradient at the top is random. 300 layers, deep 1000.")
                .assuming(
                        "Batch normalization divides a column by its root mean square and takes no mean away, as the source's construction does."
                                + " Only so are activations of tanh of the order 1; the shaping gain is 1 / layer.")
                .assuming(
                        "Isometry gap: logarithm of the mean eigenvalue of the Gram matrix of the examples, less the mean of the logarithms; from"
                                + " singular values, since eigenvalues of a Gram matrix that collapses come out negative.")
                .free("width", "depth", "likeness")
                .pilot(RATIO + ", 300 layers", -0.149, 0.0084, PILOTS)
                .pilot(RATIO + ", 1000 layers", -0.149, 0.0059, PILOTS)
                .pilot(RATIO + ", 8 examples", 7.42, 0.35, PILOTS)
                .pilot(RATIO + ", tanh, shaped", -0.070, 0.013, PILOTS)
                .pilot(RATIO + ", tanh, not shaped", 11.8, 0.25, PILOTS)
                .pilot("logarithm of the " + FALL, -12.4, 0.22, PILOTS)
                .quickSeconds(5);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        NormalizedNetwork network = new NormalizedNetwork();
        Setting linear = Setting.empty()
                .with("batch", 32)
                .with("width", 32)
                .with("depth", 300)
                .with("orthogonal", 1)
                .with("activation", 0)
                .with("gain", 0)
                .with("likeness", 0.05);
        Setting tanh = linear.with("activation", 1);
        return Protocol.of(
                quick ? 10 : 20,
                Arm.treatment(PLAIN, network, linear),
                Arm.treatment(DEEP, network, linear.with("depth", quick ? 1000 : 2000)),
                Arm.control(FEW, network, linear.with("batch", 8)),
                Arm.control(NORMAL, network, linear.with("orthogonal", 0)),
                Arm.treatment(SHAPED, network, tanh.with("gain", -1)),
                Arm.control(UNSHAPED, network, tanh));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns plain = evidence.arm(PLAIN);
        ArmRuns deep = evidence.arm(DEEP);
        ArmRuns few = evidence.arm(FEW);
        ArmRuns normal = evidence.arm(NORMAL);
        ArmRuns shaped = evidence.arm(SHAPED);
        ArmRuns unshaped = evidence.arm(UNSHAPED);
        Finding bounded = bounded("300 layers", plain, BOUNDED);
        Finding deeper = bounded("deep", deep, BOUNDED);
        return new Judgement(
                List.of(
                        Sentence.ofSource(
                                "A particular construction of an MLP with linear activations and batch normalization has bounded gradients at"
                                        + " any depth.",
                                "Meterez et al. 2024, abstract, arxiv.org/abs/2310.02012",
                                Ruling.of(bounded, deeper),
                                Ruling.of(
                                        bounded("300 layers", few, BOUNDED).controlling(bounded.name()),
                                        bounded("deep", few, BOUNDED).controlling(deeper.name()))),
                        Sentence.ours(
                                "",
                                Ruling.of(falls(plain), rises(plain), bounded("tanh", shaped, SHAPED_BOUNDED)),
                                Ruling.of(falls(normal), rises(normal), bounded("tanh", unshaped, SHAPED_BOUNDED)))),
                List.of(
                        figure(
                                "The gradient by the weights of each layer",
                                "norm over that of the last layer",
                                List.of(plain, few, normal, shaped, unshaped),
                                "gradient",
                                true,
                                "Sent in at the top, on the right. Level with orthogonal weights and as many examples as units."),
                        figure(
                                "The isometry gap",
                                "gap",
                                List.of(plain, few, normal, shaped, unshaped),
                                "gap",
                                false,
                                "0 where examples are orthogonal and of one length. Normal weights make them collapse to few directions."),
                        figure(
                                "At any depth",
                                "norm over that of the last layer",
                                List.of(deep),
                                "gradient",
                                true,
                                "The same network, as deep as the protocol has it.")),
                List.of());
    }

    private static Finding bounded(String what, ArmRuns arm, Threshold threshold) {
        return Level.of(
                RATIO + ", " + what, "gradients are bounded at any depth", arm.last(SERIES + "ratio"), threshold);
    }

    private static Finding falls(ArmRuns arm) {
        double[] shares = Arrays.stream(arm.lastVectors(SERIES + "gap"))
                .mapToDouble(gaps -> gaps.length > READ ? gaps[READ] / gaps[0] : Double.NaN)
                .toArray();
        return Level.of(FALL, "examples become orthogonal", shares, Average.GEOMETRIC, FALLS);
    }

    private static Finding rises(ArmRuns arm) {
        double[] rises = arm.last(SERIES + "rise");
        double[] ones = new double[rises.length];
        Arrays.fill(ones, 1);
        return Exactly.bound(RISE, "the gap never grows", rises, ones, SLACK);
    }

    private static Figure figure(
            String title, String axis, List<ArmRuns> arms, String series, boolean overLast, String caption) {
        List<Figure.Curve> curves = arms.stream()
                .map(arm -> {
                    int count = arm.setting().whole("depth") + (overLast ? 0 : 1);
                    double[] layers = IntStream.range(0, count).asDoubleStream().toArray();
                    Figure.Curve curve = ComputedCurves.of(arm.name(), arm.part(), arm, SERIES + series, layers);
                    return overLast ? overLast(curve) : curve;
                })
                .toList();
        return new Figure(
                title, Figure.Axis.linear("layer"), Figure.Axis.logarithmic(axis), curves, List.of(), caption);
    }

    private static Figure.Curve overLast(Figure.Curve curve) {
        double[][] values = Arrays.stream(curve.values())
                .map(seed -> Arrays.stream(seed)
                        .map(norm -> norm / seed[seed.length - 1])
                        .toArray())
                .toArray(double[][]::new);
        return new Figure.Curve(curve.name(), curve.part(), curve.line(), curve.x(), values);
    }
}
