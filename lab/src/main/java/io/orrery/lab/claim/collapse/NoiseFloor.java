package io.orrery.lab.claim.collapse;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.DriverFigure;
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
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.criterion.Trend;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.math.Descriptive;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** With decay and mini-batches weights and outputs fluctuate for ever, by an amount that has laws; without either they come to rest. */
@Serves("001-06")
public final class NoiseFloor implements Claim {
    private static final double LAMBDA = 5e-3;
    private static final double RATE = 0.05;
    private static final int BATCH = 4;
    private static final double[] LAMBDAS = {2.5e-3, 5e-3, 1e-2};
    private static final double[] RATES = {0.0125, 0.05, 0.1};
    private static final double[] BATCHES = {2, 4, 16};
    /** 2 lambda times the time, learning rate times steps, of every run with decay. */
    private static final double RELAXATIONS = 20;
    /** How many times as long the runs are that come to rest. */
    private static final int LONGER = 2;

    private static final int LOOKS = 25;

    private static final String NOISY = name(LAMBDA, RATE, BATCH);
    private static final String NOISY_LARGER = name(LAMBDA, RATE, 16);
    private static final String NO_DECAY = "no decay, batch 4";
    private static final String FULL_BATCH = "decay, full batch";

    private static final String OUTPUTS_NAME = "deviation of outputs over looks";
    private static final String WEIGHTS_NAME = "deviation of weights over looks, relative to their norm";
    private static final String BY_RATE = "exponent of the outputs' variance with the learning rate";
    private static final String BY_BATCH = "exponent of the outputs' variance with the batch";
    private static final String BY_LAMBDA = "exponent of the outputs' variance with lambda";

    private static final String GROWS = "the floor grows as the learning rate";
    private static final String SHRINKS = "the floor shrinks as the batch";
    private static final String SQUARES = "the floor grows about as lambda squared";

    private static final Threshold ALIVE = Threshold.atLeast(1e-3);
    private static final Threshold ONE = Threshold.within(0.75, 1.25);
    private static final Threshold MINUS_ONE = Threshold.within(-1.25, -0.75);
    private static final Threshold SQUARE = Threshold.within(1.4, 2.2);
    private static final Threshold FITTED = Threshold.atLeast(0.99);
    private static final Threshold STATIONARY = Threshold.within(0.9, 1.1);

