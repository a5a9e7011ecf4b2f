package io.orrery.engine.kernel;

import io.orrery.engine.graph.Window;

/**
 * Pooling over windows of planes (batch times channels of them), each row-major. Parts divide the planes. See
 * {@link io.orrery.engine.graph.Pooling}.
 */
public final class FloatPooling {
    private static final float[] NO_VALUES = {};

    private FloatPooling() {}

    /**
     * For each window the position (y * width + x in its plane) of its largest pixel, the lowest where several are equal.
     * Padding never wins; NaN is the largest. A window that holds only padding answers 0.
     */
    public static void maximumPositions(
            int planes,
            int height,
            int width,
            int outputHeight,
            int outputWidth,
            Window window,
            float[] images,
            int imagesOffset,
            int[] positions,
            int positionsOffset,
            int part,
            int parts) {
        int first = Part.start(planes, part, parts);
        int end = Part.start(planes, part + 1, parts);
        if (VectorWidth.BITS != 0 && isHalving(window)) {
            first = FloatPairMaxima.find(
                    first,
                    end,
                    outputHeight,
                    outputWidth,
                    height,
                    width,
                    images,
                    imagesOffset,
                    positions,
                    positionsOffset,
                    NO_VALUES,
                    0,
                    Float.NEGATIVE_INFINITY);
        }
        for (int plane = first; plane < end; plane++) {
            positions(
                    height,
                    width,
                    outputHeight,
                    outputWidth,
                    window,
                    images,
                    imagesOffset + plane * height * width,
                    positions,
                    positionsOffset + plane * outputHeight * outputWidth);
        }
    }

    /**
     * {@link #maximumPositions} and the pixels there; where a window holds only padding, the pixel at 0.
     *
     * @param floor what smaller pixels are raised to: negative infinity for none, 0 for the relu of the result
     */
    public static void maximum(
            int planes,
            int height,
            int width,
            int outputHeight,
            int outputWidth,
            Window window,
            float[] images,
            int imagesOffset,
            int[] positions,
            int positionsOffset,
            float[] values,
            int valuesOffset,
            float floor,
            int part,
            int parts) {
        int first = Part.start(planes, part, parts);
        int end = Part.start(planes, part + 1, parts);
        if (VectorWidth.BITS != 0 && isHalving(window)) {
            first = FloatPairMaxima.find(
                    first,
                    end,
                    outputHeight,
                    outputWidth,
                    height,
                    width,
                    images,
                    imagesOffset,
                    positions,
                    positionsOffset,
                    values,
                    valuesOffset,
                    floor);
        }
        int windows = outputHeight * outputWidth;
        for (int plane = first; plane < end; plane++) {
            int image = imagesOffset + plane * height * width;
            int at = positionsOffset + plane * windows;
            positions(height, width, outputHeight, outputWidth, window, images, image, positions, at);
            for (int i = 0; i < windows; i++) {
                float pixel = images[image + positions[at + i]];
                values[valuesOffset + plane * windows + i] = pixel <= floor ? floor : pixel;
            }
        }
    }

    private static void positions(
            int height,
            int width,
            int outputHeight,
            int outputWidth,
            Window window,
            float[] images,
            int image,
            int[] positions,
            int result) {
        for (int y = 0; y < outputHeight; y++) {
            int top = y * window.strideY() - window.paddingY();
            int row = result + y * outputWidth;
            for (int x = 0; x < outputWidth; x++) {
                int left = x * window.strideX() - window.paddingX();
                positions[row + x] = maximumPosition(
                        images,
                        image,
                        width,
                        Math.max(top, 0),
                        Math.min(top + window.kernelY(), height),
                        Math.max(left, 0),
                        Math.min(left + window.kernelX(), width));
            }
        }
    }

