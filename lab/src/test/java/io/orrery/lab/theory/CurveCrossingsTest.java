package io.orrery.lab.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.theory.CurveCrossings.Curve;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

final class CurveCrossingsTest {
    private record Path(double from, double to, DoubleFunction<double[]> at, DoubleFunction<double[]> along)
            implements Curve {
        @Override
        public double[] point(double t) {
            return at.apply(t);
        }

        @Override
        public double[] velocity(double t) {
            return along.apply(t);
        }
    }

    private static final Path CIRCLE =
            new Path(0, 2 * Math.PI, t -> new double[] {2 * Math.cos(t), 2 * Math.sin(t)}, t ->
                    new double[] {-2 * Math.sin(t), 2 * Math.cos(t)});

    private static final Path SLANTED =
            new Path(-1, 2, t -> new double[] {1 + t, 0.5 - t / 2}, _ -> new double[] {1, -0.5});

    /** On a circle the rate is s R / sqrt(s^2 R^2 + layer b^2) / pi all along. */
    @Test
    void aCircleInClosedForm() {
        CurveCrossings theory = new CurveCrossings(0.7, 0.3);
        assertThat(theory.crossings(CIRCLE, 1)).isCloseTo(2 * Math.sqrt(2.8 / (2.8 + 0.3)), within(1e-9));
        assertThat(theory.crossings(CIRCLE, 4)).isCloseTo(2 * Math.sqrt(2.8 / (2.8 + 1.2)), within(1e-9));
        assertThat(CurveCrossings.length(CIRCLE)).isCloseTo(4 * Math.PI, within(1e-9));
        assertThat(CurveCrossings.crossingsByLength(CIRCLE)).isCloseTo(2, within(1e-9));
    }

    /** A segment is met by a line through 0 with the probability of the angle that it spans, over pi. */
    @Test
    void withoutBiasesASegmentIsMetByItsAngle() {
        double angle = Math.atan2(-0.5, 3) - Math.atan2(1, 0);
        assertThat(new CurveCrossings(1, 0).crossings(SLANTED, 1)).isCloseTo(Math.abs(angle) / Math.PI, within(1e-6));
    }

    @Test
    void straightAwayFromZeroNothingIsMet() {
        Path ray = new Path(1, 3, t -> new double[] {t, 2 * t}, _ -> new double[] {1, 2});
        assertThat(new CurveCrossings(1, 0).crossings(ray, 1)).isLessThan(1e-6);
        assertThat(CurveCrossings.crossingsByLength(ray)).isGreaterThan(0.3);
    }

    /** A segment is met once if its ends lie on different sides: by many drawn units. */
    @Test
    void withBiasesByDrawing() {
        RandomStream stream = RandomStream.of(5, "units");
        int units = 200_000;
        int met = 0;
        double[] drawn = stream.normals(0, 3 * units);
        double[] start = SLANTED.point(-1);
        double[] end = SLANTED.point(2);
        for (int unit = 0; unit < units; unit++) {
            double bias = 0.8 * drawn[3 * unit + 2];
            double one = drawn[3 * unit] * start[0] + drawn[3 * unit + 1] * start[1] + bias;
            double other = drawn[3 * unit] * end[0] + drawn[3 * unit + 1] * end[1] + bias;
            met += one > 0 != other > 0 ? 1 : 0;
        }
        assertThat(new CurveCrossings(1, 0.64).crossings(SLANTED, 1)).isCloseTo(met / (double) units, within(0.005));
    }
}
