package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CollapseInAllFourTest {
    private static final int FITTED = 40;
    private static final int END = 5000;

    private final CollapseInAllFour claim = new CollapseInAllFour();

    @Test
    void whatThePilotsShowedIsSupported() {
        assertThat(outcome(0, 0.01, 0.02)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(1, 0.01, 0.02)).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void classifiersAwayFromTheMeansRefuteBoth() {
        assertThat(outcome(0, 0.1, 0.02)).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(1, 0.1, 0.02)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void anglesAwayFromTheSimplexRefuteBoth() {
        assertThat(outcome(0, 0.01, 0.1)).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(1, 0.01, 0.1)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void nothingMeasuredLeavesItOpen() {
        assertThat(claim.judge(SimulatedEvidence.of(claim).evidence()).verdict().outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    private Outcome outcome(int sentence, double duality, double angle) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim);
        for (String arm :
                evidence.evidence().arms().stream().map(each -> each.name()).toList()) {
            boolean sphere = arm.contains("sphere");
            boolean decay = !arm.contains("no decay");
            evidence.same(arm, "loss.accuracy@train", 0, 0.2)
                    .same(arm, "loss.accuracy@train", FITTED, 1)
                    .same(arm, "loss.accuracy@train", END, 1)
                    .put(arm, "neural-collapse.nc1@train", FITTED, spread(0.1))
                    .put(arm, "neural-collapse.nc1@train", END, spread(decay || sphere ? 0.003 : 0.014))
                    .put(arm, "neural-collapse.maximal-angle-means@train", 0, spread(0.2))
                    .put(arm, "neural-collapse.maximal-angle-means@train", END, spread(decay ? angle : 0.07))
                    .put(arm, "neural-collapse.self-duality-centred@train", 0, spread(1))
                    .put(arm, "neural-collapse.self-duality-centred@train", END, spread(decay ? duality : 0.5))
                    .put(arm, "neural-collapse.nc4@train", 0, spread(0.7))
                    .same(arm, "neural-collapse.nc4@train", END, 0)
                    .put(arm, "norms.rho", END, spread(sphere ? 30 : 430));
        }
        return List.copyOf(claim.judge(evidence.evidence()).sentences())
                .get(sentence)
                .verdict()
                .outcome();
    }

    /** Ten seeds a few percent apart. */
    private static double[] spread(double middle) {
        double[] seeds = new double[10];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = middle * (1 + 0.01 * (i - 4.5) * (i % 2 == 0 ? 1 : -1));
        }
        return seeds;
    }
}
