package io.orrery.lab.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.GaussHermite;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Normal;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.SymmetricEigen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EquivalentLinearModelTest {
    private static final EquivalentLinearModel MODEL = EquivalentLinearModel.ofErrorFunction(0.1);

    @Test
    void slopeAndVarianceByQuadrature() {
        GaussHermite quadrature = GaussHermite.of(64);
        double slope = quadrature.mean(u -> 2 / Math.sqrt(Math.PI) * Math.exp(-u * u));
        double square = quadrature.mean(u -> Math.pow(2 * Normal.cumulative(u * Math.sqrt(2)) - 1, 2));
        assertThat(MODEL.slope()).isCloseTo(slope, within(1e-9));
        assertThat(MODEL.variance()).isCloseTo(0.1 + square - slope * slope, within(1e-9));
    }

    @Test
    void withoutExamplesAllIsError() {
        double squared = MODEL.slope() * MODEL.slope();
        assertThat(MODEL.bayesError(0)).isCloseTo(squared + MODEL.variance(), within(1e-14));
        double many = 1e7;
        assertThat((MODEL.bayesError(many) - MODEL.variance()) * many).isCloseTo(MODEL.variance(), within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.9, 1, 1.1, 5})
    void itSolvesItsEquation(double ratio) {
        double squared = MODEL.slope() * MODEL.slope();
        double posterior = (MODEL.bayesError(ratio) - MODEL.variance()) / squared;
        double right = 1 / (1 + ratio * squared / (MODEL.variance() + squared * posterior));
        assertThat(posterior).isBetween(0.0, 1.0).isCloseTo(right, within(1e-13));
    }

    /** The mean posterior variance of 300 weights given 600 examples, from the eigenvalues of what was drawn. */
    @Test
    void itIsThePosteriorVarianceOfManyWeights() {
        int inputs = 300;
        int examples = 600;
        Matrix x = new Matrix(examples, inputs, RandomStream.of(9, "x").normals(0, examples * inputs));
        double squared = MODEL.slope() * MODEL.slope();
        double sum = 0;
        for (double eigenvalue : SymmetricEigen.valuesOf(Products.gram(x))) {
            sum += 1 / (1 + squared * eigenvalue / inputs / MODEL.variance()) / inputs;
        }
        assertThat(MODEL.bayesError(2)).isCloseTo(squared * sum + MODEL.variance(), within(0.002));
    }
}
