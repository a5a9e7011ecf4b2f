package io.orrery.lab.claim.catalogue;

import static io.orrery.lab.claim.catalogue.CollapseProtocols.ACCURACY;
import static io.orrery.lab.claim.catalogue.CollapseProtocols.NC1;

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
import io.orrery.lab.judge.Comparison;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Threshold;
import io.orrery.lab.judge.Values;
import io.orrery.lab.spec.SpecDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which of noise, decay, normalization and fitting collapse needs: decay, once the classes are fitted. */
public final class CollapseNeedsItsIngredients implements Claim {
    private static final List<String> BATCHES = List.of("mini-batches", "full batch");
    private static final List<String> NORMALIZATIONS = List.of("plain", "weight-normalized");
    private static final String SPHERE = "mini-batches, on the sphere";
    private static final String DECAY = ", decay";
    private static final String NONE = ", no decay";

    /** Half of the effect of P22, 0.03 to 0.07, in logarithms. */
    private static final Threshold COLLAPSES = Threshold.atMost(0.21);

    /** P22: without decay NC1 stays within 20% of where fitting left it; a half is far from a collapse. */
    private static final Threshold STAYS = Threshold.atLeast(0.5);

    /** Noise matters less than a factor of 3, decay at least one of 5. */
    private static final Threshold SAME = Threshold.within(1.0 / 3, 3);

    private static final long EARLY = 10;

    @Override
    public Card card() {
        return new CardDraft("collapse-needs-its-ingredients", Kind.EFFECT, "C6", "P22")
                .states(
                        "Of SGD noise, weight decay, weight normalization and fitting, collapse needs decay and fitting: fitted"
                                + " networks collapse with decay, with or without noise or normalization, and do not without decay.")
                .source("Xu, Rangamani, Banburski, Liao, Galanti and Poggio 2023; Papyan, Han and Donoho 2020")
                .literature(
                        "Xu and others derive collapse from square loss with SGD, weight decay and weight normalization together;"
                                + " theory of the minimum (free features) asks for decay alone. P22 has NC1 with decay at 0.03 to 0.07"
                                + " of that without.")
                .because(
                        "Where all examples are fitted, loss without decay is flat: nothing moves features to their means. Decay goes"
                                + " on charging for what fitting does not need, whatever the batch.")
                .control(
                        "The same comparisons after ten steps, when classes are not fitted: decay has had nothing to act on yet, so"
                                + " NC1 must not depend on it.")
                .assuming("Normalization is Salimans and Kingma's, in which decay acts on the weights' scales.")
                .assuming(
                        "Networks on the unit Frobenius sphere with a single scale rho are shown beside it and not judged: there"
                                + " decay acts on rho alone, and the sphere itself bounds the margins (pilot: no fall of NC1 by decay).")
                .free("data", "model.widths")
                .reads("neural-collapse", "loss")
                .pilot("logarithm of NC1 with decay over NC1 without, mini-batches, plain", -2.90, 0.45)
                .pilot("logarithm of NC1 with decay over NC1 without, mini-batches, weight-normalized", -2.47, 0.54)
                .pilot("logarithm of NC1 with decay over NC1 without, full batch, plain", -2.86, 0.44)
                .pilot("logarithm of NC1 with decay over NC1 without, full batch, weight-normalized", -2.68, 0.47)
                .quickSeconds(33);
    }

    @Override
    public Protocol protocol(Scale scale) {
        SpecDocument base = CollapseProtocols.classifier(scale).having("measure.perDecade=5");
        base = scale == Scale.QUICK
                ? base
                : base.having("data.perClass=100")
                        .having("model.widths=[256, 256]")
                        .having("stop.epochs=null")
                        .having("stop.steps=20000");
        String lambda = "5e-4";
        List<Arm> arms = new ArrayList<>();
        for (String batch : BATCHES) {
            for (String normalization : NORMALIZATIONS) {
                SpecDocument arm = base.having("data.order=" + (batch.equals("full batch") ? "full" : "epochs"))
                        .having("model.normalization=" + (normalization.equals("plain") ? "none" : "weight"));
                arms.add(Arm.treatment(setting(batch, normalization) + DECAY, arm.having("decay.lambda=" + lambda)));
                arms.add(Arm.treatment(setting(batch, normalization) + NONE, arm.having("decay.lambda=0")));
            }
        }
        SpecDocument sphere = base.having("model.normalization=frobenius").having("model.initialRho=30");
        arms.add(Arm.treatment(SPHERE + DECAY, sphere.having("decay.lambda=1e-5")));
        arms.add(Arm.treatment(SPHERE + NONE, sphere.having("decay.lambda=0")));
        return new Protocol(scale == Scale.QUICK ? 10 : 5, arms);
    }

