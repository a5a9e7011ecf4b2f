package io.orrery.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Correlations with images along the lanes: the planes of a group of images are transposed, so that the values of all
 * images at a pixel are neighbours and a vector holds one or two pixels. Then a tap reads whole vectors whatever the
 * width of the images and the stride, where {@link FloatCorrelation} fills its panels with short runs. Two vectors make a
 * panel, which all result channels use.
 */
final class FloatImageLanes {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();
    private static final int PANEL = FloatTiling.PANEL;

    private static final int EIGHT = 8;
    private static final VectorSpecies<Float> EIGHT_LANES =
            VectorSpecies.of(float.class, VectorShape.forBitSize(EIGHT * Float.SIZE));

    private static final int FEW_TAPS = 16;

    /** Pixels transposed at a time, before they go to their places in the planes. */
    private static final int STAGE = 64;

    /** Result entries of a block of rows, roughly: they stay in the second cache until they are transposed back. */
    private static final int BLOCK = 32 * 1024;

    private FloatImageLanes() {}

    /**
     * Whether correlations are faster this way: not where runs of result pixels fill whole vectors anyway, nor where so few
     * taps meet a pixel that the transposing is most of the work. Every source pixel must have a place in the planes, and
     * the correlations must cover every result pixel.
     */
    static boolean suits(Correlation[] phases, int strides) {
        if (phases.length != strides) {
            return false;
        }
        Correlation g = phases[0];
        boolean covers =
                g.firstRow == 0 && g.endRow == g.sourceHeight && g.firstColumn == 0 && g.endColumn == g.sourceWidth;
        boolean neighbours = g.strideX == 1 && g.contiguous();
        return covers && !(neighbours && (g.resultWidth % LANES == 0 || g.taps() < FEW_TAPS));
    }

    /** Images of a group: eight, which take the least memory and are transposed best, if their rows fill vectors. */
    static int group(Correlation[] phases) {
        int pixels = LANES / EIGHT;
        boolean eight = pixels > 0 && phases.length == 1 && phases[0].resultWidth % pixels == 0;
        return eight ? EIGHT : LANES;
    }

    static int scratchLength(Correlation[] phases) {
        Correlation g = phases[0];
        int group = group(phases);
        return (g.imageLength + STAGE) * group
                + (longest(phases) + g.resultChannels) * PANEL
                + g.resultChannels * blockRows(g, group) * g.resultRowStride * group;
    }

    /** Rows of each phase in a block: together a multiple of eight pixels, which are transposed best, or all rows. */
    private static int blockRows(Correlation g, int group) {
        int unit = 1;
        while (unit * g.resultRowStride % EIGHT != 0) {
            unit *= 2;
        }
        int rows = BLOCK / (g.resultRowStride * g.resultChannels * group) / unit * unit;
        return Math.min(g.resultHeight, Math.max(unit, rows));
    }

    private static int longest(Correlation[] phases) {
        int taps = 0;
        for (Correlation phase : phases) {
            taps = Math.max(taps, phase.taps());
        }
        return taps;
    }

