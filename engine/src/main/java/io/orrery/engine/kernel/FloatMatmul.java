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
        if (VectorWidth.BITS == 0) {
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
            return;
        }
        int rowStride = transposeLeft ? 1 : k;
        int termStride = transposeLeft ? m : 1;
        if (!transposeRight && packs(m, n, k)) {
            packedPanels(
                    m,
                    n,
                    k,
                    left,
                    leftOffset,
                    rowStride,
                    termStride,
                    right,
                    rightOffset,
                    result,
                    resultOffset,
                    scratch,
                    scratchOffset,
                    part,
                    parts);
        } else if (!transposeRight) {
            inPlace(
                    m,
                    n,
                    k,
                    left,
                    leftOffset,
                    rowStride,
                    termStride,
                    right,
                    rightOffset,
                    result,
                    resultOffset,
                    part,
                    parts);
        } else if (transposesRight(m, n, k, transposeLeft)) {
            rightPanels(
                    m,
                    n,
                    k,
                    left,
                    leftOffset,
                    rowStride,
                    termStride,
                    right,
                    rightOffset,
                    result,
                    resultOffset,
                    scratch,
                    scratchOffset,
                    part,
                    parts);
        } else {
            leftPanels(
                    m,
                    n,
                    k,
                    transposeLeft,
                    left,
                    leftOffset,
                    right,
                    rightOffset,
                    result,
                    resultOffset,
                    scratch,
                    scratchOffset,
                    part,
                    parts);
        }
    }

    /** Entries of working memory that each part of {@link #multiply} needs; 0 when none. */
    public static int scratchLength(int m, int n, int k, boolean transposeLeft, boolean transposeRight) {
        if (VectorWidth.BITS == 0) {
            return 0;
        }
        if (!transposeRight) {
            return packs(m, n, k) ? FloatTiling.PANEL * k : 0;
        }
        return FloatTiling.PANEL * (transposesRight(m, n, k, transposeLeft) ? k : transposeLeft ? n : k + n);
    }

    /**
     * The right operand is stored by columns. Either its columns become rows (n * k entries to transpose), or the
     * transposed product is computed with the operands in each other's place (the left operand to transpose unless it
     * already is, and the result back): the same chains, so the same bits.
     */
    private static boolean transposesRight(int m, int n, int k, boolean transposeLeft) {
        long byRight = transposition(n, k) + arithmetic(m, n, k);
        long byLeft = (transposeLeft ? 0 : transposition(m, k)) + transposition(n, m) + arithmetic(n, m, k);
        return byRight <= byLeft;
    }

    /** Half cycles, roughly: eight by eight blocks take half a cycle per entry, loose rows four times as long. */
    private static long transposition(int rows, int columns) {
        return (long) rows * columns * (rows < 8 || columns < 8 ? 4 : 1);
    }

    /** Half cycles, roughly: two fused multiply-adds of a vector per cycle, one where panels are not filled. */
    private static long arithmetic(int rows, int columns, int k) {
        int lanes = FloatTiling.PANEL / 2;
        return (long) rows * k * ((columns + lanes - 1) / lanes) * (columns <= lanes ? 2 : 1);
    }

    /**
     * Rows of a multiple of 1024 bytes lie in few sets of the caches and each in a page of its own: panels of such a right
     * operand are copied together before use, if enough rows of the result use them. Medians of three, GFLOP/s as it lies and
     * copied: 1024 rows by 1024 columns 191 and 213, 128 by 1024 166 and 180, 512 by 512 197 and 207, but 128 by 512 211 and
     * 205.
     */
    static boolean packs(int m, int n, int k) {
        long bytes = (long) n * Float.BYTES;
        return bytes % 1024 == 0 && n % FloatTiling.PANEL == 0 && m >= (bytes >= 3072 ? 96 : 256) && k >= 48;
    }

    private static void packedPanels(
            int m,
            int n,
            int k,
            float[] left,
            int leftOffset,
            int rowStride,
            int termStride,
            float[] right,
            int rightOffset,
            float[] result,
            int resultOffset,
            float[] scratch,
            int scratchOffset,
            int part,
            int parts) {
        int end = Shares.begin(n, FloatTiling.PANEL, part + 1, parts);
        for (int column = Shares.begin(n, FloatTiling.PANEL, part, parts); column < end; column += FloatTiling.PANEL) {
            FloatTiling.pack(k, right, rightOffset + column, n, scratch, scratchOffset);
            FloatTiling.panel(
                    m,
                    k,
                    left,
                    leftOffset,
                    rowStride,
                    termStride,
                    scratch,
                    scratchOffset,
                    FloatTiling.PANEL,
                    result,
                    resultOffset + column,
                    n);
        }
    }

    private static void inPlace(
            int m,
            int n,
            int k,
            float[] left,
            int leftOffset,
            int rowStride,
            int termStride,
            float[] right,
            int rightOffset,
            float[] result,
            int resultOffset,
            int part,
            int parts) {
        if (parts == 1) {
            FloatTiling.multiply(
                    m, n, k, left, leftOffset, rowStride, termStride, right, rightOffset, n, result, resultOffset, n);
        } else if (n >= FloatTiling.PANEL * parts) {
            int from = Shares.begin(n, FloatTiling.PANEL, part, parts);
            int columns = Shares.begin(n, FloatTiling.PANEL, part + 1, parts) - from;
            FloatTiling.multiply(
                    m,
                    columns,
                    k,
                    left,
                    leftOffset,
                    rowStride,
                    termStride,
                    right,
                    rightOffset + from,
                    n,
                    result,
                    resultOffset + from,
                    n);
        } else {
            int from = Shares.begin(m, FloatTiling.TALL, part, parts);
            int rows = Shares.begin(m, FloatTiling.TALL, part + 1, parts) - from;
            FloatTiling.multiply(
                    rows,
                    n,
                    k,
                    left,
                    leftOffset + from * rowStride,
                    rowStride,
                    termStride,
                    right,
                    rightOffset,
                    n,
                    result,
                    resultOffset + from * n,
                    n);
        }
    }

    /** Columns of the result in panels, whose rows of the stored right operand are transposed into scratch. */
    private static void rightPanels(
            int m,
            int n,
            int k,
            float[] left,
            int leftOffset,
            int rowStride,
            int termStride,
            float[] right,
            int rightOffset,
            float[] result,
            int resultOffset,
            float[] scratch,
            int scratchOffset,
            int part,
            int parts) {
        boolean byColumns = n >= FloatTiling.PANEL * parts;
        int firstColumn = byColumns ? Shares.begin(n, FloatTiling.PANEL, part, parts) : 0;
        int endColumn = byColumns ? Shares.begin(n, FloatTiling.PANEL, part + 1, parts) : n;
        int firstRow = byColumns ? 0 : Shares.begin(m, FloatTiling.TALL, part, parts);
        int rows = (byColumns ? m : Shares.begin(m, FloatTiling.TALL, part + 1, parts)) - firstRow;
        for (int column = firstColumn; column < endColumn; column += FloatTiling.PANEL) {
            int columns = Math.min(FloatTiling.PANEL, endColumn - column);
            FloatTranspose.transpose(
                    columns, k, right, rightOffset + column * k, k, scratch, scratchOffset, FloatTiling.PANEL);
            FloatTiling.multiply(
                    rows,
                    columns,
                    k,
                    left,
                    leftOffset + firstRow * rowStride,
                    rowStride,
                    termStride,
                    scratch,
                    scratchOffset,
                    FloatTiling.PANEL,
                    result,
                    resultOffset + firstRow * n + column,
                    n);
        }
    }

    /** The transposed product, rows of the result in panels along the lanes; each panel is then transposed back. */
    private static void leftPanels(
            int m,
            int n,
            int k,
            boolean transposeLeft,
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
        boolean byRows = m >= FloatTiling.PANEL * parts;
        int firstRow = byRows ? Shares.begin(m, FloatTiling.PANEL, part, parts) : 0;
        int endRow = byRows ? Shares.begin(m, FloatTiling.PANEL, part + 1, parts) : m;
        int firstColumn = byRows ? 0 : Shares.begin(n, FloatTiling.TALL, part, parts);
        int columns = (byRows ? n : Shares.begin(n, FloatTiling.TALL, part + 1, parts)) - firstColumn;
        int flipped = scratchOffset + (transposeLeft ? 0 : FloatTiling.PANEL * k);
        for (int row = firstRow; row < endRow; row += FloatTiling.PANEL) {
            int rows = Math.min(FloatTiling.PANEL, endRow - row);
            float[] panel = left;
            int panelAt = leftOffset + row;
            int panelStride = m;
            if (!transposeLeft) {
                FloatTranspose.transpose(
                        rows, k, left, leftOffset + row * k, k, scratch, scratchOffset, FloatTiling.PANEL);
                panel = scratch;
                panelAt = scratchOffset;
                panelStride = FloatTiling.PANEL;
            }
            FloatTiling.multiply(
                    columns,
                    rows,
                    k,
                    right,
                    rightOffset + firstColumn * k,
                    k,
                    1,
                    panel,
                    panelAt,
                    panelStride,
                    scratch,
                    flipped,
                    FloatTiling.PANEL);
            FloatTranspose.transpose(
                    columns,
                    rows,
                    scratch,
                    flipped,
                    FloatTiling.PANEL,
                    result,
                    resultOffset + row * n + firstColumn,
                    n);
        }
    }
}
