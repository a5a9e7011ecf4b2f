package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Verdict;
import io.orrery.lab.theory.collapse.DeepLinear;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeepLinearCollapseTest {
    private final DeepLinearCollapse claim = new DeepLinearCollapse();
    /** Within classes, of the layers without decay. */
    private double spread = 0.1;

    @Test
    void endsAtTheMinimumAreSupported() {
        Verdict verdict = verdict(1);

        assertThat(verdict.treatment().outcome()).as(verdict.reason()).isEqualTo(Outcome.SUPPORTED);
        assertThat(verdict.outcome()).as(verdict.reason()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void endsAThousandthOffRefuteIt() {
        assertThat(verdict(1.001).outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void featuresThatCoincideWithoutDecayLeaveItOpen() {
        spread = 1e-15;

        assertThat(verdict(1).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void nothingMeasuredLeavesItOpen() {
        assertThat(claim.judge(SimulatedEvidence.of(claim).evidence()).verdict().outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    private Verdict verdict(double factor) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim)
                .everywhere("classes.off-diagonal", 20000, 1e-15)
                .everywhere("classes.spread", 20000, 1e-15);
        put(evidence, "2 layers", 2, 2e-3, factor);
        put(evidence, "2 layers, stronger decay", 2, 5e-3, factor);
        put(evidence, "3 layers", 3, 2e-3, factor);
        for (String arm : List.of("2 layers, no decay", "3 layers, no decay")) {
            evidence.vector(arm, "classes.output", 20000, 1, 1, 1, 1)
                    .vector(arm, "classes.classifier-norm", 20000, 1, 1, 1, 1)
                    .vector(arm, "classes.feature-norm", 20000, 1, 1, 1, 1)
                    .same(arm, "classes.spread", 20001, spread)
                    .same(arm, "loss.objective@train", 20000, 1e-9);
        }
        return claim.judge(evidence.evidence()).sentences().get(1).verdict();
    }

    /** What enters the last layer has the norm of the feature times sigma_c for each layer between. */
    private static void put(SimulatedEvidence evidence, String arm, int layers, double weightDecay, double factor) {
        DeepLinear.Minimum minimum = DeepLinear.minimum(new int[] {40, 20, 10, 4}, layers, weightDecay, 5e-4);
        double[] outputs = new double[4];
        double[] classifiers = new double[4];
        double[] features = new double[4];
        for (int c = 0; c < 4; c++) {
            double sigma = minimum.singularValues()[c];
            outputs[c] = minimum.outputs()[c] * factor;
            classifiers[c] = sigma * sigma;
            features[c] = minimum.squaredFeatures()[c];
            for (int layer = 1; layer < layers; layer++) {
                features[c] *= sigma * sigma;
            }
        }
        evidence.vector(arm, "classes.output", 20000, outputs)
                .vector(arm, "classes.classifier-norm", 20000, classifiers)
                .vector(arm, "classes.feature-norm", 20000, features)
                .same(arm, "loss.objective@train", 10000, minimum.loss())
                .same(arm, "loss.objective@train", 20000, minimum.loss());
    }
}
