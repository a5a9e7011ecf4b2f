package io.orrery.engine.kernel;

import io.orrery.engine.graph.Window;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The geometry of a correlation of zero-padded source images with kernels [resultChannels, sourceChannels, kernelY,
 * kernelX], and where in the result's images its pixels lie. The forward convolution is one; the input gradient is one
 * of stride 1 for every stride phase of the pixels.
 *
 * <p>Sources are copied into padded planes, split by stride phase: pixel (y, x) of a padded channel lies in plane (y mod
 * strideY, x mod strideX) at row y / strideY and column x / strideX. So a tap reads a run of neighbouring outputs from
 * neighbouring entries, whatever the stride.
 */
final class Correlation {
    /** Positions that a group of images has at least, so that panels of small maps are filled. */
    private static final int GROUP = 256;

    final int sourceChannels;
    final int sourceHeight;
    final int sourceWidth;
    final int paddingTop;
    final int paddingLeft;
    final int strideY;
    final int strideX;
    final int kernelY;
    final int kernelX;
    final int resultChannels;
    final int resultHeight;
    final int resultWidth;

    /** Where each tap of this correlation lies among those of the stored kernel. */
    final int[] storedTaps;

    /** Result pixel (y, x) lies at resultStart + y * resultRowStride + x * resultColumnStride of its plane. */
    final int resultStart;

    final int resultRowStride;
    final int resultColumnStride;
    final int resultPlane;

    /** The part of the source that the planes hold, and the plane, line and column where its first pixel lies. */
    final int firstRow;

    final int endRow;
    final int firstColumn;
    final int endColumn;
    final int firstPhaseY;
    final int firstPhaseX;
    final int firstLineY;
    final int firstLineX;

    final int planeWidth;
    final int planeLength;
    final int channelLength;
    final int imageLength;
    final int group;
    final int[] tapOffsets;

    /** Where each pixel of a source channel lies in its planes; of no meaning for a pixel that they do not hold. */
    final int[] sourcePlaces;

    /** Where the padding of a channel lies in its planes, and what no tap meets. */
    final int[] paddingPlaces;

    private Correlation(
            int sourceChannels,
            int sourceHeight,
            int sourceWidth,
            int paddingTop,
            int paddingLeft,
            Window kernel,
            int resultChannels,
            int resultHeight,
            int resultWidth,
            int[] storedTaps,
            int[] resultPlace,
            int[] planes,
            int group) {
        this.sourceChannels = sourceChannels;
        this.sourceHeight = sourceHeight;
        this.sourceWidth = sourceWidth;
        this.strideY = kernel.strideY();
        this.strideX = kernel.strideX();
        this.kernelY = kernel.kernelY();
        this.kernelX = kernel.kernelX();
        this.resultChannels = resultChannels;
        this.resultHeight = resultHeight;
        this.resultWidth = resultWidth;
        this.storedTaps = storedTaps;
        this.resultStart = resultPlace[0];
        this.resultRowStride = resultPlace[1];
        this.resultColumnStride = resultPlace[2];
        this.resultPlane = resultPlace[3];
        this.paddingTop = planes[0];
        this.paddingLeft = planes[1];
        int planeHeight = planes[2];
        this.planeWidth = planes[3];
        this.planeLength = planeHeight * planeWidth;
        this.channelLength = strideY * strideX * planeLength;
        this.imageLength = sourceChannels * channelLength;
        this.group = group;
        this.firstRow = Math.max(0, -this.paddingTop);
        this.endRow = Math.min(sourceHeight, strideY * planeHeight - this.paddingTop);
        this.firstColumn = Math.max(0, -this.paddingLeft);
        this.endColumn = Math.min(sourceWidth, strideX * planeWidth - this.paddingLeft);
        this.firstPhaseY = (firstRow + this.paddingTop) % strideY;
        this.firstPhaseX = (firstColumn + this.paddingLeft) % strideX;
        this.firstLineY = (firstRow + this.paddingTop) / strideY;
        this.firstLineX = (firstColumn + this.paddingLeft) / strideX;
        this.sourcePlaces = places();
        this.paddingPlaces = padding(sourcePlaces, channelLength);
        int start = (this.paddingTop - paddingTop) * planeWidth + this.paddingLeft - paddingLeft;
        this.tapOffsets = new int[kernelY * kernelX];
        for (int y = 0; y < kernelY; y++) {
            for (int x = 0; x < kernelX; x++) {
                tapOffsets[y * kernelX + x] = start
                        + (y % strideY * strideX + x % strideX) * planeLength
                        + y / strideY * planeWidth
                        + x / strideX;
            }
        }
    }

    private int[] places() {
        int[] places = new int[sourceHeight * sourceWidth];
        for (int y = 0; y < sourceHeight; y++) {
            for (int x = 0; x < sourceWidth; x++) {
                int row = y + paddingTop;
                int column = x + paddingLeft;
                places[y * sourceWidth + x] = (row % strideY * strideX + column % strideX) * planeLength
                        + row / strideY * planeWidth
                        + column / strideX;
            }
        }
        return places;
    }

    private static int[] padding(int[] sourcePlaces, int channelLength) {
        BitSet places = new BitSet(channelLength);
        for (int place : sourcePlaces) {
            if (place >= 0 && place < channelLength) {
                places.set(place);
            }
        }
        places.flip(0, channelLength);
        return places.stream().toArray();
    }

