package io.orrery.lab.claim.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.MadeUpResults;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.theory.signal.ReluKernels;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class InfiniteWidthKernelsTest {
    private final InfiniteWidthKernels claim = new InfiniteWidthKernels();

    private static Setting setting(int width, double shrink) {
        return Setting.empty()
                .with("width", width)
                .with("inputs", 3)
                .with("points", 2)
                .with("shrink", shrink);
    }

    /** A step moves every weight by the rate times m^(2 s) times the slope of the loss, by central differences. */
    @Test
    void aStepGoesDownTheLoss() {
        WideNetwork.Network network = WideNetwork.Network.of(4, setting(5, 0.5));
        double[][] before =
                Arrays.stream(network.weights()).map(double[]::clone).toArray(double[][]::new);
        network.step(network.outputs(), 0.1);
        double[][] after = Arrays.stream(network.weights()).map(double[]::clone).toArray(double[][]::new);
        for (int layer = 0; layer < 2; layer++) {
            for (int i = 0; i < before[layer].length; i++) {
                double slope = (loss(before, layer, i, 1e-6) - loss(before, layer, i, -1e-6)) / 2e-6;
                assertThat(after[layer][i] - before[layer][i]).isCloseTo(-0.1 * 5 * slope, within(1e-7));
            }
        }
    }

    private static double loss(double[][] weights, int layer, int index, double by) {
        WideNetwork.Network network = at(weights, layer, index, by);
        return network.loss(network.outputs());
    }

    private static WideNetwork.Network at(double[][] weights, int layer, int index, double by) {
        WideNetwork.Network network = WideNetwork.Network.of(4, setting(5, 0.5));
        for (int l = 0; l < 2; l++) {
            System.arraycopy(weights[l], 0, network.weights()[l], 0, weights[l].length);
        }
        network.weights()[layer][index] += by;
        return network;
    }

    /** The tangent kernel against the Gram matrix of gradients by central differences, times m^(2 s). */
    @Test
    void theTangentKernelIsTheGramMatrixOfGradients() {
        WideNetwork.Network network = WideNetwork.Network.of(4, setting(5, 0.5));
        double[][] weights =
                Arrays.stream(network.weights()).map(double[]::clone).toArray(double[][]::new);
        double[] gram = new double[16];
        for (int layer = 0; layer < 2; layer++) {
            for (int w = 0; w < weights[layer].length; w++) {
                double[] up = at(weights, layer, w, 1e-6).outputs();
                double[] down = at(weights, layer, w, -1e-6).outputs();
                for (int i = 0; i < 4; i++) {
                    for (int k = 0; k < 4; k++) {
                        gram[i * 4 + k] += 5 * (up[i] - down[i]) * (up[k] - down[k]) / 4e-12;
                    }
                }
            }
        }
        assertThat(network.tangentKernel().values()).containsExactly(gram, within(1e-7));
    }

    @Test
    void manyUnitsHaveTheExplicitKernel() {
        WideNetwork.Network network = WideNetwork.Network.of(6, setting(60_000, 0));
        Matrix law = WideNetwork.kernel(
                network.inputs, inner -> ReluKernels.of(inner, 1).tangent());
        assertThat(network.tangentKernel().values()).containsExactly(law.values(), within(0.05));
    }

    /** The closed form against descent in function space, step by step: f - rate K (f - y) at the examples. */
    @Test
    void kernelDescentStepByStep() {
        WideNetwork.Network network = WideNetwork.Network.of(6, setting(3, 0));
        Matrix kernel = WideNetwork.kernel(
                network.inputs, inner -> ReluKernels.of(inner, 1).tangent());
        double[] outputs = {0.3, -0.2, 0.5, 0.1};
        WideNetwork.KernelDescent law = WideNetwork.KernelDescent.of(kernel, network.targets, outputs.clone(), 0.1);
        for (int step = 0; step <= 20; step++) {
            assertThat(law.outputs(step)).containsExactly(outputs, within(1e-13));
            double[] errors = {outputs[0] - network.targets[0], outputs[1] - network.targets[1]};
            for (int i = 0; i < 4; i++) {
                outputs[i] -= 0.1 * (kernel.at(i, 0) * errors[0] + kernel.at(i, 1) * errors[1]);
            }
        }
    }

    @Test
    void madeUpNumbersSupportAndRefuteIt() {
        Judgement effect = claim.judge(MadeUpResults.of(claim, (_, setting, seed) -> made(setting, seed, -0.5)));
        assertThat(effect.sentences())
                .allSatisfy(sentence -> assertThat(sentence.verdict().outcome()).isEqualTo(Outcome.SUPPORTED));
        Judgement none = claim.judge(MadeUpResults.of(claim, (_, setting, seed) -> made(setting, seed, -0.1)));
        assertThat(none.headline().verdict().outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(none.sentences().get(1).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    private static Results made(Setting setting, int seed, double exponent) {
        double noise = 1 + 0.01 * (seed - 4.5) * Math.log(setting.get("width"));
        double falling = Math.pow(setting.get("width"), exponent) * noise;
        return Results.none()
                .with("kernel-error", falling)
                .with("process-error", 0.6 * noise)
                .with("kernel-change", setting.get("shrink") > 0 ? noise : falling)
                .with("trajectory-error", falling)
                .with("process-trajectory-error", 0.3 * noise)
                .with("loss-left", 0.0099)
                .with("steps", 50);
    }

    @Test
    void itIsComputedTwiceAlikeAndFits() {
        WideNetwork network = new WideNetwork();
        Results first = network.compute(3, setting(50, 0));
        assertThat(network.compute(3, setting(50, 0))).isEqualTo(first);
        assertThat(first.of("loss-left").getFirst()).isLessThanOrEqualTo(0.01);
    }
}
