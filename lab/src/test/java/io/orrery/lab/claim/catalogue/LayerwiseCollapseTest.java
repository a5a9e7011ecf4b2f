package io.orrery.lab.claim.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.JudgeCalibration;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.Outcome;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LayerwiseCollapseTest {
    private static final List<String> LAYERS = List.of("inputs", "layers.0", "layers.1", "layers.2", "layers.3");

    private final LayerwiseCollapse claim = new LayerwiseCollapse();
    private final SimulatedEvidence fitted = SimulatedEvidence.of(claim).everywhere("loss.accuracy@train", 8000, 1);

    @Test
    void theSourcesFallFromLayerToLayerIsSupportedAndNoneIsNot() {
        assertThat(rates(2.27).supported()).isGreaterThanOrEqualTo(0.9);
        assertThat(rates(1).supported()).isLessThanOrEqualTo(0.05);
        assertThat(rates(1.5).supported()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void classesThatAreNotFittedAreNotJudged() {
        SimulatedEvidence evidence = evidence(falling(2.27), falling(0.8)).everywhere("loss.accuracy@train", 8001, 0.9);

        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void layersThatSeparateClassesBeforeTrainingLeaveItOpen() {
        SimulatedEvidence open = evidence(falling(2.27), falling(2.27));
        SimulatedEvidence seen = evidence(falling(2.27), falling(0.8));

        assertThat(claim.judge(open.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(claim.judge(seen.evidence()).verdict().outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void aNetworkWithoutHiddenLayersIsNotJudged() {
        assertThat(claim.judge(fitted.evidence()).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** Logarithms of the first fall spread by 0.14 over seeds (pilot); so do all of them here. */
    private JudgeCalibration.Rates rates(double factor) {
        SimulatedArm fall = SimulatedArm.logarithmic(factor, 0.14);
        return new JudgeCalibration(
                        10,
                        List.of(fall, fall, fall, fall),
                        falls -> claim.judge(evidence(falls, falling(0.8)).evidence())
                                .treatment())
                .rates(200, 1);
    }

    /** NC1b of trained and untrained networks from 3 at the inputs, divided from layer to layer by factors [layer][seed]. */
    private SimulatedEvidence evidence(double[][] trained, double[][] untrained) {
        SimulatedEvidence evidence = fitted.copy();
        put(evidence, "two hidden layers", 2, 0, untrained);
        put(evidence, "two hidden layers", 2, 8000, trained);
        put(evidence, "four hidden layers", 4, 0, untrained);
        put(evidence, "four hidden layers", 4, 8000, trained);
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
            evidence.put(arm, "neural-collapse.nc1b/" + LAYERS.get(layer) + "@train", step, now);
        }
    }

    private static double[][] falling(double factor) {
        double[][] falls = new double[4][10];
        for (double[] fall : falls) {
            Arrays.fill(fall, factor);
        }
        return falls;
    }
}
