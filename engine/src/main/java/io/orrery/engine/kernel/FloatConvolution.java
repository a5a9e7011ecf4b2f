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
        int packed = packedKernel(s);
        if (packed > 0) {
            packKernel(s, kernel, kernelOffset, scratch, scratchOffset);
        }
        inputGradientPacked(
                s,
                outputGradient,
                outputGradientOffset,
                packed > 0 ? scratch : kernel,
                packed > 0 ? scratchOffset : kernelOffset,
                imagesGradient,
                imagesGradientOffset,
                scratch,
                scratchOffset + packed,
                part,
                parts);
    }

    /** Entries of what {@link #packKernel} writes; 0 if the kernel is used as it lies. */
    public static int packedKernel(ConvolutionSizes s) {
        int packed = 0;
        if (VectorWidth.BITS != 0 && !s.wholeImage()) {
            for (Correlation phase : s.inputGradientCorrelations()) {
                packed += phase.taps() * phase.resultChannels;
            }
        }
        return packed;
    }

    /** Writes the kernel as {@link #inputGradientPacked} reads it. It depends on the batch in no way. */
    public static void packKernel(
            ConvolutionSizes s, float[] kernel, int kernelOffset, float[] packed, int packedOffset) {
        int to = packedOffset;
        for (Correlation phase : s.inputGradientCorrelations()) {
            FloatKernelPacking.pack(s, phase, kernel, kernelOffset, packed, to);
            to += phase.taps() * phase.resultChannels;
        }
    }

    /**
     * {@link #inputGradient} of a packed kernel.
     *
     * @param kernel what {@link #packKernel} wrote, or the kernel itself where {@link #packedKernel} is 0
     * @param scratch working memory of this part alone, {@link #packedScratch} entries from scratchOffset
     */
    public static void inputGradientPacked(
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
        correlate(
                s,
                phases,
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
        if (VectorWidth.BITS != 0 && s.wholeImage()) {
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
            return;
        }
        addKernelGradient(
                s,
                images,
                imagesOffset,
                outputGradient,
                outputGradientOffset,
                kernelGradient,
                kernelGradientOffset,
                scratch,
                scratchOffset,
                scratchOffset + kernelGradientSums(s),
                true,
                true,
                part,
                parts);
    }

    /**
     * {@link #kernelGradient} of many batches, one after the other: the bits are those of one batch of all their images.
     * Not for windows that cover the whole image.
     *
     * @param scratch holds this part's sums, {@link #kernelGradientSums} entries from sumsOffset that stay as they are between
     *     the calls, and working memory, {@link #kernelGradientWork} entries from scratchOffset
     * @param isFirst whether these are the first images
     * @param isLast whether they are the last ones: then the result is written
     */
    public static void addKernelGradient(
            ConvolutionSizes s,
            float[] images,
            int imagesOffset,
            float[] outputGradient,
            int outputGradientOffset,
            float[] kernelGradient,
            int kernelGradientOffset,
            float[] scratch,
            int sumsOffset,
            int scratchOffset,
            boolean isFirst,
            boolean isLast,
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
                    isFirst,
                    part,
                    parts);
            return;
        }
        int firstTap = Shares.begin(s.taps(), 12, part, parts);
        int endTap = Shares.begin(s.taps(), 12, part + 1, parts);
        if (firstTap < endTap) {
            FloatKernelGradient.add(
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
                    sumsOffset,
                    scratchOffset,
                    isFirst,
                    isLast);
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
        return packedKernel(s) + packedScratch(s);
    }

    /** Entries of working memory that each part of {@link #inputGradientPacked} needs; 0 when none. */
    public static int packedScratch(ConvolutionSizes s) {
        return VectorWidth.BITS == 0 || s.wholeImage() ? 0 : correlationScratch(s, s.inputGradientCorrelations());
    }

    /** Entries of working memory that each part of {@link #kernelGradient} needs; 0 when none. */
    public static int kernelGradientScratch(ConvolutionSizes s) {
        return s.wholeImage() ? 0 : kernelGradientSums(s) + kernelGradientWork(s);
    }

    /** Entries of the sums that each part of {@link #addKernelGradient} keeps. */
    public static int kernelGradientSums(ConvolutionSizes s) {
        return VectorWidth.BITS == 0 ? 0 : FloatKernelGradient.sumsLength(s.forwardCorrelation());
    }

    /** Entries of working memory that each part of {@link #addKernelGradient} needs. */
    public static int kernelGradientWork(ConvolutionSizes s) {
        return VectorWidth.BITS == 0 ? 0 : FloatKernelGradient.scratchLength(s.forwardCorrelation());
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
