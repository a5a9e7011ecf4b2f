package io.orrery.engine.kernel;

/**
 * Two-dimensional convolution (cross-correlation, as the field uses the word) and its two gradients, with zero padding
 * and any stride. Layouts are those of {@link ConvolutionSizes}.
 *
 * <p>Exactness: every element of a result is one chain of fused multiply-adds from zero, in a fixed order:
 *
 * <ul>
 *   <li>forward: over input channel, kernel row, kernel column, all ascending;
 *   <li>input gradient: over output channel ascending, then kernel row and kernel column both <em>descending</em> (so
 *       that the output gradient is read forward), over those taps only whose stride phase meets the pixel;
 *   <li>kernel gradient: over image, output row, output column, all ascending.
 * </ul>
 *
 * A tap that falls outside the image (or outside the output gradient) takes part in the chain with the value 0: an
 * infinite weight there gives NaN, as it does in every framework that pads explicitly. All vector widths, strategies and
 * parts give the same bits.
 */
public final class FloatConvolution {
    private FloatConvolution() {}

    /**
     * output = images * kernel.
     *
     * @param scratch working memory of this part alone, {@link #forwardScratch} entries from scratchOffset
     * @param part which share of the output to compute, from 0
     * @param parts into how many shares the output is divided
     */
    public static void forward(
            ConvolutionSizes s,
            float[] images,
            int imagesOffset,
            float[] kernel,
            int kernelOffset,
            float[] output,
            int outputOffset,
            float[] scratch,
            int scratchOffset,
            int part,
            int parts) {
        FloatScalarConvolution.forward(
                s, images, imagesOffset, kernel, kernelOffset, output, outputOffset, part, parts);
    }

    /**
     * The gradient of a scalar in the images, from its gradient in the output.
     *
     * @param scratch working memory of this part alone, {@link #inputGradientScratch} entries from scratchOffset
     */
    public static void inputGradient(
            ConvolutionSizes s,
            float[] outputGradient,
            int outputGradientOffset,
            float[] kernel,
            int kernelOffset,
            float[] imagesGradient,
            int imagesGradientOffset,
            float[] scratch,
            int scratchOffset,
            int part,
            int parts) {
        FloatScalarConvolution.inputGradient(
                s,
                outputGradient,
                outputGradientOffset,
                kernel,
                kernelOffset,
                imagesGradient,
                imagesGradientOffset,
                part,
                parts);
    }

    /**
     * The gradient of a scalar in the kernel, from its gradient in the output.
     *
     * @param scratch working memory of this part alone, {@link #kernelGradientScratch} entries from scratchOffset
     */
    public static void kernelGradient(
            ConvolutionSizes s,
            float[] images,
            int imagesOffset,
            float[] outputGradient,
            int outputGradientOffset,
            float[] kernelGradient,
            int kernelGradientOffset,
            float[] scratch,
            int scratchOffset,
            int part,
            int parts) {
        FloatScalarConvolution.kernelGradient(
                s,
                images,
                imagesOffset,
                outputGradient,
                outputGradientOffset,
                kernelGradient,
                kernelGradientOffset,
                part,
                parts);
    }

    /** Entries of working memory that each part of {@link #forward} needs; 0 when none. */
    public static int forwardScratch(ConvolutionSizes s) {
        return 0;
    }

    /** Entries of working memory that each part of {@link #inputGradient} needs; 0 when none. */
    public static int inputGradientScratch(ConvolutionSizes s) {
        return 0;
    }

    /** Entries of working memory that each part of {@link #kernelGradient} needs; 0 when none. */
    public static int kernelGradientScratch(ConvolutionSizes s) {
        return 0;
    }
}
