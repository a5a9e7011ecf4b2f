package io.orrery.engine.kernel;

import java.util.Arrays;

/**
 * The kernel gradient as a product that grows: for every chunk of positions, in order, the source values that the taps
 * meet (rows of positions) times the output gradient (transposed, channels along the lanes) continue the chains of all
 * entries. The sums stand as [taps, channels] in scratch until the end.
 */
final class FloatKernelGradient {
    private static final int LANES = VectorWidth.floatSpecies().length();

    /** Positions of a chunk: with a panel of channels they fit the first cache. */
    private static final int CHUNK = 256;

    /** Entries from row to row of gathered taps: a vector more, for whole vectors written at the end. */
    private static final int PITCH = CHUNK + LANES;

    /** Taps gathered at a time: two tall tiles, and a multiple of every tile. */
    private static final int TAPS = 24;

    private FloatKernelGradient() {}

    /** Entries of working memory. */
    static int scratchLength(Correlation g) {
        return FloatPlanes.length(g) + TAPS * PITCH + CHUNK * wholePanels(g.resultChannels);
    }

    /** Entries of the sums of all taps. */
    static int sumsLength(Correlation g) {
        return (g.taps() + TAPS) * wholeVectors(g.resultChannels);
    }

    /**
     * Adds the images of a batch to the sums of taps firstTap to endTap, of all output channels.
     *
     * @param sums begin at sumsAt, of {@link #sumsLength}; in the same array as the working memory
     * @param isFirst whether the sums begin with these images
     * @param isLast whether they end with them, and become the result
     */
    static void add(
            Correlation g,
            int batch,
            int firstTap,
            int endTap,
            float[] source,
            int sourceAt,
            float[] gradient,
            int gradientAt,
            float[] result,
            int resultAt,
            float[] scratch,
            int sumsAt,
            int scratchAt,
            boolean isFirst,
            boolean isLast) {
        int channels = wholeVectors(g.resultChannels);
        int rows = scratchAt + FloatPlanes.length(g);
        int columns = rows + TAPS * PITCH;
        int positions = g.positions();
        FloatPlanes.clear(g, scratch, scratchAt);
        Arrays.fill(scratch, columns, columns + CHUNK * wholePanels(g.resultChannels), 0f);
        if (isFirst) {
            Arrays.fill(scratch, sumsAt, sumsAt + (endTap - firstTap + TAPS) * channels, 0f);
        }
        for (int image = 0; image < batch; image += g.group) {
            int images = Math.min(g.group, batch - image);
            int from = sourceAt + image * g.sourceChannels * g.sourceHeight * g.sourceWidth;
            FloatPlanes.fill(g, images, source, from, scratch, scratchAt);
            for (int first = 0; first < images * positions; first += CHUNK) {
                int count = Math.min(CHUNK, images * positions - first);
                turn(g, image, first, count, gradient, gradientAt, scratch, columns);
                for (int tap = firstTap; tap < endTap; tap += TAPS) {
                    int taps = Math.min(TAPS, endTap - tap);
                    FloatPlanes.gather(g, scratch, scratchAt, tap, tap + taps, first, count, scratch, rows, PITCH);
                    int to = sumsAt + (tap - firstTap) * channels;
                    accumulate((taps + 3) & -4, channels, count, scratch, rows, columns, to);
                }
            }
        }
        if (isLast) {
            FloatTranspose.transpose(
                    endTap - firstTap,
                    g.resultChannels,
                    scratch,
                    sumsAt,
                    channels,
                    result,
                    resultAt + firstTap,
                    g.taps());
        }
    }

    /**
     * The output gradient of a chunk, in panels of [positions, a panel's channels]; the channels that fill the last one
     * stay zero.
     */
    private static void turn(
            Correlation g,
            int image,
            int first,
            int count,
            float[] gradient,
            int gradientAt,
            float[] scratch,
            int columns) {
        int positions = g.positions();
        int done = 0;
        while (done < count) {
            int inside = (first + done) % positions;
            int run = Math.min(positions - inside, count - done);
            int from = gradientAt + (image + (first + done) / positions) * g.resultChannels * positions + inside;
            for (int channel = 0; channel < g.resultChannels; channel += FloatTiling.PANEL) {
                int channels = Math.min(FloatTiling.PANEL, g.resultChannels - channel);
                int to = columns + channel * CHUNK + done * FloatTiling.PANEL;
                FloatTranspose.transpose(
                        channels, run, gradient, from + channel * positions, positions, scratch, to, FloatTiling.PANEL);
            }
            done += run;
        }
    }

    /** Taps (a multiple of four) by channels (whole vectors), over count positions. */
    private static void accumulate(
            int taps, int channels, int count, float[] scratch, int rows, int columns, int sums) {
        int channel = 0;
        for (; channel + FloatTiling.PANEL <= channels; channel += FloatTiling.PANEL) {
            widePanel(taps, channels, count, scratch, rows, columns + channel * CHUNK, sums + channel);
        }
        if (channel < channels) {
            narrowPanel(taps, channels, count, scratch, rows, columns + channel * CHUNK, sums + channel);
        }
    }

    private static void widePanel(int taps, int channels, int count, float[] x, int rows, int columns, int sums) {
        int tap = 0;
        while (tap < taps) {
            int rest = taps - tap;
            int from = rows + tap * PITCH;
            int to = sums + tap * channels;
            if (FloatTiling.TALL == 12 && rest >= 12) {
                FloatWideContinuedTiles.twelveByTwo(
                        x, from, PITCH, 1, x, columns, FloatTiling.PANEL, count, x, to, channels);
                tap += 12;
            } else if (FloatTiling.TALL == 12 && rest >= 8) {
                FloatWideContinuedTiles.eightByTwo(
                        x, from, PITCH, 1, x, columns, FloatTiling.PANEL, count, x, to, channels);
                tap += 8;
            } else if (FloatTiling.TALL == 6 && rest >= 6 && rest != 8) {
                FloatWideContinuedTiles.sixByTwo(
                        x, from, PITCH, 1, x, columns, FloatTiling.PANEL, count, x, to, channels);
                tap += 6;
            } else {
                FloatWideContinuedTiles.fourByTwo(
                        x, from, PITCH, 1, x, columns, FloatTiling.PANEL, count, x, to, channels);
                tap += 4;
            }
        }
    }

    private static void narrowPanel(int taps, int channels, int count, float[] x, int rows, int columns, int sums) {
        int tap = 0;
        while (tap < taps) {
            int from = rows + tap * PITCH;
            int to = sums + tap * channels;
            if (taps - tap >= 12) {
                FloatNarrowContinuedTiles.twelveByOne(
                        x, from, PITCH, 1, x, columns, FloatTiling.PANEL, count, x, to, channels);
                tap += 12;
            } else {
                FloatNarrowContinuedTiles.fourByOne(
                        x, from, PITCH, 1, x, columns, FloatTiling.PANEL, count, x, to, channels);
                tap += 4;
            }
        }
    }

    private static int wholePanels(int channels) {
        return (channels + FloatTiling.PANEL - 1) / FloatTiling.PANEL * FloatTiling.PANEL;
    }

    private static int wholeVectors(int channels) {
        return (channels + LANES - 1) / LANES * LANES;
    }
}
