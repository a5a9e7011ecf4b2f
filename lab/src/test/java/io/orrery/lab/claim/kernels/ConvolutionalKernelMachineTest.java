package io.orrery.lab.claim.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.MadeUpResults;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.math.Matrix;
import org.junit.jupiter.api.Test;

final class ConvolutionalKernelMachineTest {
    private final ConvolutionalKernelMachine claim = new ConvolutionalKernelMachine();

    /** Layer by layer from the definition, with all positions of both images. */
    @Test
    void theFixedKernelByPlainLoops() {
        double gain = 0.7;
        double[] one = RandomStream.of(1, "images").normals(0, 64);
        double[] other = RandomStream.of(1, "images").normals(1, 64);
        double[][] first = new double[6][6];
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 6; x++) {
                double square = 0;
                for (int down = 0; down < 3; down++) {
                    for (int across = 0; across < 3; across++) {
                        int at = (y + down) * 8 + x + across;
                        square += (one[at] - other[at]) * (one[at] - other[at]);
                    }
                }
                first[y][x] = Math.exp(-gain * square / 9 / 2);
            }
        }
        double last = 0;
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 2; x++) {
                double mean = 0;
                for (int down = 0; down < 3; down++) {
                    for (int across = 0; across < 3; across++) {
                        mean += first[3 * y + down][3 * x + across] / 9;
                    }
                }
                last += Math.exp(-gain * (1 - mean)) / 4;
            }
        }
        Matrix kernel = ConvolutionalMachine.fixedKernel(new Matrix(1, 64, one), new Matrix(1, 64, other), gain);
        assertThat(kernel.at(0, 0)).isCloseTo(Math.exp(-gain * (1 - last)), within(1e-13));
    }

    @Test
    void patchesByHand() {
        double[] pixels = new double[64];
        for (int i = 0; i < 64; i++) {
            pixels[i] = i;
        }
        Matrix patches = ConvolutionalMachine.patches(new Matrix(1, 64, pixels));
        assertThat(patches.rows()).isEqualTo(36);
        assertThat(patches.row(7)).containsExactly(9, 10, 11, 17, 18, 19, 25, 26, 27);
    }

    /** 15 examples have 4 windows each in the second layer. */
    @Test
    void moreInducingPointsThanThereAreAreRefused() {
        Setting fits = Setting.empty().with("examples", 15).with("inducing", 15).with("patches", 60);
        ConvolutionalMachine.refuseTooFew(fits);
        assertThatThrownBy(() -> ConvolutionalMachine.refuseTooFew(fits.with("inducing", 16)))
                .hasMessageContaining("16 of them are more than 15 examples");
        assertThatThrownBy(() -> ConvolutionalMachine.refuseTooFew(fits.with("patches", 61)))
                .hasMessageContaining("61 of them are more than the 60 windows");
    }

    @Test
    void theSameBitsTwice() {
        Setting setting = Setting.empty()
                .with("digits", 2)
                .with("examples", 10)
                .with("tests", 10)
                .with("patches", 4)
                .with("inducing", 5)
                .with("gain", 1)
                .with("noise", 0.1)
                .with("weight", 1)
                .with("steps", 3);
        assertThat(new ConvolutionalMachine().compute(5, setting))
                .isEqualTo(new ConvolutionalMachine().compute(5, setting));
    }

    @Test
    void madeUpNumbersSupportAndRefuteIt() {
        Judgement effect = claim.judge(MadeUpResults.of(claim, (_, setting, seed) -> made(setting, seed, 0.03)));
        assertThat(effect.verdict().outcome()).isEqualTo(Outcome.SUPPORTED);
        Judgement none = claim.judge(MadeUpResults.of(claim, (_, setting, seed) -> made(setting, seed, -0.03)));
        assertThat(none.verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    private static Results made(Setting setting, int seed, double effect) {
        double noise = 0.001 * (seed - 4.5);
        double better = (setting.get("weight") > 1 ? -0.1 : effect) + noise;
        return Results.none().with("better", better).with("better-inducing", better + 0.08 * Math.signum(effect));
    }
}
