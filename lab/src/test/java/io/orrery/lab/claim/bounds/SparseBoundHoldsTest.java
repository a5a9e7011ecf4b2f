package io.orrery.lab.claim.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SparseBoundHoldsTest {
    private final SparseBoundHolds claim = new SparseBoundHolds();
    private double memorizedError;

    @Test
    void aBoundThatHoldsAndIsFarBelowIsSupported() {
        assertThat(judged(5, 2000, 0).verdict().outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void oneGapAboveTheBoundRefutes() {
        assertThat(judged(0.8, 2000, 0).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aBoundFiftyTimesSmallerRefutes() {
        assertThat(judged(5, 50, 0).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void randomLabelsThatAreNotMemorizedAreNotJudged() {
        memorizedError = 0.02;

        assertThat(judged(5, 2000, 0).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aVacuousBoundIsSaidToBe() {
        assertThat(judged(5, 2000, 0).remarks().getFirst()).contains("vacuous in every run");
        assertThat(judged(0.95, 2000, 0).remarks().getFirst()).contains("not vacuous in every run");
    }

    @Test
    void networksThatDoNotFitAreNotJudged() {
        assertThat(judged(5, 2000, 0.02).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** The dense network has its own bound, 12 at its margin of 1/2 as the convolutional one's 10: no order of magnitude. */
    @Test
    void aTrainedDenseNetworkWithANearBoundRefutesTheSecondSentence() {
        Judgement judgement = judged(5, 2000, 0);

        assertThat(judgement.sentences().get(1).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    /** Random labels of ten classes are wrong nine times in ten on new examples; the confidence of 100 examples is 0.585. */
    private Judgement judged(double bound, double apart, double error) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim)
                .everywhere("loss.examples@train", 400, 100)
                .everywhere("bounds.margin-minimum@train", 400, 0.4)
                .everywhere("bounds.margin-quantile-10@train", 400, 0.5)
                .everywhere("bounds.error@train", 400, error)
                .everywhere("bounds.error@test", 400, 0.9)
                .everywhere("bounds.galanti-minimum@train", 400, bound)
                .everywhere("bounds.galanti-quantile-10@train", 400, bound + 1);
        for (String arm :
                claim.protocol(Scale.QUICK).arms().stream().map(Arm::name).toList()) {
            boolean dense = arm.startsWith("dense");
            if (arm.endsWith("random labels")) {
                evidence.put(arm, "bounds.error@train", 400, repeated(memorizedError));
            }
            evidence.put(arm, "bounds.galanti@train", 400, repeated(dense ? 12 : 10))
                    .put(arm, "bounds.galanti-dense@train", 400, repeated(dense ? 12 : 10 * apart));
        }
        return claim.judge(evidence.evidence());
    }

    private static double[] repeated(double value) {
        double[] values = new double[10];
        Arrays.fill(values, value);
        return values;
    }
}
