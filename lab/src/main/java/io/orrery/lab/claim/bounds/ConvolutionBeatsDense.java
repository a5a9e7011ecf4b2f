package io.orrery.lab.claim.bounds;

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
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.math.Descriptive;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** On images convolutional networks generalize better than dense ones at equal fit, and have a smaller bound (C7). */
@Serves({"001-09", "001-10", "004-16"})
public final class ConvolutionBeatsDense implements Claim {
    private static final List<Pixels> PIXELS = List.of(Pixels.IN_PLACE, Pixels.SCRAMBLED);
    private static final String CONVOLUTIONAL = "convolutional";
    private static final String CONNECTED = "locally connected";
    private static final String DENSE = "dense";

    private static final String PRESS =
            "Latest insights into training dynamics of deep classifiers, a reworded press text on the paper of 2023";

    private static final String ACCURACY = "loss.accuracy@train";
    private static final String TEST_ACCURACY = "loss.accuracy@test";
    private static final String TEST_EXAMPLES = "loss.examples@test";
    private static final String BOUND = "bounds.galanti@train";
    private static final String BOUND_AS_DENSE = "bounds.galanti-dense@train";
    private static final String MARGIN = "bounds.margin-quantile-10@train";

    private static final String ERRORS_NAME = "test error of dense over convolutional";
    private static final String BOUNDS_NAME = "bound as if dense over bound";

    private static final Threshold SUPERIOR = Threshold.atLeast(1.25);
    /** "Orders of magnitude" are at least two. */
    private static final Threshold ORDERS = Threshold.atLeast(100);

    private static final Threshold FITTED = Threshold.atLeast(0.99);

    private enum Pixels {
        IN_PLACE("pixels in place", "none"),
        SCRAMBLED("pixels scrambled", "features");

        private final String words;
        private final String permute;

        Pixels(String words, String permute) {
            this.words = words;
            this.permute = permute;
        }
    }

