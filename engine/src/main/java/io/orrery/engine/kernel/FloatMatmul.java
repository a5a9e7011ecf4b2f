package io.orrery.engine.kernel;

/**
 * Products of two dense row-major matrices.
 *
 * <p>Exactness: every element of the result is one chain of fused multiply-adds over the inner index ascending, from
 * zero: {@code sum = fma(left(i, 0), right(0, j), 0)}, then {@code sum = fma(left(i, t), right(t, j), sum)}. All vector
 * widths, blockings and parts give the same bits.
 */
public final class FloatMatmul {
    private FloatMatmul() {}

    /**
     * result = op(left) op(right), where op transposes on request. The result is overwritten.
     *
     * @param m rows of op(left) and of the result
     * @param n columns of op(right) and of the result
     * @param k columns of op(left) and rows of op(right)
     * @param transposeLeft whether left is stored as [k, m] instead of [m, k]
     * @param transposeRight whether right is stored as [n, k] instead of [k, n]
     * @param scratch working memory of this part alone, {@link #scratchLength} entries from scratchOffset
     * @param part which share of the result to compute, from 0
     * @param parts into how many shares the result is divided
     */
    public static void multiply(
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
            float[] scratch,
            int scratchOffset,
            int part,
            int parts) {
        FloatScalarMatmul.multiply(
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
                part,
                parts);
    }

    /** Entries of working memory that each part of {@link #multiply} needs; 0 when none. */
    public static int scratchLength(int m, int n, int k, boolean transposeLeft, boolean transposeRight) {
        return 0;
    }
}
