package io.orrery.lab.claim.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Ruling;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConvolutionBeatsDenseTest {
    private static final int SEEDS = 5;
    private static final double DENSE_ERROR = 0.22;
    /** LeCun and others 1998: 2.95% over 0.95%. */
    private static final double SOURCE = 3.1;
    /** Deviation of the logarithm of the ratio of errors over ten pilot seeds. */
    private static final double SPREAD = 0.246;

    private final ConvolutionBeatsDense claim = new ConvolutionBeatsDense();

    @Test
    void theSourcesEffectIsSupportedAndNoEffectIsNot() {
        assertThat(rates(SOURCE).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(1).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void fiveSeedsThatAreAllAlikeDecideNothing() {
        assertThat(judged(1, 0.06, 0.2, 20).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void anAdvantageOnScrambledPixelsTooIsAnotherThingsDoing() {
        Judgement judgement = judged(1, 0.06, 0.06, 20);

        assertThat(judgement.control().findings().getFirst().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judgement.control().outcome()).isNotEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void guessingAtRandomLabelsIsNoAdvantage() {
        assertThat(judged(1, DENSE_ERROR, DENSE_ERROR, 20).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void networksThatDoNotFitAreNotCompared() {
        assertThat(judged(0.97, 0.06, 0.2, 20).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aBoundThatIsNoSmallerRefutes() {
        assertThat(judged(1, 0.06, 0.2, 1).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void noWrongDecisionAtAllCountsAsHalfOfOne() {
        Ruling treatment = judged(1, 0, 0.2, 20).treatment();

        assertThat(treatment.main().effect()).isBetween(DENSE_ERROR / 0.0005 * 0.999, DENSE_ERROR / 0.0005 * 1.001);
    }

    private JudgeCalibration.Rates rates(double ratio) {
        return JudgeCalibration.of(
                        SEEDS,
                        SimulatedArm.logarithmic(DENSE_ERROR / ratio, SPREAD),
                        errors -> claim.judge(
                                        evidence(1, errors, repeated(0.2), 20).evidence())
                                .treatment())
                .rates(300, 1);
    }

    private Judgement judged(double accuracy, double convolutional, double scrambled, double boundRatio) {
        return claim.judge(evidence(accuracy, repeated(convolutional), repeated(scrambled), boundRatio)
                .evidence());
    }

    /** Values differ a little between seeds, so that intervals exist. */
    private SimulatedEvidence evidence(double accuracy, double[] convolutional, double[] scrambled, double boundRatio) {
        double[] jitter = {0.99, 1, 1.01, 0.995, 1.005};
        SimulatedEvidence evidence = SimulatedEvidence.of(claim)
                .everywhere("loss.accuracy@train", 1000, accuracy)
                .everywhere("loss.examples@test", 1000, 1000)
                .everywhere("bounds.galanti@train", 1000, 1e4)
                .everywhere("bounds.margin-quantile-10@train", 1000, 0.5);
        for (String pixels : List.of("pixels in place", "pixels scrambled")) {
            evidence.put("dense, " + pixels, "loss.accuracy@test", 1000, right(repeated(DENSE_ERROR)))
                    .put("dense, " + pixels, "bounds.galanti-dense@train", 1000, repeated(1e4))
                    .put(
                            "convolutional, " + pixels,
                            "loss.accuracy@test",
                            1000,
                            right(pixels.endsWith("place") ? convolutional : scrambled))
                    .put(
                            "convolutional, " + pixels,
                            "bounds.galanti-dense@train",
                            1000,
                            Arrays.stream(jitter)
                                    .map(each -> 1e4 * boundRatio * each)
                                    .toArray());
        }
        return evidence;
    }

    private static double[] right(double[] errors) {
        return Arrays.stream(errors).map(error -> 1 - error).toArray();
    }

    private static double[] repeated(double value) {
        double[] values = new double[SEEDS];
        Arrays.fill(values, value);
        return values;
    }
}
