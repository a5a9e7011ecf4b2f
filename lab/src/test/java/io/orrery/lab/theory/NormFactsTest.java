package io.orrery.lab.theory;

import static io.orrery.lab.theory.TestMatrices.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.SpectralNorm;
import org.junit.jupiter.api.Test;

/** Inequalities between norms that the bounds and their comparisons rest on (P27, P30 of the core theory). */
class NormFactsTest {
    /** P30. */
    @Test
    void spectralNormsAreBelowFrobeniusNormsAndSumsOfRowsBelowBoth() {
        double spectral = 1;
        double frobenius = 1;
        for (int k = 0; k < 6; k++) {
            Matrix weights = normal(4 + 3 * k, 20 - 2 * k, 1, k);
            spectral *= SpectralNorm.of(weights);
            frobenius *= Products.norm(weights);
            assertThat(spectral).isLessThanOrEqualTo(frobenius);
            double rowNorms = 0;
            for (int i = 0; i < weights.rows(); i++) {
                double[] row = weights.row(i);
                rowNorms += Math.sqrt(Products.dot(row, 0, row, 0, row.length));
            }
            assertThat(rowNorms)
                    .isLessThanOrEqualTo(Math.sqrt(weights.rows()) * Products.norm(weights))
                    .isGreaterThanOrEqualTo(Products.norm(weights));
        }
    }

    /**
     * P27: as a dense matrix a 2 x 2 kernel on 28 x 28 pixels has sqrt(27 * 27) times its norm, then 26, 25 and 24 times; the
     * factors that the convolutional bound has instead multiply to 16.
     */
    @Test
    void aConvolutionAsADenseMatrixIsAsManyTimesLargerAsItHasPlaces() {
        double product = 1;
        for (int layer = 0; layer < 4; layer++) {
            int size = 28 - layer;
            Matrix kernel = normal(2, 2, 1, layer);
            double ratio = Products.norm(dense(kernel, size)) / Products.norm(kernel);
            assertThat(ratio).isCloseTo(size - 1, within(1e-9));
            product *= ratio;
        }
        assertThat(product).isCloseTo(421_200, within(1e-4)).isGreaterThan(1e3 * 16);
    }

    private static Matrix dense(Matrix kernel, int size) {
        int places = size - 1;
        Matrix dense = Matrix.zeros(places * places, size * size);
        for (int place = 0; place < places * places; place++) {
            for (int i = 0; i < 4; i++) {
                int pixel = (place / places + i / 2) * size + place % places + i % 2;
                dense.values()[place * size * size + pixel] = kernel.values()[i];
            }
        }
        return dense;
    }
}
