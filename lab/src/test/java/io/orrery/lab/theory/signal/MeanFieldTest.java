package io.orrery.lab.theory.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.math.GaussHermite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeanFieldTest {
    private static final double STEP = 1e-5;

    /** E sin^2 = (1 - e^(-2q)) / 2, E cos^2 = (1 + e^(-2q)) / 2, E sin sin = e^(-q) sinh(q c). */
    @Test
    void sineInClosedForm() {
        MeanField field = new MeanField(PointwiseFunction.SINE, 1.5, 0.2);
        double q = 0.8;
        double decay = Math.exp(-2 * q);
        assertThat(field.length(q)).isCloseTo(0.2 + 1.5 * (1 - decay) / 2, within(1e-14));
        assertThat(field.gradientFactor(q)).isCloseTo(1.5 * (1 + decay) / 2, within(1e-14));
        assertThat(field.lengthFactor(q)).isCloseTo(1.5 * decay, within(1e-14));
        assertThat(field.correlation(q, 0.4))
                .isCloseTo((0.2 + 1.5 * Math.exp(-q) * Math.sinh(q * 0.4)) / field.length(q), within(1e-14));
        assertThat(field.smoothEdgeLimit(q)).isCloseTo(2 / (1.5 * q * (1 - decay) / 2), within(1e-13));
    }

    /** With the poles of tanh(sqrt(q) z) near the axis: four digits at the mean square of the chaotic phase, against 200 nodes. */
    @Test
    void tanhFarFromLinear() {
        MeanField field = new MeanField(PointwiseFunction.TANH, 4, 0.05);
        double root = Math.sqrt(2.2);
        double fine = GaussHermite.of(200).mean(z -> {
            double slope = PointwiseFunction.TANH.slope(root * z);
            return 4 * slope * slope;
        });
        assertThat(field.gradientFactor(2.2)).isCloseTo(fine, within(3e-4));
    }

    @Test
    void reluByHand() {
        MeanField field = new MeanField(PointwiseFunction.RELU, 2, 0);
        assertThat(field.length(3)).isEqualTo(3);
        assertThat(field.fixedLength(1)).isEqualTo(1);
        assertThat(field.gradientFactor(3)).isEqualTo(1);
        assertThat(field.lengthFactor(3)).isEqualTo(1);
        assertThat(field.correlation(3, 0)).isCloseTo(1 / Math.PI, within(1e-15));
        assertThat(new MeanField(PointwiseFunction.RELU, 1, 0.5).fixedLength(9)).isCloseTo(1, within(1e-14));
    }

    /**
     * Slopes and curvatures of the functions, and chi_par, against central differences; ReLU away from its kink. For tanh 64 nodes
     * are good to six digits at q = 1, since its poles come near.
     */
    @ParameterizedTest
    @EnumSource
    void derivatives(PointwiseFunction function) {
        for (double x : new double[] {-2.1, -0.4, 0.3, 1.7}) {
            assertThat(function.slope(x))
                    .isCloseTo((function.value(x + STEP) - function.value(x - STEP)) / (2 * STEP), within(1e-9));
            assertThat(function.curvature(x))
                    .isCloseTo((function.slope(x + STEP) - function.slope(x - STEP)) / (2 * STEP), within(1e-9));
        }
        MeanField field = new MeanField(function, 1.3, 0.1);
        for (double q : new double[] {0.2, 1.1}) {
            assertThat(field.lengthFactor(q))
                    .isCloseTo((field.length(q + STEP) - field.length(q - STEP)) / (2 * STEP), within(2e-6));
        }
    }

    /** chi_perp is the slope of the correlation map at 1 where the mean square stays as it is. */
    @Test
    void theGradientFactorIsTheSlopeOfTheCorrelationMap() {
        MeanField field = new MeanField(PointwiseFunction.TANH, 2.2, 0.05);
        double q = field.fixedLength(1);
        assertThat(field.length(q)).isCloseTo(q, within(1e-14));
        assertThat((1 - field.correlation(q, 1 - 1e-6)) / 1e-6).isCloseTo(field.gradientFactor(q), within(1e-5));
    }

    /** 2 s^2 - s - 2 = 0 for s = 1 + 1/q, by parts: q = (3 + sqrt 17) / 2. */
    @Test
    void geluIsCriticalAtOneMeanSquare() {
        double q = MeanField.halfStableLength(PointwiseFunction.GELU);
        assertThat(q).isCloseTo((3 + Math.sqrt(17)) / 2, within(1e-4));
        MeanField field = MeanField.critical(PointwiseFunction.GELU, q);
        assertThat(field.length(q)).isCloseTo(q, within(1e-12));
        assertThat(field.gradientFactor(q)).isCloseTo(1, within(1e-12));
        assertThat(field.lengthFactor(q)).isCloseTo(1, within(1e-12));
    }

    /** ReLU: E relu^4 - (E relu^2)^2 = 3/2 - 1/4 of q^2. Sine: E sin^4 = 3/8 - e^(-2q)/2 + e^(-8q)/8. */
    @Test
    void fluctuationsInClosedForm() {
        assertThat(new MeanField(PointwiseFunction.RELU, 2, 0).fluctuation(3)).isCloseTo(4 * 1.25 * 9, within(1e-13));
        double q = 0.6;
        double second = (1 - Math.exp(-2 * q)) / 2;
        double fourth = 0.375 - Math.exp(-2 * q) / 2 + Math.exp(-8 * q) / 8;
        assertThat(new MeanField(PointwiseFunction.SINE, 1.5, 0).fluctuation(q))
                .isCloseTo(2.25 * (fourth - second * second), within(1e-14));
    }

    @Test
    void onTheEdgeDifferencesStay() {
        double edge = MeanField.edge(PointwiseFunction.TANH, 0.05);
        MeanField field = new MeanField(PointwiseFunction.TANH, edge, 0.05);
        assertThat(field.gradientFactor(field.fixedLength(1))).isCloseTo(1, within(1e-12));
        assertThat(edge).isBetween(1.5, 2.0);
        // Without bias the edge of tanh is at 1.
        assertThat(MeanField.edge(PointwiseFunction.TANH, 1e-4)).isCloseTo(1, within(0.2));
    }

    /** l (1 - c_l) to beta for tanh and l^2 (1 - c_l) to 9 pi^2 / 2 for ReLU, ever nearer. */
    @Test
    void limitsOnTheEdge() {
        MeanField relu = new MeanField(PointwiseFunction.RELU, 2, 0);
        assertThat(MeanField.reluEdgeLimit()).isCloseTo(44.413, within(1e-3));
        assertThat(Math.abs(scaled(relu, 300, 2) / MeanField.reluEdgeLimit() - 1))
                .isBetween(0.05, 0.1);
        assertThat(scaled(relu, 30_000, 2) / MeanField.reluEdgeLimit()).isCloseTo(1, within(2e-3));
        MeanField sine = new MeanField(PointwiseFunction.SINE, MeanField.edge(PointwiseFunction.SINE, 0.3), 0.3);
        double beta = sine.smoothEdgeLimit(sine.fixedLength(1));
        assertThat(Math.abs(scaled(sine, 100, 1) / beta - 1)).isLessThan(0.1);
        assertThat(scaled(sine, 1000, 1) / beta).isCloseTo(1, within(0.02));
    }

    private static double scaled(MeanField field, int layers, int power) {
        double q = field.fixedLength(1);
        double c = 0.3;
        for (int layer = 0; layer < layers; layer++) {
            c = field.correlation(q, c);
        }
        return (1 - c) * Math.pow(layers, power);
    }
}
