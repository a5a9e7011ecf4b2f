package io.orrery.lab.claim.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CollapseNeedsItsIngredientsTest {
    private static final String NC1 = "neural-collapse.nc1@train";
    private static final List<String> SETTINGS = List.of(
            "mini-batches, plain",
            "mini-batches, weight-normalized",
            "full batch, plain",
            "full batch, weight-normalized");

    private final CollapseNeedsItsIngredients claim = new CollapseNeedsItsIngredients();

    /** All classes are fitted from step 631 on, with an NC1 of 0.09. */
    private final SimulatedEvidence fitted = SimulatedEvidence.of(claim)
            .everywhere("loss.accuracy@train", 8000, 1)
            .everywhere(NC1, 631, 0.09);

    @Test
    void theSourcesEffectInEverySettingIsSupportedAndNoneIsNot() {
        assertThat(rates(0.06, 0.06).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(1, 1).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void collapseThatNeedsNoiseRefutesIt() {
        assertThat(rates(0.06, 1).supported()).isLessThanOrEqualTo(0.05);
        assertThat(rates(0.06, 1).refuted()).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void classesThatAreNotFittedAreNotJudged() {
        SimulatedEvidence evidence = evidence(same(0.06), 1).everywhere("loss.accuracy@train", 8001, 0.9);

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void collapseBeforeFittingLeavesItOpen() {
        assertThat(claim.judge(evidence(same(0.06), 1).evidence()).treatment().outcome())
                .isEqualTo(Outcome.SUPPORTED);
        assertThat(claim.judge(evidence(same(0.06), 0.06).evidence()).verdict().outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** Ratios spread by 0.5 in logarithms (pilot). */
    private JudgeCalibration.Rates rates(double noisy, double full) {
        List<SimulatedArm> ratios = new ArrayList<>();
        for (String setting : SETTINGS) {
            ratios.add(SimulatedArm.logarithmic(setting.startsWith("full") ? full : noisy, 0.5));
        }
        return new JudgeCalibration(
                        10,
                        ratios,
                        values -> claim.judge(evidence(values, 1).evidence()).treatment())
                .rates(200, 1);
    }

    /** NC1 without decay is 0.09 throughout; with decay it is that times the ratios [setting][seed] at the end. */
    private SimulatedEvidence evidence(double[][] ratios, double early) {
        SimulatedEvidence evidence = fitted.copy();
        for (int i = 0; i < SETTINGS.size(); i++) {
            double[] end = Arrays.stream(ratios[i]).map(ratio -> 0.09 * ratio).toArray();
            evidence.put(SETTINGS.get(i) + ", decay", NC1, 10, filled(0.5 * early))
                    .put(SETTINGS.get(i) + ", no decay", NC1, 10, filled(0.5))
                    .put(SETTINGS.get(i) + ", decay", NC1, 8000, end)
                    .put(SETTINGS.get(i) + ", no decay", NC1, 8000, filled(0.09));
        }
        return evidence;
    }

    private static double[][] same(double ratio) {
        double[][] ratios = new double[4][10];
        for (double[] row : ratios) {
            Arrays.fill(row, ratio);
        }
        return ratios;
    }

    private static double[] filled(double value) {
        double[] values = new double[10];
        Arrays.fill(values, value);
        return values;
    }
}
