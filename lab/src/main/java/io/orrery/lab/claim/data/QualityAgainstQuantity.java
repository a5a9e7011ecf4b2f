package io.orrery.lab.claim.data;

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
import io.orrery.lab.judge.criterion.Direction;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.criterion.Trend;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** At one size better labels teach more, and a small clean set is worth a larger noisy one: how much larger is measured. */
@Serves("000-09")
public final class QualityAgainstQuantity implements Claim {
    /** Percent of labels that are left as they are. */
    private static final List<Integer> QUALITIES = List.of(40, 55, 70, 85, 100);

    private static final List<Integer> NOISY = List.of(250, 500, 1000, 2000, 4000, 8000);
    private static final List<Integer> CLEAN = List.of(125, 250, 500, 1000, 2000);
    private static final int FIXED = 1000;
    private static final int SMALL = 250;
    private static final int HALF = 50;
    private static final int ALL = 100;

    private static final String TEST = "loss.accuracy@test";
    private static final String RISE = "rank trend of test accuracy with quality";
    private static final String CROSSOVER = "noisy examples that are worth 250 clean ones, over 250";
    private static final String MATCHED = "test accuracy of 8000 noisy examples less that of 250 clean ones";

    private static final Threshold RISES = Threshold.atLeast(0.8);
    private static final Threshold TWICE = Threshold.atLeast(2);
    private static final Threshold NOT_LESS = Threshold.atLeast(0);

    @Override
    public Card card() {
        return new CardDraft("data-quality", Kind.EFFECT)
                .states(
                        "Of 1000 examples the test accuracy rises with the share of labels that are left right; 250 clean examples are worth more"
                                + " than twice as many of which half have random labels, and enough noisy ones make up for it.")
                .source(
                        "This project's own protocol, of quality and quantity of training data as two ways to the same accuracy")
                .literature("No source is quoted: the question is this project's own, and so are its sizes.")
                .because(
                        "A random label pulls in a direction of its own: it takes capacity and adds noise to what the right ones agree on,"
                                + " which more examples average out only slowly.")
                .control(
                        "Of quality, the same accuracies with their qualities permuted. Of the crossover, sets whose labels are all right, in"
                                + " another draw of initialization and order.")
                .cause("random labels", "data.labelNoise=0")
                .limit(RISE, RISES, Provenance.argued("nine of ten pairs of qualities in order"))
                .limit(
                        CROSSOVER,
                        TWICE,
                        Provenance.argued("half of the labels are right: 500 noisy examples hold 250 right ones"))
                .limit(MATCHED, NOT_LESS, Provenance.argued("a match is what is asked"))
                .refutedBy(
                        "An accuracy that does not rise with quality, or noisy examples that are worth as much as clean ones, label by label.")
                .assuming(
                        "Ten Gaussian classes in 60 dimensions, one hidden layer of 128 rectifiers, Adam, 600 updates of 50 examples whatever the"
                                + " size: small sets are seen more often. Quality is the share of labels that are not replaced by evenly random"
                                + " ones, a tenth of which are right by chance.")
                .assuming(
                        "The crossover of a seed is where its accuracy over the logarithm of the number of noisy examples first reaches that of"
                                + " 250 clean ones, on the line between neighbours; 250 if it is there already, none if it is nowhere, which leaves the seed out and makes the mean smaller than it is.")
                .assuming("Noise on inputs, another way to lose quality, is not asked.")
                .reads("loss")
                .pilot(RISE, 1, 0, "3001-3010")
                .pilot("logarithm of " + CROSSOVER, 3.02, 0.25, "3001-3010")
                .pilot(MATCHED, 0.016, 0.011, "3001-3010")
                .seenRefuted(
                        "the controls, seeds 3001-3010: with all labels right 0.98 times as many examples are worth 250; 250 noisy examples"
                                + " answer 39 points less than 250 clean ones.")
                .quickSeconds(25);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument base = Protocol.spec("""
                data: {source: gaussian-mixture, train: %d, test: 2000, batchSize: 50}
                model: {kind: mlp, widths: [128], bias: true}
                loss: {kind: cross-entropy}
                optimizer: {kind: adam, learningRate: 0.001}
                decay: {lambda: 0}
                stop: {steps: 600}
                measure: {instruments: [loss], perDecade: 2}
                """.formatted(FIXED));
        List<Arm> arms = new ArrayList<>();
        for (int quality : QUALITIES) {
            arms.add(Arm.treatment(name(quality, FIXED), spec(base, quality, FIXED)));
        }
        for (int count : NOISY) {
            arms.add(Arm.treatment(name(HALF, count), spec(base, HALF, count)));
        }
        arms.add(Arm.treatment(name(ALL, SMALL), spec(base, ALL, SMALL)));
        for (int count : CLEAN) {
            arms.add(Arm.control(again(count), spec(base, ALL, count).having("draw=1")));
        }
        return new Protocol(quick ? 10 : 50, arms);
    }

    private static SpecDocument spec(SpecDocument base, int quality, int count) {
        return base.having("data.train=" + count).having("data.labelNoise=" + (100 - quality) / 100.0);
    }

