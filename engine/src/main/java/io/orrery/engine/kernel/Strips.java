package io.orrery.engine.kernel;

/** How the rows of a product are divided into strips that wait in the second-level cache until they are used. */
public final class Strips {
    private static final int BYTES = 160 * 1024;

    /** Rows of the tallest register tile, of which those of narrower vectors are a part. */
    private static final int TALLEST = 12;

    private Strips() {}

    /**
     * Rows of a strip: as many whole tiles as fit, one at least.
     *
     * @param m rows of the product
     * @param n columns of the product
     * @param bytes of an element
     */
    public static int rows(int m, int n, int bytes) {
        int fitting = (int) (BYTES / ((long) n * bytes * TALLEST)) * TALLEST;
        return Math.min(m, Math.max(TALLEST, fitting));
    }

    /** The first row of a part's share; that of {@code parts} is m. Parts may be empty. */
    public static int firstRow(int m, int part, int parts) {
        return Shares.begin(m, TALLEST, part, parts);
    }
}
