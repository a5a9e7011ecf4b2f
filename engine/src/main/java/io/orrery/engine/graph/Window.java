package io.orrery.engine.graph;

/**
 * How a window slides over an image: kernel size, stride and zero padding in rows (y) and columns (x).
 *
 * @param paddingY zero rows added above and below
 * @param paddingX zero columns added left and right
 */
public record Window(int kernelY, int kernelX, int strideY, int strideX, int paddingY, int paddingX) {
    /** Refuses kernels and strides below 1 and negative padding. */
    public Window {
        if (kernelY < 1 || kernelX < 1 || strideY < 1 || strideX < 1 || paddingY < 0 || paddingX < 0) {
            throw new ShapeException("window: kernel and stride must be at least 1 and padding at least 0, found "
                    + kernelY + "x" + kernelX + ", stride " + strideY + "x" + strideX + ", padding " + paddingY + "x"
                    + paddingX);
        }
    }

    /** A square window. */
    public static Window square(int kernel, int stride, int padding) {
        return new Window(kernel, kernel, stride, stride, padding, padding);
    }

    /** Whether it has the size of the image and no padding: the one position that it has is the whole image. */
    public boolean covers(int height, int width) {
        return paddingY == 0 && paddingX == 0 && kernelY == height && kernelX == width;
    }

    /** Rows of the output for an image of the given height. */
    public int outputHeight(int height) {
        return output(height, kernelY, strideY, paddingY);
    }

    /** Columns of the output for an image of the given width. */
    public int outputWidth(int width) {
        return output(width, kernelX, strideX, paddingX);
    }

    private int output(int size, int kernel, int stride, int padding) {
        long free = size + 2L * padding - kernel;
        if (free < 0) {
            throw new ShapeException(
                    "window: a kernel of " + kernel + " does not fit " + size + " pixels with padding " + padding);
        }
        if (free / stride >= Integer.MAX_VALUE) {
            throw new ShapeException("window: " + (free / stride + 1) + " positions of a kernel of " + kernel + " on "
                    + size + " pixels with padding " + padding + " are too many");
        }
        return (int) (free / stride + 1);
    }
}