    /** A look (five per decade) at which all classes are fitted, long before the end. */
    private static long fitted(Scale scale) {
        return scale == Scale.QUICK ? 631 : 1585;
    }

    private static String setting(String batch, String normalization) {
        return batch + ", " + normalization;
    }

    @Override
    public Judgement judge(Evidence evidence) {
        List<Finding> findings = new ArrayList<>(ratios(evidence, Long.MAX_VALUE));
        List<Requirement> requirements = new ArrayList<>();
        for (String normalization : NORMALIZATIONS) {
            ArmRuns full = evidence.arm(setting("full batch", normalization) + DECAY);
            ArmRuns noisy = evidence.arm(setting("mini-batches", normalization) + DECAY);
            findings.add(Comparison.ratio(
                    "NC1 of full batch over mini-batches, " + normalization,
                    "noise of mini-batches changes NC1 with decay by less than a factor of 3",
                    new Values("NC1 of full batch with decay", full.last(NC1)),
                    new Values("that of mini-batches", noisy.last(NC1)),
                    SAME));
        }
        for (ArmRuns arm : judged(evidence)) {
            requirements.add(Requirement.all(
                    "fitted, " + arm.name(), "training accuracy", arm.last(ACCURACY), Threshold.atLeast(0.99)));
            if (arm.name().endsWith(NONE)) {
                findings.add(Comparison.ratio(
                        "NC1 at the end over NC1 when fitted, " + arm.name(),
                        "without decay NC1 does not fall to half of where fitting left it",
                        new Values("NC1 at the end", arm.last(NC1)),
                        new Values("NC1 when fitted", arm.at(NC1, fitted(evidence.scale()))),
                        STAYS));
            }
        }
        return new Judgement(
                Ruling.of(findings, requirements),
                Ruling.of(ratios(evidence, EARLY), List.of()),
                List.of(
                        Figure.arms(
                                "Where collapse appears",
                                Figure.Axis.logarithmic("NC1 at the end"),
                                evidence.arms(),
                                arm -> arm.last(NC1),
                                List.of(),
                                "Each point is one seed at the end of training. Low values are collapse."),
                        Figure.course(
                                "Within-class variability over training",
                                Figure.Axis.logarithmic("NC1"),
                                evidence.arms(),
                                NC1,
                                List.of(),
                                "NC1 over training, median and range over seeds.")),
                List.of(sphere(evidence)));
    }

    private static List<Finding> ratios(Evidence evidence, long step) {
        List<Finding> findings = new ArrayList<>();
        for (String batch : BATCHES) {
            for (String normalization : NORMALIZATIONS) {
                String setting = setting(batch, normalization);
                findings.add(Comparison.ratio(
                        "NC1 with decay over NC1 without, " + setting,
                        "decay lowers NC1 at the end of training at least fivefold",
                        new Values(
                                "NC1 with decay", evidence.arm(setting + DECAY).at(NC1, step)),
                        new Values("that without", evidence.arm(setting + NONE).at(NC1, step)),
                        COLLAPSES));
            }
        }
        return findings;
    }

    private static List<ArmRuns> judged(Evidence evidence) {
        return evidence.arms().stream()
                .filter(arm -> !arm.name().startsWith(SPHERE))
                .toList();
    }

    private static String sphere(Evidence evidence) {
        double[] decayed = evidence.arm(SPHERE + DECAY).last(NC1);
        double[] plain = evidence.arm(SPHERE + NONE).last(NC1);
        double logarithms = 0;
        for (int seed = 0; seed < plain.length; seed++) {
            logarithms += StrictMath.log(decayed[seed] / plain[seed]) / plain.length;
        }
        return String.format(
                Locale.ROOT,
                "On the unit Frobenius sphere NC1 with decay of rho ends at %.2f times that without (geometric mean over seeds;"
                        + " NC1 without: %.3f). There decay is not what lowers it: on the sphere a small rho already asks for even"
                        + " margins, and NC1 follows the loss that is left.",
                StrictMath.exp(logarithms),
                Arrays.stream(plain).average().orElse(Double.NaN));
    }
}
