package io.orrery.lab.claim.stopping;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Validation loss of the classes is smallest at epoch 30 and ends training at 38, that of random labels at epoch 2 and 10; accuracy
 * rises by 0.01 an epoch up to epoch 20.
 */
final class NeuralPersistenceTest {
    private static final int EPOCHS = 60;

    private final NeuralPersistence claim = new NeuralPersistence();

    @Test
    void restFromEpochTwentyOnSavesEpochsAndAccuracy() {
        // at rest: epochs 20 to 28 are the first eight that do not move; falling from the start, a rule that waits for
        // a rise stops at 8
        assertThat(outcomes(20, false)).containsExactly(Outcome.REFUTED, Outcome.SUPPORTED);
    }

    @Test
    void persistenceThatRisesUntilEpochTwentySupportsTheSourceToo() {
        assertThat(outcomes(20, true)).containsExactly(Outcome.SUPPORTED, Outcome.SUPPORTED);
    }

    @Test
    void persistenceThatMovesOnSavesNothing() {
        assertThat(outcomes(45, true)).containsExactly(Outcome.REFUTED, Outcome.REFUTED);
    }

    @Test
    void restTooSoonCostsAccuracy() {
        assertThat(outcomes(5, true)).containsExactly(Outcome.REFUTED, Outcome.REFUTED);
    }

    private List<Outcome> outcomes(int rest, boolean rising) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim);
        for (int epoch = 0; epoch <= EPOCHS; epoch++) {
            double moved = 0.02 * Math.min(epoch, rest);
            arm(evidence, "classes", epoch, rising ? 0.5 + moved : 2 - moved, 30);
            arm(evidence, "random labels", epoch, 0.5 + 0.02 * epoch, 2);
        }
        return claim.judge(evidence.evidence()).sentences().stream()
                .map(sentence -> sentence.verdict().outcome())
                .toList();
    }

    private static void arm(SimulatedEvidence evidence, String arm, int epoch, double persistence, int best) {
        evidence.same(arm, "neural-persistence.normalized", 20L * epoch, persistence)
                .same(arm, "loss.loss@validation", 20L * epoch, 1 + 0.1 * Math.abs(epoch - best))
                .same(arm, "loss.accuracy@test", 20L * epoch, 0.7 + 0.01 * Math.min(epoch, 20));
    }
}
