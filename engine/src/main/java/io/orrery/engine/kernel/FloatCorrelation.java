package io.orrery.engine.kernel;

/**
 * Correlations as products: for each panel of positions the source values that the taps meet are gathered into rows, and
 * the kernel matrix [resultChannels, taps] multiplies them. A panel is small enough to stay in the first cache, and all
 * result channels use it. Images with few positions are taken in groups, so that panels are filled.
 */
final class FloatCorrelation {
    private static final int LANES = VectorWidth.floatSpecies().length();

    /** Entries from row to row of a panel: one vector more than it has columns, for whole vectors written at its end. */
    private static final int PITCH = FloatTiling.PANEL + LANES;

    private FloatCorrelation() {}

    static int scratchLength(Correlation g) {
        return FloatPlanes.length(g) + g.taps() * PITCH + g.resultChannels * FloatTiling.PANEL;
    }

    /**
     * Computes result channels firstChannel to endChannel of images firstImage to endImage.
     *
     * @param kernel rows of taps, one for each result channel
     */
    static void correlate(
            Correlation g,
            int firstImage,
            int endImage,
            int firstChannel,
            int endChannel,
            float[] source,
            int sourceAt,
            float[] kernel,
            int kernelAt,
            float[] result,
            int resultAt,
            float[] scratch,
            int scratchAt) {
        int sourceImage = g.sourceChannels * g.sourceHeight * g.sourceWidth;
        FloatPlanes.clear(g, scratch, scratchAt);
        for (int image = firstImage; image < endImage; image += g.group) {
            int images = Math.min(g.group, endImage - image);
            FloatPlanes.fill(g, images, source, sourceAt + image * sourceImage, scratch, scratchAt);
            int all = images * g.positions();
            int to = resultAt + image * g.resultChannels * g.resultPlane;
            for (int first = 0; first < all; first += FloatTiling.PANEL) {
                panel(
                        g,
                        first,
                        Math.min(FloatTiling.PANEL, all - first),
                        firstChannel,
                        endChannel,
                        kernel,
                        kernelAt,
                        result,
                        to,
                        scratch,
                        scratchAt);
            }
        }
    }

    private static void panel(
            Correlation g,
            int first,
            int count,
            int firstChannel,
            int endChannel,
            float[] kernel,
            int kernelAt,
            float[] result,
            int resultAt,
            float[] scratch,
            int scratchAt) {
        int taps = g.taps();
        int rows = scratchAt + FloatPlanes.length(g);
        FloatPlanes.gather(g, scratch, scratchAt, 0, taps, first, count, scratch, rows, PITCH);
        int channels = endChannel - firstChannel;
        int weights = kernelAt + firstChannel * taps;
        int image = first / g.positions();
        int inside = first % g.positions();
        if (g.contiguous() && inside + count <= g.positions() && count % LANES == 0) {
            int to = resultAt + (image * g.resultChannels + firstChannel) * g.resultPlane + g.resultStart + inside;
            FloatTiling.multiply(
                    channels, count, taps, kernel, weights, taps, 1, scratch, rows, PITCH, result, to, g.resultPlane);
            return;
        }
        int tile = rows + taps * PITCH;
        int whole = (count + LANES - 1) / LANES * LANES;
        FloatTiling.multiply(
                channels,
                whole,
                taps,
                kernel,
                weights,
                taps,
                1,
                scratch,
                rows,
                PITCH,
                scratch,
                tile,
                FloatTiling.PANEL);
        scatter(g, first, count, firstChannel, endChannel, scratch, tile, result, resultAt);
    }

    private static void scatter(
            Correlation g,
            int first,
            int count,
            int firstChannel,
            int endChannel,
            float[] tile,
            int tileAt,
            float[] result,
            int resultAt) {
        int positions = g.positions();
        int width = g.contiguous() ? positions : g.resultWidth;
        int done = 0;
        while (done < count) {
            int image = (first + done) / positions;
            int inside = (first + done) % positions;
            int run = Math.min(width - inside % width, count - done);
            int to = resultAt
                    + image * g.resultChannels * g.resultPlane
                    + g.resultStart
                    + inside / g.resultWidth * g.resultRowStride
                    + inside % g.resultWidth * g.resultColumnStride;
            for (int channel = firstChannel; channel < endChannel; channel++) {
                spread(
                        run,
                        tile,
                        tileAt + (channel - firstChannel) * FloatTiling.PANEL + done,
                        result,
                        to + channel * g.resultPlane,
                        g.resultColumnStride);
            }
            done += run;
        }
    }

    private static void spread(int run, float[] from, int fromAt, float[] to, int toAt, int stride) {
        for (int i = 0; i < run; i++) {
            to[toAt + i * stride] = from[fromAt + i];
        }
    }
}
