package io.orrery.lab.theory.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RandomFeatureRiskTest {
    private static final double[] EIGENVALUES = power(300, 1.5);
    private static final double[] TARGETS = power(300, 1);

    private static double[] power(int count, double exponent) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = Math.pow(i + 1, -exponent);
        }
        return values;
    }

    private static RandomFeatureRisk risk(double samples, double features) {
        return new RandomFeatureRisk(samples, features, EIGENVALUES, TARGETS, 0.1);
    }

    /**
     * Kernel ridge regression with m equal eigenvalues 1: z = m / (1 + kappa), (n - z) kappa = ridge. For n = 4, m = 2, ridge 3 that
     * is kappa = 1, z = 1, q = 1/2: error ((1/2)^2 norm^2 + noise) / (1 - 1/8).
     */
    @Test
    void equalEigenvaluesByHand() {
        RandomFeatureRisk kernel =
                new RandomFeatureRisk(4, Double.POSITIVE_INFINITY, new double[] {1, 1}, new double[] {2, 1}, 0.5);
        assertThat(kernel.level(3)).isCloseTo(1, within(1e-12));
        assertThat(kernel.testError(3)).isCloseTo((5 / 4.0 + 0.5) / (7 / 8.0), within(1e-12));
        // The same with k = 4 features: (4 - 1)(4 - 1) 1 = 4 ridge, share 3/3.5, spread (1/2 (4 - 2) + 1) / (4 3.5).
        RandomFeatureRisk few = new RandomFeatureRisk(4, 4, new double[] {1, 1}, new double[] {2, 1}, 0.5);
        assertThat(few.level(9 / 4.0)).isCloseTo(1, within(1e-12));
        double bracket = (0.5 - 0.25 * 3 / 3.5) * 5 + 0.5;
        assertThat(few.testError(9 / 4.0)).isCloseTo(bracket / (1 - 2 / 14.0), within(1e-12));
    }

    @Test
    void manyFeaturesAreTheKernel() {
        assertThat(risk(50, 1e6).testError(0.01))
                .isCloseTo(risk(50, Double.POSITIVE_INFINITY).testError(0.01), within(1e-4));
    }

    /** With every sample of the world only what cannot be known is left: the noise. */
    @Test
    void manySamplesLeaveTheNoise() {
        assertThat(risk(1e9, Double.POSITIVE_INFINITY).testError(1e-3)).isCloseTo(0.1, within(1e-6));
    }

    @Test
    void theBestRidgeIsTheBestAndMoreNeverHurts() {
        RandomFeatureRisk risk = risk(50, 100);
        double best = risk.bestRidge();
        for (double factor : new double[] {0.5, 0.9, 1.1, 2}) {
            assertThat(risk.testError(best * factor)).isGreaterThan(risk.testError(best));
        }
        double last = Double.POSITIVE_INFINITY;
        for (double features : new double[] {10, 25, 50, 70, 150, 1000}) {
            RandomFeatureRisk more = risk(50, features);
            assertThat(more.testError(more.bestRidge())).isLessThan(last);
            last = more.testError(more.bestRidge());
        }
        last = Double.POSITIVE_INFINITY;
        for (double samples : new double[] {10, 25, 50, 70, 150, 1000}) {
            RandomFeatureRisk more = risk(samples, 50);
            assertThat(more.testError(more.bestRidge())).isLessThan(last);
            last = more.testError(more.bestRidge());
        }
    }
}
