package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Verdict;
import org.junit.jupiter.api.Test;

/** Expectations of P21, worked by hand: K = 4, n = 20, lambdaW = 5e-3, lambdaH = 1e-3, hence s = 0.96. */
final class BiasMakesSimplexTest {
    private final BiasMakesSimplex claim = new BiasMakesSimplex();

    @Test
    void aSimplexWithTheBiasAndAnOrthogonalFrameWithoutAreSupported() {
        Verdict verdict = verdict(-1.0 / 3, 0);

        assertThat(verdict.treatment().outcome()).as(verdict.reason()).isEqualTo(Outcome.SUPPORTED);
        assertThat(verdict.outcome()).as(verdict.reason()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void anOrthogonalFrameWithTheBiasRefutesIt() {
        assertThat(verdict(0, 0).outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aSimplexWithoutTheBiasLeavesItOpen() {
        assertThat(verdict(-1.0 / 3, -1.0 / 3).treatment().outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(verdict(-1.0 / 3, -1.0 / 3).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    private Verdict verdict(double cosine, double cosineWithoutBias) {
        // ||w||^2 = (3/4) 0.96 sqrt(20 / 5) and ||h||^2 = (3/4) 0.96 sqrt(5 / 20).
        SimulatedEvidence evidence = SimulatedEvidence.of(claim)
                .everywhere("classes.spread", 20000, 1e-15)
                .everywhere("loss.objective@train", 10000, 0.03)
                .everywhere("loss.objective@train", 20000, 0.03);
        String bias = "bias in the last layer";
        evidence.vector(bias, "classes.classifier-cosines", 20000, repeated(6, cosine))
                .vector(bias, "classes.bias", 20000, repeated(4, 0.25))
                .vector(bias, "classes.output-singular-values", 20000, 1, 0.96, 0.96, 0.96)
                .vector(bias, "classes.classifier-norm", 20000, repeated(4, 1.44))
                .vector(bias, "classes.feature-norm", 20000, repeated(4, 0.36));
        String none = "no bias";
        evidence.vector(none, "classes.classifier-cosines", 20000, repeated(6, cosineWithoutBias))
                .vector(none, "classes.output-singular-values", 20000, repeated(4, 0.96))
                .vector(none, "classes.classifier-norm", 20000, repeated(4, 1.92))
                .vector(none, "classes.feature-norm", 20000, repeated(4, 0.48));
        // Of the source, which speaks of cosines alone; ours has the same of cosines.
        return claim.judge(evidence.evidence()).sentences().getFirst().verdict();
    }

    private static double[] repeated(int count, double value) {
        double[] values = new double[count];
        java.util.Arrays.fill(values, value);
        return values;
    }
}
