package io.orrery.lab.claim.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class BoundsOrderTest {
    /** 2^(L-1) sqrt 2 / (1 + sqrt(2 L ln 2)) for two, three and four layers, by hand. */
    private static final double[] RATIOS = {1.0613, 1.8612, 3.3724};

    private final BoundsOrder claim = new BoundsOrder();

    @Test
    void theOrderInFormulasIsSupportedAndWhatIsTighterIsNot() {
        Judgement judgement = judged(2e4, 50, exactly(2), exactly(3), exactly(4));

        assertThat(judgement.treatment().outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(judgement.control().findings()).allMatch(finding -> finding.outcome() == Outcome.REFUTED);
    }

    @Test
    void oneBoundTooCloseRefutes() {
        assertThat(judged(900, 50, exactly(2), exactly(3), exactly(4)).verdict().outcome())
                .isEqualTo(Outcome.REFUTED);
    }

    @Test
    void theOneBesideRhoCountsForSmallRho() {
        // A ratio of complexities of 1,100 is a ratio of first terms of 1,100 / (1 + 1/2).
        assertThat(judged(1100, 2, exactly(2), exactly(3), exactly(4)).verdict().outcome())
                .isEqualTo(Outcome.REFUTED);
        assertThat(judged(1100, 50, exactly(2), exactly(3), exactly(4))
                        .treatment()
                        .outcome())
                .isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void aDoublingBoundBelowTheOtherRefutes() {
        assertThat(judged(2e4, 50, 0.99, exactly(3), exactly(4)).verdict().outcome())
                .isEqualTo(Outcome.REFUTED);
    }

    /** The first look violates the order, the second has no number, the last is as it should be. */
    @Test
    void aLookWithoutANumberHidesNoViolation() {
        assertThat(claim.judge(evidence(2e4, 50, 0.5, exactly(2), exactly(3), exactly(4))
                                .put("dense, 2 layers", "bounds.neyshabur@train", 50, repeated(0.9 * 7))
                                .put("dense, 2 layers", "bounds.golowich@train", 50, repeated(7))
                                .put("dense, 2 layers", "bounds.neyshabur@train", 100, repeated(Double.NaN))
                                .put("dense, 2 layers", "bounds.golowich@train", 100, repeated(7))
                                .evidence())
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.REFUTED);
    }

    @Test
    void anotherGrowthWithDepthRefutes() {
        assertThat(judged(2e4, 50, exactly(2), exactly(3), 1.01 * exactly(4))
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aNetworkWithSmallRhoIsNotJudged() {
        assertThat(judged(2e4, 0.5, exactly(2), exactly(3), exactly(4))
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aNetworkThatDoesNotFitIsNotJudged() {
        assertThat(judged(2e4, 50, -0.1, exactly(2), exactly(3), exactly(4))
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void theRatiosByHandAreTheFormulas() {
        for (int depth = 2; depth <= 4; depth++) {
            assertThat(exactly(depth)).isCloseTo(RATIOS[depth - 2], offset(1e-4));
        }
    }

    private static double exactly(int depth) {
        return Math.pow(2, depth - 1) * Math.sqrt(2) / (1 + Math.sqrt(2 * depth * Math.log(2)));
    }

    private Judgement judged(double apart, double rho, double two, double three, double four) {
        return judged(apart, rho, 0.5, two, three, four);
    }

    private Judgement judged(double apart, double rho, double margin, double two, double three, double four) {
        return claim.judge(evidence(apart, rho, margin, two, three, four).evidence());
    }

    private SimulatedEvidence evidence(double apart, double rho, double margin, double two, double three, double four) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim)
                .everywhere("norms.rho", 150, rho)
                .everywhere("bounds.margin-minimum@train", 150, margin)
                .everywhere("bounds.galanti@train", 150, 10)
                .everywhere("bounds.galanti-released@train", 150, 1)
                .everywhere("bounds.golowich@train", 150, 7)
                .put("four convolutions", "bounds.galanti-dense@train", 150, repeated(apart));
        double[] ratios = {two, three, four};
        for (int depth = 2; depth <= 4; depth++) {
            String arm = "dense, " + depth + " layers";
            evidence.put(arm, "bounds.galanti-dense@train", 150, repeated(10))
                    .put(arm, "bounds.galanti-released@train", 150, repeated(10))
                    .put(arm, "bounds.neyshabur@train", 150, repeated(7 * ratios[depth - 2]));
        }
        return evidence;
    }

    private static double[] repeated(double value) {
        double[] values = new double[10];
        Arrays.fill(values, value);
        return values;
    }
}