    @Override
    public Judgement judge(Evidence evidence) {
        double[][] byQuality = accuracies(evidence, QUALITIES, quality -> name(quality, FIXED));
        Trend quality = Trend.of("test accuracy", "the share of right labels", qualities(), byQuality);
        double[] target = evidence.arm(name(ALL, SMALL)).last(TEST);
        double[] noisy = crossovers(NOISY, accuracies(evidence, NOISY, count -> name(HALF, count)), target);
        double[] clean = crossovers(CLEAN, accuracies(evidence, CLEAN, QualityAgainstQuantity::again), target);
        return new Judgement(
                List.of(
                        Sentence.ours(
                                "At a fixed size test accuracy rises with the share of right labels.",
                                Ruling.of(quality.monotone("better labels teach more", Direction.INCREASING, RISES)
                                        .named(RISE)),
                                Ruling.of(quality.permutedDriver()
                                        .monotone("better labels teach more", Direction.INCREASING, RISES)
                                        .named(RISE))),
                        Sentence.ours(
                                "A small clean set is worth a noisy one of more than twice its size.",
                                Ruling.of(crossover(noisy, "half of the labels random")),
                                Ruling.of(crossover(clean, "all labels right"))),
                        Sentence.ours(
                                "Enough noisy examples match it: quantity makes up for quality.",
                                Ruling.of(matched(evidence.arm(name(HALF, last(NOISY))), target)),
                                Ruling.of(matched(evidence.arm(name(HALF, SMALL)), target)))),
                List.of(surface(evidence, target), overQuality(byQuality), crossoverFigure(noisy, clean)),
                List.of());
    }

    /**
     * For each seed the number at which its accuracy first reaches a target, on straight lines over the logarithm of the number.
     *
     * @param accuracies [count][seed]
     */
    static double[] crossovers(List<Integer> counts, double[][] accuracies, double[] target) {
        return IntStream.range(0, target.length)
                .mapToDouble(seed -> crossover(
                        counts,
                        Arrays.stream(accuracies).mapToDouble(row -> row[seed]).toArray(),
                        target[seed]))
                .toArray();
    }

    private static double crossover(List<Integer> counts, double[] accuracies, double target) {
        for (int i = 0; i < accuracies.length; i++) {
            if (accuracies[i] >= target) {
                if (i == 0) {
                    return counts.getFirst();
                }
                double share = (target - accuracies[i - 1]) / (accuracies[i] - accuracies[i - 1]);
                return counts.get(i - 1) * StrictMath.pow((double) counts.get(i) / counts.get(i - 1), share);
            }
        }
        return Double.NaN;
    }

    private static Finding crossover(double[] counts, String which) {
        return Level.of(
                        "the number of examples, " + which + ", that are worth 250 clean ones, over 250,",
                        "noisy examples are worth less than half as much",
                        Arrays.stream(counts).map(count -> count / SMALL).toArray(),
                        Average.GEOMETRIC,
                        TWICE)
                .named(CROSSOVER);
    }

    private static Finding matched(ArmRuns noisy, double[] target) {
        return Comparison.difference(
                MATCHED,
                "enough noisy examples match a small clean set",
                new Values("the test accuracy, " + noisy.name() + ",", noisy.last(TEST)),
                new Values("that of 250 clean examples", target),
                NOT_LESS);
    }

    private static double[][] accuracies(Evidence evidence, List<Integer> numbers, IntFunction<String> name) {
        return numbers.stream()
                .map(number -> evidence.arm(name.apply(number)).last(TEST))
                .toArray(double[][]::new);
    }

    private static Figure surface(Evidence evidence, double[] target) {
        double mean = Arrays.stream(target).average().orElse(Double.NaN);
        return new Figure(
                "Test accuracy over size",
                Figure.Axis.logarithmic("training examples"),
                Figure.Axis.linear("test accuracy"),
                List.of(
                        ComputedCurves.points(
                                "half of the labels random",
                                Arm.Part.TREATMENT,
                                numbers(NOISY),
                                accuracies(evidence, NOISY, count -> name(HALF, count))),
                        ComputedCurves.points(
                                "all labels right",
                                Arm.Part.CONTROL,
                                numbers(CLEAN),
                                accuracies(evidence, CLEAN, QualityAgainstQuantity::again))),
                List.of(new Figure.Mark("250 clean examples, mean", mean)),
                "Median and range over seeds. Where a curve meets the line, as many examples are worth 250 clean ones.");
    }

    private static Figure overQuality(double[][] accuracies) {
        return new Figure(
                "Test accuracy over quality, 1000 examples",
                Figure.Axis.linear("share of labels left as they are"),
                Figure.Axis.linear("test accuracy"),
                List.of(ComputedCurves.points("1000 examples", Arm.Part.TREATMENT, qualities(), accuracies)),
                List.of(),
                "Median and range over seeds.");
    }

    private static Figure crossoverFigure(double[] noisy, double[] clean) {
        return new Figure(
                "How many examples are worth 250 clean ones",
                Figure.Axis.of("labels", List.of("half random", "all right")),
                Figure.Axis.logarithmic("training examples"),
                List.of(
                        ComputedCurves.points(
                                        "half random", Arm.Part.TREATMENT, new double[] {0}, new double[][] {noisy})
                                .apart(),
                        ComputedCurves.points("all right", Arm.Part.CONTROL, new double[] {1}, new double[][] {clean})
                                .apart()),
                List.of(new Figure.Mark("as many", SMALL)),
                "Median and range over seeds of the crossover.");
    }

    private static int last(List<Integer> numbers) {
        return numbers.getLast();
    }

    private static double[] qualities() {
        return QUALITIES.stream().mapToDouble(quality -> quality / 100.0).toArray();
    }

    private static double[] numbers(List<Integer> numbers) {
        return numbers.stream().mapToDouble(number -> number).toArray();
    }

    private static String name(int quality, int count) {
        return count + " examples, " + quality + "% of labels kept";
    }

    private static String again(int count) {
        return count + " clean examples, another draw";
    }
}
