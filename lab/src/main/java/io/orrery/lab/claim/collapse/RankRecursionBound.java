package io.orrery.lab.claim.collapse;

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
import io.orrery.lab.claim.rho.RhoProtocols;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.collapse.RankRecursion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Weights are what decay left of the past plus a few batches: singular value nB + 1 is bounded by the past (P14). */
@Serves("001-05")
public final class RankRecursionBound implements Claim {
    private static final List<String> DECAYS = List.of("2e-3", "0");
    private static final List<String> STARTS = List.of("he", "orthogonal");
    private static final int[] STEPS_BACK = {1, 2, 4, 8};
    /** When weights are held against those n steps before. */
    private static final long[] TIMES = {1, 8, 100, 1000, 6000};

    private static final double ROUNDING = 1e-9;
    /** From an orthonormal start the bound is reached: a thousandth less must fail. */
    private static final double TIGHTER = 0.999;

    @Override
    public Card card() {
        return new CardDraft("rank-recursion", Kind.IDENTITY, "P14")
                .states(
                        "Over n steps of SGD with batches of B, singular value nB + 1 of every layer is at most (1 - 2 eta"
                                + " lambda)^n times the layer's largest singular value before them.")
                .source(
                        "Galanti, Siegel, Gupte and Poggio 2025, SGD and Weight Decay Secretly Minimize the Rank of Your Neural Network,"
                                + " arXiv 2206.05794; equation 5.1 of our core theory")
                .literature(
                        "A theorem: it follows from W(t+1) = (1 - 2 eta lambda) W(t) - eta G(t) with G of rank at most B. It tests the"
                                + " engine and the instrument, not the world, and earns nothing in a summary.")
                .limit(
                        "singular value nB + 1 over its bound",
                        Threshold.atMost(1),
                        Provenance.theorem(
                                "docs/theory, equation 5.1: a product of (1 - 2 eta lambda) times a matrix plus one of rank nB"))
                .cause("mini-batches of plain SGD", "optimizer.momentum=0.9")
                .refutedBy(
                        "One singular value above its bound: an update of higher rank than the batch, or a decay that is not applied.")
                .seenRefuted(
                        "its controls, in every run: against one singular value earlier, and against 0.999 of the bound")
                .because(
                        "A batch of B examples writes a matrix of rank at most B into the weights; everything else in them is what"
                                + " decay left of the past.")
                .control(
                        "The same measurements held against one singular value too early (nB in place of nB + 1), and against the"
                                + " bound less a thousandth: both must be violated. From orthonormal weights they can be, since there the"
                                + " bound is reached.")
                .assuming(
                        "n = 1, 2, 4, 8 at steps 1, 8, 100, 1,000 and 6,000; plain SGD with a constant learning rate; dense layers,"
                                + " for which one example has rank one.")
                .assuming("It holds without decay too, so setting lambda to 0 does not break it.")
                .free("data", "model.widths", "decay.lambda", "optimizer.learningRate")
                .reads("rank")
                .quickSeconds(8);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = (switch (scale) {
                    case QUICK -> Protocol.spec("""
                            precision: double
                            data: {source: clusters, clusters: 10, perCluster: 40, dimensions: 64, spread: 0.8, testPerCluster: 10, unitNorm: true, batchSize: 4}
                            model: {kind: mlp, widths: [64, 64, 64]}
                            loss: {kind: square}
                            optimizer: {kind: sgd, learningRate: 0.1, momentum: 0}
                            stop: {steps: 6000}
                            measure: {instruments: [rank], perDecade: 1, thorough: all}
                            """);
                    case FULL -> Protocol.spec("""
                            precision: double
                            data: {source: mnist, perClass: 1000, unitNorm: true, batchSize: 4}
                            model: {kind: mlp, widths: [64, 64, 64]}
                            loss: {kind: square}
                            optimizer: {kind: sgd, learningRate: 0.1, momentum: 0}
                            stop: {steps: 50000}
                            measure: {instruments: [rank], perDecade: 1, thorough: all}
                            """);
                })
                .having("measure.at=" + looks());
        List<Arm> arms = new ArrayList<>();
        for (String start : STARTS) {
            for (String decay : DECAYS) {
                arms.add(Arm.treatment(
                        name(start, decay),
                        base.having("model.initialization=" + start).having("decay.lambda=" + decay)));
            }
        }
        return new Protocol(scale == Scale.QUICK ? 10 : 5, arms);
    }

