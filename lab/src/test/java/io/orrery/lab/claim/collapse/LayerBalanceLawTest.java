package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Sentence;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class LayerBalanceLawTest {
    private static final long FALLING_STEPS = 20_000;
    private static final long ENDING_STEPS = 30_000;
    /** exp(-4 x 5e-3 x 1e-3 x 20000). */
    private static final double LEFT = Math.exp(-0.4);

    private final LayerBalanceLaw claim = new LayerBalanceLaw();

    @Test
    void theLawIsSupportedAndAnotherOneRefuted() {
        assertThat(outcome(LEFT, LEFT)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(LEFT * LEFT, LEFT)).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(LEFT, LEFT + 0.002)).isEqualTo(Outcome.REFUTED);
    }

    /** Without decay nothing may move; the control is the same start with decay. */
    @Test
    void whatIsConservedWithoutDecayIsTheSourcesSentence() {
        assertThat(source(1, LEFT)).isEqualTo(Outcome.SUPPORTED);
        assertThat(source(0.98, LEFT)).isEqualTo(Outcome.REFUTED);
        assertThat(source(1, 1)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    private Outcome source(double conserved, double decayed) {
        SimulatedEvidence evidence = falling(decayed, decayed);
        evidence.put("unequal start, no decay", "balance.difference/layers.0", 0, repeated(80))
                .put("unequal start, no decay", "balance.difference/layers.0", FALLING_STEPS, repeated(80 * conserved));
        return claim.judge(evidence.evidence()).verdict().outcome();
    }

    @Test
    void everyFindingOfOursHasItsControl() {
        SimulatedEvidence evidence = falling(LEFT, LEFT);
        norms(evidence, ENDING_STEPS, repeated(1e-5), repeated(1.05));

        assertThat(claim.judge(evidence.evidence()).sentences().getLast().verdict())
                .satisfies(verdict -> assertThat(verdict.outcome()).isEqualTo(Outcome.SUPPORTED))
                .satisfies(verdict -> assertThat(verdict.findings())
                        .hasSize(4)
                        .allSatisfy(finding -> assertThat(finding.controls()).hasSize(1)));
    }

    @Test
    void equalNormsAreSupportedAndNormsAsWithoutDecayAreNot() {
        assertThat(rates(8e-6, 4e-6).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(1.05, 0.04).supported()).isLessThanOrEqualTo(0.05);
        assertThat(rates(0.01, 0.003).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void runsTooShortToBalanceAreNotJudged() {
        SimulatedEvidence evidence = falling(LEFT, LEFT);
        norms(evidence, 3000, repeated(0.5), repeated(0.5));

        assertThat(ours(evidence).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void networksThatDecayAwayAreNotJudged() {
        SimulatedEvidence evidence = falling(LEFT, LEFT);
        for (String arm : List.of("lambda 3e-3", "lambda 1e-2", "no decay")) {
            evidence.same(arm, "norms.frobenius/layers.0", ENDING_STEPS, 1e-4)
                    .same(arm, "norms.frobenius/layers.1", ENDING_STEPS, 2e-4);
        }

        assertThat(ours(evidence).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aControlThatBalancesWithoutDecayDoesNotHideTheLawWithLambdaDoubled() {
        SimulatedEvidence evidence = falling(LEFT, LEFT);
        norms(evidence, ENDING_STEPS, repeated(0), repeated(0));

        assertThat(ours(evidence).control().outcome()).isEqualTo(Outcome.REFUTED);
    }

    private JudgeCalibration.Rates rates(double spread, double deviation) {
        SimulatedArm arm = SimulatedArm.of(spread, deviation);
        SimulatedEvidence falling = falling(LEFT, LEFT);
        return new JudgeCalibration(10, List.of(arm), values -> {
                    SimulatedEvidence evidence = falling.copy();
                    norms(evidence, ENDING_STEPS, values[0], repeated(1.05));
                    return ours(evidence).treatment();
                })
                .rates(400, 1);
    }

    private Outcome outcome(double layersLeft, double unitsLeft) {
        SimulatedEvidence evidence = falling(layersLeft, unitsLeft);
        norms(evidence, ENDING_STEPS, repeated(1e-5), repeated(1.05));
        return ours(evidence).treatment().outcome();
    }

    private Sentence ours(SimulatedEvidence evidence) {
        return claim.judge(evidence.evidence()).sentences().getLast();
    }

    private SimulatedEvidence falling(double layersLeft, double unitsLeft) {
        String arm = "unequal start";
        return SimulatedEvidence.of(claim)
                .put(arm, "balance.difference/layers.0", 0, repeated(80))
                .put(arm, "balance.difference/layers.0", FALLING_STEPS, repeated(80 * layersLeft))
                .put(arm, "balance.difference/layers.1", 0, repeated(62))
                .put(arm, "balance.difference/layers.1", FALLING_STEPS, repeated(62 * layersLeft))
                .vector(arm, "balance.units/layers.0", 0, 4, -1, 2)
                .vector(arm, "balance.units/layers.0", FALLING_STEPS, 4 * unitsLeft, -unitsLeft, 2 * unitsLeft);
    }

    /** Two layers whose norms differ by the given share of their mean. */
    private static void norms(SimulatedEvidence evidence, long step, double[] decayed, double[] plain) {
        for (String arm : List.of("lambda 3e-3", "lambda 1e-2", "no decay")) {
            double[] spreads = arm.equals("no decay") ? plain : decayed;
            evidence.put(
                    arm,
                    "norms.frobenius/layers.0",
                    step,
                    DoubleStream.of(spreads).map(spread -> 2 - spread).toArray());
            evidence.put(
                    arm,
                    "norms.frobenius/layers.1",
                    step,
                    DoubleStream.of(spreads).map(spread -> 2 + spread).toArray());
        }
    }

    private static double[] repeated(double value) {
        return DoubleStream.generate(() -> value).limit(10).toArray();
    }
}
