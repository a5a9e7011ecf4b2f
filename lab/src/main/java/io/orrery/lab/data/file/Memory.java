package io.orrery.lab.data.file;

import io.orrery.lab.UserError;
import java.nio.file.Path;
import java.util.Locale;

/** Refuses what cannot fit the heap before anything is allocated. */
public final class Memory {
    /** An array cannot fill the whole heap: the collector keeps parts of it for young objects. */
    private static final double MOST = 0.95;

    private Memory() {}

    /**
     * Refuses an array that is larger than the heap.
     *
     * @param bytesEach bytes of one number
     * @throws UserError with both sizes
     */
    public static void require(Path path, long examples, long numbers, int bytesEach) {
        double bytes = (double) examples * numbers * bytesEach;
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > MOST * heap) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s: %,d examples of %,d numbers need %,.0f MB, but the heap has %,d MB; give more with"
                            + " ORRERY_JAVA_FLAGS=-Xmx%dg",
                    path,
                    examples,
                    numbers,
                    bytes / 1e6,
                    heap / 1_000_000,
                    (long) Math.ceil(2 * bytes / 1e9)));
        }
    }
}
