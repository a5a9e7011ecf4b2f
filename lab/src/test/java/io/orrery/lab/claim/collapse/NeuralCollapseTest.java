package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NeuralCollapseTest {
    private static final int SOURCE = 0;
    private static final int OURS = 1;
    private static final String NC1 = "neural-collapse.nc1@train";
    private static final String ACCURACY = "loss.accuracy@train";

    /** NC1 when the training error first vanishes. */
    private static final double FITTED = 0.06;

    private final NeuralCollapse claim = new NeuralCollapse();
    private final SimulatedEvidence fitted = SimulatedEvidence.of(claim)
            .everywhere(ACCURACY, 316, 0.995)
            .everywhere(ACCURACY, 631, 1)
            .everywhere(ACCURACY, 8000, 1)
            .everywhere(NC1, 316, 0.5);

    @Test
    void collapseIsSupportedAndNoEffectIsNot() {
        for (int sentence : new int[] {SOURCE, OURS}) {
            assertThat(rates(0.05, sentence).supported()).isGreaterThanOrEqualTo(0.9);
            assertThat(rates(1, sentence).supported()).isLessThanOrEqualTo(0.05);
        }
        assertThat(rates(0.1, SOURCE).supported()).isLessThanOrEqualTo(0.05);
        assertThat(rates(0.15, OURS).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void collapseWithDecayAloneSupportsBoth() {
        Judgement judged = judge(evidence(repeated(0.003), repeated(0.06), repeated(0.06)));

        assertThat(judged.sentences()).allMatch(sentence -> sentence.verdict().outcome() == Outcome.SUPPORTED);
    }

    @Test
    void variabilityThatStaysWhereFittingLeftItRefutesBoth() {
        Judgement judged = judge(evidence(repeated(0.05), repeated(0.06), repeated(0.06)));

        assertThat(judged.sentences()).allMatch(sentence -> sentence.verdict().outcome() == Outcome.REFUTED);
    }

    @Test
    void aFallBeforeTheErrorHasVanishedIsNone() {
        SimulatedEvidence late = evidence(repeated(0.003), repeated(0.06), repeated(0.06), 0.004);

        assertThat(outcome(judge(late), SOURCE)).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(judge(late), OURS)).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void collapseWithoutDecayLeavesTheSourceOpenAndRefutesOurs() {
        Judgement judged = judge(evidence(repeated(0.003), repeated(0.003), repeated(0.003)));

        assertThat(outcome(judged, SOURCE)).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(outcome(judged, OURS)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aSlightDecayThatCollapsesTooLeavesOursOpen() {
        Judgement judged = judge(evidence(repeated(0.003), repeated(0.06), repeated(0.003)));

        assertThat(outcome(judged, SOURCE)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(judged, OURS)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void classesThatAreNotFittedAreNotJudged() {
        Judgement judged =
                judge(evidence(repeated(0.003), repeated(0.06), repeated(0.06)).everywhere(ACCURACY, 8001, 0.9));

        assertThat(judged.sentences()).allMatch(sentence -> sentence.verdict().outcome() == Outcome.INCONCLUSIVE);
    }

    @Test
    void anErrorThatNeverVanishesLeavesTheSourceOpen() {
        SimulatedEvidence nearly = SimulatedEvidence.of(claim).everywhere(ACCURACY, 8000, 0.995);
        nearly.everywhere(NC1, 631, FITTED).everywhere(NC1, 5300, 0.003).everywhere(NC1, 8000, 0.003);

        assertThat(outcome(judge(nearly), SOURCE)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void variabilityThatStillFallsIsNotJudged() {
        Judgement judged =
                judge(evidence(repeated(0.003), repeated(0.06), repeated(0.06)).same("decay", NC1, 5301, 0.005));

        assertThat(judged.sentences())
                .allMatch(sentence -> sentence.verdict().reason().contains("NC1 over the last third"));
    }

    /** NC1 without decay spreads by a quarter over seeds, with decay by 0.4 (pilot). */
    private JudgeCalibration.Rates rates(double ratio, int sentence) {
        SimulatedArm none = SimulatedArm.logarithmic(FITTED, 0.25);
        return new JudgeCalibration(
                        10,
                        List.of(SimulatedArm.logarithmic(FITTED * ratio, 0.4), none, none),
                        values -> judge(evidence(values[0], values[1], values[2]))
                                .sentences()
                                .get(sentence)
                                .treatment())
                .rates(200, 1);
    }

    private SimulatedEvidence evidence(double[] decay, double[] none, double[] slight) {
        return evidence(decay, none, slight, FITTED);
    }

    private SimulatedEvidence evidence(double[] decay, double[] none, double[] slight, double atFit) {
        SimulatedEvidence evidence = fitted.copy().everywhere(NC1, 631, atFit);
        put(evidence, "decay", decay);
        put(evidence, "no decay", none);
        put(evidence, "decay / 100", slight);
        return evidence;
    }

    private static void put(SimulatedEvidence evidence, String arm, double[] nc1) {
        evidence.put(arm, NC1, 5300, nc1).put(arm, NC1, 8000, nc1);
    }

    private Judgement judge(SimulatedEvidence evidence) {
        return claim.judge(evidence.evidence());
    }

    private static Outcome outcome(Judgement judged, int sentence) {
        return judged.sentences().get(sentence).verdict().outcome();
    }

    private static double[] repeated(double value) {
        double[] values = new double[10];
        Arrays.fill(values, value);
        return values;
    }
}
