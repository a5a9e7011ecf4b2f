package io.orrery.lab.data.source;

import io.orrery.engine.graph.Precision;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.math.Matrix;

/**
 * Digits of {@link Scribbles} at 8 x 8 pixels, for computations: the middle 24 x 24 pixels, means of three by three. Example i
 * shows digit i mod the number of digits.
 *
 * @param images [examples, 64], row by row, ink 1 and paper 0
 */
public record SmallDigits(Matrix images, int[] labels) {
    /** Height and width in pixels. */
    public static final int SIDE = 8;

    private static final int FULL = 28;
    private static final int MARGIN = 2;
    private static final int POOLED = 3;
    private static final int DIGITS = 10;

    /**
     * The first so many training or test examples of the digits below a number.
     *
     * @param split {@link SplitName#TRAIN} or {@link SplitName#TEST}
     */
    public static SmallDigits of(long seed, SplitName split, int examples, int digits) {
        int drawn = (examples + digits - 1) / digits * DIGITS;
        boolean training = split == SplitName.TRAIN;
        Dataset data = new Scribbles(training ? drawn : DIGITS, training ? DIGITS : drawn)
                .load(seed, new FilesRead(1, FilesRead.Progress.SILENT, Precision.DOUBLE));
        Split all = data.split(split).orElseThrow();
        double[] images = new double[examples * SIDE * SIDE];
        int[] labels = new int[examples];
        double[] pixels = new double[FULL * FULL];
        int next = 0;
        for (int i = 0; next < examples; i++) {
            if (all.labels()[i] < digits) {
                all.inputs().read(i * FULL * FULL, pixels);
                pool(pixels, images, next * SIDE * SIDE);
                labels[next++] = all.labels()[i];
            }
        }
        return new SmallDigits(new Matrix(examples, SIDE * SIDE, images), labels);
    }

    static void pool(double[] pixels, double[] images, int at) {
        for (int y = 0; y < POOLED * SIDE; y++) {
            for (int x = 0; x < POOLED * SIDE; x++) {
                images[at + y / POOLED * SIDE + x / POOLED] +=
                        pixels[(y + MARGIN) * FULL + x + MARGIN] / (POOLED * POOLED);
            }
        }
    }
}
