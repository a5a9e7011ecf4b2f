package io.orrery.lab.claim.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.SimulatedEvidence;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.update.DecaySpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From scratch the test accuracy is 0.5 with 25 examples and grows by a tenth with each size. */
final class PretrainedTrunkTest {
    private static final String TEST = "loss.accuracy@test";
    private static final int[] SIZES = {25, 100, 250, 500, 2000};
    private static final int STEPS = 500;

    private final PretrainedTrunk claim = new PretrainedTrunk();

    @Test
    void gainsThatFadeSupportBothAndNameTheCrossover() {
        Judgement judged = judge(new double[] {0.15, 0.1, 0.05, 0, -0.05}, 0, -0.05, 0.01);

        assertThat(outcome(judged, 0)).isEqualTo(Outcome.SUPPORTED);
        assertThat(outcome(judged, 1)).isEqualTo(Outcome.SUPPORTED);
        assertThat(judged.remarks().getFirst())
                .endsWith("0 layers frozen, more than 2000; 1 layers frozen, 500; 2 layers frozen, 500;"
                        + " 3 layers frozen, 500.");
        assertThat(judged.figures()).hasSize(4);
        assertThat(judged.figures().getFirst().curves().getLast().middle())
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(0.15, 0.1, 0.05, 0, -0.05);
        assertThat(judged.figures().get(2).curves().getFirst().middle()[3]).isEqualTo(500);
    }

    @Test
    void aTrunkThatAddsNothingRefutes() {
        assertThat(outcome(judge(new double[] {0.02, 0, 0, 0, -0.05}, 0, -0.05, 0.01), 0))
                .isEqualTo(Outcome.REFUTED);
    }

    @Test
    void randomLabelsThatHelpAsMuchLeaveItOpen() {
        assertThat(outcome(judge(new double[] {0.15, 0.1, 0.05, 0, -0.05}, 0.15, -0.05, 0.01), 0))
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void aLossWithoutFreezingLeavesTheSecondOpen() {
        assertThat(outcome(judge(new double[] {0.15, 0.1, 0.05, 0, -0.05}, 0, -0.05, -0.06), 1))
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** With all hidden layers frozen training is logistic regression on their features, by loops over examples and units. */
    @Test
    void allFrozenIsLogisticRegressionOnFeatures() {
        int classes = 3;
        int count = 12;
        int inputs = 4;
        int units = 5;
        Dataset data = TestSpec.clusters(classes, count, Shape.of(inputs), 0.5, 6);
        TestSpec spec = new TestSpec();
        spec.architecture = new Mlp(List.of(units));
        spec.frozen = List.of("layers.0");
        spec.loss =
                new LossSpec(LossSpec.Kind.CROSS_ENTROPY, LossSpec.defaults().targets(), LossSpec.Reduction.SUM, false);
        spec.batchSize = count;
        spec.momentum = 0;
        spec.learningRate = 0.3;
        spec.decay = new DecaySpec(
                0, List.of(), DecaySpec.Mode.COUPLED, DecaySpec.Convention.SQUARED_NORM, DecaySpec.Applies.WEIGHTS);
        Trainer trainer = new Trainer(spec.build(), 1, data, List.of(), Workers.single());
        double[] trunk = trainer.state().read("layers.0.weight");
        double[] head = trainer.state().read("layers.1.weight");
        for (int step = 0; step < 30; step++) {
            trainer.advance();
            double[] gradient = new double[head.length];
            for (int n = 0; n < count; n++) {
                double[] features = new double[units];
                for (int u = 0; u < units; u++) {
                    for (int j = 0; j < inputs; j++) {
                        features[u] +=
                                trunk[u * inputs + j] * data.train().inputs().get(n * inputs + j);
                    }
                    features[u] = Math.max(0, features[u]);
                }
                double[] odds = new double[classes];
                double sum = 0;
                for (int c = 0; c < classes; c++) {
                    for (int u = 0; u < units; u++) {
                        odds[c] += head[c * units + u] * features[u];
                    }
                    odds[c] = Math.exp(odds[c]);
                    sum += odds[c];
                }
                for (int c = 0; c < classes; c++) {
                    double error = odds[c] / sum - (data.train().labels()[n] == c ? 1 : 0);
                    for (int u = 0; u < units; u++) {
                        gradient[c * units + u] += error * features[u] / count;
                    }
                }
            }
            for (int i = 0; i < head.length; i++) {
                head[i] -= 0.3 * gradient[i];
            }
        }
        assertThat(trainer.state().read("layers.0.weight")).containsExactly(trunk);
        assertThat(trainer.state().read("layers.1.weight"))
                .usingComparatorWithPrecision(1e-12)
                .containsExactly(head);
    }

    private Judgement judge(double[] gains, double misled, double narrow, double free) {
        SimulatedEvidence evidence = SimulatedEvidence.of(claim);
        for (int size = 0; size < SIZES.length; size++) {
            double scratch = 0.5 + 0.1 * size;
            String examples = SIZES[size] + " examples";
            evidence.same("scratch, " + examples, TEST, STEPS, scratch);
            for (int frozen = 0; frozen <= 3; frozen++) {
                boolean last = size == SIZES.length - 1 && frozen == 0;
                boolean before = size == SIZES.length - 2 && frozen == 0;
                double gain = last ? free : before ? 0.01 : gains[size];
                evidence.same("trunk of 25 classes, " + frozen + " frozen, " + examples, TEST, STEPS, scratch + gain);
            }
        }
        for (int frozen = 0; frozen <= 3; frozen++) {
            evidence.same("trunk of random labels, " + frozen + " frozen, 25 examples", TEST, STEPS, 0.5 + misled)
                    .same("trunk of six classes, " + frozen + " frozen, 25 examples", TEST, STEPS, 0.5 + narrow);
        }
        return claim.judge(evidence.evidence());
    }

    private static Outcome outcome(Judgement judged, int sentence) {
        return judged.sentences().get(sentence).verdict().outcome();
    }
}
