package io.orrery.engine.kernel;

import io.orrery.engine.graph.Window;
import java.util.ArrayList;
import java.util.List;

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

    /** Where tap (y, x) of this correlation lies in the stored kernel: first - step * tap, in rows and columns. */
    final int firstKernelRow;

    final int firstKernelColumn;
    final int kernelRowStep;
    final int kernelColumnStep;

    /** Result pixel (y, x) lies at resultStart + y * resultRowStride + x * resultColumnStride of its plane. */
    final int resultStart;

    final int resultRowStride;
    final int resultColumnStride;
    final int resultPlane;

    final int planeWidth;
    final int planeLength;
    final int channelLength;
    final int imageLength;
    final int group;
    final int[] tapOffsets;

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
            int[] storedKernel,
            int[] resultPlace,
            int batch) {
        this.sourceChannels = sourceChannels;
        this.sourceHeight = sourceHeight;
        this.sourceWidth = sourceWidth;
        this.paddingTop = paddingTop;
        this.paddingLeft = paddingLeft;
        this.strideY = kernel.strideY();
        this.strideX = kernel.strideX();
        this.kernelY = kernel.kernelY();
        this.kernelX = kernel.kernelX();
        this.resultChannels = resultChannels;
        this.resultHeight = resultHeight;
        this.resultWidth = resultWidth;
        this.firstKernelRow = storedKernel[0];
        this.firstKernelColumn = storedKernel[1];
        this.kernelRowStep = storedKernel[2];
        this.kernelColumnStep = storedKernel[3];
        this.resultStart = resultPlace[0];
        this.resultRowStride = resultPlace[1];
        this.resultColumnStride = resultPlace[2];
        this.resultPlane = resultPlace[3];
        int planeHeight = resultHeight + (kernelY - 1) / strideY;
        this.planeWidth = resultWidth + (kernelX - 1) / strideX;
        this.planeLength = planeHeight * planeWidth;
        this.channelLength = strideY * strideX * planeLength;
        this.imageLength = sourceChannels * channelLength;
        int positions = resultHeight * resultWidth;
        this.group = Math.min(batch, positions >= 2 * GROUP ? 1 : (GROUP + positions - 1) / positions);
        this.tapOffsets = new int[kernelY * kernelX];
        for (int y = 0; y < kernelY; y++) {
            for (int x = 0; x < kernelX; x++) {
                tapOffsets[y * kernelX + x] =
                        (y % strideY * strideX + x % strideX) * planeLength + y / strideY * planeWidth + x / strideX;
            }
        }
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
                new int[] {0, 0, -1, -1},
                new int[] {0, s.outputWidth(), 1, s.positions()},
                s.batch());
    }

    /**
     * Pixel (y, x) of the images meets tap (u, v) when y + paddingY - u and x + paddingX - v divide by the strides. The
     * pixels of one phase meet the same taps, in descending order as the output gradient is read forward.
     */
    static List<Correlation> inputGradient(ConvolutionSizes s) {
        Window window = s.window();
        List<Correlation> phases = new ArrayList<>();
        for (int y = 0; y < Math.min(window.strideY(), s.height()); y++) {
            for (int x = 0; x < Math.min(window.strideX(), s.width()); x++) {
                int row = (y + window.paddingY()) % window.strideY();
                int column = (x + window.paddingX()) % window.strideX();
                int rows = (window.kernelY() - row + window.strideY() - 1) / window.strideY();
                int columns = (window.kernelX() - column + window.strideX() - 1) / window.strideX();
                if (rows <= 0 || columns <= 0) {
                    continue;
                }
                phases.add(new Correlation(
                        s.outputChannels(),
                        s.outputHeight(),
                        s.outputWidth(),
                        rows - 1 - (y + window.paddingY()) / window.strideY(),
                        columns - 1 - (x + window.paddingX()) / window.strideX(),
                        new Window(rows, columns, 1, 1, 0, 0),
                        s.inputChannels(),
                        (s.height() - y + window.strideY() - 1) / window.strideY(),
                        (s.width() - x + window.strideX() - 1) / window.strideX(),
                        new int[] {
                            row + (rows - 1) * window.strideY(),
                            column + (columns - 1) * window.strideX(),
                            window.strideY(),
                            window.strideX()
                        },
                        new int[] {
                            y * s.width() + x, window.strideY() * s.width(), window.strideX(), s.height() * s.width()
                        },
                        s.batch()));
            }
        }
        return phases;
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