    @Override
    public Card card() {
        return new CardDraft("convolution-beats-dense", Kind.EFFECT, "C7", "P27")
                .states(
                        "On images, where neighbouring pixels belong together, a convolutional network errs less often on new ones than"
                                + " a dense one that fits the training set as well.")
                .source(
                        "A press text on Xu, Rangamani, Banburski, Liao, Galanti and Poggio 2023 (Latest insights into training dynamics"
                                + " of deep classifiers); the memo's abstract, cbmm.mit.edu/publications/biblio/export/bibtex/4880")
                .literature(
                        "\"Generalization may be orders of magnitude\" better than of densely connected networks; \"novel norm-based"
                                + " bounds for convolutional layers that are orders of magnitude better than classical bounds for dense"
                                + " networks\". The paper on the bounds (arXiv 2301.12033, abstract) says that they \"may be\" so.")
                .because(
                        "Each unit sees few pixels and all places share weights: fewer functions can be learned, and they are the"
                                + " right ones if what matters is local and may stand anywhere.")
                .control(
                        "The same comparison with one random order of the pixels in all images: neighbours mean nothing then, so a"
                                + " convolution has nothing to win. For the bounds: a dense network, for which both are the same.")
                .limit(
                        ERRORS_NAME,
                        SUPERIOR,
                        Provenance.argued(
                                "\"superior\" is a fifth fewer errors at least: less would not be worth a change of network"),
                        "1.76, half in logarithms of 2.95% over 0.95% on MNIST after LeCun and others 1998, whom we had not read",
                        "1.25, left as it was when the pilot seeds 3001-3010 gave 5.04 (4.28 to 5.93), and with scrambled pixels, where"
                                + " the effect should be absent, 1.36 (1.28 to 1.44)")
                .limit(
                        ERRORS_NAME + ", orders of magnitude",
                        ORDERS,
                        Provenance.argued("orders, in the plural, are at least two"),
                        "100, left as it was when the pilot seeds 3001-3010 gave 5.04 (4.28 to 5.93)")
                .limit(
                        BOUNDS_NAME,
                        ORDERS,
                        Provenance.argued("orders, in the plural, are at least two"),
                        "10, half of two orders; left, since 21 is no \"orders of magnitude\"",
                        "100, left as it was when the pilot seeds 3001-3010 gave 21.5 (21.3 to 21.8)")
                .cause("neighbouring pixels that belong together", "data.permute=features")
                .cause("a rule to be learned", "data.randomLabels=true")
                .refutedBy(
                        "A dense network that errs less than 1.25 times as often; for the stronger sentences less than 100 times,"
                                + " or a bound less than 100 times smaller.")
                .assuming(
                        "\"May be\" cannot be refuted by one task: the stronger sentences are judged for the task and networks at hand,"
                                + " and that is all that their verdict says.")
                .assuming(
                        "How far the bound from kernels is below the one from whole maps, architecture and images decide, not training:"
                                + " norms of kernels are in both. On the pilot seeds 3001-3010 it is 21.5 times, the same to 14 digits, with"
                                + " true labels, random ones and scrambled pixels.")
                .assuming(
                        "The control by scrambled pixels was not free of the effect on the pilot seeds: the dense network errs more there"
                                + " too, and why is not known. Where it shows 1.25, the first sentence stays open.")
                .assuming(
                        "Images are needed. LeNet's plan with averages over windows and ReLU; all networks with the same Adam,"
                                + " decay and schedule; single precision, since nothing here hangs on small differences.")
                .assuming(
                        "Both networks must decide at least 99% of the training set rightly. The locally connected network (no"
                                + " shared weights) is shown beside them and not judged: it tells locality from sharing.")
                .free("data")
                .reads("loss", "bounds")
                .seenRefuted(
                        "On the pilot seeds 3001-3010 the stronger sentences as they stand, and with pixels scrambled as well: 5.04 and"
                                + " 1.36 times as many errors, a bound 21.5 times smaller. \"Superior\" was not seen refuted by scrambled pixels"
                                + " (--set data.permute=features): the dense network errs 1.36 times as often there too, interval 1.28 to"
                                + " 1.44, inconclusive. With random labels (--set data.randomLabels=true) its finding is refuted, 0.989,"
                                + " interval 0.980 to 0.998, but not judged as a whole: in the first seed 95% of such labels are fitted.")
                .pilot("log test error of dense over convolutional", 1.617, 0.228, "3001-3010")
                .pilot("the same with scrambled pixels", 0.305, 0.081, "3001-3010")
                .pilot("log bound as if dense over bound", 3.070, 0.016, "3001-3010")
                .quickSeconds(40);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = switch (scale) {
            case QUICK -> Protocol.spec("""
                            data: {source: scribbles, train: 500, test: 1000, standardize: per-channel, batchSize: 25}
                            loss: {kind: square}
                            optimizer: {kind: adam, learningRate: 0.002}
                            decay: {lambda: 1e-5}
                            schedule: {kind: cosine, warmup: 50}
                            stop: {epochs: 50}
                            measure: {instruments: [loss, bounds], perDecade: 2}
                            """);
            case FULL -> Protocol.spec("""
                            data: {source: mnist, standardize: per-channel, batchSize: 100}
                            loss: {kind: square}
                            optimizer: {kind: adam, learningRate: 0.001}
                            decay: {lambda: 1e-6}
                            schedule: {kind: cosine, warmup: 600}
                            stop: {epochs: 20}
                            measure: {instruments: [loss, bounds], perDecade: 3}
                            """);
        };
        List<Arm> arms = new ArrayList<>();
        for (Pixels pixels : PIXELS) {
            for (String network : List.of(CONVOLUTIONAL, CONNECTED, DENSE)) {
                SpecDocument spec =
                        base.having("data.permute=" + pixels.permute).having("model=" + model(network, scale));
                arms.add(
                        pixels == Pixels.IN_PLACE
                                ? Arm.treatment(name(network, pixels), spec)
                                : Arm.control(name(network, pixels), spec));
            }
        }
        return new Protocol(5, arms);
    }

