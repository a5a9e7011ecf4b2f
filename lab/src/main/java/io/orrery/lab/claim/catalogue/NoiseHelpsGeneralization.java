package io.orrery.lab.claim.catalogue;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Figure;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.judge.Correlation;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Permutation;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Threshold;
import io.orrery.lab.math.Descriptive;
import io.orrery.lab.spec.SpecDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** At equal fit, does more noise late in training go with a lower test error? Over settings of decay, rate and batch. */
public final class NoiseHelpsGeneralization implements Claim {
    private static final double[] LAMBDAS = {1e-4, 2e-4, 4e-4};
    private static final double[] RATES = {0.02, 0.05, 0.12};
    private static final int[] BATCHES = {2, 8, 32};

    private static final String UPDATE = "update.norm";

    /** No source states a strength; any association in the predicted direction counts. */
    private static final Threshold NEGATIVE = Threshold.atMost(0);

    private static final Threshold FITTED = Threshold.atLeast(0.99);
    private static final int FEWEST = 10;
    private static final long PERMUTATION = 30;

    private record Setting(double lambda, double rate, int batch) {
        String name() {
            return "lambda " + Arm.number(lambda) + ", rate " + Arm.number(rate) + ", batch " + batch;
        }
    }

    @Override
    public Card card() {
        return new CardDraft("noise-helps-generalization", Kind.TREND)
                .states(
                        "Among settings that all fit the training set, those whose weights still move more per step late in"
                                + " training have a lower test error: over all settings, and among those of equal weight decay.")
                .source(
                        "An open question beside Xu, Rangamani, Banburski, Liao, Galanti and Poggio 2023 and Galanti, Siegel, Gupte"
                                + " and Poggio 2025, who show that SGD with decay keeps moving")
                .literature(
                        "No source of our core theory gives a number. Galanti and others report that what batch, rate and decay do"
                                + " to the rank changes the test accuracy little. Any association in the predicted direction counts here.")
                .because(
                        "Noise that never dies out could shake weights out of solutions that only memorize. It could also do nothing"
                                + " once decay has done its work: the intervals decide.")
                .control("The test errors permuted over the settings: no association may be left.")
                .assuming(
                        "Task, times and measure of noise were chosen on pilot seeds, three protocols having been looked at; the"
                                + " seeds judged are fresh draws of the protocol that was kept. On the table wine.csv (2 seeds, not"
                                + " fitted) the sign was the opposite, +0.53: the association is not universal.")
                .assuming(
                        "Noise is the mean norm of the last updates, learning rate times that of mini-batch gradients with decay,"
                                + " over five looks in the last tenth. All settings train for the same time, learning rate times steps.")
                .assuming(
                        "The setting is the unit: test errors and noise are averaged over seeds first. Decay also acts without"
                                + " noise, so a second finding compares settings of one decay only: both quantities less their mean over"
                                + " the settings of the same lambda.")
                .assuming(
                        "The time is short for decay: 2 lambda times it is 0.14 to 0.58, so states on the way are compared, not at"
                                + " rest. Given more time or decay, every setting of the xor task ends without test error.")
                .free("data", "model.widths")
                .reads("update", "loss")
                .pilot("rank correlation over all settings", -0.715, 0)
                .pilot("rank correlation among settings of equal decay", -0.665, 0)
                .quickSeconds(24);
    }

    @Override
    public Protocol protocol(Scale scale) {
        boolean quick = scale == Scale.QUICK;
        SpecDocument base = quick ? Protocol.spec("""
                        precision: double
                        data: {source: xor, train: 100, dimensions: 20, test: 1000, unitNorm: true}
                        model: {kind: mlp, widths: [100]}
                        loss: {kind: square, targets: single}
                        optimizer: {kind: sgd, momentum: 0}
                        measure: {instruments: [loss, update], perDecade: 2}
                        """) : Protocol.spec("""
                        data: {source: mnist, perClass: 100, unitNorm: true}
                        model: {kind: mlp, widths: [256, 256]}
                        loss: {kind: square}
                        optimizer: {kind: sgd, momentum: 0}
                        measure: {instruments: [loss, update], perDecade: 2}
                        """);
        List<Arm> arms = new ArrayList<>();
        for (Setting setting : settings()) {
            long steps = Math.round((quick ? 720 : 4000) / setting.rate);
            arms.add(Arm.treatment(
                    setting.name(),
                    base.having("decay.lambda=" + setting.lambda)
                            .having("optimizer.learningRate=" + setting.rate)
                            .having("data.batchSize=" + setting.batch)
                            .having("stop.steps=" + steps)
                            .having("measure.at=[" + steps * 92 / 100 + ", " + steps * 94 / 100 + ", "
                                    + steps * 96 / 100 + ", " + steps * 98 / 100 + "]")));
        }
        return new Protocol(quick ? 10 : 5, arms);
    }

