package io.orrery.lab.claim.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With the labels alone the student has a test accuracy of 0.8. */
final class DistilledStudentTest {
    private static final int MORE = 0;
    private static final int UNSOFTENED = 1;
    private static final int STEPS = 960;
    private static final String TEST = "loss.accuracy@test";
    private static final String STUDENT = "temperature 4, weight 0.9, 12 units";
    private static final String COLD = "temperature 1, weight 0.9, 12 units";
    private static final String SMOOTH = "smooth labels, 12 units";
    private static final String MISLED = "student of the teacher of random labels";

    private final DistilledStudent claim = new DistilledStudent();

    @Test
    void aGainOverBothSupportsAndSoDoesNoneWithoutSoftening() {
        Judgement judged = judge(evidence(0.03, 0, 0.002, -0.5));

        assertThat(outcome(judged, MORE)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(judged, UNSOFTENED)).isEqualTo(Outcome.SUPPORTED);
        assertThat(judged.figures()).hasSize(3);
        assertThat(judged.figures().getFirst().curves()).hasSize(3);
        assertThat(judged.figures().getFirst().curves().get(1).middle()[2]).isCloseTo(0.03, within(1e-12));
    }

    @Test
    void smoothLabelsThatDoAsMuchRefute() {
        assertThat(outcome(judge(evidence(0.03, 0.025, 0, -0.5)), MORE)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aTeacherWithoutUseRefutes() {
        Judgement judged = judge(evidence(0.004, 0, 0, -0.5));

        assertThat(outcome(judged, MORE)).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(judged, UNSOFTENED))
                .as("what softened outputs do not show either is not shown without softening")
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aGainAtTemperatureOneRefutesTheSecondAlone() {
        Judgement judged = judge(evidence(0.03, 0, 0.02, -0.5));

        assertThat(outcome(judged, MORE)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(judged, UNSOFTENED)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aTeacherOfRandomLabelsThatHelpsAsMuchLeavesItOpen() {
        assertThat(outcome(judge(evidence(0.03, 0, 0, 0.03)), MORE)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void everyStudentHasItsTeacherAndEveryTwinNone() {
        for (Scale scale : Scale.values()) {
            Protocol protocol = claim.protocol(scale);
            assertThat(protocol.arms())
                    .filteredOn(arm -> arm.spec().spec().rule().toString().startsWith("Distillation"))
                    .hasSize(scale == Scale.QUICK ? 17 : 25)
                    .allMatch(arm -> arm.starts().containsKey("teacher"));
            assertThat(protocol.arms())
                    .filteredOn(
                            arm -> arm.name().contains("labels") && !arm.name().startsWith("student"))
                    .allMatch(arm -> arm.starts().isEmpty());
        }
    }

    /** Gains deviate by 0.0074 over hard labels and 0.0087 over smooth ones in the pilots. */
    @Test
    void theJudgeSeldomErrs() {
        assertThat(rates(0.02, 0.02).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(0.01, 0.01).supported()).isLessThanOrEqualTo(0.05);
    }

    private JudgeCalibration.Rates rates(double overHard, double overSmooth) {
        SimulatedEvidence prepared = SimulatedEvidence.of(claim)
                .same(STUDENT, TEST, STEPS, 0.8)
                .same(COLD, TEST, STEPS, 0.8)
                .same(MISLED, TEST, STEPS, 0.2);
        return new JudgeCalibration(
                        claim.protocol(Scale.QUICK).seeds(),
                        List.of(SimulatedArm.of(0.8 - overHard, 0.0074), SimulatedArm.of(0.8 - overSmooth, 0.0087)),
                        values -> claim.judge(prepared.copy()
                                        .put("labels, 12 units", TEST, STEPS, values[0])
                                        .put(SMOOTH, TEST, STEPS, values[1])
                                        .evidence())
                                .sentences()
                                .get(MORE)
                                .treatment())
                .rates(300, 1);
    }

    private SimulatedEvidence evidence(double gain, double smooth, double cold, double misled) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim);
        for (int capacity : new int[] {6, 12, 24}) {
            evidence.same("labels, " + capacity + " units", TEST, STEPS, 0.8);
        }
        return evidence.same(SMOOTH, TEST, STEPS, 0.8 + smooth)
                .same(STUDENT, TEST, STEPS, 0.8 + gain)
                .same(COLD, TEST, STEPS, 0.8 + cold)
                .same(MISLED, TEST, STEPS, 0.8 + misled);
    }

    private Judgement judge(SimulatedEvidence evidence) {
        return claim.judge(evidence.evidence());
    }

    private static Outcome outcome(Judgement judged, int sentence) {
        return judged.sentences().get(sentence).verdict().outcome();
    }
}
