package io.orrery.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Strips of a product against the scalar twin of the whole product, bit for bit. */
@Tag("kernel")
class FloatStripsTest {
    @Test
    void stripsAreRowsOfTheProduct() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 60; trial++) {
            int m = 1 + random.nextInt(90);
            int n = 1 + random.nextInt(90);
            int k = 1 + random.nextInt(60);
            check(random, m, n, k, 1 + random.nextInt(m));
        }
    }

    @Test
    void packedPanelsGiveTheSameBits() {
        SplittableRandom random = new SplittableRandom(2);
        assertThat(FloatStrips.packedLength(96, 1024, 50)).isEqualTo(VectorWidth.BITS == 0 ? 0 : 1024 * 50);
        check(random, 96, 1024, 50, 36);
        check(random, 97, 1024, 48, 12);
        check(random, 260, 256, 50, 100);
    }

    @Test
    void aStripIsAWholeNumberOfTilesUnlessAllRowsFit() {
        assertThat(Strips.rows(10, 64, 4)).isEqualTo(10);
        assertThat(Strips.rows(1000, 1024, 4) % 12).isZero();
        assertThat(Strips.rows(1000, 1024, 4) * 1024 * 4).isLessThanOrEqualTo(256 * 1024);
        assertThat(Strips.rows(1000, 1_000_000, 8)).isEqualTo(12);
        assertThat(Strips.firstRow(100, 0, 3)).isZero();
        assertThat(Strips.firstRow(100, 1, 3) % 12).isZero();
        assertThat(Strips.firstRow(100, 3, 3)).isEqualTo(100);
    }

    private static void check(SplittableRandom random, int m, int n, int k, int stripRows) {
        for (boolean transposeLeft : new boolean[] {false, true}) {
            float[] left = numbers(random, 3 + m * k);
            float[] right = numbers(random, 5 + k * n);
            float[] expected = new float[m * n];
            FloatScalarMatmul.multiply(m, n, k, transposeLeft, false, left, 3, right, 5, expected, 0, 0, 1);
            int packedLength = FloatStrips.packedLength(m, n, k);
            boolean isPacked = packedLength > 0;
            float[] panels = isPacked ? new float[7 + packedLength] : right;
            if (isPacked) {
                FloatStrips.pack(n, k, right, 5, panels, 7);
            }
            float[] strip = new float[2 + stripRows * n];
            for (int row = 0; row < m; row += stripRows) {
                int rows = Math.min(stripRows, m - row);
                int at = 3 + row * (transposeLeft ? 1 : k);
                FloatStrips.multiply(
                        rows,
                        n,
                        k,
                        left,
                        at,
                        transposeLeft ? 1 : k,
                        transposeLeft ? m : 1,
                        isPacked,
                        panels,
                        isPacked ? 7 : 5,
                        strip,
                        2);
                assertThat(Bits.of(strip, 2, rows * n))
                        .as("%d x %d over %d, row %d", m, n, k, row)
                        .containsExactly(Bits.of(expected, row * n, rows * n));
            }
        }
    }

    private static float[] numbers(SplittableRandom random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }
}
