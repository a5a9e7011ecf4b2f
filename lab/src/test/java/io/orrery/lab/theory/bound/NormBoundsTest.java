package io.orrery.lab.theory.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** B1 to B4 and B6, B7 on the golden network, and what the theory says of all of them. */
class NormBoundsTest {
    private final BoundInput golden = Golden.input();

    @Test
    void goldenNumbers() {
        assertThat(new ProductOfNorms().complexity(golden, 1)).isCloseTo(9.165151390, within(1e-9));
        assertThat(new SizeIndependent().complexity(golden, 1)).isCloseTo(6.827310747, within(1e-9));
        assertThat(SizeIndependent.depthFactor(3)).isCloseTo(3.039333980, within(1e-9));
        assertThat(SpectralComplexity.spectralComplexity(golden)).isCloseTo(16.835099316, within(1e-8));
        assertThat(PacBayes.normTerm(golden)).isCloseTo(32, within(1e-10));
    }

    /** Ten outputs count tenfold, half the margin twofold; ln 2000 = 7.6009. */
    @Test
    void outputsMarginAndConfidence() {
        BoundInput ten = new BoundInput(golden.layers(), golden.data(), 10);
        assertThat(new SizeIndependent().complexity(ten, 0.5)).isCloseTo(20 * 6.827310747, within(1e-7));
        assertThat(new SizeIndependent().gap(golden, 1, 1e-3))
                .isCloseTo(2 * 6.827310747 + 3 * Math.sqrt(7.600902459542 / 8), within(1e-8));
    }

    /** p = q = 2 is the special case; p = 1, q = infinity by hand: 2 max(3, 2 ...) . */
    @Test
    void theGeneralProductOfNorms() {
        double product = golden.product(ProductOfNorms.layerNorm(2, 2));
        assertThat(ProductOfNorms.rademacher(product, 2, 2, 2, 3, 2, Math.sqrt(2), 4))
                .isCloseTo(9.165151390, within(1e-9));
        double infinity = Double.POSITIVE_INFINITY;
        // Largest row sums 3 and 2; p* is infinite, so 4 ln(2 d) is taken; no width factor.
        double rows = golden.product(ProductOfNorms.layerNorm(1, infinity));
        assertThat(rows).isEqualTo(6);
        assertThat(ProductOfNorms.rademacher(rows, 2, 1, infinity, 3, 2, 1, 4))
                .isCloseTo(6 * 2 * Math.sqrt(4 * Math.log(4) / 4), within(1e-10));
        // q = infinity with p = 2: the width enters with the power 1/2 per layer after the first.
        assertThat(ProductOfNorms.rademacher(1, 3, 2, infinity, 9, 2, 1, 4))
                .isCloseTo(36 * Math.sqrt(0.5), within(1e-10));
    }

    /** |A1| 1 = (3, 1, 1), then (4, 1); squared (5, 1, 1), then (6, 1). */
    @Test
    void pathNormsByHand() {
        assertThat(PathNorm.firstPower(golden)).isEqualTo(5);
        assertThat(PathNorm.secondPower(golden)).isCloseTo(2.645751311, within(1e-9));
        // 2 * 5 * 2 * sqrt(ln(4) / 4) * 1.
        assertThat(new PathNorm().complexity(golden, 1)).isCloseTo(20 * Math.sqrt(Math.log(4) / 4), within(1e-12));
    }

    /**
     * A 1 x 2 kernel (1, -2) on one row of three pixels gives two positions of 3 paths each; the dense layer weighs them 1 and
     * -4, then 2 and 0 in its second row.
     */
    @Test
    void pathNormsOfConvolutions() {
        BoundInput network = new BoundInput(
                List.of(
                        BoundLayer.convolution(Golden.matrix(1, 1, -2), 2, 2),
                        BoundLayer.dense(Golden.matrix(2, 1, -4, 2, 0))),
                InputNorms.of(Golden.matrix(1, 1, 1, 1), 1),
                2);
        assertThat(PathNorm.firstPower(network)).isEqualTo(3 * 5 + 3 * 2);
        assertThat(PathNorm.secondPower(network)).isCloseTo(Math.sqrt(5 * 17 + 5 * 4), within(1e-12));
    }

