package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeepLinearMinimizersTest {
    private static final int END = 6000;

    private final DeepLinearMinimizers claim = new DeepLinearMinimizers();
    /** By which minimum, of those that there are, networks end at. */
    private boolean first = true;

    @Test
    void endsAtTheMinimaAreSupported() {
        assertThat(ours(1).outcome()).as(ours(1).reason()).isEqualTo(Outcome.SUPPORTED);
        first = false;
        assertThat(ours(1).outcome()).as(ours(1).reason()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void lengthsATenthOffRefuteIt() {
        assertThat(ours(1.1).outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(ours(1.02).outcome()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void aNetworkBelowTheSimplexRefutesTheSource() {
        assertThat(source().outcome()).as(source().reason()).isEqualTo(Outcome.SUPPORTED);
        first = false;
        assertThat(source().outcome()).as(source().reason()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void nothingMeasuredLeavesItOpen() {
        assertThat(claim.judge(SimulatedEvidence.of(claim).evidence()).verdict().outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** Four classes of ten examples, decay 0.002: one multiple of the identity in two layers, x from 2x / (x^2 + 1)^2 = b / 10. */
    @Test
    void theLawOfAnArmIsThatOfItsSpec() {
        ArmRuns arm = SimulatedEvidence.of(claim).evidence().arm("square, equal classes, 2 layers");
        LinearMinimum law = LinearMinimum.of(arm).getFirst();

        double singular = law.layers()[0];
        double root = singular * singular / Math.sqrt(40 * 2e-3);
        double level = 2 * 40 * 2e-3 * Math.sqrt(40 * 2e-3);
        assertThat(2 * root / Math.pow(root * root + 1, 2)).isCloseTo(level / 10, within(1e-12));
        assertThat(law.cosines()).containsOnly(0).hasSize(6);
        assertThat(law.classifiers()).containsOnly(singular);
        assertThat(law.features()[0]).isCloseTo(law.entering()[0] / singular * Math.sqrt(10), within(1e-12));
    }

    private Verdict ours(double factor) {
        return claim.judge(evidence(factor).evidence()).sentences().get(1).verdict();
    }

    private Verdict source() {
        return claim.judge(evidence(1).evidence()).sentences().getFirst().verdict();
    }

    private SimulatedEvidence evidence(double factor) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim);
        for (ArmRuns arm : evidence.evidence().arms()) {
            List<LinearMinimum> laws = LinearMinimum.of(arm);
            if (laws.isEmpty()) {
                int classes = FreeFeatureProtocols.classSizes(arm).length;
                double[] ones = new double[classes];
                Arrays.fill(ones, 7);
                double[] cosines = new double[classes * (classes - 1) / 2];
                Arrays.fill(cosines, 0.6);
                put(evidence, arm, cosines, ones, ones, ones, ones, 1e-9);
            } else {
                LinearMinimum law = first ? laws.getFirst() : laws.getLast();
                put(
                        evidence,
                        arm,
                        law.cosines(),
                        squares(law.classifiers(), factor),
                        squares(law.entering(), 1),
                        law.features(),
                        law.layers(),
                        law.objective());
            }
        }
        return evidence;
    }

    private static void put(
            SimulatedEvidence evidence,
            ArmRuns arm,
            double[] cosines,
            double[] classifiers,
            double[] entering,
            double[] features,
            double[] values,
            double objective) {
        evidence.vector(arm.name(), "classes.classifier-cosines", END, cosines)
                .vector(arm.name(), "classes.classifier-norm", END, classifiers)
                .vector(arm.name(), "classes.feature-norm", END, entering)
                .vector(arm.name(), "rank.singular-values/layers.0", END, features)
                .vector(arm.name(), "rank.singular-values/layers.1", END, values)
                .same(arm.name(), "loss.objective@train", END / 2, objective)
                .same(arm.name(), "loss.objective@train", END, objective);
    }

    private static double[] squares(double[] lengths, double factor) {
        return Arrays.stream(lengths)
                .map(length -> factor * factor * length * length)
                .toArray();
    }
}
