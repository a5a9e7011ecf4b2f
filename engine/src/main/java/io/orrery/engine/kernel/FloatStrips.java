package io.orrery.engine.kernel;

/**
 * A product in strips of rows, for results that are used at once and never stored. The right operand is stored as [k, n].
 * Every element is the chain of {@link FloatMatmul}.
 */
public final class FloatStrips {
    private FloatStrips() {}

    /** Entries of working memory that {@link #pack} fills; 0 if the right operand is best used as it lies. */
    public static int packedLength(int m, int n, int k) {
        return VectorWidth.BITS != 0 && FloatMatmul.packs(m, n, k) ? n * k : 0;
    }

    /** Copies the panels of the right operand together, all of it once for all strips. */
    public static void pack(int n, int k, float[] right, int rightAt, float[] packed, int packedAt) {
        for (int column = 0; column < n; column += FloatTiling.PANEL) {
            FloatTiling.pack(k, right, rightAt + column, n, packed, packedAt + column * k);
        }
    }

    /**
     * strip(i, j) = sum over t of left(i, t) * right(t, j), rows by n; strides as in {@link FloatWideTiles}.
     *
     * @param isPacked whether right is what {@link #pack} made
     */
    public static void multiply(
            int rows,
            int n,
            int k,
            float[] left,
            int leftAt,
            int rowStride,
            int termStride,
            boolean isPacked,
            float[] right,
            int rightAt,
            float[] strip,
            int stripAt) {
        if (VectorWidth.BITS == 0) {
            FloatScalarMatmul.rows(rows, n, k, left, leftAt, rowStride, termStride, right, rightAt, strip, stripAt);
        } else if (isPacked) {
            for (int column = 0; column < n; column += FloatTiling.PANEL) {
                FloatTiling.panel(
                        rows,
                        k,
                        left,
                        leftAt,
                        rowStride,
                        termStride,
                        right,
                        rightAt + column * k,
                        FloatTiling.PANEL,
                        strip,
                        stripAt + column,
                        n);
            }
        } else {
            FloatTiling.multiply(rows, n, k, left, leftAt, rowStride, termStride, right, rightAt, n, strip, stripAt, n);
        }
    }
}
