package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CentralPathTest {
    private final CentralPath claim = new CentralPath();
    private final SimulatedEvidence nothing = SimulatedEvidence.of(claim);

    /** What P25 promises; the flow itself has its own test. */
    private final SimulatedCentralPath flow =
            new SimulatedCentralPath(filled(1e-5), filled(0.9), filled(2.8), filled(1.005));

    @Test
    void aSmallShareIsSupportedAndALargeOneIsNot() {
        assertThat(rates(0.025).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(0.1).supported()).isLessThanOrEqualTo(0.05);
        assertThat(rates(0.83).refuted()).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void aLastLayerThatLearnsAndOneThatDoesNotBearItOut() {
        Judgement judged = claim.judge(evidence(filled(0.025), filled(0.6)).evidence(), flow);

        assertThat(judged.sentences()).allMatch(sentence -> sentence.verdict().outcome() == Outcome.SUPPORTED);
    }

    @Test
    void aFrozenLastLayerOnThePathLeavesItOpen() {
        Judgement judged = claim.judge(evidence(filled(0.025), filled(0.025)).evidence(), flow);

        assertThat(judged.sentences().subList(0, 2))
                .allMatch(sentence -> sentence.verdict().outcome() == Outcome.INCONCLUSIVE);
    }

    @Test
    void aShareThatIsLargeOnTheWayRefutesTheSourceAndNotOurs() {
        SimulatedEvidence evidence =
                evidence(filled(0.025), filled(0.6)).put("decay", "central-path.share", 4000, filled(0.3));
        Judgement judged = claim.judge(evidence.evidence(), flow);

        assertThat(judged.sentences().get(0).verdict().outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(judged.sentences().get(1).verdict().outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void classesThatAreNotFittedAreNotJudged() {
        SimulatedEvidence evidence = evidence(filled(0.025), filled(0.6)).everywhere("loss.accuracy@train", 8001, 0.9);

        assertThat(claim.judge(evidence.evidence(), flow).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void partsThatDoNotAddUpRefuteTheIdentities() {
        SimulatedEvidence evidence =
                evidence(filled(0.025), filled(0.6)).put("decay", "central-path.within-class", 8001, filled(0.6));

        assertThat(claim.judge(evidence.evidence(), flow)
                        .sentences()
                        .get(2)
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.REFUTED);
    }

    @Test
    void withoutDecayThereIsNothingToJudge() {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim).everywhere("loss.accuracy@train", 8000, 1);

        assertThat(claim.judge(evidence.evidence(), flow).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void theFlowFollowsItsLawFromRandomStarts() {
        SimulatedCentralPath simulated = SimulatedCentralPath.from(2);

        assertThat(Arrays.stream(simulated.lawErrors()).boxed()).allMatch(error -> error <= 1e-3);
        assertThat(Arrays.stream(simulated.droppedErrors()).boxed()).allMatch(error -> error > 0.1);
        assertThat(Arrays.stream(simulated.endSpreads()).boxed()).allMatch(spread -> spread <= 1.01);
        assertThat(Arrays.stream(simulated.startSpreads()).boxed()).allMatch(spread -> spread > 1.1);
    }

    /** Logarithms spread by 0.12 over seeds (pilot). */
    private JudgeCalibration.Rates rates(double share) {
        return JudgeCalibration.of(
                        10,
                        SimulatedArm.logarithmic(share, 0.12),
                        shares -> claim.judge(evidence(shares, filled(0.6)).evidence(), flow)
                                .treatment())
                .rates(200, 1);
    }

    /** A loss of 1, of which the class means take a tenth. */
    private SimulatedEvidence evidence(double[] shares, double[] frozen) {
        double[] within = Arrays.stream(shares).map(share -> 1 - 0.1 - share).toArray();
        return nothing.copy()
                .everywhere("loss.accuracy@train", 8000, 1)
                .put("decay", "central-path.share", 0, filled(0.83))
                .put("last layer frozen", "central-path.share", 8000, frozen)
                .put("decay", "central-path.share", 8000, shares)
                .put("decay", "central-path.off-path", 8000, shares)
                .put("decay", "central-path.class-means", 8000, filled(0.1))
                .put("decay", "central-path.within-class", 8000, within);
    }

    private static double[] filled(double value) {
        double[] values = new double[10];
        Arrays.fill(values, value);
        return values;
    }
}
