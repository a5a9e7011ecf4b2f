package io.orrery.engine.kernel;

import io.orrery.engine.graph.Window;
import java.util.List;
import java.util.Objects;

/**
 * The sizes of one two-dimensional convolution. Images are [batch, inputChannels, height, width], kernels
 * [outputChannels, inputChannels, kernelY, kernelX], outputs [batch, outputChannels, outputHeight, outputWidth], all
 * row-major and contiguous. Made once per plan: it also holds what the kernels derive from the sizes, so that a call
 * allocates nothing.
 */
public final class ConvolutionSizes {
    private final int batch;
    private final int inputChannels;
    private final int height;
    private final int width;
    private final int outputChannels;
    private final int outputHeight;
    private final int outputWidth;
    private final Window window;
    private final Correlation[] forward;
    private final Correlation[] inputGradient;

    /** Refuses empty sizes and an output size that does not follow from the window. */
    public ConvolutionSizes(
            int batch,
            int inputChannels,
            int height,
            int width,
            int outputChannels,
            int outputHeight,
            int outputWidth,
            Window window) {
        if (batch < 1 || inputChannels < 1 || outputChannels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("convolution: every size must be at least 1, found batch " + batch
                    + ", channels " + inputChannels + " to " + outputChannels + ", image " + height + "x" + width);
        }
        if (outputHeight != window.outputHeight(height) || outputWidth != window.outputWidth(width)) {
            throw new IllegalArgumentException("convolution: " + window + " on " + height + "x" + width + " gives "
                    + window.outputHeight(height) + "x" + window.outputWidth(width) + ", found " + outputHeight + "x"
                    + outputWidth);
        }
        this.batch = batch;
        this.inputChannels = inputChannels;
        this.height = height;
        this.width = width;
        this.outputChannels = outputChannels;
        this.outputHeight = outputHeight;
        this.outputWidth = outputWidth;
        this.window = window;
        this.forward = new Correlation[] {Correlation.forward(this)};
        List<Correlation> phases = Correlation.inputGradient(this);
        this.inputGradient = phases.toArray(Correlation[]::new);
    }

    /** The sizes with the output's height and width worked out from the window. */
    public static ConvolutionSizes of(
            int batch, int inputChannels, int height, int width, int outputChannels, Window window) {
        return new ConvolutionSizes(
                batch,
                inputChannels,
                height,
                width,
                outputChannels,
                window.outputHeight(height),
                window.outputWidth(width),
                window);
    }

    /** The same convolution of another number of images. */
    public ConvolutionSizes withBatch(int images) {
        return of(images, inputChannels, height, width, outputChannels, window);
    }

    public int batch() {
        return batch;
    }

    public int inputChannels() {
        return inputChannels;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    public int outputChannels() {
        return outputChannels;
    }

    public int outputHeight() {
        return outputHeight;
    }

    public int outputWidth() {
        return outputWidth;
    }

    public Window window() {
        return window;
    }

    /** Entries of the images. */
    public int imageLength() {
        return batch * inputChannels * height * width;
    }

    /** Entries of the kernel. */
    public int kernelLength() {
        return outputChannels * taps();
    }

    /** Entries of the output. */
    public int outputLength() {
        return batch * outputChannels * positions();
    }

    /** Terms of one output element: inputChannels * kernelY * kernelX. */
    public int taps() {
        return inputChannels * window.kernelY() * window.kernelX();
    }

    /** Output pixels of one image and channel. */
    public int positions() {
        return outputHeight * outputWidth;
    }

    /** Floating point operations of any of the three directions, two for each multiply-add. */
    public long operations() {
        return 2L * batch * outputChannels * positions() * taps();
    }

    /** Whether the window covers the image exactly, so that the convolution is the product of two matrices. */
    boolean wholeImage() {
        return window.covers(height, width);
    }

    Correlation forwardCorrelation() {
        return forward[0];
    }

    /** The one correlation of the forward direction, as the array that the kernels take. */
    Correlation[] forwardCorrelations() {
        return forward;
    }

    /** One correlation for each stride phase of the images' pixels; together they cover every pixel once. */
    Correlation[] inputGradientCorrelations() {
        return inputGradient;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConvolutionSizes that
                && batch == that.batch
                && inputChannels == that.inputChannels
                && height == that.height
                && width == that.width
                && outputChannels == that.outputChannels
                && window.equals(that.window);
    }

    @Override
    public int hashCode() {
        return Objects.hash(batch, inputChannels, height, width, outputChannels, window);
    }

    @Override
    public String toString() {
        return "[" + batch + ", " + inputChannels + ", " + height + ", " + width + "] to [" + batch + ", "
                + outputChannels + ", " + outputHeight + ", " + outputWidth + "], " + window;
    }
}
