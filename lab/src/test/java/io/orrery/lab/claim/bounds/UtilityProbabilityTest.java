package io.orrery.lab.claim.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.MadeUpResults;
import io.orrery.lab.compute.Results;
import io.orrery.lab.judge.Outcome;
import org.junit.jupiter.api.Test;

final class UtilityProbabilityTest {
    /** All examples alike, scores 0 and log 3, three of four fitted ones right: the softmax is right, and so is every map. */
    @Test
    void mapsOfOneScoreAreItsShare() {
        double u = StrictMath.log(3);
        double[][] four = {{0, u}, {0, u}, {0, u}, {0, u}};
        Results right = UtilityMaps.mapped(four, new int[] {1, 1, 0, 1}, four, new int[] {1, 0, 0, 1});
        assertThat(one(right, "beta")).isCloseTo(1, within(1e-9));
        double likelihood = -(2 * StrictMath.log(0.75) + 2 * StrictMath.log(0.25)) / 4;
        for (String map : UtilityMaps.MAPS) {
            assertThat(one(right, map + "-likelihood")).isCloseTo(likelihood, within(1e-9));
            assertThat(one(right, map + "-cost"))
                    .as("a quarter of 5 is more than 1: all are referred")
                    .isEqualTo(1);
        }
    }

    /** Scores that are twice too large: said 0.9, came 3 of 4. */
    @Test
    void scoresThatAreTooLargeAreHalved() {
        double u = 2 * StrictMath.log(3);
        double[][] four = {{0, u}, {0, u}, {0, u}, {0, u}};
        int[] labels = {1, 1, 0, 1};
        Results mapped = UtilityMaps.mapped(four, labels, four, labels);
        assertThat(one(mapped, "beta")).isCloseTo(0.5, within(1e-9));
        assertThat(one(mapped, "raw-cost")).as("all are decided, one wrongly").isEqualTo(1.25);
        assertThat(one(mapped, "temperature-cost")).isEqualTo(1);
        assertThat(one(mapped, "isotonic-cost")).isEqualTo(1);
        assertThat(one(mapped, "raw-likelihood"))
                .isCloseTo(-(3 * StrictMath.log(0.9) + StrictMath.log(0.1)) / 4, within(1e-12));
        assertThat(one(mapped, "isotonic-likelihood"))
                .isCloseTo(-(3 * StrictMath.log(0.75) + StrictMath.log(0.25)) / 4, within(1e-12));
    }

    private static double one(Results results, String series) {
        return results.of(series).getFirst();
    }

    private static Outcome judged(double mapped, double calibrated) {
        RandomStream noise = RandomStream.of(1, "noise");
        UtilityProbability claim = new UtilityProbability();
        Evidence evidence = MadeUpResults.of(claim, (arm, _, seed) -> {
            double value = (arm.equals("mapped") ? mapped : calibrated)
                    * StrictMath.exp(0.05 * noise.normal(arm.length(), seed));
            Results results = Results.none();
            for (String map : UtilityMaps.MAPS) {
                for (String what : new String[] {"-error", "-likelihood", "-cost"}) {
                    results = results.with(map + what, map.equals("raw") ? 1 : value);
                }
                results = results.with(map + "-said", 0.5).with(map + "-came", 0.5);
            }
            return results;
        });
        return claim.judge(evidence).verdict().outcome();
    }

    @Test
    void madeUpNumbersDecideIt() {
        assertThat(judged(0.7, 1)).isEqualTo(Outcome.SUPPORTED);
        assertThat(judged(1, 1)).isEqualTo(Outcome.REFUTED);
        assertThat(judged(0.7, 0.7)).as("a map that mends what is right").isEqualTo(Outcome.INCONCLUSIVE);
    }
}
