package io.orrery.lab.claim.rho;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Equal margins mu: with rho at mu / (mu^2 + lambda) the gap is lambda / (mu^2 + lambda). */
final class QuasiInterpolationTest {
    private static final long END = 12_000;
    private static final double[] LAMBDAS = {1e-4, 1e-3, 1e-2};

    private final QuasiInterpolation claim = new QuasiInterpolation();
    private final SimulatedEvidence empty = SimulatedEvidence.of(claim);
    /** The mean of y g that is reached without decay. */
    private double withoutDecay = 0.9999;

    private double accuracy = 1;

    /** Gaps of 0.012, 0.11 and 0.53 as in P7; the weakest step of their logarithms spread by 0.013 in the pilot. */
    @Test
    void gapsThatGrowAsInP7AreSupportedAndEqualGapsAreNot() {
        double[] margins = {0.0895, 0.0895, 0.0938};

        assertThat(rates(margins).supported()).isGreaterThanOrEqualTo(0.9);
        // Margins in proportion to the root of lambda leave one gap at every lambda.
        assertThat(rates(new double[] {0.01, 0.01 * Math.sqrt(10), 0.1}).supported())
                .isLessThanOrEqualTo(0.05);
    }

    @Test
    void aGapOffTheLawRefutesIt() {
        double[][] margins = {repeated(0.09), repeated(0.09), repeated(0.09)};

        assertThat(judged(margins, 1).verdict().outcome())
                .as(judged(margins, 1).verdict().reason())
                .isEqualTo(Outcome.SUPPORTED);
        assertThat(judged(margins, 0.9).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aGapWithoutDecayLeavesItOpen() {
        double[][] margins = {repeated(0.09), repeated(0.09), repeated(0.09)};
        withoutDecay = 0.5;

        assertThat(judged(margins, 1).treatment().outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(judged(margins, 1).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void runsTooShortForRhoToRestAreNotJudged() {
        double[][] margins = {repeated(0.09), repeated(0.09), repeated(0.09)};

        assertThat(judged(margins, 0.9, 4).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** With mu = 0.09 and lambda = 1e-4 rho relaxes in 61 time units: 1% in 100 of them is a lag of 0.6%, half of the gap. */
    @Test
    void aRhoThatIsStillMovingIsNotJudged() {
        double[][] margins = {repeated(0.09), repeated(0.09), repeated(0.09)};

        assertThat(judged(margins, 1, 10, 1e-4).treatment().outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(judged(margins, 1, 10, 0.01).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** A gap that every network shares which cannot fit says nothing of one that can. */
    @Test
    void networksThatDoNotFitAreNotJudged() {
        double[][] margins = {repeated(0.09), repeated(0.09), repeated(0.09)};
        accuracy = 0.68;

        assertThat(judged(margins, 0.9).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    private JudgeCalibration.Rates rates(double[] margins) {
        List<SimulatedArm> arms = Arrays.stream(margins)
                .mapToObj(margin -> SimulatedArm.logarithmic(margin, 0.005))
                .toList();
        return new JudgeCalibration(10, arms, values -> judged(values, 1).treatment()).rates(400, 1);
    }

    /** rho is a multiple of its equilibrium. */
    private Judgement judged(double[][] margins, double rhoFactor) {
        return judged(margins, rhoFactor, 10);
    }

    private Judgement judged(double[][] margins, double rhoFactor, double relaxation) {
        return judged(margins, rhoFactor, relaxation, 0);
    }

    /** rho still grows by a share of itself between the last two looks. */
    private Judgement judged(double[][] margins, double rhoFactor, double relaxation, double growth) {
        SimulatedEvidence evidence = empty.copy()
                .everywhere("norms.relaxation", END, relaxation)
                .everywhere("loss.accuracy@train", END, accuracy)
                .same("no decay", "norms.rho", END, 10)
                .same("no decay", "margins.normalized-mean@train", END, withoutDecay / 10);
        for (int i = 0; i < LAMBDAS.length; i++) {
            double lambda = LAMBDAS[i];
            double[] rho = Arrays.stream(margins[i])
                    .map(mu -> rhoFactor * mu / (mu * mu + lambda))
                    .toArray();
            double[] before =
                    Arrays.stream(rho).map(value -> value * (1 - growth)).toArray();
            evidence.put("lambda " + Arm.number(lambda), "norms.rho", END - 2000, before)
                    .put("lambda " + Arm.number(lambda), "margins.normalized-mean@train", END, margins[i])
                    .put(
                            "lambda " + Arm.number(lambda),
                            "margins.normalized-second-moment@train",
                            END,
                            Arrays.stream(margins[i]).map(mu -> mu * mu).toArray())
                    .put("lambda " + Arm.number(lambda), "norms.rho", END, rho);
        }
        return claim.judge(evidence.evidence());
    }

    private static double[] repeated(double value) {
        double[] values = new double[10];
        Arrays.fill(values, value);
        return values;
    }
}
