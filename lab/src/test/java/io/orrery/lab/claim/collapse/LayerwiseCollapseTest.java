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

final class LayerwiseCollapseTest {
    private static final List<String> LAYERS = List.of("inputs", "layers.0", "layers.1", "layers.2", "layers.3");
    private static final int RANGAMANI = 0;
    private static final int HE_AND_SU = 1;
    private static final int OURS = 2;

    private final LayerwiseCollapse claim = new LayerwiseCollapse();
    private final SimulatedEvidence fitted = SimulatedEvidence.of(claim)
            .everywhere("loss.accuracy@train", 8000, 1)
            .everywhere("neural-collapse.nc1@train", 5300, 0.01)
            .everywhere("neural-collapse.nc1@train", 8000, 0.01);

    @Test
    void aFallFromLayerToLayerIsSupportedAndNoneIsNot() {
        assertThat(rates(2.27, RANGAMANI).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(1, RANGAMANI).supported()).isLessThanOrEqualTo(0.05);
        assertThat(rates(1.1, RANGAMANI).supported()).isLessThanOrEqualTo(0.05);
        assertThat(rates(2.27, OURS).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(1.5, OURS).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void evenFallsAreAConstantRateAndUnevenOnesRefuteIt() {
        assertThat(outcome(judge(falling(2), falling(0.9), falling(0.9)), HE_AND_SU))
                .isEqualTo(Outcome.SUPPORTED);
        double[][] uneven = falling(1.2);
        Arrays.fill(uneven[3], 20);
        assertThat(outcome(judge(uneven, falling(0.9), falling(0.9)), HE_AND_SU))
                .isEqualTo(Outcome.REFUTED);
    }

    @Test
    void layersThatSeparateWithoutDecayLeaveOursOpenAndTheSourceSupported() {
        Judgement judged = judge(falling(2.27), falling(0.8), falling(2.27));

        assertThat(outcome(judged, RANGAMANI)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(judged, OURS)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void layersThatSeparateClassesBeforeTrainingLeaveTheSourceOpen() {
        assertThat(outcome(judge(falling(2.27), falling(2.27), falling(0.9)), RANGAMANI))
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aLayerThatDoesNothingRefutesAll() {
        double[][] idle = falling(2.27);
        Arrays.fill(idle[1], 1.0);
        Judgement judged = judge(idle, falling(0.8), falling(0.9));

        assertThat(judged.sentences()).allMatch(sentence -> sentence.verdict().outcome() == Outcome.REFUTED);
    }

    @Test
    void classesThatAreNotFittedAreNotJudged() {
        SimulatedEvidence evidence =
                evidence(falling(2.27), falling(0.8), falling(0.9)).everywhere("loss.accuracy@train", 8001, 0.9);

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aNetworkWithoutHiddenLayersIsNotJudged() {
        assertThat(claim.judge(fitted.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** Logarithms of the first fall spread by 0.14 over seeds (pilot); so do all of them here. */
    private JudgeCalibration.Rates rates(double factor, int sentence) {
        SimulatedArm fall = SimulatedArm.logarithmic(factor, 0.14);
        return new JudgeCalibration(
                        10,
                        List.of(fall, fall, fall, fall),
                        falls -> judge(falls, falling(0.8), falling(0.9))
                                .sentences()
                                .get(sentence)
                                .treatment())
                .rates(200, 1);
    }

    private Judgement judge(double[][] trained, double[][] untrained, double[][] plain) {
        return claim.judge(evidence(trained, untrained, plain).evidence());
    }

    private static Outcome outcome(Judgement judged, int sentence) {
        return judged.sentences().get(sentence).verdict().outcome();
    }

    /** NC1b of networks trained with decay, untrained and trained without: from 3 at the inputs, divided by factors [layer][seed]. */
    private SimulatedEvidence evidence(double[][] trained, double[][] untrained, double[][] plain) {
        SimulatedEvidence evidence = fitted.copy();
        for (int hidden : new int[] {2, 4}) {
            String arm = hidden == 2 ? LayerwiseCollapse.TWO : LayerwiseCollapse.FOUR;
            put(evidence, arm, hidden, 0, untrained);
            put(evidence, arm, hidden, 8000, trained);
            put(evidence, arm + LayerwiseCollapse.NONE, hidden, 8000, plain);
        }
        return evidence;
    }

    private static void put(SimulatedEvidence evidence, String arm, int hidden, long step, double[][] falls) {
        double[] now = new double[10];
        Arrays.fill(now, 3);
        for (int layer = 0; layer <= hidden; layer++) {
            if (layer > 0) {
                for (int seed = 0; seed < 10; seed++) {
                    now[seed] /= falls[layer - 1][seed];
                }
            }
            for (String quantity : List.of("nc1b", "nc1")) {
                evidence.put(arm, "neural-collapse." + quantity + "/" + LAYERS.get(layer) + "@train", step, now);
            }
        }
    }

    /** Factors that differ by a percent from seed to seed. */
    private static double[][] falling(double factor) {
        double[][] falls = new double[4][10];
        for (double[] fall : falls) {
            for (int seed = 0; seed < fall.length; seed++) {
                fall[seed] = factor * (1 + 0.01 * (seed % 3));
            }
        }
        return falls;
    }
}