    @Override
    public Card card() {
        return new CardDraft("noise-floor", Kind.EFFECT, "P12")
                .states(
                        "At stationarity outputs and weights of a smooth network keep fluctuating with decay and mini-batches, and are"
                                + " still without decay or with the full batch.")
                .source(
                        "Galanti and Poggio, SGD and weight decay provably induce a low-rank bias in neural networks, ICLR 2023"
                                + " submission, OpenReview N7Tv4aZ4Cyx, abstract")
                .literature(
                        "\"SGD noise must always be present, even asymptotically, as long as we incorporate weight decay and the batch"
                                + " size is smaller than the total number of training samples.\" No size and no law is stated; the laws asked"
                                + " here are those of a linear process about a minimum.")
                .because(
                        "With decay no point is at rest for every batch. About a minimum the weights follow a linear process whose"
                                + " variance is the learning rate times that of the batches' gradients over twice the curvature: it grows"
                                + " as the rate and shrinks as the batch, and the gradients' variance grows about as lambda squared.")
                .control(
                        "The same network without decay, and with decay and the full batch, all else equal. For the laws all"
                                + " permutations of the driver.")
                .limit(
                        OUTPUTS_NAME,
                        ALIVE,
                        Provenance.argued(
                                "labels are 1 and -1: what moves outputs by less than a thousandth of that is rest"))
                .limit(
                        WEIGHTS_NAME,
                        ALIVE,
                        Provenance.argued(
                                "a thousandth of a layer's norm, as for outputs: less is rest for any practical purpose"))
                .limit(
                        BY_RATE,
                        ONE,
                        Provenance.argued(
                                "1 for a linear process with small steps; a quarter to either side, so that 1/2 and 3/2 are"
                                        + " excluded with room"))
                .limit(
                        BY_BATCH,
                        MINUS_ONE,
                        Provenance.argued("-1 for batches drawn with replacement; a quarter to either side"))
                .limit(
                        BY_LAMBDA,
                        SQUARE,
                        Provenance.argued(
                                "that of the variance of example gradients, docs/theory (5.4), where outputs are held by the"
                                        + " data's curvature, which does not shrink with lambda"))
                .cause("weight decay", "decay.lambda=0")
                .cause("mini-batches", "data.order=full")
                .refutedBy(
                        "Outputs or weights that come to rest with decay and mini-batches; or an exponent outside of its limits.")
                .seenRefuted(
                        "On the pilot seeds 3001-3010, finding by finding. Without decay outputs deviate by 0.00018 (interval 0.00008 to"
                                + " 0.00040) and weights by 0.00010, with the full batch by 1e-7 and 0.00004: refuted. That the variance"
                                + " grows about as lambda squared is refuted with decay and mini-batches as they are: the exponent is 1.04"
                                + " (0.77 to 1.31).")
                .pilot("logarithm of the deviation of outputs, batch 4", -4.74, 0.21, "3001-3010")
                .pilot("exponent with the learning rate", 1.07, 0.22, "3001-3010")
                .pilot("exponent with the batch", -0.99, 0.19, "3001-3010")
                .pilot("exponent with lambda", 1.04, 0.38, "3001-3010")
                .assuming(
                        "A tanh network without kinks: ReLU networks keep a floor with the full batch as well (sgd-noise). 2 lambda times"
                                + " the time is 20 in every run with decay and mini-batches; what comes to rest is run twice as long, since"
                                + " some directions of the weights relax far more slowly than decay alone would have it. The window is the last quarter, 25 looks.")
                .assuming(
                        "Batches are drawn with replacement, so that batches are independent, as the laws want. Variances over looks are"
                                + " about a straight line through the window, since a slow drift is no fluctuation; those of weights are from eight fixed"
                                + " random directions of each layer.")
                .assuming(
                        "Two things were changed when the pilot seeds 3001-3010 had been seen, thresholds not: runs that come to rest were as long"
                                + " as the others and variances about a mean, by which slow drift counted (weights 0.0016 without decay, 0.0020"
                                + " with the full batch); batches were 4, 8 and 16, rates from 0.025, by which exponents were known to 0.24"
                                + " (1.00 and -0.95).")
                .free("data", "model.widths")
                .reads("fluctuation", "loss")
                .quickSeconds(30);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = switch (scale) {
            case QUICK -> Protocol.spec("""
                            precision: double
                            data: {source: two-cluster, train: 64, dimensions: 20, separation: 1.5, unitNorm: true}
                            model: {kind: mlp, widths: [32, 32], activation: tanh}
                            loss: {kind: square, targets: single}
                            optimizer: {kind: sgd, momentum: 0}
                            """);
            case FULL -> Protocol.spec("""
                            precision: double
                            data: {source: mnist, classes: [4, 9], perClass: 100, unitNorm: true}
                            model: {kind: mlp, widths: [128, 128], activation: tanh}
                            loss: {kind: square, targets: single}
                            optimizer: {kind: sgd, momentum: 0}
                            """);
        };
        List<Arm> arms = new ArrayList<>();
        arms.add(Arm.treatment(NOISY, arm(base, LAMBDA, RATE, BATCH, "with-replacement")));
        for (double batch : BATCHES) {
            if (batch != BATCH) {
                arms.add(Arm.treatment(
                        name(LAMBDA, RATE, batch), arm(base, LAMBDA, RATE, (int) batch, "with-replacement")));
            }
        }
        for (double rate : RATES) {
            if (rate != RATE) {
                arms.add(Arm.treatment(name(LAMBDA, rate, BATCH), arm(base, LAMBDA, rate, BATCH, "with-replacement")));
            }
        }
        for (double lambda : LAMBDAS) {
            if (lambda != LAMBDA) {
                arms.add(Arm.treatment(name(lambda, RATE, BATCH), arm(base, lambda, RATE, BATCH, "with-replacement")));
            }
        }
        arms.add(Arm.control(
                NO_DECAY,
                arm(base, LAMBDA, RATE, BATCH, "with-replacement", LONGER).having("decay.lambda=0")));
        arms.add(Arm.control(FULL_BATCH, arm(base, LAMBDA, RATE, BATCH, "full", LONGER)));
        return new Protocol(10, arms);
    }

    private static SpecDocument arm(SpecDocument base, double lambda, double rate, int batch, String order) {
        return arm(base, lambda, rate, batch, order, 1);
    }

