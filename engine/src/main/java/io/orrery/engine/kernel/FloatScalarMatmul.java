package io.orrery.engine.kernel;

import java.util.Arrays;

/**
 * The plain twin of {@link FloatMatmul}: the same chain of fused multiply-adds per element without vectors. It serves
 * machines without vectors, and the tests as the reference of every bit.
 */
final class FloatScalarMatmul {
    private FloatScalarMatmul() {}

    /** See {@link FloatMatmul#multiply}; needs no scratch. The rows of the result are divided among the parts. */
    static void multiply(
            int m,
            int n,
            int k,
            boolean transposeLeft,
            boolean transposeRight,
            float[] left,
            int leftOffset,
            float[] right,
            int rightOffset,
            float[] result,
            int resultOffset,
            int part,
            int parts) {
        int rowStride = transposeLeft ? 1 : k;
        int termStride = transposeLeft ? m : 1;
        int first = (int) ((long) m * part / parts);
        int end = (int) ((long) m * (part + 1) / parts);
        if (!transposeRight) {
            int from = leftOffset + first * rowStride;
            int to = resultOffset + first * n;
            rows(end - first, n, k, left, from, rowStride, termStride, right, rightOffset, result, to);
            return;
        }
        for (int i = first; i < end; i++) {
            int leftRow = leftOffset + i * rowStride;
            rowTimesRows(n, k, left, leftRow, termStride, right, rightOffset, result, resultOffset + i * n);
        }
    }

    /** Some rows of a product with a right operand stored as [k, n]; strides as in {@link FloatWideTiles}. */
    static void rows(
            int rows,
            int n,
            int k,
            float[] left,
            int leftAt,
            int rowStride,
            int termStride,
            float[] right,
            int rightAt,
            float[] result,
            int resultAt) {
        for (int i = 0; i < rows; i++) {
            rowTimesMatrix(n, k, left, leftAt + i * rowStride, termStride, right, rightAt, result, resultAt + i * n);
        }
    }

    private static void rowTimesMatrix(
            int n,
            int k,
            float[] left,
            int leftRow,
            int stride,
            float[] right,
            int rightOffset,
            float[] result,
            int to) {
        Arrays.fill(result, to, to + n, 0f);
        for (int term = 0; term < k; term++) {
            addRow(n, left[leftRow + term * stride], right, rightOffset + term * n, result, to);
        }
    }

    private static void addRow(int n, float scale, float[] right, int from, float[] result, int to) {
        for (int j = 0; j < n; j++) {
            result[to + j] = Math.fma(scale, right[from + j], result[to + j]);
        }
    }

    private static void rowTimesRows(
            int n,
            int k,
            float[] left,
            int leftRow,
            int stride,
            float[] right,
            int rightOffset,
            float[] result,
            int to) {
        int j = 0;
        for (; j + 4 <= n; j += 4) {
            fourChains(k, left, leftRow, stride, right, rightOffset + j * k, result, to + j);
        }
        for (; j < n; j++) {
            float sum = 0f;
            for (int term = 0; term < k; term++) {
                sum = Math.fma(left[leftRow + term * stride], right[rightOffset + j * k + term], sum);
            }
            result[to + j] = sum;
        }
    }

    /** Four elements at once: one chain alone would wait four cycles for every term. */
    private static void fourChains(
            int k, float[] left, int leftRow, int stride, float[] right, int from, float[] result, int to) {
        float sum0 = 0f;
        float sum1 = 0f;
        float sum2 = 0f;
        float sum3 = 0f;
        for (int term = 0; term < k; term++) {
            float a = left[leftRow + term * stride];
            sum0 = Math.fma(a, right[from + term], sum0);
            sum1 = Math.fma(a, right[from + k + term], sum1);
            sum2 = Math.fma(a, right[from + 2 * k + term], sum2);
            sum3 = Math.fma(a, right[from + 3 * k + term], sum3);
        }
        result[to] = sum0;
        result[to + 1] = sum1;
        result[to + 2] = sum2;
        result[to + 3] = sum3;
    }
}
