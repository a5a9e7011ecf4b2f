package io.orrery.lab.theory.collapse;

import static io.orrery.lab.theory.TestMatrices.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.PlainBiasless;
import io.orrery.lab.theory.TestMatrices;
import org.junit.jupiter.api.Test;

class CollapseTheoryTest {
    @Test
    void aSimplexHasUnitNormsAndEqualAngles() {
        Matrix gram = Products.outerGram(CollapseTheory.simplexFrame(5, 7));
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                assertThat(gram.at(i, j)).isCloseTo(i == j ? 1 : -0.25, within(1e-15));
            }
        }
        assertThatThrownBy(() -> CollapseTheory.simplexFrame(3, 2))
                .hasMessage("expected at least two classes and as many dimensions, found 3 classes and 2 dimensions");
    }

    /** The distance between an orthogonal frame and a simplex, both of unit Frobenius norm, is the plateau. */
    @Test
    void thePlateauIsTheDistanceOfTheTwoFrames() {
        Matrix simplex = CollapseTheory.simplexFrame(4, 4);
        Matrix difference = Products.combination(0.5, TestMatrices.identity(4), -0.5, simplex);
        assertThat(Products.squaredNorm(difference)).isCloseTo(CollapseTheory.selfDualityPlateau(4), within(1e-15));
        assertThat(CollapseTheory.orthogonalFrameAngle(4)).isCloseTo(1.0 / 3, within(1e-15));
    }

    /**
     * (4.1): with decay (here 1 - rho m = 0.4) the flow of the last layer under one example vanishes for parallel features, for
     * no others, and its size is 2 rho (1 - rho m) ||h|| times the sine.
     */
    @Test
    void onlyParallelFeaturesLeaveTheLastLayerAlone() {
        double[] last = {0.6, 0.8};
        double rho = 2;
        for (double[] feature : new double[][] {{0.18, 0.24}, {0.5, 0}, {-0.18, 0.51}}) {
            double margin = feature[0] * last[0] + feature[1] * last[1];
            assertThat(margin).isCloseTo(0.3, within(1e-15));
            Matrix force = new Matrix(1, 2, new double[] {
                2 * rho * (1 - rho * margin) * feature[0], 2 * rho * (1 - rho * margin) * feature[1]
            });
            double pull = DirectionFlow.pull(rho, MarginMoments.ofMargins(new double[] {margin}));
            Matrix velocity = DirectionFlow.velocity(new Matrix(1, 2, last), force, pull);
            double sine = CollapseTheory.misalignment(feature, last);
            assertThat(Products.norm(velocity))
                    .isCloseTo(2 * rho * 0.4 * Math.hypot(feature[0], feature[1]) * sine, within(1e-14));
        }
        assertThat(CollapseTheory.misalignment(new double[] {0.18, 0.24}, last)).isCloseTo(0, within(1e-15));
        assertThat(CollapseTheory.misalignment(new double[] {0.5, 0}, last)).isCloseTo(0.8, within(1e-15));
    }

    /** P29: rescaling two layers by c and 1/c leaves the output and the product of norms as they are. */
    @Test
    void rescalingLayersChangesNeitherOutputsNorRho() {
        PlainBiasless network = PlainBiasless.random(true, 2, 1, 5, 9, 8, 1);
        Matrix inputs = normal(6, 5, 1, 2);
        double[] before = network.forward(inputs)[3].values();
        double rho = product(network);
        network.weights[0] = TestMatrices.scaled(7, network.weights[0]);
        network.weights[2] = TestMatrices.scaled(1.0 / 7, network.weights[2]);
        assertThat(network.forward(inputs)[3].values()).containsExactly(before, within(1e-10));
        assertThat(product(network)).isCloseTo(rho, within(1e-10 * rho));
    }

    private static double product(PlainBiasless network) {
        double product = 1;
        for (Matrix weights : network.weights) {
            product *= Products.norm(weights);
        }
        return product;
    }

    /** Orthogonal rows have the plateau; rows that add up to 0 none; no centred means come nearer than the floor. */
    @Test
    void theFloorOfSelfDualityIsThatOfTheWeights() {
        Matrix orthogonal = new Matrix(4, 4, new double[] {2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2});
        assertThat(CollapseTheory.selfDualityFloor(orthogonal))
                .isCloseTo(CollapseTheory.selfDualityPlateau(4), within(1e-14));
        assertThat(CollapseTheory.selfDualityFloor(CollapseTheory.simplexFrame(4, 5)))
                .isCloseTo(0, within(1e-14));
        // Half of the mean row is gone: ||PW||^2 = 3 of 4, and 1/4 of the other quarter, 3 / 3.25 in all.
        Matrix nearer = new Matrix(4, 4, orthogonal.values().clone());
        for (int i = 0; i < 16; i++) {
            nearer.values()[i] -= 0.25;
        }
        assertThat(CollapseTheory.selfDualityFloor(nearer))
                .isCloseTo(2 - 2 * Math.sqrt(3 / 3.25), within(1e-14))
                .isLessThan(CollapseTheory.selfDualityPlateau(4));
        java.util.Random random = new java.util.Random(5);
        for (int round = 0; round < 200; round++) {
            double[] numbers = random.doubles(16, -1, 1).toArray();
            Matrix means = Products.centred(new Matrix(4, 4, numbers));
            double distance = Products.squaredNorm(
                    Products.combination(1 / Products.norm(nearer), nearer, -1 / Products.norm(means), means));
            assertThat(distance).isGreaterThanOrEqualTo(CollapseTheory.selfDualityFloor(nearer) - 1e-12);
        }
        Matrix best = Products.centred(nearer);
        double least = Products.squaredNorm(
                Products.combination(1 / Products.norm(nearer), nearer, -1 / Products.norm(best), best));
        assertThat(least).isCloseTo(CollapseTheory.selfDualityFloor(nearer), within(1e-14));
    }
}
