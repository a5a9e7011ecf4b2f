package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Spectra that do not change over time: with batches of 4 the bound on value 4n + 1 is 0.9996^n, or 1 without decay. */
final class RankRecursionBoundTest {
    private static final double KEPT = 1 - 2 * 0.1 * 2e-3;

    private final RankRecursionBound claim = new RankRecursionBound();

    @Test
    void spectraThatReachTheBoundSupportIt() {
        Judgement judgement = judged(spectrum(0), 64);

        assertThat(judgement.treatment().outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(judgement.treatment().main().effect()).isEqualTo(1);
    }

    @Test
    void oneSingularValueTooManyRefutesIt() {
        assertThat(judged(spectrum(1), 64).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void controlsThatAreNotViolatedLeaveItOpen() {
        double[] lowRank =
                IntStream.range(0, 64).mapToDouble(i -> i == 0 ? 1 : 0.1).toArray();

        assertThat(judged(lowRank, 64).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void ofAThinnedSpectrumTheNextSmallerValueIsTaken() {
        // Of 100 values 64 are shown: the fourth shown is the sixth, the third the fourth.
        double[] thinned =
                IntStream.range(0, 64).mapToDouble(i -> i < 3 ? 1 : 0.1).toArray();

        assertThat(judged(thinned, 100).treatment().main().effect())
                .isCloseTo(0.1 / Math.pow(KEPT, 8), withinPercentage(1e-9));
    }

    @Test
    void withoutSpectraNothingIsSaid() {
        Judgement judgement = claim.judge(SimulatedEvidence.of(claim).evidence());

        assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** After n steps n groups of four have been written, so many values more than allowed; the rest has decayed. */
    private static double[] spectrum(int tooMany) {
        double[] values = new double[64];
        for (int i = 0; i < values.length; i++) {
            int steps = Math.max(0, i - tooMany) / 4;
            values[i] = Math.pow(KEPT, steps);
        }
        return values;
    }

    private Judgement judged(double[] decayed, double count) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim)
                .everywhere("rank.singular-value-count/layers.0", 0, count)
                .everywhere("rank.singular-value-count/layers.0", 6000, count);
        claim.protocol(Scale.QUICK).arms().forEach(arm -> {
            for (long time : new long[] {1, 8, 100, 1000, 6000}) {
                for (long back : new long[] {0, 1, 2, 4, 8}) {
                    if (time >= back) {
                        evidence.vector(arm.name(), "rank.singular-values/layers.0", time - back, decayed);
                    }
                }
            }
        });
        return claim.judge(evidence.evidence());
    }
}
