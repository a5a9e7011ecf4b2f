package io.orrery.lab.claim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Made-up accuracies that grow with the logarithm of the number of examples. */
final class QualityAgainstQuantityTest {
    private static final String TEST = "loss.accuracy@test";

    private final QualityAgainstQuantity claim = new QualityAgainstQuantity();

    /** 0.5 at 250, 0.6 at 500, 0.8 at 1000: 0.6 is met at 500, 0.7 half way in the logarithm, 0.4 at once, 0.9 never. */
    @Test
    void theCrossoverIsOnTheLineBetweenNeighbours() {
        double[] found = QualityAgainstQuantity.crossovers(
                List.of(250, 500, 1000),
                new double[][] {{0.5, 0.5, 0.5, 0.5}, {0.6, 0.6, 0.6, 0.6}, {0.8, 0.8, 0.8, 0.8}},
                new double[] {0.6, 0.7, 0.4, 0.9});
        assertThat(found[0]).isEqualTo(500);
        assertThat(found[1]).isCloseTo(500 * Math.sqrt(2), within(1e-9));
        assertThat(found[2]).isEqualTo(250);
        assertThat(found[3]).isNaN();
    }

    /** Noisy accuracy is clean accuracy at an eighth of the size. */
    @Test
    void noisyExamplesThatAreWorthAnEighthSupportAll() {
        assertThat(outcomes(8, quality -> 0.2 + 0.6 * quality))
                .containsOnly(Outcome.SUPPORTED)
                .hasSize(3);
    }

    @Test
    void noisyExamplesThatAreWorthTwoThirdsRefuteTheSecond() {
        assertThat(outcomes(1.5, quality -> 0.2 + 0.6 * quality))
                .containsExactly(Outcome.SUPPORTED, Outcome.REFUTED, Outcome.SUPPORTED);
    }

    @Test
    void qualityThatDoesNotMatterRefutesTheFirst() {
        assertThat(outcomes(8, quality -> 0.8 - 0.6 * quality)).startsWith(Outcome.REFUTED, Outcome.SUPPORTED);
    }

    @Test
    void noisyExamplesThatNeverSufficeRefuteTheThird() {
        assertThat(outcomes(50, quality -> 0.2 + 0.6 * quality).get(2)).isEqualTo(Outcome.REFUTED);
    }

    private static double accuracy(double count) {
        return 0.3 + 0.05 * Math.log(count / 10) / Math.log(2);
    }

    private List<Outcome> outcomes(double factor, DoubleUnaryOperator byQuality) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim);
        for (int quality : List.of(40, 55, 70, 85, 100)) {
            put(evidence, "1000 examples, " + quality + "% of labels kept", byQuality.applyAsDouble(quality / 100.0));
        }
        for (int count : List.of(250, 500, 1000, 2000, 4000, 8000)) {
            put(evidence, count + " examples, 50% of labels kept", accuracy(count / factor));
        }
        put(evidence, "250 examples, 100% of labels kept", accuracy(250));
        for (int count : List.of(125, 250, 500, 1000, 2000)) {
            put(evidence, count + " clean examples, another draw", accuracy(count));
        }
        return claim.judge(evidence.evidence()).sentences().stream()
                .map(sentence -> sentence.verdict().outcome())
                .toList();
    }

    /** With a little spread over seeds, alike in no two arms. */
    private static void put(SimulatedEvidence evidence, String arm, double accuracy) {
        double[] seeds = new double[10];
        for (int seed = 0; seed < seeds.length; seed++) {
            seeds[seed] = accuracy + 0.002 * Math.sin(7 * seed + arm.hashCode() % 100);
        }
        evidence.put(arm, TEST, 600, seeds);
    }
}
