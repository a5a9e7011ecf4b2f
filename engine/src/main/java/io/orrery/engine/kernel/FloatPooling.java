package io.orrery.engine.kernel;

import io.orrery.engine.graph.Window;

/** Pooling over windows of planes. Parts divide the planes. See {@link io.orrery.engine.graph.Pooling}. */
public final class FloatPooling {
    private static final float[] NO_VALUES = {};

    private FloatPooling() {}

    /**
     * For each window the position (y * width + x in its plane) of its largest pixel, the lowest where several are equal.
     * Padding never wins; NaN is the largest. A window that holds only padding answers 0.
     */
    public static void maximumPositions(
            PoolingSizes sizes,
            float[] images,
            int imagesOffset,
            int[] positions,
            int positionsOffset,
            int part,
            int parts) {
        maximum(
                sizes,
                images,
                imagesOffset,
                positions,
                positionsOffset,
                NO_VALUES,
                0,
                Float.NEGATIVE_INFINITY,
                part,
                parts);
    }

    /**
     * {@link #maximumPositions} and, unless values is empty, the pixels there; where a window holds only padding, the pixel at
     * 0.
     *
     * @param floor what smaller pixels are raised to: negative infinity for none, 0 for the relu of the result
     */
    public static void maximum(
            PoolingSizes sizes,
            float[] images,
            int imagesOffset,
            int[] positions,
            int positionsOffset,
            float[] values,
            int valuesOffset,
            float floor,
            int part,
            int parts) {
        int first = Part.start(sizes.planes(), part, parts);
        int end = Part.start(sizes.planes(), part + 1, parts);
        if (VectorWidth.BITS != 0 && sizes.isHalving()) {
            first = FloatPairMaxima.find(
                    sizes, first, end, images, imagesOffset, positions, positionsOffset, values, valuesOffset, floor);
        }
        int windows = sizes.windows();
        for (int plane = first; plane < end; plane++) {
            int image = imagesOffset + plane * sizes.pixels();
            int at = positionsOffset + plane * windows;
            positions(sizes, images, image, positions, at);
            for (int i = 0; i < windows && values.length > 0; i++) {
                float pixel = images[image + positions[at + i]];
                values[valuesOffset + plane * windows + i] = pixel <= floor ? floor : pixel;
            }
        }
    }

    private static void positions(PoolingSizes sizes, float[] images, int image, int[] positions, int result) {
        Window window = sizes.window();
        int outputWidth = sizes.outputWidth();
        for (int y = 0; y < sizes.outputHeight(); y++) {
            int top = y * window.strideY() - window.paddingY();
            int row = result + y * outputWidth;
            for (int x = 0; x < outputWidth; x++) {
                int left = x * window.strideX() - window.paddingX();
                positions[row + x] = maximumPosition(
                        images,
                        image,
                        sizes.width(),
                        Math.max(top, 0),
                        Math.min(top + window.kernelY(), sizes.height()),
                        Math.max(left, 0),
                        Math.min(left + window.kernelX(), sizes.width()));
            }
        }
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

    /**
     * Zeros, with each window's number added where its largest pixel was found, unless the mask is 0 for the window. The
     * windows must not overlap nor reach into padding.
     */
    public static void maximumSpread(
            PoolingSizes sizes,
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
        int first = Part.start(sizes.planes(), part, parts);
        int end = Part.start(sizes.planes(), part + 1, parts);
        if (VectorWidth.BITS != 0 && sizes.isHalving()) {
            first = FloatPairSpread.spread(
                    sizes,
                    first,
                    end,
                    values,
                    valuesOffset,
                    mask,
                    maskOffset,
                    positions,
                    positionsOffset,
                    images,
                    imagesOffset);
        }
        int windows = sizes.windows();
        for (int plane = first; plane < end; plane++) {
            int image = imagesOffset + plane * sizes.pixels();
            FloatElementwise.fill(images, image, sizes.pixels(), 0);
            for (int i = plane * windows; i < (plane + 1) * windows; i++) {
                if (mask[maskOffset + i] != 0) {
                    images[image + positions[positionsOffset + i]] += values[valuesOffset + i];
                }
            }
        }
    }

    /** The sum over each window: from -0, rows then columns ascending; padding is left out. All padding gives 0. */
    public static void windowSum(
            PoolingSizes sizes, float[] images, int imagesOffset, float[] out, int outOffset, int part, int parts) {
        Window window = sizes.window();
        int outputWidth = sizes.outputWidth();
        int end = Part.start(sizes.planes(), part + 1, parts);
        for (int plane = Part.start(sizes.planes(), part, parts); plane < end; plane++) {
            int image = imagesOffset + plane * sizes.pixels();
            int result = outOffset + plane * sizes.windows();
            for (int y = 0; y < sizes.outputHeight(); y++) {
                int top = y * window.strideY() - window.paddingY();
                int row = result + y * outputWidth;
                for (int x = 0; x < outputWidth; x++) {
                    int left = x * window.strideX() - window.paddingX();
                    out[row + x] = windowSum(
                            images,
                            image,
                            sizes.width(),
                            Math.max(top, 0),
                            Math.min(top + window.kernelY(), sizes.height()),
                            Math.max(left, 0),
                            Math.min(left + window.kernelX(), sizes.width()));
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
            PoolingSizes sizes, float[] windows, int windowsOffset, float[] out, int outOffset, int part, int parts) {
        Window window = sizes.window();
        int outputWidth = sizes.outputWidth();
        int end = Part.start(sizes.planes(), part + 1, parts);
        for (int plane = Part.start(sizes.planes(), part, parts); plane < end; plane++) {
            int image = outOffset + plane * sizes.pixels();
            int from = windowsOffset + plane * sizes.windows();
            FloatElementwise.fill(out, image, sizes.pixels(), 0);
            for (int y = 0; y < sizes.outputHeight(); y++) {
                int top = y * window.strideY() - window.paddingY();
                int row = from + y * outputWidth;
                for (int x = 0; x < outputWidth; x++) {
                    int left = x * window.strideX() - window.paddingX();
                    spread(
                            windows[row + x],
                            out,
                            image,
                            sizes.width(),
                            Math.max(top, 0),
                            Math.min(top + window.kernelY(), sizes.height()),
                            Math.max(left, 0),
                            Math.min(left + window.kernelX(), sizes.width()));
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
