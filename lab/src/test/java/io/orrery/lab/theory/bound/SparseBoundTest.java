package io.orrery.lab.theory.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparseBoundTest {
    private static final double LOG_FOUR_LAYERS = 4 * Math.log(4);

    /** Core theory, section 10: rho = 3, n = 1000, four 2 x 2 convolutions and a dense layer, k = 10, max_j = 200. */
    @Test
    void goldenNumbers() {
        SparseBound.Term theorem = SparseBound.theorem(5, LOG_FOUR_LAYERS, 256, 10, 200, 1000);
        assertThat(SparseBound.overAllNorms(3, theorem, 1000, 1e-3)).isCloseTo(14.958023655, within(1e-9));
        SparseBound.Term released = SparseBound.released(5, 4, 256, 10, 200, 1000);
        assertThat(SparseBound.overAllNorms(3, released, 1000, 1e-3)).isCloseTo(15.682544243, within(1e-9));
    }

    /** P27: four 2 x 2 convolutions of a 28 x 28 image: sqrt(prod H W) = 27 26 25 24 = 421,200 against prod 2 = 16. */
    @Test
    void theDenseBoundIsAThousandTimesLarger() {
        List<BoundLayer> layers = new ArrayList<>();
        int side = 28;
        for (int l = 0; l < 4; l++) {
            side--;
            layers.add(BoundLayer.convolution(Golden.random(l, 1, 4), 4, side * side));
        }
        layers.add(BoundLayer.dense(Golden.random(9, 10, 24 * 24)));
        double[] inputs = new double[3 * 784];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = i % 5;
        }
        BoundInput network = new BoundInput(layers, InputNorms.of(new Matrix(3, 784, inputs), 1), 10);
        double sparse = SparseBound.rho(network);
        assertThat(sparse).isGreaterThan(1);
        double dense = SparseBound.Dense.rho(network);
        assertThat(dense / sparse).isCloseTo(421_200, within(1e-4));
        SparseBound.Term term = SparseBound.theorem(5, LOG_FOUR_LAYERS, 256, 10, network.largestLocation(), 3);
        SparseBound.Term denseTerm = SparseBound.dense(5, 10, network.data().frobenius(), 3);
        assertThat(SparseBound.firstTerm(dense, denseTerm) / SparseBound.firstTerm(sparse, term))
                .isGreaterThan(1e3);
        // What the network itself gives adds the last layer's degree: 24 * 24 locations.
        SparseBound.Term full = SparseBound.term(network);
        assertThat(full.data()).isCloseTo(24 * term.data(), within(1e-10 * full.data()));
        assertThat(full.root())
                .isCloseTo(
                        1 + Math.sqrt(2 * (5 * Math.log(2) + LOG_FOUR_LAYERS + Math.log(576) + Math.log(10))),
                        within(1e-12));
        assertThat(new SparseBound.Dense().gap(network, 1, 1e-3))
                .isGreaterThan(1e3 * (new SparseBound.Released().gap(network, 1, 1e-3) - 1));
    }

    /** A dense network has degree 1 everywhere and one input location: the same as its dense comparison. */
    @Test
    void aDenseNetworkIsItsOwnComparison() {
        BoundInput golden = Golden.input();
        assertThat(new SparseBound().gap(golden, 0.5, 1e-3))
                .isCloseTo(new SparseBound.Dense().gap(golden, 0.5, 1e-3), within(1e-10));
        // rho / margin = 9.165..., L = 2, k = 1, n = 4.
        double rho = 2 * 4.582575695;
        double expected = (rho + 1) * 2 * Math.sqrt(2) * (1 + Math.sqrt(4 * Math.log(2))) * Math.sqrt(5) / 4
                + 3 * Math.sqrt(Math.log(2000 * (rho + 2) * (rho + 2)) / 8);
        assertThat(new SparseBound().gap(golden, 0.5, 1e-3)).isCloseTo(expected, within(1e-7));
    }

    @Test
    void degreesOfHiddenDenseLayersAreTheLocationsTheyFlatten() {
        BoundInput network = new BoundInput(
                List.of(
                        BoundLayer.convolution(Matrix.zeros(3, 2 * 9), 9, 16),
                        // Averages over 2 x 2 windows lie between: 4 locations of 3 channels.
                        BoundLayer.dense(Matrix.zeros(5, 12)),
                        BoundLayer.dense(Matrix.zeros(2, 5))),
                InputNorms.of(Matrix.zeros(1, 72), 2),
                2);
        assertThat(network.degree(0)).isEqualTo(9);
        assertThat(network.degree(1)).isEqualTo(4);
        assertThat(network.degree(2)).isEqualTo(1);
        assertThat(network.inputs(0)).isEqualTo(72);
        assertThat(network.width()).isEqualTo(48);
    }

    /**
     * Why the last layer's degree belongs to the theorem: with one example of ones, P pixels, relu(w x_p) and a dense layer
     * a = +-1 / sqrt(P), all norms are 1 and the empirical Rademacher complexity, mean over epsilon of the largest epsilon f(x),
     * is at least sqrt(P).
     */
    @Test
    void withoutTheLastDegreeTheComplexityIsTooSmall() {
        int pixels = 100;
        double[] ones = new double[pixels];
        Arrays.fill(ones, 1);
        double[] last = new double[pixels];
        Arrays.fill(last, 1 / Math.sqrt(pixels));
        BoundInput network = new BoundInput(
                List.of(
                        BoundLayer.convolution(Golden.matrix(1, 1), 1, pixels),
                        BoundLayer.dense(new Matrix(1, pixels, last))),
                InputNorms.of(new Matrix(1, pixels, ones), 1),
                1);
        assertThat(SparseBound.rho(network)).isCloseTo(1, within(1e-12));
        double output = 0;
        for (int p = 0; p < pixels; p++) {
            output += last[p] * ones[p];
        }
        // For epsilon = -1 the network with -a reaches the same.
        double attained = (output + output) / 2;
        SparseBound.Term without = SparseBound.theorem(2, 0, 1, 1, network.largestLocation(), 1);
        assertThat(SparseBound.rademacher(1, without)).isLessThan(attained);
        assertThat(SparseBound.rademacher(1, SparseBound.term(network))).isGreaterThan(attained);
    }
}
