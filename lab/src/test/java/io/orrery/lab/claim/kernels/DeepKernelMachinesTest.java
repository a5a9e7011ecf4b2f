package io.orrery.lab.claim.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.MadeUpResults;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.theory.kernel.DeepKernelMachine;
import io.orrery.lab.theory.kernel.GramKernel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeepKernelMachinesTest {
    private final DeepKernelMachines claim = new DeepKernelMachines();

    private static Setting setting(int points, int width) {
        return Setting.empty()
                .with("points", points)
                .with("layers", 2)
                .with("width", width)
                .with("weight", 0.5)
                .with("noise", 0.2)
                .with("steps", 200);
    }

    /** The log density written out feature by feature, but for constants: normal layers and targets seen width / weight times. */
    @Test
    void theDensityIsThatOfTheFeatures() {
        int width = 4;
        Matrix inputs = new Matrix(1, 1, new double[] {1.5});
        Matrix targets = new Matrix(1, 1, new double[] {2.5});
        DeepKernelMachine machine = new DeepKernelMachine(GramKernel.LINEAR, inputs, targets, 0.3, 0.5, 1);
        FiniteDeepProcess.Chain chain = new FiniteDeepProcess.Chain(machine, 3, width);
        double[] one = {0.3, -1.2, 0.8, 0.1};
        double[] other = {1.1, 0.2, -0.7, 2.0};
        double difference = density(one) - density(other);
        assertThat(chain.point(List.of(new Matrix(1, width, one))).density()
                        - chain.point(List.of(new Matrix(1, width, other))).density())
                .isCloseTo(difference, within(1e-12));
    }

    private static double density(double[] z) {
        double square = 0;
        for (double value : z) {
            square += value * value;
        }
        double variance = 1.5 * square / 4 + 0.3;
        return -square / 2 + 4 / 0.5 * (-Math.log(variance) / 2 - 6.25 / (2 * variance));
    }

    @Test
    void slopesAreThoseOfCentralDifferences() {
        DeepKernelMachine machine = FiniteDeepProcess.machine(4, setting(3, 5));
        FiniteDeepProcess.Chain chain = new FiniteDeepProcess.Chain(machine, 4, 5);
        List<Matrix> at = List.of(
                new Matrix(3, 5, RandomStream.of(1, "test").normals(0, 15)),
                new Matrix(3, 5, RandomStream.of(1, "test").normals(1, 15)));
        for (int layer = 0; layer < 2; layer++) {
            for (int i = 0; i < 15; i += 4) {
                double difference = (chain.point(moved(at, layer, i, 1e-5)).density()
                                - chain.point(moved(at, layer, i, -1e-5)).density())
                        / 2e-5;
                assertThat(chain.point(at).slopes().get(layer).values()[i])
                        .isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
            }
        }
    }

    private static List<Matrix> moved(List<Matrix> at, int layer, int index, double by) {
        List<Matrix> moved = new ArrayList<>(at);
        double[] values = at.get(layer).values().clone();
        values[index] += by;
        moved.set(layer, new Matrix(3, 5, values));
        return moved;
    }

    /** One example, linear: G has the density G^(N/2 - 1) exp(-N G / 2k) N(y; 0, G + s^2)^(N / nu), whose mean is a quotient of sums. */
    @Test
    void theChainFindsTheMeanOfTheExactDensity() {
        int width = 16;
        DeepKernelMachine machine = new DeepKernelMachine(
                GramKernel.LINEAR,
                new Matrix(1, 1, new double[] {1.5}),
                new Matrix(1, 1, new double[] {2.5}),
                0.3,
                0.5,
                1);
        double mass = 0;
        double moment = 0;
        for (double g = 0.0005; g < 40; g += 0.001) {
            double variance = g + 0.3;
            double density = Math.exp((width / 2.0 - 1) * Math.log(g)
                    - width * g / 3
                    - width / 0.5 * (Math.log(variance) / 2 + 6.25 / (2 * variance))
                    + 60);
            mass += density;
            moment += g * density;
        }
        FiniteDeepProcess.Chain chain = new FiniteDeepProcess.Chain(machine, 3, width);
        double sum = 0;
        for (int step = 0; step < 42_000; step++) {
            chain.step(step, step < 2000);
            sum += step < 2000 ? 0 : chain.grams().getFirst().at(0, 0);
        }
        assertThat(sum / 40_000).isCloseTo(moment / mass, within(0.03 * moment / mass));
    }

    @Test
    void theSameBitsTwice() {
        assertThat(new FiniteDeepProcess().compute(5, setting(3, 8)))
                .isEqualTo(new FiniteDeepProcess().compute(5, setting(3, 8)));
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

    /** Chains must move at every width, not at the last alone. */
    @Test
    void aChainThatStandsStillDecidesNothing() {
        Judgement judged = claim.judge(MadeUpResults.of(claim, (_, setting, seed) -> {
            Results made = made(setting, seed, true);
            boolean first = !setting.values().containsKey("inducing") && setting.get("width") == 32;
            return first ? made.with("accepted", 0.01) : made;
        }));
        assertThat(judged.sentences().getFirst().verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judged.sentences().get(1).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** An ascent that has not come to rest says nothing of where it would end. */
    @Test
    void anAscentThatGoesOnDecidesNothing() {
        Judgement judged = claim.judge(MadeUpResults.of(claim, (_, setting, seed) -> {
            Results made = made(setting, seed, true);
            return setting.get("weight") > 1 && !setting.values().containsKey("inducing")
                    ? made.with("slope", 0.1)
                    : made;
        }));
        assertThat(judged.sentences().get(1).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    private static Results made(Setting setting, int seed, boolean effect) {
        double noise = 1 + 0.01 * (seed - 4.5);
        boolean still = setting.get("weight") > 1;
        if (setting.values().containsKey("inducing")) {
            double gain = effect && !still ? noise : 0.01 * noise;
            return Results.none().with("gain", gain).with("better", gain).with("objective", 0.0, gain);
        }
        double falling = 2 / Math.sqrt(setting.get("width"));
        return Results.none()
                .with("slope", 1e-8)
                .with("accepted", 0.5)
                .with("learned", still && effect ? 1e-4 * noise : 0.5 * noise)
                .with("apart", effect ? 0.02 * noise : 0.4 * noise)
                .with("apart-fixed", 0.5 * noise)
                .with("distance", effect ? falling * (1 + 0.01 * noise) : 0.4 + 0.01 * noise)
                .with("distance-fixed", still && effect ? falling : 2 + 0.01 * noise)
                .with("spread", falling);
    }
}
