package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.UserError;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FreeFeaturesInClosedFormTest {
    private static final int[] SIZES = {40, 20, 10, 4};

    private final FreeFeaturesInClosedForm claim = new FreeFeaturesInClosedForm();
    private double moving = 1;

    @Test
    void endsAtTheMinimumAreSupported() {
        Verdict verdict = verdict(0, 0);

        assertThat(verdict.treatment().outcome()).as(verdict.reason()).isEqualTo(Outcome.SUPPORTED);
        assertThat(verdict.outcome()).as(verdict.reason()).isEqualTo(Outcome.SUPPORTED);
    }

    @Test
    void oneSeedAThousandthOffRefutesIt() {
        assertThat(verdict(1e-3, 0).outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aClassBeyondTheThresholdThatStaysRefutesIt() {
        assertThat(verdict(0, 2e-6).outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void smallClassesThatStayApartUnderCrossEntropyRefuteIt() {
        SimulatedEvidence evidence = ends(0, 0);
        cosines(evidence, "cross-entropy, 5% above the threshold", 0.99);

        assertThat(ours(evidence).outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void theSourcesGeometryIsSupportedAndClassifiersThatAreNotOrthogonalRefuteIt() {
        SimulatedEvidence evidence = ends(0, 0);
        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.SUPPORTED);

        evidence.vector("unequal decays", "classes.classifier-cosines", 20001, 0, 0, 0.1, 0, 0, 0);
        assertThat(claim.judge(evidence.evidence()).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void featuresThatCoincideWithoutDecayLeaveItOpen() {
        SimulatedEvidence evidence = ends(0, 0);
        cosines(evidence, "cross-entropy, 5% below the threshold", 0.8);
        cosines(evidence, "cross-entropy, 5% above the threshold", 1);
        evidence.same("no decay", "classes.spread", 20001, 1e-15);

        assertThat(ours(evidence).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void descentThatIsNotAtItsEndIsNotJudged() {
        moving = 1.001;

        assertThat(verdict(1e-3, 0).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void lambdaChangedInVainIsSaid(@TempDir Path book) {
        // Two steps are enough: what was run has no decay that the closed form could speak of.
        var result = new ClaimRunner(book, 1, Map.of())
                .run(
                        claim,
                        Scale.QUICK,
                        new Alterations(List.of("decay.lambda=0", "stop.steps=2"), Optional.of("1-5")),
                        io.orrery.lab.study.StudyListener.SILENT)
                .orElseThrow();

        assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.verdict().reason()).contains("decay.perLayer stands in its place");
    }

    @Test
    void otherDataAreRefusedWithTheReason(@TempDir Path book) {
        Assertions.assertThatThrownBy(() -> new ClaimRunner(book, 1, Map.of())
                        .plan(claim, Scale.QUICK, new Alterations(List.of("data=xor"), Optional.empty())))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("one-hot inputs");
    }

    /** Ends at the closed form, written out here, but for an error of one class in one arm and a rest in the class that vanishes. */
    private Verdict verdict(double error, double rest) {
        SimulatedEvidence evidence = ends(error, rest);
        cosines(evidence, "cross-entropy, 5% below the threshold", 0.8);
        cosines(evidence, "cross-entropy, 5% above the threshold", 1);
        return ours(evidence);
    }

    private Verdict ours(SimulatedEvidence evidence) {
        return claim.judge(evidence.evidence()).sentences().get(1).verdict();
    }

    /** Three small classes, the last ones, whose classifiers have this cosine; the others' do not matter. */
    private static void cosines(SimulatedEvidence evidence, String arm, double small) {
        double[] cosines = new double[15];
        java.util.Arrays.fill(cosines, 12, 15, small);
        evidence.vector(arm, "classes.classifier-cosines", 20000, cosines);
    }

    private SimulatedEvidence ends(double error, double rest) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim)
                .everywhere("classes.off-diagonal", 20000, 1e-15)
                .everywhere("classes.spread", 20000, 1e-15);
        put(evidence, "unequal decays", 1e-3, 5e-3, error, 0);
        put(evidence, "strong decay", 0.03, 0.03, 0, 0);
        double below = Math.sqrt(4 * 0.98) / 74;
        put(evidence, "2% below the threshold", below, below, 0, 0);
        double above = Math.sqrt(4 * 1.02) / 74;
        put(evidence, "2% above the threshold", above, above, 0, rest);
        evidence.vector("unequal decays", "classes.classifier-cosines", 20000, 0, 0, 0, 0, 0, 0);
        // Without decay outputs are fitted and nothing else is settled.
        return evidence.vector("no decay", "classes.output", 20000, 1, 1, 1, 1)
                .vector("no decay", "classes.classifier-norm", 20000, 1, 1, 1, 1)
                .vector("no decay", "classes.feature-norm", 20000, 1, 1, 1, 1)
                .vector("no decay", "classes.classifier-cosines", 20000, 0, 0.2, 0, 0, 0, 0)
                .same("no decay", "classes.spread", 20001, 0.1)
                .same("no decay", "loss.objective@train", 20000, 1e-9);
    }

    private void put(
            SimulatedEvidence evidence,
            String arm,
            double featureDecay,
            double weightDecay,
            double error,
            double rest) {
        double[] outputs = perClass(size -> Math.max(0, 1 - 74 * Math.sqrt(featureDecay * weightDecay / size)));
        double loss = 0;
        double[] weights = new double[4];
        double[] features = new double[4];
        for (int c = 0; c < 4; c++) {
            weights[c] = outputs[c] * Math.sqrt(SIZES[c] * featureDecay / weightDecay);
            features[c] = outputs[c] * Math.sqrt(weightDecay / (SIZES[c] * featureDecay));
            loss += SIZES[c] / 148.0 * (1 - outputs[c]) * (1 - outputs[c])
                    + outputs[c] * Math.sqrt(SIZES[c] * featureDecay * weightDecay);
        }
        outputs[1] += error;
        weights[3] += rest;
        evidence.vector(arm, "classes.output", 20000, outputs)
                .vector(arm, "classes.classifier-norm", 20000, weights)
                .vector(arm, "classes.feature-norm", 20000, features)
                .same(arm, "loss.objective@train", 10000, loss * moving)
                .same(arm, "loss.objective@train", 20000, loss);
    }

    private static double[] perClass(java.util.function.IntToDoubleFunction number) {
        return java.util.Arrays.stream(SIZES).mapToDouble(number).toArray();
    }
}
