package io.orrery.lab.claim.bounds;

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
    void anAdvantageThatGoesWithThePixelsOrderIsSupported() {
        assertThat(judged(1, 0.06, 0.2, 20).verdict().outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void anAdvantageOnScrambledPixelsTooIsAnotherThingsDoing() {
        Judgement judgement = judged(1, 0.06, 0.06, 20);

        assertThat(judgement.control().findings().getFirst().outcome()).isNotEqualTo(Outcome.REFUTED);
        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void guessingAtRandomLabelsIsNoAdvantage() {
        assertThat(judged(1, DENSE_ERROR, DENSE_ERROR, 20).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void networksThatDoNotFitAreNotCompared() {
        assertThat(judged(0.97, 0.06, 0.2, 20).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void fourfoldIsNoOrderOfMagnitude() {
        assertThat(sentence(1, judged(1, 0.06, 0.2, 20))).isEqualTo(Outcome.REFUTED);
        assertThat(sentence(1, judged(1, 0.002, 0.2, 20))).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void aBoundTwentyTimesSmallerIsNotOrdersOfMagnitude() {
        assertThat(sentence(2, judged(1, 0.06, 0.2, 20))).isEqualTo(Outcome.REFUTED);
        assertThat(sentence(2, judged(1, 0.06, 0.2, 200))).isEqualTo(Outcome.SUPPORTED);
    }

    private static Outcome sentence(int place, Judgement judgement) {
        return judgement.sentences().get(place).verdict().outcome();
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
                                        evidence(1, errors, jittered(0.2), 20).evidence())
                                .treatment())
                .rates(300, 1);
    }

    private Judgement judged(double accuracy, double convolutional, double scrambled, double boundRatio) {
        return claim.judge(evidence(accuracy, jittered(convolutional), jittered(scrambled), boundRatio)
                .evidence());
    }

    /** Values differ a little between seeds, so that intervals exist. */
    private SimulatedEvidence evidence(double accuracy, double[] convolutional, double[] scrambled, double boundRatio) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim)
                .everywhere("loss.accuracy@train", 1000, accuracy)
                .everywhere("loss.examples@test", 1000, 1000)
                .everywhere("bounds.galanti@train", 1000, 1e4)
                .everywhere("bounds.margin-quantile-10@train", 1000, 0.5);
        for (String pixels : List.of("pixels in place", "pixels scrambled")) {
            evidence.put("dense, " + pixels, "loss.accuracy@test", 1000, right(reversed(jittered(DENSE_ERROR))))
                    .put("dense, " + pixels, "bounds.galanti-dense@train", 1000, jittered(1e4))
                    .put(
                            "convolutional, " + pixels,
                            "loss.accuracy@test",
                            1000,
                            right(pixels.endsWith("place") ? convolutional : scrambled))
                    .put("convolutional, " + pixels, "bounds.galanti-dense@train", 1000, jittered(1e4 * boundRatio));
        }
        return evidence;
    }

    private static double[] right(double[] errors) {
        return Arrays.stream(errors).map(error -> 1 - error).toArray();
    }

    private static double[] jittered(double value) {
        return Arrays.stream(new double[] {0.99, 1, 1.01, 0.995, 1.005})
                .map(each -> value * each)
                .toArray();
    }

    private static double[] reversed(double[] values) {
        double[] reversed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }
}