    private static SpecDocument arm(
            SpecDocument base, double lambda, double rate, int batch, String order, int longer) {
        long steps = Math.round(longer * RELAXATIONS / (2 * lambda * rate));
        String at = LongStream.rangeClosed(0, LOOKS - 1)
                .mapToObj(look -> Long.toString(steps * 3 / 4 + steps / 4 * look / (LOOKS - 1)))
                .toList()
                .toString();
        return base.having("decay.lambda=" + lambda)
                .having("optimizer.learningRate=" + rate)
                .having("data.batchSize=" + batch)
                .having("data.order=" + order)
                .having("stop.steps=" + steps)
                .having("measure={instruments: [loss, fluctuation], perDecade: 1, at: " + at + "}");
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns noisy = evidence.arm(NOISY);
        ArmRuns larger = evidence.arm(NOISY_LARGER);
        ArmRuns still = evidence.arm(NO_DECAY);
        ArmRuns full = evidence.arm(FULL_BATCH);
        Sentence alive = Sentence.ours(
                card().statement(),
                Ruling.of(
                        List.of(outputs(noisy), weights(noisy), outputs(larger), weights(larger)),
                        List.of(fitted(noisy), fitted(still), stationary(noisy), stationary(larger))),
                Ruling.of(outputs(still), weights(still), outputs(full), weights(full)));
        Sentence laws = Sentence.ours(
                "The variance of outputs at stationarity grows as the learning rate and shrinks as the batch.",
                Ruling.of(
                        List.of(
                                byRate(evidence).powerLaw(GROWS, ONE),
                                byBatch(evidence).powerLaw(SHRINKS, MINUS_ONE)),
                        List.of(stationary(noisy))),
                Ruling.of(
                        byRate(evidence).permutedDriver().powerLaw(GROWS, ONE),
                        byBatch(evidence).permutedDriver().powerLaw(SHRINKS, MINUS_ONE)));
        Sentence square = Sentence.ours(
                "The variance of outputs at stationarity grows about as the square of lambda.",
                Ruling.of(List.of(byLambda(evidence).powerLaw(SQUARES, SQUARE)), List.of(stationary(noisy))),
                Ruling.of(byLambda(evidence).permutedDriver().powerLaw(SQUARES, SQUARE)));
        return new Judgement(
                List.of(alive, laws, square),
                List.of(
                        Figure.arms(
                                "How much outputs fluctuate",
                                Figure.Axis.logarithmic("standard deviation over looks"),
                                evidence.arms(),
                                arm -> roots(NoiseAtRest.outputs(arm, window(arm))),
                                List.of(new Figure.Mark("rest", 1e-3)),
                                "Of the outputs of 16 training examples in the last quarter of the run, one dot per seed."),
                        Figure.arms(
                                "How much weights fluctuate",
                                Figure.Axis.logarithmic("standard deviation over norm"),
                                evidence.arms(),
                                arm -> roots(NoiseAtRest.weights(arm, window(arm))),
                                List.of(new Figure.Mark("rest", 1e-3)),
                                "Mean over layers; one dot per seed."),
                        displacement(noisy, still, full),
                        floor("lambda", LAMBDAS, overLambdas(evidence)),
                        floor("learning rate", RATES, overRates(evidence)),
                        floor("batch", BATCHES, overBatches(evidence))),
                List.of(byLayer(noisy)));
    }

    private static Figure displacement(ArmRuns... arms) {
        List<Figure.Curve> curves = new ArrayList<>();
        for (ArmRuns arm : arms) {
            long[] looks = window(arm);
            String last = arm.layers(NoiseAtRest.SIZE).stream()
                    .reduce((before, after) -> after)
                    .orElse("");
            double[][] moved = NoiseAtRest.displacement(arm, last, looks);
            curves.add(new Figure.Curve(
                    arm.name(),
                    arm.part(),
                    true,
                    Arrays.stream(looks).mapToDouble(look -> look - looks[0]).toArray(),
                    Arrays.stream(moved).map(NoiseFloor::roots).toArray(double[][]::new)));
        }
        return new Figure(
                "How far the last layer is from where it was",
                Figure.Axis.linear("updates since the window began"),
                Figure.Axis.logarithmic("displacement over norm"),
                curves,
                List.of(),
                "Median and range over seeds. A floor that is level from the start is a fluctuation; a line that rises is a drift.");
    }

    private static Figure floor(String driver, double[] values, double[][] variances) {
        return DriverFigure.of(
                "The floor and the " + driver,
                Figure.Axis.logarithmic(driver),
                Figure.Axis.logarithmic("variance of outputs over looks"),
                "variance",
                values,
                variances,
                "All else equal; median and range over seeds.");
    }

