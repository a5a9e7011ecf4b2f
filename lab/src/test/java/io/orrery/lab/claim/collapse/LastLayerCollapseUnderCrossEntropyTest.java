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

final class LastLayerCollapseUnderCrossEntropyTest {
    private static final int[] RATIOS = {1, 4, 16, 64};
    private static final int SOURCE = 0;
    private static final int OURS = 1;

    private final LastLayerCollapseUnderCrossEntropy claim = new LastLayerCollapseUnderCrossEntropy();
    private final SimulatedEvidence fitted = plain();

    @Test
    void classifiersThatComeTogetherAreSupportedAndASimplexAtAllRatiosIsNot() {
        assertThat(rates(0.97, 0.014, OURS).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(-0.2, 0.014, OURS).supported()).isLessThanOrEqualTo(0.05);
        assertThat(rates(0.97, 0.014, SOURCE).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(0.97, 0.04, SOURCE).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void bothAreSupportedWithTheirControls() {
        Judgement judged = judge(new double[] {-0.2, -0.17, 0, 0.97}, 0.014);

        assertThat(outcome(judged, SOURCE)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(judged, OURS)).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void classifiersHalfWayFromASimplexDoNotPointTheSameWay() {
        assertThat(outcome(judge(new double[] {-0.2, -0.17, 0, 0.5}, 0.014), OURS))
                .isEqualTo(Outcome.REFUTED);
    }

    @Test
    void equallyLargeClassesThatAreNotFittedAreNotJudged() {
        SimulatedEvidence evidence = fitted.copy();
        treatment(evidence, new double[] {-0.2, -0.17, 0, 0.97}, 0.014);
        evidence.everywhere("loss.accuracy@train", 8001, 0.9);

        assertThat(claim.judge(evidence.evidence()).sentences())
                .allMatch(sentence -> sentence.verdict().outcome() == Outcome.INCONCLUSIVE);
    }

    @Test
    void featuresThatHaveNotCollapsedAreNotJudged() {
        SimulatedEvidence evidence = fitted.copy();
        treatment(evidence, new double[] {-0.1, -0.3, 0, 0.97}, 0.2);
        evidence.same("ratio 1, decay", "neural-collapse.nc1@train", 8001, 0.2);

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void collapseWithoutDecayLeavesBothOpen() {
        SimulatedEvidence evidence = unmeasured();
        double[] cosines = {-0.2, -0.17, 0, 0.97};
        treatment(evidence, cosines, 0.014);
        for (int i = 0; i < RATIOS.length; i++) {
            put(evidence, "ratio " + RATIOS[i] + ", no decay", filled(cosines[i]), filled(0.014));
        }

        assertThat(claim.judge(evidence.evidence()).sentences())
                .allMatch(sentence -> sentence.verdict().outcome() == Outcome.INCONCLUSIVE);
    }

    @Test
    void anotherNumberOfClassesIsNotJudged() {
        SimulatedEvidence evidence = unmeasured();
        for (int ratio : RATIOS) {
            for (String decay : List.of(", decay", ", no decay")) {
                evidence.vector("ratio " + ratio + decay, "classes.classifier-cosines", 8000, 1, 1, 1);
            }
        }

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** Spreads of the pilot: 0.02 of the last cosine, 0.1 of the one before, 0.006 of the distance from a simplex. */
    private JudgeCalibration.Rates rates(double last, double angle, int sentence) {
        double middle = last > 0 ? 0 : -0.2;
        return new JudgeCalibration(
                        10,
                        List.of(
                                SimulatedArm.of(-0.2, 0.01),
                                SimulatedArm.of(last > 0 ? -0.15 : -0.2, 0.02),
                                SimulatedArm.of(middle, last > 0 ? 0.1 : 0.02),
                                SimulatedArm.of(last, 0.02),
                                SimulatedArm.of(angle, 0.006)),
                        values -> {
                            SimulatedEvidence evidence = fitted.copy();
                            for (int i = 0; i < RATIOS.length; i++) {
                                put(evidence, "ratio " + RATIOS[i] + ", decay", values[i], values[4]);
                            }
                            return claim.judge(evidence.evidence())
                                    .sentences()
                                    .get(sentence)
                                    .treatment();
                        })
                .rates(200, 1);
    }

    private SimulatedEvidence plain() {
        SimulatedEvidence evidence = unmeasured();
        for (int ratio : RATIOS) {
            put(evidence, "ratio " + ratio + ", no decay", filled(-0.15), filled(0.075));
        }
        return evidence;
    }

    private SimulatedEvidence unmeasured() {
        return SimulatedEvidence.of(claim)
                .everywhere("loss.accuracy@train", 8000, 1)
                .everywhere("loss.objective@train", 5300, 0.5)
                .everywhere("loss.objective@train", 8000, 0.5)
                .everywhere("neural-collapse.nc1@train", 8000, 0.01);
    }

    private Judgement judge(double[] cosines, double angle) {
        SimulatedEvidence evidence = fitted.copy();
        treatment(evidence, cosines, angle);
        return claim.judge(evidence.evidence());
    }

    private static Outcome outcome(Judgement judged, int sentence) {
        return judged.sentences().get(sentence).verdict().outcome();
    }

    private static void treatment(SimulatedEvidence evidence, double[] cosines, double angle) {
        for (int i = 0; i < RATIOS.length; i++) {
            put(evidence, "ratio " + RATIOS[i] + ", decay", filled(cosines[i]), filled(angle));
        }
    }

    /** Rare classes are the last three of six, so their pairs are the last three of fifteen. */
    private static void put(SimulatedEvidence evidence, String arm, double[] cosines, double[] angles) {
        double[][] vectors = new double[cosines.length][15];
        for (int seed = 0; seed < cosines.length; seed++) {
            Arrays.fill(vectors[seed], 12, 15, cosines[seed]);
        }
        evidence.vectors(arm, "classes.classifier-cosines", 8000, vectors)
                .put(arm, "neural-collapse.maximal-angle-weights@train", 8000, angles);
    }

    private static double[] filled(double value) {
        double[] values = new double[10];
        Arrays.fill(values, value);
        return values;
    }
}
