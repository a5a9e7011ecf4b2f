package io.orrery.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Products against the scalar twin, bit for bit, and the twin against plain sums in double. */
@Tag("kernel")
class FloatMatmulTest {
    private static final int[] SIZES = {
        1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 15, 16, 17, 20, 23, 24, 25, 31, 32, 33, 40, 65
    };

    @Test
    void everySizeAroundTheTilesHasTheBitsOfTheScalarTwin() {
        SplittableRandom random = new SplittableRandom(1);
        for (int m : SIZES) {
            for (int n : SIZES) {
                check(random, m, n, SIZES[random.nextInt(SIZES.length)], 1 + random.nextInt(3), false);
            }
        }
    }

    @Test
    void randomSizesAndParts() {
        SplittableRandom random = new SplittableRandom(2);
        for (int trial = 0; trial < 150; trial++) {
            check(
                    random,
                    1 + random.nextInt(140),
                    1 + random.nextInt(140),
                    1 + random.nextInt(200),
                    1 + random.nextInt(4),
                    false);
        }
    }

    @Test
    void theShapesOfNetworks() {
        SplittableRandom random = new SplittableRandom(3);
        int[][] shapes = {
            {32, 64, 784}, {10, 64, 32}, {32, 10, 64}, {128, 127, 1024}, {4, 32, 20}, {4, 1, 32}, {64, 784, 32}
        };
        for (int[] shape : shapes) {
            for (int parts = 1; parts <= 3; parts++) {
                check(random, shape[0], shape[1], shape[2], parts, false);
            }
        }
    }

    @Test
    void largeOperandsThatArePacked() {
        check(new SplittableRandom(4), 101, 768, 50, 2, false);
        check(new SplittableRandom(5), 261, 256, 70, 1, false);
    }

    @Test
    void notANumberAndInfinityPropagateAsInTheTwin() {
        SplittableRandom random = new SplittableRandom(6);
        for (int trial = 0; trial < 60; trial++) {
            check(random, 1 + random.nextInt(50), 1 + random.nextInt(50), 1 + random.nextInt(20), 1, true);
        }
    }

    @Test
    void aProductByHand() {
        float[] left = {1, 2, 3, 4, 5, 6};
        float[] right = {1, 0, -1, 2, 1, 1};
        assertThat(multiply(2, 2, 3, false, false, left, 0, right, 0, 0, 1)).containsExactly(2, 7, 5, 16);
        assertThat(multiply(2, 2, 3, false, true, left, 0, right, 0, 0, 1)).containsExactly(-2, 7, -2, 19);
        assertThat(multiply(2, 2, 3, true, false, left, 0, right, 0, 0, 1)).containsExactly(3, 11, 4, 14);
        assertThat(multiply(2, 2, 3, true, true, left, 0, right, 0, 0, 1)).containsExactly(-4, 10, -4, 14);
    }

    private static void check(SplittableRandom random, int m, int n, int k, int parts, boolean special) {
        for (int transposes = 0; transposes < 4; transposes++) {
            boolean transposeLeft = (transposes & 1) != 0;
            boolean transposeRight = (transposes & 2) != 0;
            int leftOffset = random.nextInt(20);
            int rightOffset = random.nextInt(20);
            int resultOffset = random.nextInt(20);
            float[] left = numbers(random, leftOffset + m * k, special);
            float[] right = numbers(random, rightOffset + n * k, special);
            float[] expected = new float[m * n];
            FloatScalarMatmul.multiply(
                    m, n, k, transposeLeft, transposeRight, left, leftOffset, right, rightOffset, expected, 0, 0, 1);
            float[] found = multiply(
                    m, n, k, transposeLeft, transposeRight, left, leftOffset, right, rightOffset, resultOffset, parts);
            assertThat(found)
                    .as("%d x %d x %d, transposes %d, %d parts", m, n, k, transposes, parts)
                    .isEqualTo(expected);
            if (!special) {
                againstDouble(
                        random, m, n, k, transposeLeft, transposeRight, left, leftOffset, right, rightOffset, found);
            }
        }
    }

    private static float[] multiply(
            int m,
            int n,
            int k,
            boolean transposeLeft,
            boolean transposeRight,
            float[] left,
            int leftOffset,
            float[] right,
            int rightOffset,
            int resultOffset,
            int parts) {
        float[] result = new float[resultOffset + m * n + 7];
        Arrays.fill(result, 77f);
        int scratchLength = FloatMatmul.scratchLength(m, n, k, transposeLeft, transposeRight);
        for (int part = parts - 1; part >= 0; part--) {
            float[] scratch = new float[3 + scratchLength];
            Arrays.fill(scratch, Float.NaN);
            FloatMatmul.multiply(
                    m,
                    n,
                    k,
                    transposeLeft,
                    transposeRight,
                    left,
                    leftOffset,
                    right,
                    rightOffset,
                    result,
                    resultOffset,
                    scratch,
                    3,
                    part,
                    parts);
        }
        for (int i = 0; i < resultOffset; i++) {
            assertThat(result[i]).as("before the result").isEqualTo(77f);
        }
        for (int i = resultOffset + m * n; i < result.length; i++) {
            assertThat(result[i]).as("after the result").isEqualTo(77f);
        }
        return Arrays.copyOfRange(result, resultOffset, resultOffset + m * n);
    }

    /** A few elements against a sum in double. */
    private static void againstDouble(
            SplittableRandom random,
            int m,
            int n,
            int k,
            boolean transposeLeft,
            boolean transposeRight,
            float[] left,
            int leftOffset,
            float[] right,
            int rightOffset,
            float[] found) {
        for (int sample = 0; sample < 5; sample++) {
            int i = random.nextInt(m);
            int j = random.nextInt(n);
            double sum = 0;
            for (int t = 0; t < k; t++) {
                double a = left[leftOffset + (transposeLeft ? t * m + i : i * k + t)];
                double b = right[rightOffset + (transposeRight ? j * k + t : t * n + j)];
                sum += a * b;
            }
            assertThat((double) found[i * n + j]).isCloseTo(sum, within(1e-6 * (k + 1)));
        }
    }

    private static float[] numbers(SplittableRandom random, int length, boolean special) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
            if (special) {
                values[i] = switch (random.nextInt(40)) {
                    case 0 -> Float.NaN;
                    case 1 -> Float.POSITIVE_INFINITY;
                    case 2 -> Float.NEGATIVE_INFINITY;
                    case 3, 4, 5, 6 -> -0f;
                    case 7, 8, 9, 10 -> 0f;
                    case 11 -> Float.MIN_VALUE;
                    case 12 -> -Float.MIN_VALUE;
                    default -> values[i];
                };
            }
        }
        return values;
    }
}
