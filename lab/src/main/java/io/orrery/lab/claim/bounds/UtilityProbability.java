package io.orrery.lab.claim.bounds;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.At;
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
import java.util.stream.IntStream;

/** Outputs of a classifier that are read as utilities and mapped to probabilities by what held-out examples say. */
@Serves("002-135")
public final class UtilityProbability implements Claim {
    private static final String NETWORK = "trained on noisy labels";
    private static final String MAPPED = "mapped";
    private static final String CALIBRATED = "mapped where softmax is right";

    private static final String PILOTS = "3001-3010";

    private static final Threshold BETTER = Threshold.atMost(0.9);

    @Override
    public Card card() {
        return new CardDraft("utility-probability", Kind.EFFECT)
                .states(
                        "Outputs of a network trained on labels of which a fifth are wrong, read as utilities and mapped to probabilities by"
                                + " one fitted number, have at least a tenth less negative log-likelihood and cost of decisions than its"
                                + " softmax, and by a fitted rising function of the gap between the two best a tenth less calibration error.")
                .source("Huang and Yuan 2023, arXiv 2305.14859 (abstract read)")
                .literature(
                        "\"an equation that can transform the learned utility values back to a new kind of probability estimation with"
                                + " which probability-compatible decision rules enjoy dramatic (double-digits) performance improvements\". The"
                                + " equation was not in what was read: temperature and isotonic maps stand in its place.")
                .because(
                        "Training by likelihood raises the outputs of what it fits without end, so that their order says which class is"
                                + " likelier long after their size has ceased to say how much.")
                .control(
                        "The same networks, with labels of the test examples drawn from their own softmax: it is then right, and no map"
                                + " can improve on it.")
                .cause("a softmax that is not the labels' distribution", "labels=1")
                .limit(
                        "cost of decisions, mapped over raw",
                        BETTER,
                        Provenance.source(
                                "Huang and Yuan 2023, abstract",
                                "arxiv.org/abs/2305.14859",
                                "double-digits performance improvements of decision rules: a tenth is the least of two digits"))
                .limit(
                        "calibration error and likelihood, mapped over raw",
                        BETTER,
                        Provenance.argued("the same tenth; the source's number is of decisions"))
                .refutedBy("A map that leaves more than nine tenths of the raw error, likelihood or cost.")
                .seenRefuted(
                        "In the control (pilot seeds 3001-3010): where the softmax is right the maps leave 1.0005 of the likelihood, 0.999 of the"
                                + " cost and 1.3 of the calibration error, which is what fitting to chance adds.")
                .pilot("logarithm of the likelihood, temperature over raw", -0.1515, 0.0451, PILOTS)
                .pilot("logarithm of the cost, temperature over raw", -0.2193, 0.0669, PILOTS)
                .pilot("logarithm of the calibration error, isotonic over raw", -1.6357, 0.3276, PILOTS)
                .assuming(
                        "Maps are fitted on the even test examples and measured on the odd ones. All keep the order of classes, so that"
                                + " accuracy stays as it is. Powers of the softmax that are made to sum to 1 are temperatures.")
                .assuming(
                        "A decision is made where its expected cost, 5 times the probability that it is wrong, is below that of"
                                + " referring it, 1. Calibration error: 15 bins of equal count.")
                .free("data", "model", "optimizer")
                .quickSeconds(10);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument spec = Protocol.spec("""
                data: {source: gaussian-mixture, train: %d, test: 4000, components: 10, dimensions: 60, labelNoise: 0.2, batchSize: 50}
                model: {kind: mlp, widths: [%d, %2$d], bias: true}
                loss: {kind: cross-entropy}
                optimizer: {kind: adam, learningRate: 0.001}
                decay: {lambda: 0}
                stop: {epochs: %d}
                measure: {instruments: [loss]}
                """.formatted(quick ? 2000 : 10_000, quick ? 128 : 256, quick ? 20 : 40));
        return Protocol.of(
                10,
                Arm.treatment(NETWORK, spec),
                Arm.treatment(MAPPED, new UtilityMaps(), UtilityMaps.setting(false), At.end(NETWORK)),
                Arm.control(CALIBRATED, new UtilityMaps(), UtilityMaps.setting(true), At.end(NETWORK)));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns mapped = evidence.arm(MAPPED);
        ArmRuns calibrated = evidence.arm(CALIBRATED);
        return new Judgement(
                List.of(Sentence.ours("", ruling(mapped), ruling(calibrated))),
                List.of(
                        reliability("How often the best class is right", mapped, "On the labels of the test set."),
                        reliability(
                                "The same where softmax is right",
                                calibrated,
                                "With labels drawn from the network's softmax: all maps lie on the diagonal."),
                        bars("The calibration error", "expected calibration error", "-error", evidence),
                        bars("The negative log-likelihood", "negative log-likelihood", "-likelihood", evidence),
                        bars("The cost of decisions", "cost of an example", "-cost", evidence)),
                List.of());
    }