    private static String looks() {
        return LongStream.of(TIMES)
                .flatMap(time -> LongStream.concat(
                        IntStream.of(STEPS_BACK).mapToLong(back -> time - back).filter(step -> step > 0),
                        LongStream.of(time)))
                .distinct()
                .sorted()
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        Ruling treatment = Ruling.of(
                evidence.arms().stream().map(arm -> bounded(arm, 0, 1)).toList(), List.of());
        List<Finding> wrong = new ArrayList<>();
        for (String decay : DECAYS) {
            ArmRuns reached = evidence.arm(name("orthogonal", decay));
            wrong.add(bounded(reached, 1, 1));
            wrong.add(bounded(reached, 0, TIGHTER));
        }
        return new Judgement(treatment, Ruling.of(wrong, List.of()), figure(evidence));
    }

    private static Finding bounded(ArmRuns arm, int early, double factor) {
        double[] worst = new double[arm.count()];
        Arrays.fill(worst, Double.NaN);
        for (int back : STEPS_BACK) {
            worst = larger(worst, ratios(arm, back, early));
        }
        double[] bounds = new double[worst.length];
        Arrays.fill(bounds, factor);
        String index = early == 0 ? "nB + 1" : "nB";
        String tighter = factor == 1 ? "" : ", against " + factor + " of the bound";
        return Exactly.bound(
                        "singular value " + index + " (" + arm.name() + tighter + ")",
                        "singular value " + index + " is at most (1 - 2 eta lambda)^n times the norm n steps earlier",
                        worst,
                        bounds,
                        ROUNDING)
                .asTheorem();
    }

    /** The largest ratio of the singular value to its bound over layers and times, for one n; NaN where there is none. */
    private static double[] ratios(ArmRuns arm, int back, int early) {
        int place = back * arm.spec().data().batchSize() - early;
        double left = RankRecursion.tailBound(
                arm.spec().optimizer().learningRate(), arm.spec().decay().lambda(), back, 1);
        double[] worst = new double[arm.count()];
        Arrays.fill(worst, Double.NaN);
        double[] ends = arm.steps();
        for (String layer : arm.layers("rank.singular-values")) {
            double[] counts = arm.last("rank.singular-value-count/" + layer);
            for (long time : TIMES) {
                double[][] now = arm.vectorsAt("rank.singular-values/" + layer, time);
                double[][] before = arm.vectorsAt("rank.singular-values/" + layer, time - back);
                worst = larger(
                        worst,
                        RhoProtocols.perSeed(
                                worst.length,
                                seed -> before[seed].length == 0 || time > ends[seed]
                                        ? Double.NaN
                                        : at(now[seed], counts[seed], place) / (left * before[seed][0])));
            }
        }
        return worst;
    }

    /**
     * The singular value at a place from 0; of a spectrum that was thinned to some of its values the first one shown at or after
     * the place, which is no larger; NaN beyond the last.
     */
    private static double at(double[] shown, double count, int place) {
        for (int i = 0; i < shown.length; i++) {
            long index = shown.length == 1 ? 0 : Math.round(i * (count - 1) / (shown.length - 1));
            if (index >= place) {
                return shown[i];
            }
        }
        return Double.NaN;
    }

    private static double[] larger(double[] one, double[] other) {
        return RhoProtocols.perSeed(
                one.length,
                seed -> Double.isNaN(one[seed])
                        ? other[seed]
                        : Double.isNaN(other[seed]) ? one[seed] : Math.max(one[seed], other[seed]));
    }

    private static Figure figure(Evidence evidence) {
        List<Figure.Curve> curves = new ArrayList<>();
        evidence.arms().forEach(arm -> curves.add(curve(arm.name(), Arm.Part.TREATMENT, arm, 0)));
        ArmRuns reached = evidence.arm(name("orthogonal", DECAYS.getFirst()));
        curves.add(curve("one singular value too early", Arm.Part.CONTROL, reached, 1));
        return new Figure(
                "How much of the bound is used",
                Figure.Axis.logarithmic("steps n"),
                Figure.Axis.linear("singular value nB + 1 over its bound"),
                curves,
                List.of(new Figure.Mark("the bound", 1)),
                "The largest ratio over layers and times, median and range over seeds. No curve may pass 1; from orthonormal weights"
                        + " it is reached, and one singular value earlier it is passed.");
    }

    private static Figure.Curve curve(String name, Arm.Part part, ArmRuns arm, int early) {
        double[][] byStep = IntStream.of(STEPS_BACK)
                .mapToObj(back -> ratios(arm, back, early))
                .toArray(double[][]::new);
        double[][] bySeed = IntStream.range(0, arm.count())
                .mapToObj(seed ->
                        Arrays.stream(byStep).mapToDouble(step -> step[seed]).toArray())
                .toArray(double[][]::new);
        return new Figure.Curve(
                name, part, true, IntStream.of(STEPS_BACK).asDoubleStream().toArray(), bySeed);
    }

    private static String name(String start, String decay) {
        return (start.equals("he") ? "Gaussian" : "orthonormal") + " start, lambda " + decay;
    }
}