    /**
     * Zeros, with each window's number added where its largest pixel was found, unless the mask is 0 for the
     * window. The windows must not overlap nor reach into padding.
     */
    public static void maximumSpread(
            int planes,
            int height,
            int width,
            int outputHeight,
            int outputWidth,
            Window window,
            float[] values,
            int valuesOffset,
            float[] mask,
            int maskOffset,
            int[] positions,
            int positionsOffset,
            float[] images,
            int imagesOffset,
            int part,
            int parts) {
        int first = Part.start(planes, part, parts);
        int end = Part.start(planes, part + 1, parts);
        if (VectorWidth.BITS != 0 && isHalving(window)) {
            first = FloatPairSpread.spread(
                    first,
                    end,
                    outputHeight,
                    outputWidth,
                    height,
                    width,
                    values,
                    valuesOffset,
                    mask,
                    maskOffset,
                    positions,
                    positionsOffset,
                    images,
                    imagesOffset);
        }
        int windows = outputHeight * outputWidth;
        for (int plane = first; plane < end; plane++) {
            int image = imagesOffset + plane * height * width;
            FloatElementwise.fill(images, image, height * width, 0);
            for (int i = plane * windows; i < (plane + 1) * windows; i++) {
                if (mask[maskOffset + i] != 0) {
                    images[image + positions[positionsOffset + i]] += values[valuesOffset + i];
                }
            }
        }
    }

    /** Whether windows are 2 x 2, side by side, without padding: the one kind of pooling that most networks have. */
    private static boolean isHalving(Window window) {
        return window.kernelY() == 2
                && window.kernelX() == 2
                && window.strideY() == 2
                && window.strideX() == 2
                && window.paddingY() == 0
                && window.paddingX() == 0;
    }

    private static int maximumPosition(float[] images, int image, int width, int top, int bottom, int left, int right) {
        if (top >= bottom || left >= right) {
            return 0;
        }
        int best = top * width + left;
        float largest = images[image + best];
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                float pixel = images[image + y * width + x];
                if (pixel > largest || (Float.isNaN(pixel) && !Float.isNaN(largest))) {
                    best = y * width + x;
                    largest = pixel;
                }
            }
        }
        return best;
    }

    /** The sum over each window: from -0, rows then columns ascending; padding is left out. All padding gives 0. */
    public static void windowSum(
            int planes,
            int height,
            int width,
            int outputHeight,
            int outputWidth,
            Window window,
            float[] images,
            int imagesOffset,
            float[] out,
            int outOffset,
            int part,
            int parts) {
        int end = Part.start(planes, part + 1, parts);
        for (int plane = Part.start(planes, part, parts); plane < end; plane++) {
            int image = imagesOffset + plane * height * width;
            int result = outOffset + plane * outputHeight * outputWidth;
            for (int y = 0; y < outputHeight; y++) {
                int top = y * window.strideY() - window.paddingY();
                int row = result + y * outputWidth;
                for (int x = 0; x < outputWidth; x++) {
                    int left = x * window.strideX() - window.paddingX();
                    out[row + x] = windowSum(
                            images,
                            image,
                            width,
                            Math.max(top, 0),
                            Math.min(top + window.kernelY(), height),
                            Math.max(left, 0),
                            Math.min(left + window.kernelX(), width));
                }
            }
        }
    }

    private static float windowSum(float[] images, int image, int width, int top, int bottom, int left, int right) {
        if (top >= bottom || left >= right) {
            return 0;
        }
        float sum = -0f;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                sum += images[image + y * width + x];
            }
        }
        return sum;
    }

    /**
     * The transpose of {@link #windowSum}: each pixel starts at 0 and adds the windows that cover it, window rows then
     * columns ascending.
     */
    public static void windowSpread(
            int planes,
            int height,
            int width,
            int outputHeight,
            int outputWidth,
            Window window,
            float[] windows,
            int windowsOffset,
            float[] out,
            int outOffset,
            int part,
            int parts) {
        int end = Part.start(planes, part + 1, parts);
        for (int plane = Part.start(planes, part, parts); plane < end; plane++) {
            int image = outOffset + plane * height * width;
            int from = windowsOffset + plane * outputHeight * outputWidth;
            FloatElementwise.fill(out, image, height * width, 0);
            for (int y = 0; y < outputHeight; y++) {
                int top = y * window.strideY() - window.paddingY();
                int row = from + y * outputWidth;
                for (int x = 0; x < outputWidth; x++) {
                    int left = x * window.strideX() - window.paddingX();
                    spread(
                            windows[row + x],
                            out,
                            image,
                            width,
                            Math.max(top, 0),
                            Math.min(top + window.kernelY(), height),
                            Math.max(left, 0),
                            Math.min(left + window.kernelX(), width));
                }
            }
        }
    }

    private static void spread(
            float value, float[] out, int image, int width, int top, int bottom, int left, int right) {
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                out[image + y * width + x] += value;
            }
        }
    }
}
