package io.orrery.engine.kernel;

import java.util.Arrays;

/**
 * Two-dimensional convolution (cross-correlation, as the field uses the word) and its two gradients, with zero padding
 * and any stride. Layouts are those of {@link ConvolutionSizes}.
 *
 * <p>Exactness: every element of a result is one chain of fused multiply-adds from zero, in a fixed order:
 *
 * <ul>
 *   <li>forward: over input channel, kernel row, kernel column, all ascending;
 *   <li>input gradient: over output channel ascending, then kernel row and kernel column both <em>descending</em> (so
 *       that the output gradient is read forward), over those taps only whose stride phase meets the pixel; a window
 *       that covers the whole image without padding is a plain product, with one tap per pixel;
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
        if (VectorWidth.BITS == 0) {
            FloatScalarConvolution.forward(
                    s, images, imagesOffset, kernel, kernelOffset, output, outputOffset, part, parts);
        } else if (s.wholeImage()) {
            FloatMatmul.multiply(
                    s.batch(),
                    s.outputChannels(),
                    s.taps(),
                    false,
                    true,
                    images,
                    imagesOffset,
                    kernel,
                    kernelOffset,
                    output,
                    outputOffset,
                    scratch,
                    scratchOffset,
                    part,
                    parts);
        } else {
            correlate(
                    s,
                    s.forwardCorrelations(),
                    images,
                    imagesOffset,
                    kernel,
                    kernelOffset,
                    output,
                    outputOffset,
                    scratch,
                    scratchOffset,
                    part,
                    parts);
        }
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
        if (VectorWidth.BITS == 0) {
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
            return;
        }
        if (s.wholeImage()) {
            FloatMatmul.multiply(
                    s.batch(),
                    s.taps(),
                    s.outputChannels(),
                    false,
                    false,
                    outputGradient,
                    outputGradientOffset,
                    kernel,
                    kernelOffset,
                    imagesGradient,
                    imagesGradientOffset,
                    scratch,
                    scratchOffset,
                    part,
                    parts);
            return;
        }
        Correlation[] phases = s.inputGradientCorrelations();
        if (phases.length < s.window().strideY() * s.window().strideX()) {
            clear(s, imagesGradient, imagesGradientOffset, part, parts);
        }
        if (phases.length == 0) {
            return;
        }
        int rest = scratchOffset;
        for (Correlation phase : phases) {
            FloatKernelPacking.pack(s, phase, kernel, kernelOffset, scratch, rest);
            rest += phase.taps() * phase.resultChannels;
        }
        correlate(
                s,
                phases,
                outputGradient,
                outputGradientOffset,
                scratch,
                scratchOffset,
                imagesGradient,
                imagesGradientOffset,
                scratch,
                rest,
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
        if (VectorWidth.BITS == 0) {
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
        } else if (s.wholeImage()) {
            FloatMatmul.multiply(
                    s.outputChannels(),
                    s.taps(),
                    s.batch(),
                    true,
                    false,
                    outputGradient,
                    outputGradientOffset,
                    images,
                    imagesOffset,
                    kernelGradient,
                    kernelGradientOffset,
                    scratch,
                    scratchOffset,
                    part,
                    parts);
        } else {
            int firstTap = Shares.begin(s.taps(), 12, part, parts);
            int endTap = Shares.begin(s.taps(), 12, part + 1, parts);
            if (firstTap < endTap) {
                FloatKernelGradient.compute(
                        s.forwardCorrelation(),
                        s.batch(),
                        firstTap,
                        endTap,
                        images,
                        imagesOffset,
                        outputGradient,
                        outputGradientOffset,
                        kernelGradient,
                        kernelGradientOffset,
                        scratch,
                        scratchOffset);
            }
        }
    }

    /** Entries of working memory that each part of {@link #forward} needs; 0 when none. */
    public static int forwardScratch(ConvolutionSizes s) {
        if (VectorWidth.BITS == 0) {
            return 0;
        }
        return s.wholeImage()
                ? FloatMatmul.scratchLength(s.batch(), s.outputChannels(), s.taps(), false, true)
                : correlationScratch(s, s.forwardCorrelations());
    }

    /** Entries of working memory that each part of {@link #inputGradient} needs; 0 when none. */
    public static int inputGradientScratch(ConvolutionSizes s) {
        if (VectorWidth.BITS == 0 || s.wholeImage()) {
            return 0;
        }
        Correlation[] phases = s.inputGradientCorrelations();
        int packed = 0;
        for (Correlation phase : phases) {
            packed += phase.taps() * phase.resultChannels;
        }
        return packed + correlationScratch(s, phases);
    }

    /** Entries of working memory that each part of {@link #kernelGradient} needs; 0 when none. */
    public static int kernelGradientScratch(ConvolutionSizes s) {
        return VectorWidth.BITS == 0 || s.wholeImage() ? 0 : FloatKernelGradient.scratchLength(s.forwardCorrelation());
    }

    /** Working memory for correlations of one direction. */
    private static int correlationScratch(ConvolutionSizes s, Correlation[] phases) {
        int panels = FloatCorrelation.scratchLength(phases);
        return grouped(s, phases) > 1 ? Math.max(panels, FloatImageLanes.scratchLength(phases)) : panels;
    }

    /** Images that are taken together, one beside the other along the lanes; 1 where that does not pay. */
    private static int grouped(ConvolutionSizes s, Correlation[] phases) {
        int strides = phases == s.forwardCorrelations()
                ? 1
                : s.window().strideY() * s.window().strideX();
        if (!FloatImageLanes.suits(phases, strides)) {
            return 1;
        }
        int group = FloatImageLanes.group(phases);
        return s.batch() >= group ? group : 1;
    }

    /** Parts share the images, or the result's channels when there are too few images. */
    private static void correlate(
            ConvolutionSizes s,
            Correlation[] phases,
            float[] source,
            int sourceAt,
            float[] kernel,
            int kernelAt,
            float[] result,
            int resultAt,
            float[] scratch,
            int scratchAt,
            int part,
            int parts) {
        int batch = s.batch();
        int group = grouped(s, phases);
        int channels = phases[0].resultChannels;
        boolean byImage = batch >= parts * group;
        int firstImage = byImage ? Shares.begin(batch, group, part, parts) : 0;
        int endImage = byImage ? Shares.begin(batch, group, part + 1, parts) : batch;
        int firstChannel = byImage ? 0 : Shares.begin(channels, 4, part, parts);
        int endChannel = byImage ? channels : Shares.begin(channels, 4, part + 1, parts);
        int endGroup = group == 1 ? firstImage : endImage - (endImage - firstImage) % group;
        if (firstChannel == endChannel) {
            return;
        }
        if (firstImage < endGroup) {
            FloatImageLanes.correlate(
                    phases,
                    firstImage,
                    endGroup,
                    firstChannel,
                    endChannel,
                    source,
                    sourceAt,
                    kernel,
                    kernelAt,
                    result,
                    resultAt,
                    scratch,
                    scratchAt);
        }
        if (endGroup < endImage) {
            FloatCorrelation.correlate(
                    phases,
                    endGroup,
                    endImage,
                    firstChannel,
                    endChannel,
                    source,
                    sourceAt,
                    kernel,
                    kernelAt,
                    result,
                    resultAt,
                    scratch,
                    scratchAt);
        }
    }

    /** Zeros for the pixels that no tap meets, where the stride is wider than the kernel. */
    private static void clear(ConvolutionSizes s, float[] images, int at, int part, int parts) {
        int plane = s.height() * s.width();
        int image = s.inputChannels() * plane;
        if (s.batch() >= parts) {
            int first = at + Shares.begin(s.batch(), 1, part, parts) * image;
            Arrays.fill(images, first, at + Shares.begin(s.batch(), 1, part + 1, parts) * image, 0f);
            return;
        }
        int firstChannel = Shares.begin(s.inputChannels(), 4, part, parts);
        int endChannel = Shares.begin(s.inputChannels(), 4, part + 1, parts);
        for (int i = 0; i < s.batch(); i++) {
            int from = at + i * image;
            Arrays.fill(images, from + firstChannel * plane, from + endChannel * plane, 0f);
        }
    }
}