    /** Two channels of two positions: the first two columns of the dense layer belong to channel 0. */
    @Test
    void pathNormsAcrossChannels() {
        BoundInput network = new BoundInput(
                List.of(
                        BoundLayer.convolution(Golden.matrix(2, 1, 10), 1, 2),
                        BoundLayer.dense(Golden.matrix(1, 1, 2, 3, 4))),
                InputNorms.of(Golden.matrix(1, 1, 1), 1),
                1);
        assertThat(PathNorm.firstPower(network)).isEqualTo(1 * 3 + 10 * 7);
    }

    @Test
    void rowSumForm() {
        // 2 * 3 * 2 * sqrt(3 + ln 2) * sqrt(1 + 0.64 + 1) / 4: the second column is the larger one.
        assertThat(new SizeIndependent.RowSums().complexity(golden, 1))
                .isCloseTo(12 * Math.sqrt(3 + Math.log(2)) * Math.sqrt(2.64) / 4, within(1e-12));
    }

    @Test
    void theDepthFreeOrderTakesTheSmallerOfTwoRates() {
        // ln(e^2) = 2: sqrt(2 / 10) against sqrt(100 / 100) and sqrt(1 / 100).
        double ratio = Math.exp(2);
        assertThat(SizeIndependent.depthFree(ratio, 1, 100, 1, 100)).isCloseTo(ratio * Math.sqrt(0.2), within(1e-10));
        assertThat(SizeIndependent.depthFree(ratio, 1, 1, 3, 100)).isCloseTo(3 * ratio * 0.1, within(1e-10));
    }

    @Test
    void spectralComplexityCountsDistanceFromTheReference() {
        // Reference = weights in the first layer: only the second layer's term is left.
        BoundLayer still = new BoundLayer(BoundLayer.Kind.DENSE, Golden.A1, Golden.A1, 1, 1, 1, 1);
        BoundInput moved = new BoundInput(List.of(still, BoundLayer.dense(Golden.A2)), golden.data(), 1);
        assertThat(SpectralComplexity.spectralComplexity(moved)).isCloseTo(2.449489743 * 2.414213562, within(1e-8));
        // 4/n + 36 * ||X|| ln(4) sqrt(ln(2 * 6)) R_A / (gamma n); both matrices have 6 entries.
        assertThat(new SpectralComplexity().complexity(golden, 2))
                .isCloseTo(
                        1 + 36 * 2.236067977 * Math.log(4) * Math.sqrt(Math.log(12)) * 16.835099316 / 8, within(1e-5));
        // ||X||^2 / eps^2 * ln(2 * 3^2) * prod s^2 * (sum)^3, and R_A^2 = prod s^2 (sum)^3.
        assertThat(SpectralComplexity.logCovering(golden, 0.5))
                .isCloseTo(5 * 4 * Math.log(18) * 16.835099316 * 16.835099316, within(1e-4));
    }

    @Test
    void pacBayesAndItsRestatement() {
        // B^2 = 2, L = 2, h = 3: 2 * 4 * 3 * ln 6 * 32; confidence ln(2 * 4 / 0.001).
        double squared = 768 * Math.log(6);
        assertThat(new PacBayes().complexity(golden, 0.5)).isCloseTo(2 * Math.sqrt(squared / 4), within(1e-8));
        assertThat(new PacBayes().gap(golden, 0.5, 1e-3))
                .isCloseTo(2 * Math.sqrt((squared + Math.log(8000)) / 4), within(1e-8));
        // prod s = sqrt 12, L = 2, W = 3, sum of stable ranks 7/6 + 3/2.
        assertThat(PacBayes.restated(golden)).isCloseTo(Math.sqrt(12) * 2 * Math.sqrt(3 * 8.0 / 3), within(1e-8));
        assertThat(PacBayes.restated(golden)).isGreaterThan(SpectralComplexity.spectralComplexity(golden));
    }

