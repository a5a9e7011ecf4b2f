package io.orrery.app.report.claim;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Figure;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.criterion.Correlation;
import io.orrery.lab.judge.criterion.Direction;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.criterion.Proportion;
import io.orrery.lab.judge.criterion.Trend;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.Range;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.setup.SpecDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A claim whose cause has no effect: the order in which classes are numbered. Clusters around random centres are exchangeable
 * and so are outputs at the start, hence every order gives the same distribution of everything, yet other bits. Its prediction
 * has its limit exactly at no effect, where the judge errs most often. Its control excludes the effect, so that nothing but the
 * judge of the treatment stands between chance and SUPPORTED.
 *
 * @param number which one: it chooses the criterion, the quantity and the orders of classes
 */
record NullClaim(int number) implements Claim {
    private static final List<String> SERIES =
            List.of("loss.loss@train", "loss.loss@test", "norms.frobenius/layers.0", "loss.accuracy@test");

    private static final int CRITERIA = 5;

    /** Arms that each criterion needs. */
    private static final int[] ORDERS = {2, 4, 4, 6, 2};

    @Override
    public Card card() {
        return new CardDraft("null-" + number, Kind.EFFECT)
                .states("The number by which a class is called changes what networks learn.")
                .source("nobody")
                .literature("Nobody says so.")
                .because("It cannot.")
                .control("What the number cannot do in the other direction either, far off the limit.")
                .cause("the order of class numbers")
                .reads("loss", "norms", "margins")
                .quickSeconds(1);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = Protocol.spec("""
                data: {source: clusters, clusters: 4, perCluster: 6, testPerCluster: 6, dimensions: 5, batchSize: 8}
                model: {kind: mlp, widths: [6]}
                optimizer: {kind: sgd, learningRate: 0.05}
                stop: {steps: 12}
                measure: {instruments: [loss, norms, margins], perDecade: 1}
                """);
        return new Protocol(
                6 + number % 3,
                IntStream.range(0, orders())
                        .mapToObj(i -> Arm.treatment("order " + (i + 1), base.having("data.classes=" + order(i))))
                        .toList());
    }

    @Override
    public Judgement judge(Evidence evidence) {
        return new Judgement(
                Ruling.of(finding(evidence)),
                Ruling.of(opposite(evidence.arms().getFirst().count())),
                Figure.arms(
                        "At the end",
                        Figure.Axis.linear(series()),
                        evidence.arms(),
                        arm -> arm.last(series()),
                        List.of(),
                        ""));
    }

    private Finding finding(Evidence evidence) {
        double[][] values =
                evidence.arms().stream().map(arm -> arm.last(series())).toArray(double[][]::new);
        double[] driver = IntStream.rangeClosed(1, orders()).asDoubleStream().toArray();
        return switch (number % CRITERIA) {
            case 0 ->
                Comparison.difference(
                        "it", "less", new Values("it", values[0]), new Values("that", values[1]), Threshold.atMost(0));
            case 1 ->
                Trend.of("it", "the number of the order", driver, values)
                        .monotone("it grows", Direction.INCREASING, Threshold.atLeast(0));
            case 2 -> Trend.of("it", "the number of the order", driver, values).slope("it falls", Threshold.atMost(0));
            case 3 ->
                Correlation.ofRanks(
                        "it",
                        "the loss",
                        "they go together",
                        Arrays.stream(driver)
                                .mapToObj(x -> constant(x, values[0].length))
                                .toArray(double[][]::new),
                        values,
                        Average.ARITHMETIC,
                        Threshold.atLeast(0));
            default ->
                Proportion.of(
                        "one order is ahead of the other",
                        "in more than half",
                        IntStream.range(0, values[0].length)
                                .mapToDouble(seed -> values[0][seed] - values[1][seed])
                                .toArray(),
                        difference -> difference > 0,
                        Threshold.atLeast(0.5));
        };
    }

    /** Excluded by all its seeds. */
    private static Finding opposite(int seeds) {
        double[] low = new double[seeds];
        return Level.of("what is not so", "at least one half", low, Threshold.atLeast(0.5))
                .in(Range.SHARE);
    }

    private int orders() {
        return ORDERS[number % CRITERIA];
    }

    private String series() {
        return SERIES.get(number / CRITERIA % SERIES.size());
    }

    /** An order of the four classes. */
    private String order(int place) {
        List<Integer> left = new ArrayList<>(List.of(0, 1, 2, 3));
        List<String> order = new ArrayList<>();
        int code = (place * 7 + number * 5) % 24;
        for (int choices = 4; choices > 0; choices--) {
            order.add(String.valueOf(left.remove(code % choices)));
            code /= choices;
        }
        return "[" + String.join(", ", order) + "]";
    }

    private static double[] constant(double value, int count) {
        double[] values = new double[count];
        Arrays.fill(values, value);
        return values;
    }
}
