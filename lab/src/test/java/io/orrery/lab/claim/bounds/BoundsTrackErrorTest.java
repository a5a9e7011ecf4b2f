package io.orrery.lab.claim.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BoundsTrackErrorTest {
    /** Of the source (core theory P5) at its initial rho of 2, 20, 40 and 80. */
    private static final double[] SOURCE_RHO = {2, 20, 40, 80};

    private static final double[] SOURCE_ERROR = {0, 0.022, 0.169, 0.278};
    /** Deviation of the test error over ten pilot seeds, where it is largest. */
    private static final double ERROR_SPREAD = 0.05;

    private final BoundsTrackError claim = new BoundsTrackError();
    private final List<String> settings = claim.protocol(Scale.QUICK).arms().stream()
            .map(Arm::name)
            .filter(name -> name.startsWith("rho"))
            .toList();
    private double memorizedError;
    private final int seeds = claim.protocol(Scale.QUICK).seeds();

    @Test
    void theSourcesErrorsAreSupportedAndErrorsThatDoNotVaryAreNot() {
        assertThat(rates(true).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(false).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void aGapAboveTheTighterReadingOfTheBoundRefutes() {
        assertThat(claim.judge(made(expected(), 1e-5, 0.5, 0.51)).verdict().outcome())
                .isEqualTo(Outcome.SUPPORTED);
        assertThat(claim.judge(made(expected(), 1e-5, 0.5, 0.49)).verdict().outcome())
                .isEqualTo(Outcome.REFUTED);
    }

    /** With 192 examples the confidence term is 3 sqrt(ln 2000 / 384) = 0.4221: a gap of 0.4 is below it, so that it excludes nothing. */
    @Test
    void aGapThatConfidenceAloneBoundsLeavesTheClaimOpen() {
        assertThat(FittedLooks.confidence(192)).isCloseTo(0.4221, offset(1e-4));
        assertThat(claim.judge(made(expected(), 1e-5, 0.4, 8)).verdict().outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void runsThatDoNotInterpolateAreNotJudged() {
        assertThat(judged(expected(), 0.01).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void randomLabelsThatAreNotMemorizedAreNotJudged() {
        memorizedError = 0.01;

        assertThat(judged(expected(), 1e-5).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void errorsThatFallWithTheBoundRefute() {
        double[][] errors = expected();
        double[][] falling = new double[errors.length][];
        for (int i = 0; i < errors.length; i++) {
            falling[i] = errors[errors.length - 1 - i];
        }

        assertThat(judged(falling, 1e-5).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    /** At 20 the error is 0.01; from 2, where the bound is smallest, 0.03 in every seed. */
    @Test
    void anErrorThatFallsFirstIsSaid() {
        double[][] errors = expected();
        for (int i = 0; i < errors.length; i++) {
            double start = initial(settings.get(i));
            Arrays.fill(errors[i], start < 20 ? 0.03 : start / 2000);
        }

        assertThat(judged(errors, 1e-5).remarks())
                .anySatisfy(text -> assertThat(text)
                        .contains("lowest, 0.01, where rho starts at 20", "it is 0.03 (more in 10 of 10 seeds)"));
        assertThat(judged(expected(), 1e-5).remarks())
                .noneSatisfy(text -> assertThat(text).contains("from the start"));
    }

    @Test
    void theControlLosesTheCorrelation() {
        Judgement judgement = judged(expected(), 1e-5);

        assertThat(judgement.treatment().outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(judgement.control().outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    private JudgeCalibration.Rates rates(boolean effect) {
        List<SimulatedArm> arms = new ArrayList<>();
        for (String setting : settings) {
            double error = effect ? sourceError(initial(setting)) : 0.1;
            arms.add(SimulatedArm.of(error, Math.min(ERROR_SPREAD, 0.01 + error)));
        }
        return new JudgeCalibration(seeds, arms, errors -> claim.treatment(made(errors, 1e-5))).rates(200, 1);
    }

    private Judgement judged(double[][] errors, double loss) {
        return claim.judge(made(errors, loss));
    }

    private Evidence made(double[][] errors, double loss) {
        return made(errors, loss, 0.5, 8);
    }

    private Evidence made(double[][] errors, double loss, double gap, double bound) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim)
                .everywhere("loss.loss@train", 8000, loss)
                .everywhere("bounds.margin-minimum@train", 8000, 0.99)
                .everywhere("loss.examples@train", 8000, 192)
                .everywhere("bounds.error@train", 8000, memorizedError)
                .everywhere("bounds.golowich-minimum@train", 8000, bound)
                .everywhere("bounds.golowich-quantile-10@train", 8000, 2 * bound)
                .everywhere("bounds.error@test", 8000, gap);
        for (int setting = 0; setting < errors.length; setting++) {
            double rho = Math.max(11, initial(settings.get(setting)));
            double[] bounds = new double[seeds];
            for (int seed = 0; seed < seeds; seed++) {
                // The same data in all settings of a seed, so that the bound differs by rho alone.
                bounds[seed] = rho * (1 + 0.001 * setting) * (1 + 0.01 * seed);
            }
            evidence.put(settings.get(setting), "bounds.golowich@train", 8000, bounds)
                    .put(
                            settings.get(setting),
                            "loss.accuracy@test",
                            8000,
                            Arrays.stream(errors[setting])
                                    .map(error -> 1 - Math.clamp(error, 0, 1))
                                    .toArray());
        }
        return evidence.evidence();
    }

    private double[][] expected() {
        return settings.stream()
                .map(setting -> {
                    double[] errors = new double[seeds];
                    Arrays.fill(errors, sourceError(initial(setting)));
                    return errors;
                })
                .toArray(double[][]::new);
    }

    /** Between the source's settings on a straight line. */
    private static double sourceError(double rho) {
        int above = 1;
        while (SOURCE_RHO[above] < rho) {
            above++;
        }
        double share = (rho - SOURCE_RHO[above - 1]) / (SOURCE_RHO[above] - SOURCE_RHO[above - 1]);
        return SOURCE_ERROR[above - 1] + share * (SOURCE_ERROR[above] - SOURCE_ERROR[above - 1]);
    }

    private static double initial(String setting) {
        return Double.parseDouble(setting.substring(setting.lastIndexOf(' ') + 1));
    }
}