    private static Ruling ruling(ArmRuns arm) {
        return Ruling.of(
                ratio("negative log-likelihood", "one number mends the likelihood", arm, "temperature", "-likelihood"),
                ratio("cost of decisions", "decisions gain", arm, "temperature", "-cost"),
                ratio("calibration error", "the gap says how likely it is", arm, "isotonic", "-error"));
    }

    private static Finding ratio(String name, String prediction, ArmRuns arm, String map, String what) {
        return Comparison.ratio(
                name,
                prediction,
                new Values(name + ", " + map, arm.last(series(map, what))),
                new Values("that of the softmax", arm.last(series("raw", what))),
                BETTER);
    }

    private static Figure reliability(String title, ArmRuns arm, String caption) {
        double[] diagonal = {0, 1};
        List<Figure.Curve> curves = new ArrayList<>();
        curves.add(ComputedCurves.law("right as often as said", Arm.Part.CONTROL, diagonal, diagonal));
        for (String map : UtilityMaps.MAPS) {
            double[][] came = filled(arm.lastVectors(series(map, "-came")));
            double[][] said = filled(arm.lastVectors(series(map, "-said")));
            double[] places = IntStream.range(0, UtilityMaps.BINS)
                    .mapToDouble(bin -> Arrays.stream(said)
                            .mapToDouble(seed -> seed[bin])
                            .filter(Double::isFinite)
                            .average()
                            .orElse(Double.NaN))
                    .toArray();
            curves.add(new Figure.Curve(map, arm.part(), true, places, came));
        }
        return new Figure(
                title,
                Figure.Axis.linear("confidence in the best class"),
                Figure.Axis.linear("share that is right"),
                curves,
                List.of(),
                caption
                        + " Fifteen bins of equal count, at their mean confidence over seeds. Median and range over seeds.");
    }

    private static double[][] filled(double[][] seeds) {
        return Arrays.stream(seeds)
                .map(seed -> {
                    double[] bins = Arrays.copyOf(seed, UtilityMaps.BINS);
                    Arrays.fill(bins, Math.min(seed.length, bins.length), bins.length, Double.NaN);
                    return bins;
                })
                .toArray(double[][]::new);
    }

    private static Figure bars(String title, String axis, String what, Evidence evidence) {
        double[] places =
                IntStream.range(0, UtilityMaps.MAPS.size()).asDoubleStream().toArray();
        return new Figure(
                title,
                Figure.Axis.of("map", UtilityMaps.MAPS),
                Figure.Axis.linear(axis),
                List.of(MAPPED, CALIBRATED).stream()
                        .map(evidence::arm)
                        .map(arm -> ComputedCurves.points(
                                arm.name(),
                                arm.part(),
                                places,
                                UtilityMaps.MAPS.stream()
                                        .map(map -> arm.last(series(map, what)))
                                        .toArray(double[][]::new)))
                        .toList(),
                List.of(),
                "One point a seed.");
    }

    private static String series(String map, String what) {
        return UtilityMaps.NAME + "." + map + what;
    }
}
