package io.orrery.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sums of vectors have the bits of the scalar twin, and those the order that {@link SumTree} states. */
@Tag("kernel")
class FloatReductionTest {
    @Test
    void sumsOverNeighbours() {
        for (int count : Lengths.AWKWARD) {
            sameBits(3, count, 1);
        }
    }

    @Test
    void sumsDownColumns() {
        for (int inner : Lengths.AWKWARD) {
            if (inner > 1) {
                sameBits(2, 5, inner);
                sameBits(1, 33, inner);
            }
        }
    }

    @Test
    void orderOfTheTreeWrittenOut() {
        Random random = new Random(3);
        for (int count : new int[] {1, 5, 8, 16, 17, 40, 100}) {
            float[] a = numbers(random, count);
            int lanes = SumTree.FLOAT_LANES;
            float[] lane = new float[lanes];
            for (int i = 0; i < lanes; i++) {
                lane[i] = -0f;
            }
            for (int i = 0; i < count; i++) {
                lane[i % lanes] += a[i];
            }
            for (int half = lanes / 2; half >= 1; half /= 2) {
                for (int i = 0; i < half; i++) {
                    lane[i] += lane[i + half];
                }
            }
            float[] out = new float[1];
            FloatReduction.sum(1, count, 1, a, 0, out, 0, 0, 1);
            assertThat(Bits.of(out)).as("count %d", count).isEqualTo(Bits.of(lane, 0, 1));
        }
    }

    @Test
    void aSumOfOneElementIsThatElement() {
        float[] out = new float[2];
        FloatReduction.sum(2, 1, 1, new float[] {-0f, 7f}, 0, out, 0, 0, 1);
        assertThat(Bits.of(out)).isEqualTo(Bits.of(new float[] {-0f, 7f}));
        FloatReduction.sum(1, 1, 2, new float[] {-0f, 7f}, 0, out, 0, 0, 1);
        assertThat(Bits.of(out)).isEqualTo(Bits.of(new float[] {-0f, 7f}));
    }

    @Test
    void partsDivideTheOutputOnly() {
        Random random = new Random(4);
        int outer = 7;
        int count = 19;
        for (int inner : new int[] {1, 5, 37}) {
            float[] a = numbers(random, outer * count * inner);
            float[] whole = new float[outer * inner];
            FloatReduction.sum(outer, count, inner, a, 0, whole, 0, 0, 1);
            int[] positions = new int[outer * inner];
            FloatReduction.argMax(outer, count, inner, a, 0, positions, 0, 0, 1);
            for (int parts = 2; parts < 6; parts++) {
                float[] pieces = new float[outer * inner];
                int[] positionPieces = new int[outer * inner];
                for (int part = parts - 1; part >= 0; part--) {
                    FloatReduction.sum(outer, count, inner, a, 0, pieces, 0, part, parts);
                    FloatReduction.argMax(outer, count, inner, a, 0, positionPieces, 0, part, parts);
                }
                assertThat(Bits.of(pieces))
                        .as("inner %d, %d parts", inner, parts)
                        .isEqualTo(Bits.of(whole));
                assertThat(positionPieces).isEqualTo(positions);
            }
        }
    }

    @Test
    void argMaxTakesTheLowestOfEqualsAndTheFirstNaN() {
        float[] a = {1f, 3f, 3f, 2f, Float.NEGATIVE_INFINITY, Float.NaN, 9f, Float.NaN};
        int[] out = new int[2];
        FloatReduction.argMax(2, 4, 1, a, 0, out, 0, 0, 1);
        assertThat(out).containsExactly(1, 1);
        int[] columns = new int[2];
        FloatReduction.argMax(1, 3, 2, new float[] {1f, 5f, 4f, 5f, 4f, 2f}, 0, columns, 0, 0, 1);
        assertThat(columns).containsExactly(1, 0);
    }

    private static void sameBits(int outer, int count, int inner) {
        float[] a = numbers(new Random(count), outer * count * inner + 3);
        float[] expected = new float[outer * inner + 4];
        float[] found = new float[outer * inner + 4];
        FloatScalarReduction.sum(outer, count, inner, a, 3, expected, 2, 0, 1);
        FloatReduction.sum(outer, count, inner, a, 3, found, 2, 0, 1);
        assertThat(Bits.of(found)).as("[%d, %d, %d]", outer, count, inner).isEqualTo(Bits.of(expected));
    }

    private static float[] numbers(Random random, int length) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) (random.nextGaussian() * Math.exp(3 * random.nextGaussian()));
        }
        return numbers;
    }
}
