package io.orrery.lab.claim.kernels;

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
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.spec.Serves;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Ridge regression on a deep random network errs as on Gaussian features of the same covariance. */
@Serves("002-187")
public final class DeepRandomFeatureRisk implements Claim {
    private static final String SERIES = DeepFeatureRegression.NAME + ".";
    private static final String SMALL = "penalty 0.1";
    private static final String LARGE = "penalty 3";
    private static final int SIZES = 5;
    private static final String PILOTS = "3001-3010";

    private static final Threshold PEAK = Threshold.about(1, 0.1);
    private static final Threshold LAW = Threshold.about(1, 0.05);
    private static final Threshold HURTS = Threshold.atLeast(1.05);

    private static final String AT_PEAK = "error over its law around the peak, " + SMALL;
    private static final String BEYOND = "error over its law beyond the peak, " + SMALL;
    private static final String DAMPED = "error over its law, " + LARGE;
    private static final String MORE = "error with 0.75 examples per feature over that with 0.5";

    @Override
    public Card card() {
        return new CardDraft("deep-random-features", Kind.EFFECT)
                .states(
                        "The test error of ridge regression on a random network of two hidden layers is that of Gaussian features of the same"
                                + " covariance, within 5%, and 10% around its peak; with a small penalty more examples raise it before there are"
                                + " as many as features, with a large one never.")
                .source("Schroeder, Cui, Dmitriev and Loureiro 2023, arXiv 2302.00401")
                .literature(
                        "\"First, we prove Gaussian universality of the test error in a ridge regression setting where the learner and target"
                                + " networks share the same intermediate layers, and provide a sharp asymptotic formula for it. Establishing this"
                                + " result requires proving a deterministic equivalent for traces of the deep random features sample covariance matrices"
                                + " which can be of independent interest.\" (abstract)")
                .because(
                        "To second order a wide random layer is a linear map and independent noise in each unit. The noise acts as a penalty of its"
                                + " own: small, so that the fit is wildest just before examples outnumber features.")
                .control(
                        "Of each law, that of the linear network, without the units' own noise. Of more examples doing harm, the large penalty.")
                .cause("a penalty that is too small for the noise", "penalty=3")
                .limit(
                        AT_PEAK,
                        PEAK,
                        Provenance.argued(
                                "at the peak the error varies by a tenth from draw to draw; the linear network's law is off by a"
                                        + " fifth or more there"))
                .limit(
                        BEYOND + "; " + DAMPED,
                        LAW,
                        Provenance.argued(
                                "widths of 150 and 180 leave terms of order 1/100; the linear network's law is off by 15 percent or"
                                        + " more"))
                .limit(MORE, HURTS, Provenance.argued("one part in twenty is more than a trifle; the law says 1.2"))
                .refutedBy(
                        "An error apart from the law of Gaussian features by more than the limits, or one that falls all the way with more"
                                + " examples at a small penalty.")
                .seenRefuted(
                        "On pilot seeds 3001-3010 the error is 1.25 to 1.9 times the linear network's law, and with the large penalty more"
                                + " examples lower it to 0.90.")
                .assuming(
                        "200 inputs, hidden layers of 150 and 180 tanh, weights of variance 1 / fan-in, normal inputs, a linear target of norm 1"
                                + " and noise of variance 0.1; the penalty is on squared weights beside the sum of squared errors. A law is"
                                + " computed for the weights that were drawn.")
                .assuming(
                        "The target is linear in the inputs, where the source's proof has one of the learner's own features; its formula for that"
                                + " was derived again. Other losses, which it conjectures, are not asked.")
                .free("draws", "tests", "noise")
                .pilot(AT_PEAK, 1.00, 0.054, PILOTS)
                .pilot(BEYOND, 0.989, 0.024, PILOTS)
                .pilot(DAMPED, 0.996, 0.032, PILOTS)
                .pilot("logarithm of the " + MORE, 0.25, 0.086, PILOTS)
                .quickSeconds(25);
    }

    @Override
    public Protocol protocol(Scale scale) {
        DeepFeatureRegression regression = new DeepFeatureRegression();
        Setting base = Setting.empty()
                .with("inputs", 200)
                .with("noise", 0.1)
                .with("tests", 1000)
                .with("draws", scale == Scale.QUICK ? 5 : 20);
        return Protocol.of(
                scale == Scale.QUICK ? 15 : 20,
                Arm.treatment(SMALL, regression, base.with("penalty", 0.1)),
                Arm.treatment(LARGE, regression, base.with("penalty", 3)));
    }

    @Override
    public Judgement judge(Evidence evidence) {
        ArmRuns small = evidence.arm(SMALL);
        ArmRuns large = evidence.arm(LARGE);
        return new Judgement(
                Ruling.of(
                        law(AT_PEAK, small, "law", PEAK, 1, 2),
                        law(BEYOND, small, "law", LAW, 3, 4),
                        law(DAMPED, large, "law", LAW, 1, 2, 3, 4),
                        more(small)),
                Ruling.of(
                        law(AT_PEAK, small, "linear-law", PEAK, 1, 2).controlling(AT_PEAK),
                        law(BEYOND, small, "linear-law", LAW, 3, 4).controlling(BEYOND),
                        law(DAMPED, large, "linear-law", LAW, 1, 2, 3, 4).controlling(DAMPED),
                        more(large).controlling(MORE)),
                List.of(figure(small), figure(large)),
                List.of());
    }

    /** Errors over a law, the mean over some numbers of examples in each seed. */
    private static Finding law(String name, ArmRuns arm, String law, Threshold threshold, int... sizes) {
        double[][] errors = arm.lastVectors(SERIES + "error");
        double[][] laws = arm.lastVectors(SERIES + law);
        return Level.of(
                name,
                "the network errs as Gaussian features would",
                IntStream.range(0, errors.length)
                        .mapToDouble(seed -> errors[seed].length != SIZES
                                ? Double.NaN
                                : Arrays.stream(sizes)
                                        .mapToDouble(size -> errors[seed][size] / laws[seed][size])
                                        .average()
                                        .orElseThrow())
                        .toArray(),
                threshold);
    }

    private static Finding more(ArmRuns arm) {
        return Comparison.ratio(
                MORE,
                "more examples do harm",
                new Values("the error with 0.75 examples per feature", arm.lastEntries(SERIES + "error", 1)),
                new Values("that with 0.5", arm.lastEntries(SERIES + "error", 0)),
                HURTS);
    }

    private static Figure figure(ArmRuns arm) {
        double[] examples = IntStream.of(DeepFeatureRegression.examples(arm.setting()))
                .asDoubleStream()
                .toArray();
        return new Figure(
                "Test error, " + arm.name(),
                Figure.Axis.logarithmic("examples"),
                Figure.Axis.linear("test error"),
                List.of(
                        ComputedCurves.of("measured", Arm.Part.TREATMENT, arm, SERIES + "error", examples)
                                .apart(),
                        ComputedCurves.of("Gaussian features", Arm.Part.TREATMENT, arm, SERIES + "law", examples),
                        ComputedCurves.of(
                                "the linear network's law", Arm.Part.CONTROL, arm, SERIES + "linear-law", examples)),
                List.of(new Figure.Mark("the noise", arm.setting().get("noise"))),
                "Two hidden layers, 180 features of 200 inputs. The law knows the weights; nothing is fitted.");
    }
}
