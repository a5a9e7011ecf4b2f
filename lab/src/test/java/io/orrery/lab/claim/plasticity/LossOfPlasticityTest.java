package io.orrery.lab.claim.plasticity;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.claim.TaskEnds;
import io.orrery.lab.judge.Outcome;
import org.junit.jupiter.api.Test;

/** Sixty tasks of 300 steps; an arm's accuracy at the end of each goes from one level to another half way. */
final class LossOfPlasticityTest {
    private static final String USUAL = "backpropagation";
    private static final String CONTINUAL = "continual backpropagation";
    private static final String DECAYED = "L2 regularization";
    private static final String FRESH = "a fresh network for each task";
    private static final int TASKS = 60;

    private final LossOfPlasticity claim = new LossOfPlasticity();

    @Test
    void plasticityThatIsLostAndKeptSupportsAll() {
        Judgement judged = judge(0.25, 1, 1, 0.9, 0.01);
        assertThat(judged.sentences())
                .extracting(sentence -> sentence.verdict().outcome())
                .containsOnly(Outcome.SUPPORTED);
    }

    @Test
    void aNetworkThatGoesOnLearningRefutesTheLoss() {
        Judgement judged = judge(0.95, 1, 1, 0.9, 0.01);
        assertThat(judged.sentences().getFirst().verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void tasksThatGrowHarderLeaveTheLossOpen() {
        Judgement judged = judge(0.25, 1, 0.3, 0.9, 0.01);
        assertThat(judged.sentences().getFirst().verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void replacementThatLosesAsMuchIsRefuted() {
        Judgement judged = judge(0.25, 0.6, 1, 0.9, 0.5);
        assertThat(judged.sentences().get(1).verdict().outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(judged.sentences().get(3).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void decayThatLosesIsRefutedAndOneThatKeepsFromLearningIsNotJudged() {
        assertThat(outcomeOfDecay(1, 0.8)).isEqualTo(Outcome.REFUTED);
        assertThat(outcomeOfDecay(0.3, 0.3)).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(outcomeOfDecay(1, 1)).isEqualTo(Outcome.SUPPORTED);
    }

    private Outcome outcomeOfDecay(double early, double late) {
        SimulatedEvidence evidence = evidence(0.25, 1, 1, 0.9, 0.01);
        for (int task = 1; task <= TASKS; task++) {
            evidence.same(DECAYED, "loss.accuracy@train", 300L * task, task <= TASKS / 2 ? early : late);
        }
        return claim.judge(evidence.evidence()).sentences().get(2).verdict().outcome();
    }

    @Test
    void endsOfTasksAreReadAtTheirStepsAlone() {
        SimulatedEvidence evidence = evidence(0.25, 1, 1, 0.9, 0.01);
        double[][] ends = TaskEnds.of(evidence.evidence().arm(USUAL), "loss.accuracy@train");
        assertThat(ends[0]).hasSize(TASKS).startsWith(1, 1).endsWith(0.25, 0.25);
    }

    private Judgement judge(double usual, double continual, double fresh, double deadUsual, double deadContinual) {
        SimulatedEvidence evidence = evidence(usual, continual, fresh, deadUsual, deadContinual);
        for (int task = 1; task <= TASKS; task++) {
            evidence.same(DECAYED, "loss.accuracy@train", 300L * task, 1);
        }
        return claim.judge(evidence.evidence());
    }

    private SimulatedEvidence evidence(
            double usual, double continual, double fresh, double deadUsual, double deadContinual) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim);
        for (int task = 1; task <= TASKS; task++) {
            boolean early = task <= TASKS / 2;
            long step = 300L * task;
            evidence.same(USUAL, "loss.accuracy@train", step, early ? 1 : usual)
                    .same(CONTINUAL, "loss.accuracy@train", step, early ? 1 : continual)
                    .same(FRESH, "loss.accuracy@train", step, early ? 1 : fresh);
        }
        for (String layer : new String[] {"layers.0", "layers.1"}) {
            evidence.same(USUAL, "units.dead/" + layer, 300L * TASKS, deadUsual)
                    .same(CONTINUAL, "units.dead/" + layer, 300L * TASKS, deadContinual)
                    .same(FRESH, "units.dead/" + layer, 300L * TASKS, 0);
        }
        return evidence;
    }
}
