package io.orrery.engine.kernel;

/**
 * Correlations as products: for each panel of positions the source values that the taps meet are gathered into rows, and
 * the kernel matrix [resultChannels, taps] multiplies them. A panel is small enough to stay in the first cache, and all
 * result channels use it. Images with few positions are taken in groups, so that panels are filled.
 */
final class FloatCorrelation {
    private static final int LANES = VectorWidth.floatSpecies().length();

    private FloatCorrelation() {}

    /** Entries from row to row of a panel: one vector more than it has columns where the last one may reach beyond. */
    private static int pitch(Correlation g) {
        return g.resultWidth % LANES == 0 ? FloatTiling.PANEL : FloatTiling.PANEL + LANES;
    }

    static int scratchLength(Correlation[] phases) {
        int most = 0;
        for (Correlation g : phases) {
            most = Math.max(most, FloatPlanes.length(g) + g.taps() * pitch(g) + g.resultChannels * FloatTiling.PANEL);
        }
        return most;
    }

    /**
     * Computes result channels firstChannel to endChannel of images firstImage to endImage, for correlations that share
     * their planes.
     *
     * @param kernel for each correlation in turn, rows of taps, one for each result channel
     */
    static void correlate(
            Correlation[] phases,
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
        Correlation planes = phases[0];
        int sourceImage = planes.sourceChannels * planes.sourceHeight * planes.sourceWidth;
        FloatPlanes.clear(planes, scratch, scratchAt);
        for (int image = firstImage; image < endImage; image += planes.group) {
            int images = Math.min(planes.group, endImage - image);
            FloatPlanes.fill(planes, images, source, sourceAt + image * sourceImage, scratch, scratchAt);
            int weights = kernelAt;
            for (Correlation phase : phases) {
                int to = resultAt + image * phase.resultChannels * phase.resultPlane;
                panels(
                        phase,
                        images * phase.positions(),
                        firstChannel,
                        endChannel,
                        kernel,
                        weights,
                        result,
                        to,
                        scratch,
                        scratchAt);
                weights += phase.resultChannels * phase.taps();
            }
        }
    }

    private static void panels(
            Correlation g,
            int all,
            int firstChannel,
            int endChannel,
            float[] kernel,
            int kernelAt,
            float[] result,
            int resultAt,
            float[] scratch,
            int scratchAt) {
        for (int first = 0; first < all; first += FloatTiling.PANEL) {
            int count = Math.min(FloatTiling.PANEL, all - first);
            panel(g, first, count, firstChannel, endChannel, kernel, kernelAt, result, resultAt, scratch, scratchAt);
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
        int pitch = pitch(g);
        FloatPlanes.gather(g, scratch, scratchAt, 0, taps, first, count, scratch, rows, pitch);
        int channels = endChannel - firstChannel;
        int weights = kernelAt + firstChannel * taps;
        int image = first / g.positions();
        int inside = first % g.positions();
        if (g.contiguous() && inside + count <= g.positions() && count % LANES == 0) {
            int to = resultAt + (image * g.resultChannels + firstChannel) * g.resultPlane + g.resultStart + inside;
            FloatTiling.multiply(
                    channels, count, taps, kernel, weights, taps, 1, scratch, rows, pitch, result, to, g.resultPlane);
            return;
        }
        int tile = rows + taps * pitch;
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
                pitch,
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
        if (stride == 1) {
            System.arraycopy(from, fromAt, to, toAt, run);
        } else if (stride == 2) {
            for (int i = 0; i < run; i++) {
                to[toAt + 2 * i] = from[fromAt + i];
            }
        } else {
            for (int i = 0; i < run; i++) {
                to[toAt + i * stride] = from[fromAt + i];
            }
        }
    }
}