    @Test
    void longAndSedghi() {
        assertThat(LongSedghi.parameters(golden)).isEqualTo(12);
        assertThat(LongSedghi.distance(golden)).isCloseTo(2.449489743 + 1.414213562, within(1e-8));
        // 2 sqrt(sqrt(12) / 3).
        double beta = 2 * Math.sqrt(Math.sqrt(12) / 3);
        assertThat(new LongSedghi().complexity(golden, 3)).isCloseTo(beta * Math.sqrt(3), within(1e-8));
        assertThat(new LongSedghi().gap(golden, 3, 1e-3))
                .isCloseTo(beta * Math.sqrt(3) + Math.sqrt(Math.log(1000) / 4), within(1e-8));
        assertThat(LongSedghi.largeDistance(10, Math.E, 12, 4, 1 / Math.E))
                .isCloseTo(Math.sqrt(133 / 4.0), within(1e-12));
    }

    /** P27: the quotient of B1 and B3 grows by 2 (1 + sqrt(2 L ln 2)) / (1 + sqrt(2 (L + 1) ln 2)) per layer. */
    @Test
    void theProductOfNormsLosesToTheSizeIndependentBoundWithDepth() {
        Matrix inputs = Golden.matrix(2, 0.6, 0.8, 1, 0);
        double before = 0;
        for (int depth = 2; depth <= 12; depth++) {
            List<BoundLayer> layers = new ArrayList<>();
            for (int l = 0; l < depth; l++) {
                layers.add(BoundLayer.dense(Golden.random(l, 2, 2)));
            }
            BoundInput network = new BoundInput(layers, InputNorms.of(inputs, 1), 1);
            double quotient =
                    new ProductOfNorms().complexity(network, 1) / new SizeIndependent().complexity(network, 1);
            assertThat(quotient).isGreaterThanOrEqualTo(1);
            if (depth > 2) {
                double step =
                        2 * (1 + Math.sqrt(2 * (depth - 1) * Math.log(2))) / (1 + Math.sqrt(2 * depth * Math.log(2)));
                assertThat(quotient / before).isCloseTo(step, within(1e-12));
            }
            before = quotient;
        }
    }

    /** P28: every bound on the gap grows with rho, and falls with the margin. */
    @Test
    void boundsGrowWithTheScaleAndFallWithTheMargin() {
        for (Bound bound : Bounds.all()) {
            double smaller = 0;
            for (double rho : new double[] {0.5, 1, 2, 8, 50}) {
                BoundInput scaled = Golden.input(Golden.A1, Golden.times(rho, Golden.A2));
                double gap = bound.gap(scaled, 0.7, 1e-3);
                assertThat(gap).as(bound.description().name()).isGreaterThan(smaller);
                assertThat(bound.gap(scaled, 0.9, 1e-3)).isLessThan(gap);
                assertThat(bound.gap(scaled, 0.7, 1e-2)).isLessThan(gap);
                smaller = gap;
            }
        }
    }

    /** P29: multiplying one layer and dividing another changes nothing that depends on the function alone. */
    @Test
    void boundsDoNotSeeARescalingOfLayers() {
        BoundInput rescaled = Golden.input(Golden.times(7.3, Golden.A1), Golden.times(1 / 7.3, Golden.A2));
        for (Bound bound : Bounds.all()) {
            double before = bound.complexity(golden, 0.3);
            assertThat(bound.complexity(rescaled, 0.3))
                    .as(bound.description().name())
                    .isCloseTo(before, within(1e-10 * before));
        }
        assertThat(SparseBound.rho(rescaled)).isCloseTo(SparseBound.rho(golden), within(1e-10));
        assertThat(PathNorm.secondPower(rescaled)).isCloseTo(PathNorm.secondPower(golden), within(1e-10));
    }
}
