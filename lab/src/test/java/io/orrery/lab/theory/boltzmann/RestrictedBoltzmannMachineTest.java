package io.orrery.lab.theory.boltzmann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RestrictedBoltzmannMachineTest {
    private static final RandomStream DRAWS = RandomStream.of(4, "machine");
    private static final RestrictedBoltzmannMachine MACHINE = new RestrictedBoltzmannMachine(
            new Matrix(3, 2, DRAWS.normals(0, 6)), DRAWS.normals(1, 3), DRAWS.normals(2, 2));
    private static final Matrix EXAMPLES = new Matrix(4, 3, new double[] {1, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 1});

    /** By the 32 joint states. */
    @Test
    void probabilitiesAreThoseOfTheEnergy() {
        double all = 0;
        double first = 0;
        double firstAndHidden = 0;
        for (int state = 0; state < 32; state++) {
            double weight = weight(state);
            all += weight;
            boolean seen = (state & 7) == 5;
            first += seen ? weight : 0;
            firstAndHidden += seen && (state >> 3 & 1) == 1 ? weight : 0;
        }
        Matrix example = new Matrix(1, 3, new double[] {1, 0, 1});
        assertThat(MACHINE.logLikelihood(example)).isCloseTo(Math.log(first / all), within(1e-12));
        assertThat(MACHINE.logPartition()).isCloseTo(Math.log(all), within(1e-12));
        assertThat(MACHINE.freeEnergies(example)[0]).isCloseTo(-Math.log(first), within(1e-12));
        assertThat(MACHINE.up(example).at(0, 0)).isCloseTo(firstAndHidden / first, within(1e-12));
    }

    /** exp(b v + c h + v W h): bits 0 to 2 are v, 3 and 4 are h. */
    private static double weight(int state) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += (state >> i & 1) * MACHINE.visible()[i];
            for (int j = 0; j < 2; j++) {
                sum += (state >> i & 1)
                        * (state >> (3 + j) & 1)
                        * MACHINE.weights().at(i, j);
            }
        }
        for (int j = 0; j < 2; j++) {
            sum += (state >> (3 + j) & 1) * MACHINE.hidden()[j];
        }
        return Math.exp(sum);
    }

    @Test
    void visibleUnitsGivenHiddenOnes() {
        Matrix hidden = new Matrix(1, 2, new double[] {1, 0});
        double input = MACHINE.visible()[1] + MACHINE.weights().at(1, 0);
        assertThat(MACHINE.down(hidden).at(0, 1)).isCloseTo(1 / (1 + Math.exp(-input)), within(1e-15));
    }

    @Test
    void theGradientIsThatOfTheLikelihood() {
        Matrix gradient = MACHINE.gradient(EXAMPLES);
        for (int i = 0; i < 6; i++) {
            double difference =
                    (moved(i, 1e-6).logLikelihood(EXAMPLES) - moved(i, -1e-6).logLikelihood(EXAMPLES)) / 2e-6;
            assertThat(gradient.values()[i]).isCloseTo(difference, within(1e-8));
        }
    }

    private static RestrictedBoltzmannMachine moved(int index, double by) {
        double[] values = MACHINE.weights().values().clone();
        values[index] += by;
        return new RestrictedBoltzmannMachine(new Matrix(3, 2, values), MACHINE.visible(), MACHINE.hidden());
    }

    @Test
    void withManySweepsContrastiveDivergenceIsTheGradient() {
        assertThat(MACHINE.expectedDivergence(EXAMPLES, 200).values())
                .containsExactly(MACHINE.gradient(EXAMPLES).values(), within(1e-10));
        assertThat(Products.norm(MACHINE.expectedDivergence(EXAMPLES, 0))).isLessThan(1e-14);
    }

    /** The mean of many steps, less the start, over the rate. */
    @Test
    void stepsFollowTheMeanDivergence() {
        int draws = 40_000;
        double[] sum = new double[6];
        RandomStream chain = RandomStream.of(8, "chain");
        for (int draw = 0; draw < draws; draw++) {
            double[] after = MACHINE.step(EXAMPLES, 0.5, chain, draw).weights().values();
            for (int i = 0; i < 6; i++) {
                sum[i] += (after[i] - MACHINE.weights().values()[i]) / 0.5 / draws;
            }
        }
        assertThat(sum).containsExactly(MACHINE.expectedDivergence(EXAMPLES, 1).values(), within(0.005));
    }

    /** Without weights the machine gives back the means of the examples: the error is their variance. */
    @Test
    void theStartKnowsTheMeans() {
        RestrictedBoltzmannMachine start = RestrictedBoltzmannMachine.start(DRAWS, EXAMPLES, 2, 0);
        assertThat(start.down(Matrix.zeros(1, 2)).values())
                .containsExactly(new double[] {0.75, 0.25, 0.75}, within(1e-12));
        assertThat(start.reconstructionError(EXAMPLES)).isCloseTo(0.1875, within(1e-12));
    }

    @Test
    void drawnStatesHaveTheirProbabilities() {
        double[] all = new double[10_000];
        Arrays.fill(all, 0.3);
        double[] drawn = RestrictedBoltzmannMachine.drawn(new Matrix(1, 10_000, all), DRAWS.uniforms(9, 0, 10_000))
                .values();
        assertThat(Arrays.stream(drawn).average().orElseThrow()).isCloseTo(0.3, within(0.02));
    }
}