    /** As {@link FloatCorrelation#correlate}, for whole groups of images. */
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
        Correlation g = phases[0];
        int group = group(phases);
        int stage = scratchAt + g.imageLength * group;
        int panel = stage + STAGE * group;
        int rows = blockRows(g, group);
        int channels = endChannel - firstChannel;
        int block = panel + (longest(phases) + channels) * PANEL;
        clearPadding(g, group, scratch, scratchAt);
        for (int image = firstImage; image < endImage; image += group) {
            int from = sourceAt + image * g.sourceChannels * g.sourceHeight * g.sourceWidth;
            fill(g, group, source, from, scratch, scratchAt, stage);
            int to = resultAt + (image * g.resultChannels + firstChannel) * g.resultPlane;
            for (int row = 0; row < g.resultHeight; row += rows) {
                int start = row * g.resultRowStride;
                int pixels = Math.min(rows * g.resultRowStride, g.resultPlane - start);
                int weights = kernelAt;
                for (Correlation phase : phases) {
                    int count = Math.min(rows, phase.resultHeight - row);
                    int own = weights + firstChannel * phase.taps();
                    rows(phase, group, row, count, channels, pixels, kernel, own, scratch, scratchAt, panel, block);
                    weights += phase.resultChannels * phase.taps();
                }
                turnBack(g, group, channels, pixels, scratch, block, result, to + start);
            }
        }
    }

    /** Zeros where {@link #fill} never writes. */
    private static void clearPadding(Correlation g, int group, float[] scratch, int planes) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector eightZeros = FloatVector.zero(EIGHT_LANES);
        for (int channel = 0; channel < g.sourceChannels; channel++) {
            int to = planes + channel * g.channelLength * group;
            for (int place : g.paddingPlaces) {
                if (group == EIGHT) {
                    eightZeros.intoArray(scratch, to + place * EIGHT);
                } else {
                    zero.intoArray(scratch, to + place * LANES);
                }
            }
        }
    }

    /** Each channel is transposed in stages, whose pixels then go to their places in the planes. */
    private static void fill(
            Correlation g, int group, float[] source, int sourceAt, float[] scratch, int planes, int stage) {
        int pixels = g.sourceHeight * g.sourceWidth;
        int image = g.sourceChannels * pixels;
        for (int channel = 0; channel < g.sourceChannels; channel++) {
            int to = planes + channel * g.channelLength * group;
            for (int pixel = 0; pixel < pixels; pixel += STAGE) {
                int count = Math.min(STAGE, pixels - pixel);
                int from = sourceAt + channel * pixels + pixel;
                FloatTranspose.transpose(group, count, source, from, image, scratch, stage, group);
                if (group == EIGHT) {
                    placeEight(g.sourcePlaces, pixel, count, scratch, stage, to);
                } else {
                    place(g.sourcePlaces, pixel, count, scratch, stage, to);
                }
            }
        }
    }

    private static void placeEight(int[] places, int first, int count, float[] scratch, int from, int to) {
        for (int i = 0; i < count; i++) {
            FloatVector.fromArray(EIGHT_LANES, scratch, from + i * EIGHT)
                    .intoArray(scratch, to + places[first + i] * EIGHT);
        }
    }

    private static void place(int[] places, int first, int count, float[] scratch, int from, int to) {
        for (int i = 0; i < count; i++) {
            FloatVector.fromArray(SPECIES, scratch, from + i * LANES)
                    .intoArray(scratch, to + places[first + i] * LANES);
        }
    }

    /** Rows of one phase: their vectors in pairs, each gathered into a panel and multiplied by the kernel. */
    private static void rows(
            Correlation phase,
            int group,
            int row,
            int rows,
            int channels,
            int pixels,
            float[] kernel,
            int weights,
            float[] scratch,
            int planes,
            int panel,
            int block) {
        int taps = phase.taps();
        int step = LANES / group;
        int positions = rows * phase.resultWidth;
        boolean inPlace = phase.contiguous();
        for (int position = 0; position < positions; position += 2 * step) {
            boolean two = position + step < positions;
            int first = planes + place(phase, row, position) * group;
            int second = planes + place(phase, row, two ? position + step : position) * group;
            gather(phase, group, first, second, scratch, panel);
            int to = inPlace ? block + position * group : panel + taps * PANEL;
            int stride = inPlace ? pixels * group : PANEL;
            int columns = two ? PANEL : LANES;
            FloatTiling.multiply(
                    channels, columns, taps, kernel, weights, taps, 1, scratch, panel, PANEL, scratch, to, stride);
            if (!inPlace) {
                spread(channels, pixels, scratch, to, block + pixel(phase, position) * LANES);
                if (two) {
                    spread(channels, pixels, scratch, to + LANES, block + pixel(phase, position + 1) * LANES);
                }
            }
        }
    }

    /** Where a position of the rows from the given one on lies in the planes. */
    private static int place(Correlation g, int row, int position) {
        return (row + position / g.resultWidth) * g.planeWidth + position % g.resultWidth;
    }

    /** Where a position's pixel lies in the block. */
    private static int pixel(Correlation g, int position) {
        return g.resultStart
                + position / g.resultWidth * g.resultRowStride
                + position % g.resultWidth * g.resultColumnStride;
    }

    /** The vectors that the taps of two positions meet, one row of the panel for each tap. */
    private static void gather(Correlation g, int group, int first, int second, float[] scratch, int panel) {
        int[] offsets = g.tapOffsets;
        int distance = second - first;
        int channel = first;
        int to = panel;
        for (int c = 0; c < g.sourceChannels; c++) {
            for (int offset : offsets) {
                int at = channel + offset * group;
                FloatVector.fromArray(SPECIES, scratch, at).intoArray(scratch, to);
                FloatVector.fromArray(SPECIES, scratch, at + distance).intoArray(scratch, to + LANES);
                to += PANEL;
            }
            channel += g.channelLength * group;
        }
    }

    /** One vector of every channel from a tile to a pixel of the block. */
    private static void spread(int channels, int pixels, float[] scratch, int from, int to) {
        for (int channel = 0; channel < channels; channel++) {
            FloatVector.fromArray(SPECIES, scratch, from + channel * PANEL)
                    .intoArray(scratch, to + channel * pixels * LANES);
        }
    }

    /** The block's pixels back to their images; at most eight at a time, as they often lie in one set of the cache. */
    private static void turnBack(
            Correlation g,
            int group,
            int channels,
            int pixels,
            float[] scratch,
            int block,
            float[] result,
            int resultAt) {
        int image = g.resultChannels * g.resultPlane;
        int some = Math.min(EIGHT, group);
        for (int channel = 0; channel < channels; channel++) {
            int from = block + channel * pixels * group;
            int to = resultAt + channel * g.resultPlane;
            for (int lane = 0; lane < group; lane += some) {
                FloatTranspose.transpose(pixels, some, scratch, from + lane, group, result, to + lane * image, image);
            }
        }
    }
}
