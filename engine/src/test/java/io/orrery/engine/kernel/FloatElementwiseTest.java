package io.orrery.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.graph.Elementwise.BinaryFunction;
import io.orrery.engine.graph.Elementwise.UnaryFunction;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vectors against the scalar twin, bit for bit, at every awkward length and at the ends of the number line. */
@Tag("kernel")
class FloatElementwiseTest {
    private static final float[] EXTREMES = {
        0f,
        -0f,
        1f,
        -1f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        -Float.MIN_NORMAL,
        Float.MIN_NORMAL / 2,
        88.7f,
        88.73f,
        709.7f,
        709.8f,
        -87.4f,
        -100f,
        -103.9f,
        -104f,
        -708f,
        -740f,
        -745f,
        -746f,
        0.625f,
        -0.625f,
        0.927f,
        0.93f,
        4f,
        -6f
    };
    private static final int SPARE = 5;

    @ParameterizedTest
    @EnumSource
    void unary(UnaryFunction function) {
        for (int length : Lengths.AWKWARD) {
            float[] a = numbers(length, length);
            float[] expected = new float[length + 2 * SPARE];
            float[] found = new float[length + 2 * SPARE];
            FloatScalarElementwise.unary(function, a, 3, expected, SPARE, length);
            FloatElementwise.unary(function, a, 3, found, SPARE, length);
            assertThat(Bits.of(found)).as("length %d", length).isEqualTo(Bits.of(expected));
            FloatElementwise.unary(function, a, 3, a, 3, length);
            assertThat(Bits.of(a, 3, length))
                    .as("in place, length %d", length)
                    .isEqualTo(Bits.of(expected, SPARE, length));
        }
    }

    @ParameterizedTest
    @EnumSource
    void binary(BinaryFunction function) {
        for (int length : Lengths.AWKWARD) {
            float[] a = numbers(length, length);
            float[] b = numbers(length, length + 7919);
            float[] expected = new float[length + 2 * SPARE];
            float[] found = new float[length + 2 * SPARE];
            FloatScalarElementwise.binary(function, a, 3, b, 1, expected, SPARE, length);
            FloatElementwise.binary(function, a, 3, b, 1, found, SPARE, length);
            assertThat(Bits.of(found)).as("length %d", length).isEqualTo(Bits.of(expected));
        }
    }

    @ParameterizedTest
    @EnumSource
    void binaryWithANumber(BinaryFunction function) {
        for (int length : Lengths.AWKWARD) {
            float[] a = numbers(length, length);
            float number = EXTREMES[length % EXTREMES.length];
            float[] expected = new float[length + 2 * SPARE];
            float[] found = new float[length + 2 * SPARE];
            FloatScalarElementwise.binaryScalarRight(function, a, 3, number, expected, SPARE, length);
            FloatElementwise.binaryScalarRight(function, a, 3, number, found, SPARE, length);
            assertThat(Bits.of(found)).as("right, length %d", length).isEqualTo(Bits.of(expected));
            FloatScalarElementwise.binaryScalarLeft(function, number, a, 3, expected, SPARE, length);
            FloatElementwise.binaryScalarLeft(function, number, a, 3, found, SPARE, length);
            assertThat(Bits.of(found)).as("left, length %d", length).isEqualTo(Bits.of(expected));
        }
    }

    @Test
    void threeOperands() {
        for (int length : Lengths.AWKWARD) {
            float[] a = numbers(length, length);
            float[] b = numbers(length, length + 7919);
            float[] c = numbers(length, length + 104729);
            float[] expected = new float[length + 2 * SPARE];
            float[] found = new float[length + 2 * SPARE];
            FloatScalarElementwise.multiplyAdd(a, 3, b, 1, c, 2, expected, SPARE, length);
            FloatElementwise.multiplyAdd(a, 3, b, 1, c, 2, found, SPARE, length);
            assertThat(Bits.of(found)).as("multiply-add, length %d", length).isEqualTo(Bits.of(expected));
            FloatElementwise.unary(UnaryFunction.STEP, a, 0, a, 0, a.length);
            FloatScalarElementwise.select(a, 3, b, 1, c, 2, expected, SPARE, length);
            FloatElementwise.select(a, 3, b, 1, c, 2, found, SPARE, length);
            assertThat(Bits.of(found)).as("select, length %d", length).isEqualTo(Bits.of(expected));
        }
    }

    @Test
    void meaning() {
        float[] a = {-2f, -0f, 0f, 3f, Float.NaN};
        assertThat(unary(UnaryFunction.RELU, a)).containsExactly(0f, 0f, 0f, 3f, Float.NaN);
        assertThat(unary(UnaryFunction.STEP, a)).containsExactly(0f, 0f, 0f, 1f, 0f);
        assertThat(unary(UnaryFunction.SIGN, a)).containsExactly(-1f, 0f, 0f, 1f, 0f);
        assertThat(unary(UnaryFunction.ABSOLUTE, a)).containsExactly(2f, 0f, 0f, 3f, Float.NaN);
        float[] out = new float[5];
        FloatElementwise.binaryScalarRight(BinaryFunction.MAXIMUM, a, 0, -0f, out, 0, 5);
        assertThat(out).containsExactly(-0f, -0f, 0f, 3f, Float.NaN);
        FloatElementwise.binaryScalarRight(BinaryFunction.GREATER, a, 0, 0f, out, 0, 5);
        assertThat(out).containsExactly(0f, 0f, 0f, 1f, 0f);
        FloatElementwise.binaryScalarLeft(BinaryFunction.GREATER, 0f, a, 0, out, 0, 5);
        assertThat(out).containsExactly(1f, 0f, 0f, 0f, 0f);
        FloatElementwise.binaryScalarRight(BinaryFunction.EQUAL, a, 0, 0f, out, 0, 5);
        assertThat(out).containsExactly(0f, 1f, 1f, 0f, 0f);
        FloatElementwise.fill(out, 1, 3, 7f);
        assertThat(out).containsExactly(0f, 7f, 7f, 7f, 0f);
    }

    private static float[] unary(UnaryFunction function, float[] a) {
        float[] out = new float[a.length];
        FloatElementwise.unary(function, a, 0, out, 0, a.length);
        return out;
    }

    /** Normal numbers with extremes strewn in, a few more than asked for. */
    private static float[] numbers(int length, int seed) {
        Random random = new Random(seed);
        float[] numbers = new float[length + SPARE];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i % 3 == 0
                    ? EXTREMES[random.nextInt(EXTREMES.length)]
                    : (float) (random.nextGaussian() * Math.exp(random.nextGaussian()));
        }
        return numbers;
    }
}
