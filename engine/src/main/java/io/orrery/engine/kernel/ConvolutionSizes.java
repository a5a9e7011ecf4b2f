package io.orrery.engine.kernel;

import io.orrery.engine.graph.Window;

/**
 * The sizes of one two-dimensional convolution. Images are [batch, inputChannels, height, width], kernels
 * [outputChannels, inputChannels, kernelY, kernelX], outputs [batch, outputChannels, outputHeight, outputWidth], all
 * row-major and contiguous.
 */
public record ConvolutionSizes(
        int batch,
        int inputChannels,
        int height,
        int width,
        int outputChannels,
        int outputHeight,
        int outputWidth,
        Window window) {

    /** Refuses empty sizes and an output size that does not follow from the window. */
    public ConvolutionSizes {
        if (batch < 1 || inputChannels < 1 || outputChannels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("convolution: every size must be at least 1, found batch " + batch
                    + ", channels " + inputChannels + " to " + outputChannels + ", image " + height + "x" + width);
        }
        if (outputHeight != window.outputHeight(height) || outputWidth != window.outputWidth(width)) {
            throw new IllegalArgumentException("convolution: " + window + " on " + height + "x" + width + " gives "
                    + window.outputHeight(height) + "x" + window.outputWidth(width) + ", found " + outputHeight + "x"
                    + outputWidth);
        }
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
}
