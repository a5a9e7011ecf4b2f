package io.orrery.engine.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The padded planes of a {@link Correlation}'s source images, and the copying of taps out of them. */
final class FloatPlanes {
    private static final VectorSpecies<Float> SPECIES = VectorWidth.floatSpecies();
    private static final int LANES = SPECIES.length();

    private FloatPlanes() {}

    /** Entries of the planes of a group, with what whole vectors read beyond the last. */
    static int length(Correlation g) {
        return g.group * g.imageLength + FloatTiling.PANEL;
    }

    /** Makes the padding of all planes zero; {@link #fill} never writes there. */
    static void clear(Correlation g, float[] planes, int at) {
        Arrays.fill(planes, at, at + length(g), 0f);
    }

    /** Copies whole images into their padded planes. */
    static void fill(Correlation g, int images, float[] source, int sourceAt, float[] planes, int at) {
        int from = sourceAt;
        for (int image = 0; image < images; image++) {
            for (int channel = 0; channel < g.sourceChannels; channel++) {
                fillChannel(g, source, from, planes, at + image * g.imageLength + channel * g.channelLength);
                from += g.sourceHeight * g.sourceWidth;
            }
        }
    }

    private static void fillChannel(Correlation g, float[] source, int from, float[] planes, int to) {
        int paddedHeight = g.strideY * (g.planeLength / g.planeWidth);
        int firstRow = Math.max(0, -g.paddingTop);
        int endRow = Math.min(g.sourceHeight, paddedHeight - g.paddingTop);
        int firstColumn = Math.max(0, -g.paddingLeft);
        int endColumn = Math.min(g.sourceWidth, g.strideX * g.planeWidth - g.paddingLeft);
        for (int row = firstRow; row < endRow; row++) {
            int padded = row + g.paddingTop;
            int phase = to + padded % g.strideY * g.strideX * g.planeLength + padded / g.strideY * g.planeWidth;
            int left = firstColumn + g.paddingLeft;
            if (g.strideX == 1) {
                copy(source, from + row * g.sourceWidth + firstColumn, planes, phase + left, endColumn - firstColumn);
            } else {
                fillStrided(g, source, from + row * g.sourceWidth, firstColumn, endColumn, planes, phase);
            }
        }
    }

    private static void fillStrided(
            Correlation g, float[] source, int from, int firstColumn, int endColumn, float[] planes, int to) {
        int stride = g.strideX;
        int first = firstColumn + g.paddingLeft;
        for (int offset = 0; offset < stride; offset++) {
            int at = to + (first + offset) % stride * g.planeLength + (first + offset) / stride;
            for (int column = firstColumn + offset; column < endColumn; column += stride) {
                planes[at++] = source[from + column];
            }
        }
    }

    private static void copy(float[] source, int from, float[] target, int to, int length) {
        int i = 0;
        for (; i + LANES <= length; i += LANES) {
            FloatVector.fromArray(SPECIES, source, from + i).intoArray(target, to + i);
        }
        for (; i < length; i++) {
            target[to + i] = source[from + i];
        }
    }

    /**
     * Writes, for taps firstTap up to endTap, the source values that positions first to first + count of a group meet,
     * one row per tap. Vectors are written whole: a row needs a vector's room beyond its end.
     */
    static void gather(
            Correlation g,
            float[] planes,
            int at,
            int firstTap,
            int endTap,
            int first,
            int count,
            float[] rows,
            int rowsAt,
            int rowStride) {
        int positions = g.positions();
        int done = 0;
        while (done < count) {
            int image = (first + done) / positions;
            int inside = (first + done) % positions;
            int column = inside % g.resultWidth;
            int run = Math.min(g.resultWidth - column, count - done);
            int from = at + image * g.imageLength + inside / g.resultWidth * g.planeWidth + column;
            for (int i = 0; i < run; i += FloatTiling.PANEL) {
                if (run - i > LANES) {
                    gatherTwo(g, planes, from + i, firstTap, endTap, rows, rowsAt + done + i, rowStride);
                } else {
                    gatherOne(g, planes, from + i, firstTap, endTap, rows, rowsAt + done + i, rowStride);
                }
            }
            done += run;
        }
    }

    private static void gatherOne(
            Correlation g,
            float[] planes,
            int from,
            int firstTap,
            int endTap,
            float[] rows,
            int rowsAt,
            int rowStride) {
        int[] offsets = g.tapOffsets;
        int within = firstTap % offsets.length;
        int channel = from + firstTap / offsets.length * g.channelLength;
        int to = rowsAt;
        for (int tap = firstTap; tap < endTap; tap++) {
            FloatVector.fromArray(SPECIES, planes, channel + offsets[within]).intoArray(rows, to);
            to += rowStride;
            if (++within == offsets.length) {
                within = 0;
                channel += g.channelLength;
            }
        }
    }

    private static void gatherTwo(
            Correlation g,
            float[] planes,
            int from,
            int firstTap,
            int endTap,
            float[] rows,
            int rowsAt,
            int rowStride) {
        int[] offsets = g.tapOffsets;
        int within = firstTap % offsets.length;
        int channel = from + firstTap / offsets.length * g.channelLength;
        int to = rowsAt;
        for (int tap = firstTap; tap < endTap; tap++) {
            int source = channel + offsets[within];
            FloatVector.fromArray(SPECIES, planes, source).intoArray(rows, to);
            FloatVector.fromArray(SPECIES, planes, source + LANES).intoArray(rows, to + LANES);
            to += rowStride;
            if (++within == offsets.length) {
                within = 0;
                channel += g.channelLength;
            }
        }
    }
}