    private static List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        for (double lambda : LAMBDAS) {
            for (double rate : RATES) {
                for (int batch : BATCHES) {
                    settings.add(new Setting(lambda, rate, batch));
                }
            }
        }
        return settings;
    }

    @Override
    public Judgement judge(Evidence evidence) {
        // A decay that a user sets makes settings equal: each counts once.
        Map<Setting, ArmRuns> arms = new LinkedHashMap<>();
        evidence.arms().forEach(arm -> arms.putIfAbsent(ran(arm), arm));
        double[] decays = arms.keySet().stream().mapToDouble(Setting::lambda).toArray();
        double[] noise = arms.values().stream()
                .mapToDouble(arm -> Descriptive.mean(late(arm)))
                .toArray();
        double[] error = arms.values().stream()
                .mapToDouble(arm -> Descriptive.mean(RhoProtocols.testError(arm)))
                .toArray();
        List<Requirement> requirements = new ArrayList<>();
        requirements.add(Requirement.of(
                "enough settings",
                arms.size() >= FEWEST,
                "at least " + FEWEST + " different settings are needed, found " + arms.size()));
        arms.values()
                .forEach(arm -> requirements.add(Requirement.all(
                        "fitted", "training accuracy of " + arm.name(), arm.last(RhoProtocols.ACCURACY), FITTED)));
        return new Judgement(
                Ruling.of(findings(decays, noise, error), requirements),
                Ruling.of(findings(decays, noise, permuted(error)), List.of()),
                List.of(figure(arms)),
                List.of(remark(decays, error)));
    }

    private static Setting ran(ArmRuns arm) {
        return new Setting(
                arm.spec().decay().lambda(),
                arm.spec().optimizer().learningRate(),
                arm.spec().data().batchSize());
    }

    private static List<Finding> findings(double[] decays, double[] noise, double[] error) {
        return List.of(
                Correlation.ofRanks(
                        "the late update",
                        "the test error",
                        "settings that move more late in training have a lower test error",
                        noise,
                        error,
                        NEGATIVE),
                Correlation.ofRanks(
                        "the late update among settings of equal decay",
                        "the test error",
                        "among settings of equal decay too, those that move more have a lower test error",
                        within(decays, Arrays.stream(noise).map(StrictMath::log).toArray()),
                        within(decays, error),
                        NEGATIVE));
    }

    /** Values less the mean of those of the same decay. */
    private static double[] within(double[] decays, double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i]
                        - IntStream.range(0, values.length)
                                .filter(j -> decays[j] == decays[i])
                                .mapToDouble(j -> values[j])
                                .average()
                                .orElse(Double.NaN))
                .toArray();
    }

    private static double[] permuted(double[] values) {
        if (values.length < 2) {
            return values;
        }
        double[][] column =
                Arrays.stream(values).mapToObj(value -> new double[] {value}).toArray(double[][]::new);
        return Arrays.stream(Permutation.of(PERMUTATION, values.length, 1).applied(column))
                .mapToDouble(row -> row[0])
                .toArray();
    }

    /** Mean norm of the updates of each seed in the last tenth of the run. */
    private static double[] late(ArmRuns arm) {
        double rate = arm.spec().optimizer().learningRate();
        return Arrays.stream(arm.meanFrom(UPDATE, arm.spec().stop().steps().orElse(0) * 9 / 10))
                .map(norm -> rate * norm)
                .toArray();
    }

    private static String remark(double[] decays, double[] error) {
        return "Mean test error by decay alone: "
                + Arrays.stream(decays)
                        .distinct()
                        .mapToObj(lambda -> String.format(
                                Locale.ROOT,
                                "%.3f at lambda %s",
                                IntStream.range(0, error.length)
                                        .filter(i -> decays[i] == lambda)
                                        .mapToDouble(i -> error[i])
                                        .average()
                                        .orElse(Double.NaN),
                                Arm.number(lambda)))
                        .collect(Collectors.joining(", "))
                + ". What decay does by itself is in the first finding; the second is without it.";
    }

    private static Figure figure(Map<Setting, ArmRuns> arms) {
        List<Figure.Curve> curves = arms.keySet().stream()
                .map(Setting::lambda)
                .distinct()
                .map(lambda -> {
                    List<ArmRuns> ascending = arms.entrySet().stream()
                            .filter(entry -> entry.getKey().lambda() == lambda)
                            .map(Map.Entry::getValue)
                            .sorted(Comparator.comparingDouble(arm -> Descriptive.mean(late(arm))))
                            .toList();
                    double[] places = ascending.stream()
                            .mapToDouble(arm -> Descriptive.mean(late(arm)))
                            .toArray();
                    double[][] errors = IntStream.range(0, ascending.getFirst().count())
                            .mapToObj(seed -> ascending.stream()
                                    .mapToDouble(arm -> RhoProtocols.testError(arm)[seed])
                                    .toArray())
                            .toArray(double[][]::new);
                    return new Figure.Curve("lambda " + Arm.number(lambda), Arm.Part.TREATMENT, true, places, errors);
                })
                .toList();
        return new Figure(
                "Late movement and test error",
                Figure.Axis.logarithmic("mean norm of late updates"),
                Figure.Axis.linear("test error"),
                curves,
                List.of(),
                "A curve for each lambda, a point for each rate and batch: median and range over seeds. Lower to the right would"
                        + " be noise that helps.");
    }
}
