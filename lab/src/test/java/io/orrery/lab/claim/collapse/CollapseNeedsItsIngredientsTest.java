package io.orrery.lab.claim.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.judge.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CollapseNeedsItsIngredientsTest {
    private static final String NC1 = "neural-collapse.nc1@train";
    private static final List<String> SETTINGS = List.of(
            CollapseNeedsItsIngredients.PLAIN,
            CollapseNeedsItsIngredients.NORMALIZED,
            CollapseNeedsItsIngredients.FULL,
            CollapseNeedsItsIngredients.SPHERE);

    private final CollapseNeedsItsIngredients claim = new CollapseNeedsItsIngredients();

    @Test
    void decayAloneBearsOursOutAndRefutesTheQuotation() {
        Judgement judged = judge(ends());

        assertThat(outcome(judged, 0)).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(judged, 1)).isEqualTo(Outcome.REFUTED);
        assertThat(outcome(judged, 2)).as(reason(judged, 2)).isEqualTo(Outcome.SUPPORTED);
        assertThat(judged.verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void rolesOfBothDecayAndNoiseBearTheQuotationOut() {
        Map<String, Double> ends = ends();
        ends.put("full batch, plain, decay", 0.09);
        ends.put("large batches, plain, decay", 0.09);
        ends.put("mini-batches, on the sphere, decay", 0.005);
        ends.put("full batch, on the sphere, decay", 0.09);
        ends.put("large batches, on the sphere, decay", 0.09);
        Judgement judged = judge(ends);

        assertThat(outcome(judged, 0)).as(reason(judged, 0)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(judged, 1)).as(reason(judged, 1)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(judged, 2)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aSlightDecayThatDoesItTooLeavesOursOpen() {
        Map<String, Double> ends = ends();
        SETTINGS.forEach(setting -> ends.put(setting + ", decay / 100", 0.005));

        assertThat(outcome(judge(ends), 2)).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void collapseWithoutDecayRefutesOurs() {
        Map<String, Double> ends = ends();
        SETTINGS.forEach(setting -> ends.put(setting + ", no decay", 0.005));

        assertThat(outcome(judge(ends), 2)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void aFactorBelowFiveIsNotFivefold() {
        Map<String, Double> ends = ends();
        SETTINGS.forEach(setting -> ends.put(setting + ", decay", 0.09 / 4.8));

        assertThat(outcome(judge(ends), 2)).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void whatIsNotFittedOrNotAtRestIsNotJudged() {
        SimulatedEvidence unfitted = evidence(ends()).everywhere("loss.accuracy@train", 8001, 0.9);
        SimulatedEvidence moving = evidence(ends()).everywhere(NC1, 5301, 1);

        for (SimulatedEvidence evidence : List.of(unfitted, moving)) {
            assertThat(claim.judge(evidence.evidence()).sentences())
                    .allMatch(sentence -> sentence.verdict().outcome() == Outcome.INCONCLUSIVE);
        }
    }

    /** NC1 at the end by arm: decay collapses all settings but the sphere; 0.09 is where fitting leaves it. */
    private static Map<String, Double> ends() {
        Map<String, Double> ends = new TreeMap<>();
        for (String setting : SETTINGS) {
            boolean sphere = setting.equals(CollapseNeedsItsIngredients.SPHERE);
            ends.put(setting + ", decay", sphere ? 0.09 : 0.005);
            ends.put(setting + ", no decay", 0.09);
            ends.put(setting + ", decay / 100", 0.085);
        }
        ends.put("large batches, plain, decay", 0.005);
        ends.put("full batch, on the sphere, decay", 0.09);
        ends.put("large batches, on the sphere, decay", 0.09);
        return ends;
    }

    private Judgement judge(Map<String, Double> ends) {
        return claim.judge(evidence(ends).evidence());
    }

    private SimulatedEvidence evidence(Map<String, Double> ends) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim)
                .everywhere("loss.accuracy@train", 8000, 1)
                .everywhere(NC1, 631, 0.09);
        ends.forEach((arm, end) -> evidence.put(arm, NC1, 5300, spread(end)).put(arm, NC1, 8000, spread(end)));
        return evidence;
    }

    /** Ten seeds a few percent apart. */
    private static double[] spread(double value) {
        double[] values = new double[10];
        for (int seed = 0; seed < values.length; seed++) {
            values[seed] = value * (1 + 0.01 * (seed % 3));
        }
        return values;
    }

    private static Outcome outcome(Judgement judged, int sentence) {
        return judged.sentences().get(sentence).verdict().outcome();
    }

    private static String reason(Judgement judged, int sentence) {
        return judged.sentences().get(sentence).verdict().reason();
    }
}
