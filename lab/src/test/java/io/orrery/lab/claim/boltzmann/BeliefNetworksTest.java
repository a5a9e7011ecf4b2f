package io.orrery.lab.claim.boltzmann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.MadeUpResults;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.math.Matrix;
import org.junit.jupiter.api.Test;

final class BeliefNetworksTest {
    private final BeliefNetworks claim = new BeliefNetworks();

    /** Against central differences of the cross-entropy, weights and biases of every layer. */
    @Test
    void gradientsOfTheNetwork() {
        SigmoidNetwork network = SigmoidNetwork.random(RandomStream.of(1, "network"), 4, 3, 2, 3);
        network.biases()[0][1] = 0.4;
        Matrix inputs = new Matrix(5, 4, RandomStream.of(1, "inputs").uniforms(0, 0, 20));
        int[] labels = {0, 2, 1, 1, 0};
        Matrix[] gradients = network.gradients(inputs, labels);
        for (int layer = 0; layer < 3; layer++) {
            double[] weights = network.weights()[layer].values();
            double[] biases = network.biases()[layer];
            for (int i = 0; i < weights.length + biases.length; i++) {
                double[] array = i < weights.length ? weights : biases;
                int at = i < weights.length ? i : i - weights.length;
                double before = array[at];
                array[at] = before + 1e-6;
                double up = loss(network, inputs, labels);
                array[at] = before - 1e-6;
                double down = loss(network, inputs, labels);
                array[at] = before;
                assertThat(gradients[layer].values()[i]).isCloseTo((up - down) / 2e-6, within(1e-8));
            }
        }
    }

    private static double loss(SigmoidNetwork network, Matrix inputs, int[] labels) {
        Matrix outputs = network.outputs(inputs)[2];
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            sum -= Math.log(outputs.at(row, labels[row])) / labels.length;
        }
        return sum;
    }

    /** One epoch of one batch is a step of plain descent; frozen layers stay. */
    @Test
    void aStepGoesDownTheGradientFromALayerOn() {
        SigmoidNetwork network = SigmoidNetwork.random(RandomStream.of(1, "network"), 4, 3, 2);
        Matrix inputs = new Matrix(2, 4, RandomStream.of(1, "inputs").uniforms(0, 0, 8));
        int[] labels = {0, 1};
        double[] first = network.weights()[0].values().clone();
        double expected = network.weights()[1].at(2, 1) - 0.3 * network.gradients(inputs, labels)[1].at(2, 1);
        network.train(inputs, labels, 1, 2, 0.3, 1, RandomStream.of(1, "order"));
        assertThat(network.weights()[0].values()).containsExactly(first);
        assertThat(network.weights()[1].at(2, 1)).isCloseTo(expected, within(1e-14));
    }

    @Test
    void theSameBitsTwice() {
        Setting setting = Setting.empty()
                .with("examples", 60)
                .with("tests", 20)
                .with("hidden", 4)
                .with("ink", 0.3)
                .with("shuffled", 0)
                .with("epochs", 2)
                .with("rate", 0.1)
                .with("tuning", 2)
                .with("tuning-rate", 0.1)
                .with("frozen", 0);
        assertThat(new StackedMachines().compute(5, setting)).isEqualTo(new StackedMachines().compute(5, setting));
        Setting tiny = Setting.empty()
                .with("hidden", 2)
                .with("examples", 20)
                .with("coins", 0)
                .with("epochs", 4)
                .with("rate", 0.1);
        assertThat(new TinyMachine().compute(5, tiny)).isEqualTo(new TinyMachine().compute(5, tiny));
    }

    @Test
    void madeUpNumbersSupportAndRefuteIt() {
        Judgement effect = claim.judge(MadeUpResults.of(claim, (_, setting, seed) -> made(setting, seed, true)));
        assertThat(effect.sentences())
                .allSatisfy(sentence -> assertThat(sentence.verdict().outcome()).isEqualTo(Outcome.SUPPORTED));
        Judgement none = claim.judge(MadeUpResults.of(claim, (_, setting, seed) -> made(setting, seed, false)));
        assertThat(none.sentences())
                .allSatisfy(sentence -> assertThat(sentence.verdict().outcome()).isEqualTo(Outcome.REFUTED));
    }

    /** Visible biases alone put digits 36 nats from their pixels in disorder: that is not what training did. */
    @Test
    void aGapThatWasThereBeforeTrainingIsNoFinding() {
        Judgement judged = claim.judge(MadeUpResults.of(claim, (_, setting, seed) -> {
            Results made = made(setting, seed, true);
            return setting.values().containsKey("coins") || setting.get("shuffled") == 1 || setting.get("rate") < 1e-3
                    ? made
                    : Results.none()
                            .with("left", made.of("left").getFirst())
                            .with("free-energy-noise-start", 36.0)
                            .with("free-energy-test-start", 0.0)
                            .with("free-energy-noise", 36 + 0.001 * seed)
                            .with("free-energy-test", 0.0)
                            .with("apart", made.of("apart").getFirst());
        }));
        assertThat(judged.sentences().get(1).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    private static Results made(Setting setting, int seed, boolean effect) {
        double noise = 0.001 * (seed - 3.5);
        if (setting.values().containsKey("coins")) {
            return Results.none().with("rise", (effect && setting.get("coins") == 0 ? 2 : 0.02) + noise);
        }
        boolean trained = effect && setting.get("rate") > 1e-3;
        boolean learned = trained && setting.get("shuffled") == 0;
        return Results.none()
                .with("left", (learned ? 0.5 : 0.95) + noise)
                .with("free-energy-noise-start", 36 + noise)
                .with("free-energy-test-start", 0.0)
                .with("free-energy-noise", 40 + 2 * noise)
                .with("free-energy-test", learned ? -6.0 : 3.9)
                .with("apart", (trained ? 0.01 : -0.1) + noise);
    }
}
