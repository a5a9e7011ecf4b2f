package io.orrery.lab.claim.bounds;

import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.rho.RhoProtocols;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.math.Descriptive;
import io.orrery.lab.theory.bound.Bound;
import io.orrery.lab.theory.bound.ErrorBound;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * What bounds say at the looks at which a network decides every training example rightly. The measured gap is the test error there, and
 * where a network does not fit, a bound says little: its margins are not above 0.
 */
final class FittedLooks {
    static final String NEVER_BELOW =
            "the bound is not below the gap between training and test error, wherever the network fits";

    private static final String MARGIN = "bounds.margin-minimum@train";
    private static final String TRAINING_ERROR = "bounds.error@train";
    private static final String TEST_ERROR = "bounds.error@test";

    private FittedLooks() {}

    /**
     * The measured gap against the tighter of a bound's two readings, at the smallest margin and at the 10% quantile, at every fitted
     * look of all arms: the worst of each seed. One look above the bound refutes it, and where bounds are above 1 none can: it is counted
     * with identities. An arm that never fits is left out, so that whoever asks requires that each is {@link #fitted}.
     */
    static Finding neverBelow(String bound, String words, List<ArmRuns> arms) {
        double[] worst = new double[arms.getFirst().count()];
        Arrays.fill(worst, Double.NaN);
        for (ArmRuns arm : arms) {
            double[] ratios = ratios(arm, bound);
            for (int seed = 0; seed < worst.length; seed++) {
                worst[seed] = worst[seed] >= ratios[seed]
                        ? worst[seed]
                        : Double.isNaN(ratios[seed]) ? worst[seed] : ratios[seed];
            }
        }
        return against(words, worst);
    }

    /**
     * The same asked of the confidence term alone, 3 sqrt(ln(2 / delta) / (2 n)): what would bound the error if no norm counted, as of a
     * function that was chosen before the data.
     */
    static Finding confidenceAlone(ArmRuns arm) {
        double[] examples = arm.last("loss.examples@train");
        ArmRuns.Course error = arm.course(TEST_ERROR);
        return against(
                "the measured gap (" + arm.name() + ", confidence alone)",
                worst(arm, error, seed -> look -> error.values()[seed][look] / confidence((int) examples[seed])));
    }

    /** 3 sqrt(ln(2 / delta) / (2 n)): a bound whose complexity is 0. */
    static double confidence(int examples) {
        return Bound.fromComplexity(0, examples, ErrorBound.DELTA);
    }

    /** That every run decides all training examples rightly at the end. */
    static Requirement fitted(ArmRuns arm) {
        return Requirement.all(
                "fitted", "training error of " + arm.name(), arm.last(TRAINING_ERROR), Threshold.atMost(0));
    }

    /** How large the bound itself is at the end, and whether it says anything of the size of the error; empty where there is none. */
    static Optional<String> size(String bound, List<ArmRuns> arms) {
        double[] sizes = arms.stream()
                .flatMapToDouble(arm -> Arrays.stream(arm.last("bounds." + bound + "-minimum@train")))
                .filter(Double::isFinite)
                .toArray();
        return sizes.length == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "The bound itself lies between %.3g and %.3g: %s.",
                        Descriptive.minimum(sizes),
                        Descriptive.maximum(sizes),
                        Descriptive.minimum(sizes) >= 1
                                ? "vacuous in every run, since an error is at most 1, so that no gap could lie above it"
                                : "not vacuous in every run"));
    }

    private static Finding against(String words, double[] worst) {
        double[] one = new double[worst.length];
        Arrays.fill(one, 1);
        return Exactly.bound(words, NEVER_BELOW, worst, one).asTheorem();
    }

    private static double[] ratios(ArmRuns arm, String bound) {
        ArmRuns.Course error = arm.course(TEST_ERROR);
        ArmRuns.Course least = arm.course("bounds." + bound + "-minimum@train");
        ArmRuns.Course tenth = arm.course("bounds." + bound + "-quantile-10@train");
        return worst(arm, error, seed -> look -> {
            double first = at(least, seed, error.steps()[look]);
            double second = at(tenth, seed, error.steps()[look]);
            return error.values()[seed][look] / (second < first ? second : first);
        });
    }

    private interface Ratios {
        IntToDoubleFunction of(int seed);
    }

    private static double[] worst(ArmRuns arm, ArmRuns.Course error, Ratios ratios) {
        ArmRuns.Course margin = arm.course(MARGIN);
        return RhoProtocols.perSeed(arm.count(), seed -> {
            double worst = Double.NaN;
            for (int look = 0; look < error.steps().length; look++) {
                double ratio = ratios.of(seed).applyAsDouble(look);
                if (at(margin, seed, error.steps()[look]) > 0 && !(worst >= ratio) && !Double.isNaN(ratio)) {
                    worst = ratio;
                }
            }
            return worst;
        });
    }

    /** Whether every training example is decided rightly at a step. */
    static boolean fits(ArmRuns.Course margin, int seed, long step) {
        return at(margin, seed, step) > 0;
    }

    /** The smallest margin over training. */
    static ArmRuns.Course margins(ArmRuns arm) {
        return arm.course(MARGIN);
    }

    private static double at(ArmRuns.Course course, int seed, long step) {
        int look = Arrays.binarySearch(course.steps(), step);
        return look < 0 ? Double.NaN : course.values()[seed][look];
    }
}