    private static String byLayer(ArmRuns arm) {
        StringBuilder text = new StringBuilder("Deviation over norm by layer, " + arm.name() + ":");
        for (String layer : arm.layers(NoiseAtRest.SIZE)) {
            text.append(String.format(
                    Locale.ROOT,
                    " %s %.3g",
                    layer,
                    Descriptive.median(roots(NoiseAtRest.weights(arm, layer, window(arm))))));
        }
        return text + ".";
    }

    private static Trend byRate(Evidence evidence) {
        return Trend.of("the variance of outputs", "the learning rate", RATES, overRates(evidence));
    }

    private static Trend byBatch(Evidence evidence) {
        return Trend.of("the variance of outputs", "the batch size", BATCHES, overBatches(evidence));
    }

    private static Trend byLambda(Evidence evidence) {
        return Trend.of("the variance of outputs", "lambda", LAMBDAS, overLambdas(evidence));
    }

    private static double[][] overRates(Evidence evidence) {
        return variances(
                evidence,
                Arrays.stream(RATES).mapToObj(rate -> name(LAMBDA, rate, BATCH)).toList());
    }

    private static double[][] overBatches(Evidence evidence) {
        return variances(
                evidence,
                Arrays.stream(BATCHES)
                        .mapToObj(batch -> name(LAMBDA, RATE, batch))
                        .toList());
    }

    private static double[][] overLambdas(Evidence evidence) {
        return variances(
                evidence,
                Arrays.stream(LAMBDAS)
                        .mapToObj(lambda -> name(lambda, RATE, BATCH))
                        .toList());
    }

    private static double[][] variances(Evidence evidence, List<String> arms) {
        return arms.stream()
                .map(evidence::arm)
                .map(arm -> NoiseAtRest.outputs(arm, window(arm)))
                .toArray(double[][]::new);
    }

    private static Finding outputs(ArmRuns arm) {
        return Level.of(
                OUTPUTS_NAME + ", " + arm.name() + ",",
                "outputs keep moving by at least a thousandth of the labels",
                roots(NoiseAtRest.outputs(arm, window(arm))),
                Average.GEOMETRIC,
                ALIVE);
    }

    private static Finding weights(ArmRuns arm) {
        return Level.of(
                WEIGHTS_NAME + ", " + arm.name() + ",",
                "weights keep moving by at least a thousandth of their norm",
                roots(NoiseAtRest.weights(arm, window(arm))),
                Average.GEOMETRIC,
                ALIVE);
    }

    private static Requirement fitted(ArmRuns arm) {
        return Requirement.all("fitted", "training accuracy of " + arm.name(), arm.last(RhoProtocols.ACCURACY), FITTED);
    }

    /** Norms of layers at the end over those at the window's start: what drifts is not at rest about anything. */
    private static Requirement stationary(ArmRuns arm) {
        long first = window(arm)[0];
        List<double[]> changes = arm.layers(NoiseAtRest.SIZE).stream()
                .map(layer -> {
                    double[] end = arm.last(NoiseAtRest.SIZE + "/" + layer);
                    double[] start = arm.at(NoiseAtRest.SIZE + "/" + layer, first);
                    return RhoProtocols.perSeed(arm.count(), seed -> end[seed] / start[seed]);
                })
                .toList();
        double[] mean = RhoProtocols.perSeed(
                arm.count(),
                seed -> changes.stream()
                        .mapToDouble(change -> change[seed])
                        .average()
                        .orElse(Double.NaN));
        return Requirement.all(
                "stationary", "norm at the end over that at the window's start, " + arm.name() + ",", mean, STATIONARY);
    }

    /** The looks of the last quarter. */
    private static long[] window(ArmRuns arm) {
        long steps = arm.spec().stop().steps().orElse(0);
        return LongStream.rangeClosed(0, LOOKS - 1)
                .map(look -> steps * 3 / 4 + steps / 4 * look / (LOOKS - 1))
                .toArray();
    }

    private static double[] roots(double[] variances) {
        return Arrays.stream(variances).map(Math::sqrt).toArray();
    }

    private static String name(double lambda, double rate, double batch) {
        return "lambda " + Arm.number(lambda) + ", rate " + Arm.number(rate) + ", batch " + Arm.number(batch);
    }
}