    static Correlation forward(ConvolutionSizes s) {
        Window window = s.window();
        return new Correlation(
                s.inputChannels(),
                s.height(),
                s.width(),
                window.paddingY(),
                window.paddingX(),
                window,
                s.outputChannels(),
                s.outputHeight(),
                s.outputWidth(),
                IntStream.range(0, window.kernelY() * window.kernelX()).toArray(),
                new int[] {0, s.outputWidth(), 1, s.positions()},
                new int[] {
                    window.paddingY(),
                    window.paddingX(),
                    s.outputHeight() + (window.kernelY() - 1) / window.strideY(),
                    s.outputWidth() + (window.kernelX() - 1) / window.strideX()
                },
                group(s.batch(), s.positions()));
    }

    private static int group(int batch, int positions) {
        return Math.min(batch, (GROUP + positions - 1) / positions);
    }

    /**
     * Pixel (y, x) of the images meets tap (u, v) when y + paddingY - u and x + paddingX - v divide by the strides. The
     * pixels of one phase meet the same taps, in descending order as the output gradient is read forward. All phases read
     * the same planes, padded for the one that reaches furthest.
     */
    static List<Correlation> inputGradient(ConvolutionSizes s) {
        Window window = s.window();
        int[] rows = reach(window.kernelY(), window.strideY(), window.paddingY(), s.height());
        int[] columns = reach(window.kernelX(), window.strideX(), window.paddingX(), s.width());
        int[] planes = {rows[0], columns[0], rows[1], columns[1]};
        int pixels = (s.height() + window.strideY() - 1)
                / window.strideY()
                * ((s.width() + window.strideX() - 1) / window.strideX());
        List<Correlation> phases = new ArrayList<>();
        for (int y = 0; y < Math.min(window.strideY(), s.height()); y++) {
            for (int x = 0; x < Math.min(window.strideX(), s.width()); x++) {
                int tapRows = taps(window.kernelY(), window.strideY(), window.paddingY(), y);
                int tapColumns = taps(window.kernelX(), window.strideX(), window.paddingX(), x);
                if (tapRows > 0 && tapColumns > 0) {
                    phases.add(phase(s, y, x, tapRows, tapColumns, planes, group(s.batch(), pixels)));
                }
            }
        }
        return phases;
    }

    private static Correlation phase(
            ConvolutionSizes s, int y, int x, int tapRows, int tapColumns, int[] planes, int group) {
        Window window = s.window();
        int lastRow = (y + window.paddingY()) % window.strideY() + (tapRows - 1) * window.strideY();
        int lastColumn = (x + window.paddingX()) % window.strideX() + (tapColumns - 1) * window.strideX();
        return new Correlation(
                s.outputChannels(),
                s.outputHeight(),
                s.outputWidth(),
                tapRows - 1 - (y + window.paddingY()) / window.strideY(),
                tapColumns - 1 - (x + window.paddingX()) / window.strideX(),
                new Window(tapRows, tapColumns, 1, 1, 0, 0),
                s.inputChannels(),
                (s.height() - y + window.strideY() - 1) / window.strideY(),
                (s.width() - x + window.strideX() - 1) / window.strideX(),
                descending(window, lastRow, lastColumn, tapRows, tapColumns),
                new int[] {y * s.width() + x, window.strideY() * s.width(), window.strideX(), s.height() * s.width()},
                planes,
                group);
    }

    private static int[] descending(Window window, int lastRow, int lastColumn, int tapRows, int tapColumns) {
        int[] stored = new int[tapRows * tapColumns];
        for (int y = 0; y < tapRows; y++) {
            for (int x = 0; x < tapColumns; x++) {
                stored[y * tapColumns + x] =
                        (lastRow - y * window.strideY()) * window.kernelX() + lastColumn - x * window.strideX();
            }
        }
        return stored;
    }

    /** Taps of a kernel's row or column that meet the pixels of one stride phase. */
    private static int taps(int kernel, int stride, int padding, int phase) {
        return Math.max(0, (kernel - (phase + padding) % stride + stride - 1) / stride);
    }

    /** The largest padding before the output gradient among the phases, and the length that then holds all of them. */
    private static int[] reach(int kernel, int stride, int padding, int size) {
        int before = -size - padding;
        for (int phase = 0; phase < Math.min(stride, size); phase++) {
            before = Math.max(before, taps(kernel, stride, padding, phase) - 1 - (phase + padding) / stride);
        }
        int length = 1;
        for (int phase = 0; phase < Math.min(stride, size); phase++) {
            int taps = taps(kernel, stride, padding, phase);
            int own = taps - 1 - (phase + padding) / stride;
            length = Math.max(length, before - own + (size - phase + stride - 1) / stride + taps - 1);
        }
        return new int[] {before, length};
    }

    int taps() {
        return sourceChannels * kernelY * kernelX;
    }

    int positions() {
        return resultHeight * resultWidth;
    }

    /** Whether the result's pixels are neighbours, so that runs of positions can be written as they are. */
    boolean contiguous() {
        return resultColumnStride == 1 && resultRowStride == resultWidth;
    }
}
