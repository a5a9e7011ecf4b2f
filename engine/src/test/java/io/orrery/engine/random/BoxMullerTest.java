package io.orrery.engine.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Accuracy against fdlibm; the distribution against closed forms. */
class BoxMullerTest {
    private static final int COUNT = 200_000;
    private static final double LIMIT = 2;

    @Test
    void radiusIsTheRootOfMinusTwiceTheLogarithm() {
        Random random = new Random(1);
        for (int i = 0; i < COUNT; i++) {
            // All sizes of u, not only those near 1.
            long bits = (random.nextLong() >>> 11) >>> random.nextInt(53);
            double expected = Math.sqrt(-2 * StrictMath.log((bits + 1) * 0x1p-53));
            assertUlps(BoxMuller.radius(bits), expected, bits);
        }
        assertThat(BoxMuller.radius((1L << 53) - 1)).as("u = 1").isZero();
        assertThat(BoxMuller.radius(0)).isEqualTo(Math.sqrt(106 * StrictMath.log(2)));
    }

    @Test
    void sineAndCosineOfTheWholeCircle() {
        Random random = new Random(2);
        for (int i = 0; i < COUNT; i++) {
            long bits = random.nextLong() >>> 11;
            assertUlps(BoxMuller.sine(bits), sine(bits), bits);
            assertUlps(BoxMuller.cosine(bits), cosine(bits), bits);
        }
        for (long eighth = 0; eighth < 8; eighth++) {
            for (long near = -3; near <= 3; near++) {
                long bits = (eighth << 50) + near & (1L << 53) - 1;
                assertUlps(BoxMuller.sine(bits), sine(bits), bits);
                assertUlps(BoxMuller.cosine(bits), cosine(bits), bits);
            }
        }
        assertThat(BoxMuller.sine(0)).isZero();
        assertThat(BoxMuller.cosine(0)).isEqualTo(1);
        assertThat(BoxMuller.sine(1L << 51)).isEqualTo(1);
        assertThat(BoxMuller.cosine(1L << 52)).isEqualTo(-1);
        assertThat(BoxMuller.sine(3L << 51)).isEqualTo(-1);
    }

    /** For independent normal x and y, 1 - exp(-(x^2 + y^2) / 2) and the angle over 2 pi are uniform (Kolmogorov-Smirnov). */
    @Test
    void pairsHaveTheRayleighRadiusAndAnEvenAngle() {
        double[] normals = RandomStream.of(3, "pairs").normals(0, COUNT);
        double[] radii = new double[COUNT / 2];
        double[] angles = new double[COUNT / 2];
        for (int i = 0; i < radii.length; i++) {
            double x = normals[2 * i];
            double y = normals[2 * i + 1];
            radii[i] = 1 - StrictMath.exp(-(x * x + y * y) / 2);
            angles[i] = StrictMath.atan2(y, x) / (2 * Math.PI) + 0.5;
        }
        // 1.95 is exceeded once in a thousand times.
        assertThat(distanceFromEven(radii) * Math.sqrt(radii.length)).isLessThan(1.95);
        assertThat(distanceFromEven(angles) * Math.sqrt(angles.length)).isLessThan(1.95);
        double[] uniforms = RandomStream.of(3, "even").uniforms(0, 0, COUNT);
        assertThat(distanceFromEven(uniforms) * Math.sqrt(COUNT)).isLessThan(1.95);
    }

    private static double distanceFromEven(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double largest = 0;
        for (int i = 0; i < sorted.length; i++) {
            largest = Math.max(
                    largest, Math.max(sorted[i] - (double) i / sorted.length, (i + 1.0) / sorted.length - sorted[i]));
        }
        return largest;
    }

    /** sin(2 pi bits / 2^53), reduced to the first eighth of the circle in whole numbers. */
    private static double sine(long bits) {
        long half = 1L << 52;
        if (bits >= half) {
            return -sine(bits - half);
        }
        long quarter = 1L << 51;
        long folded = bits > quarter ? half - bits : bits;
        return folded <= quarter / 2
                ? StrictMath.sin(folded * 0x1p-51 * (Math.PI / 2))
                : StrictMath.cos((quarter - folded) * 0x1p-51 * (Math.PI / 2));
    }

    private static double cosine(long bits) {
        return sine(bits + (1L << 51) & (1L << 53) - 1);
    }

    private static void assertUlps(double found, double expected, long bits) {
        assertThat(Math.abs(found - expected) / Math.ulp(expected))
                .as("bits %d: %s, expected %s", bits, found, expected)
                .isLessThanOrEqualTo(LIMIT);
    }
}