    private static String model(String network, Scale scale) {
        boolean quick = scale == Scale.QUICK;
        return switch (network) {
            case CONVOLUTIONAL ->
                quick
                        ? "{kind: cnn, channels: [8, 16], kernel: 5, padding: 2, pool: average, widths: [128]}"
                        : "{kind: cnn, channels: [6, 16], kernel: 5, padding: 2, pool: average, widths: [120, 84]}";
            case CONNECTED ->
                "{kind: layers, layers: ["
                        + "{kind: local, channels: 4, kernel: 5, padding: 2}, {kind: average-pool}, "
                        + "{kind: local, channels: 4, kernel: 5, padding: 2}, {kind: average-pool}, "
                        + (quick ? "{kind: dense, units: 128}" : "{kind: dense, units: 120}, {kind: dense, units: 84}")
                        + "]}";
            default -> quick ? "{kind: mlp, widths: [128, 128]}" : "{kind: mlp, widths: [300, 100]}";
        };
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns convolutional = evidence.arm(name(CONVOLUTIONAL, Pixels.IN_PLACE));
        ArmRuns dense = evidence.arm(name(DENSE, Pixels.IN_PLACE));
        ArmRuns convolutionalScrambled = evidence.arm(name(CONVOLUTIONAL, Pixels.SCRAMBLED));
        ArmRuns denseScrambled = evidence.arm(name(DENSE, Pixels.SCRAMBLED));
        List<Requirement> fitted = List.of(fitted(dense), fitted(convolutional));
        List<Requirement> fittedScrambled = List.of(fitted(denseScrambled), fitted(convolutionalScrambled));
        Sentence superior = Sentence.ofSource(
                "The superior performance of sparse networks, such as CNNs, with respect to dense networks.",
                PRESS,
                Ruling.of(List.of(errors(dense, convolutional, SUPERIOR)), fitted),
                Ruling.of(List.of(errors(denseScrambled, convolutionalScrambled, SUPERIOR)), fittedScrambled));
        Sentence orders = Sentence.ofSource(
                "In this case, generalization may be orders of magnitude better than of densely connected networks.",
                PRESS,
                Ruling.of(List.of(errors(dense, convolutional, ORDERS)), fitted),
                Ruling.of(List.of(errors(denseScrambled, convolutionalScrambled, ORDERS)), fittedScrambled));
        Sentence bounds = Sentence.ofSource(
                "Novel norm-based bounds for convolutional layers that are orders of magnitude better than classical bounds for dense"
                        + " networks.",
                "Xu, Rangamani, Banburski, Liao, Galanti and Poggio, memo, abstract, cbmm.mit.edu/publications/biblio/export/bibtex/4880",
                Ruling.of(List.of(bounds(convolutional)), fitted),
                Ruling.of(bounds(denseScrambled)));
        return new Judgement(
                List.of(superior, orders, bounds),
                List.of(
                        Figure.arms(
                                "Test error at the end",
                                Figure.Axis.linear("test error"),
                                evidence.arms(),
                                ConvolutionBeatsDense::testError,
                                List.of(),
                                "One dot per seed. With scrambled pixels the convolution's advantage must be gone."),
                        Figure.course(
                                "Test accuracy over training",
                                Figure.Axis.linear("test accuracy"),
                                evidence.arms(),
                                TEST_ACCURACY,
                                List.of(),
                                "Median and range over seeds."),
                        Figure.arms(
                                "The bound at margin 1",
                                Figure.Axis.logarithmic("complexity, from the norms of kernels"),
                                evidence.arms(),
                                arm -> arm.last(BOUND),
                                List.of(),
                                "One dot per seed; for dense networks the norms of the whole layers.")),
                remarks(evidence));
    }

    private static Finding errors(ArmRuns dense, ArmRuns convolutional, Threshold threshold) {
        return Comparison.ratio(
                ERRORS_NAME,
                "the dense network errs more often",
                new Values("the test error of " + dense.name() + ",", testError(dense)),
                new Values("that of " + convolutional.name(), testError(convolutional)),
                threshold);
    }

    private static Finding bounds(ArmRuns arm) {
        return Comparison.ratio(
                BOUNDS_NAME,
                "the bound from kernels is orders of magnitude below the one that takes the network for a dense one",
                new Values("the bound of " + arm.name() + ", as if it were dense,", arm.last(BOUND_AS_DENSE)),
                new Values("its own", arm.last(BOUND)),
                ORDERS);
    }

    private static Requirement fitted(ArmRuns arm) {
        return Requirement.all("fitted", "training accuracy of " + arm.name(), arm.last(ACCURACY), FITTED);
    }

    private static List<String> remarks(Evidence evidence) {
        double convolutional = Descriptive.median(atMargin(evidence.arm(name(CONVOLUTIONAL, Pixels.IN_PLACE))));
        double dense = Descriptive.median(atMargin(evidence.arm(name(DENSE, Pixels.IN_PLACE))));
        if (!(convolutional > 0 && dense > 0)) {
            return List.of();
        }
        String compared = convolutional < dense ? "below" : "not below";
        return List.of(String.format(
                Locale.ROOT,
                "Between two networks that were both trained the bound does not decide: at its 10%% margin it is %.3g for the"
                        + " convolutional network and %.3g for the dense one, %s it, and both are vacuous. It compares what is known of"
                        + " one network, not networks.",
                convolutional,
                dense,
                compared));
    }

    private static double[] atMargin(ArmRuns arm) {
        double[] bound = arm.last(BOUND);
        double[] margin = arm.last(MARGIN);
        return RhoProtocols.perSeed(arm.count(), seed -> bound[seed] / margin[seed]);
    }

    /** The share of test examples decided wrongly; none at all counts as half of one, so that ratios exist. */
    private static double[] testError(ArmRuns arm) {
        double[] examples = arm.last(TEST_EXAMPLES);
        double[] accuracy = arm.last(TEST_ACCURACY);
        return RhoProtocols.perSeed(arm.count(), seed -> Math.max(1 - accuracy[seed], 0.5 / examples[seed]));
    }

    private static String name(String network, Pixels pixels) {
        return network + ", " + pixels.words;
    }
}
