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
        int length = g.endColumn - g.firstColumn;
        int phase = g.firstPhaseY;
        int line = to + g.firstLineY * g.planeWidth;
        for (int row = g.firstRow; row < g.endRow; row++) {
            int at = line + phase * g.strideX * g.planeLength;
            int start = from + row * g.sourceWidth + g.firstColumn;
            if (g.strideX == 1) {
                FloatRuns.copy(source, start, planes, at + g.firstLineX, length);
            } else {
                fillStrided(g, source, start, length, planes, at);
            }
            if (++phase == g.strideY) {
                phase = 0;
                line += g.planeWidth;
            }
        }
    }

    private static void fillStrided(Correlation g, float[] source, int from, int length, float[] planes, int to) {
        int stride = g.strideX;
        int phase = g.firstPhaseX;
        int at = to + g.firstLineX;
        if (stride == 2) {
            int evens = at + phase * g.planeLength;
            int odds = phase == 0 ? at + g.planeLength : at + 1;
            FloatRuns.split(source, from, length, planes, evens, odds);
            return;
        }
        for (int offset = 0; offset < Math.min(stride, length); offset++) {
            int count = (length - offset + stride - 1) / stride;
            takeEvery(stride, count, source, from + offset, planes, at + phase * g.planeLength);
            if (++phase == stride) {
                phase = 0;
                at++;
            }
        }
    }

    private static void takeEvery(int stride, int count, float[] source, int from, float[] target, int to) {
        for (int i = 0; i < count; i++) {
            target[to + i] = source[from + stride * i];
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
