package io.orrery.engine.kernel;

import io.orrery.engine.graph.Window;
import java.util.Arrays;

/**
 * The plain twin of {@link FloatConvolution}: the same chains without vectors. It serves machines without vectors, and
 * the tests as the reference of every bit.
 */
final class FloatScalarConvolution {
    private FloatScalarConvolution() {}

    /** See {@link FloatConvolution#forward}; the output's planes are divided among the parts. */
    static void forward(
            ConvolutionSizes s,
            float[] images,
            int imagesOffset,
            float[] kernel,
            int kernelOffset,
            float[] output,
            int outputOffset,
            int part,
            int parts) {
        int planes = s.batch() * s.outputChannels();
        int end = (int) ((long) planes * (part + 1) / parts);
        for (int plane = (int) ((long) planes * part / parts); plane < end; plane++) {
            int image = plane / s.outputChannels();
            int to = outputOffset + plane * s.positions();
            int weight = kernelOffset + plane % s.outputChannels() * s.taps();
            Arrays.fill(output, to, to + s.positions(), 0f);
            for (int channel = 0; channel < s.inputChannels(); channel++) {
                int from = imagesOffset + (image * s.inputChannels() + channel) * s.height() * s.width();
                for (int y = 0; y < s.window().kernelY(); y++) {
                    for (int x = 0; x < s.window().kernelX(); x++) {
                        forwardTap(s, kernel[weight++], y, x, images, from, output, to);
                    }
                }
            }
        }
    }

    private static void forwardTap(
            ConvolutionSizes s, float weight, int y, int x, float[] images, int from, float[] output, int to) {
        Window window = s.window();
        int outputWidth = s.outputWidth();
        int width = s.width();
        int stride = window.strideX();
        int shift = x - window.paddingX();
        for (int row = 0; row < s.outputHeight(); row++) {
            int imageRow = row * window.strideY() + y - window.paddingY();
            boolean inside = imageRow >= 0 && imageRow < s.height();
            for (int column = 0; column < outputWidth; column++) {
                int imageColumn = column * stride + shift;
                float value = inside && imageColumn >= 0 && imageColumn < width
                        ? images[from + imageRow * width + imageColumn]
                        : 0f;
                int at = to + row * outputWidth + column;
                output[at] = Math.fma(weight, value, output[at]);
            }
        }
    }

    /** See {@link FloatConvolution#inputGradient}; the planes of the images are divided among the parts. */
    static void inputGradient(
            ConvolutionSizes s,
            float[] outputGradient,
            int outputGradientOffset,
            float[] kernel,
            int kernelOffset,
            float[] imagesGradient,
            int imagesGradientOffset,
            int part,
            int parts) {
        if (s.wholeImage()) {
            FloatScalarMatmul.multiply(
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
                    part,
                    parts);
            return;
        }
        int planes = s.batch() * s.inputChannels();
        int area = s.height() * s.width();
        int end = (int) ((long) planes * (part + 1) / parts);
        int kernelArea = s.window().kernelY() * s.window().kernelX();
        for (int plane = (int) ((long) planes * part / parts); plane < end; plane++) {
            int image = plane / s.inputChannels();
            int channel = plane % s.inputChannels();
            int to = imagesGradientOffset + plane * area;
            Arrays.fill(imagesGradient, to, to + area, 0f);
            for (int out = 0; out < s.outputChannels(); out++) {
                int from = outputGradientOffset + (image * s.outputChannels() + out) * s.positions();
                int weight = kernelOffset + (out * s.inputChannels() + channel) * kernelArea;
                for (int y = s.window().kernelY() - 1; y >= 0; y--) {
                    for (int x = s.window().kernelX() - 1; x >= 0; x--) {
                        float tap = kernel[weight + y * s.window().kernelX() + x];
                        inputGradientTap(s, tap, y, x, outputGradient, from, imagesGradient, to);
                    }
                }
            }
        }
    }

    private static void inputGradientTap(
            ConvolutionSizes s, float weight, int y, int x, float[] gradient, int from, float[] result, int to) {
        Window window = s.window();
        int firstRow = Math.floorMod(y - window.paddingY(), window.strideY());
        int firstColumn = Math.floorMod(x - window.paddingX(), window.strideX());
        for (int row = firstRow; row < s.height(); row += window.strideY()) {
            int outputRow = Math.floorDiv(row + window.paddingY() - y, window.strideY());
            boolean inside = outputRow >= 0 && outputRow < s.outputHeight();
            int outputColumn = Math.floorDiv(firstColumn + window.paddingX() - x, window.strideX());
            for (int column = firstColumn; column < s.width(); column += window.strideX(), outputColumn++) {
                float value = inside && outputColumn >= 0 && outputColumn < s.outputWidth()
                        ? gradient[from + outputRow * s.outputWidth() + outputColumn]
                        : 0f;
                int at = to + row * s.width() + column;
                result[at] = Math.fma(weight, value, result[at]);
            }
        }
    }

    /** See {@link FloatConvolution#addKernelGradient}; the entries of the kernel are divided among the parts. */
    static void kernelGradient(
            ConvolutionSizes s,
            float[] images,
            int imagesOffset,
            float[] outputGradient,
            int outputGradientOffset,
            float[] kernelGradient,
            int kernelGradientOffset,
            boolean isFirst,
            int part,
            int parts) {
        int entries = s.kernelLength();
        int kernelX = s.window().kernelX();
        int kernelArea = s.window().kernelY() * kernelX;
        int end = (int) ((long) entries * (part + 1) / parts);
        for (int entry = (int) ((long) entries * part / parts); entry < end; entry++) {
            int out = entry / s.taps();
            int tap = entry % s.taps();
            int channel = tap / kernelArea;
            int y = tap % kernelArea / kernelX;
            int x = tap % kernelX;
            float sum = isFirst ? 0f : kernelGradient[kernelGradientOffset + entry];
            for (int image = 0; image < s.batch(); image++) {
                sum = kernelGradientPlane(
                        s,
                        y,
                        x,
                        images,
                        imagesOffset + (image * s.inputChannels() + channel) * s.height() * s.width(),
                        outputGradient,
                        outputGradientOffset + (image * s.outputChannels() + out) * s.positions(),
                        sum);
            }
            kernelGradient[kernelGradientOffset + entry] = sum;
        }
    }

    private static float kernelGradientPlane(
            ConvolutionSizes s,
            int y,
            int x,
            float[] images,
            int from,
            float[] gradient,
            int gradientFrom,
            float start) {
        Window window = s.window();
        float sum = start;
        int at = gradientFrom;
        for (int row = 0; row < s.outputHeight(); row++) {
            int imageRow = row * window.strideY() + y - window.paddingY();
            boolean inside = imageRow >= 0 && imageRow < s.height();
            int imageColumn = x - window.paddingX();
            for (int column = 0; column < s.outputWidth(); column++, imageColumn += window.strideX()) {
                float value = inside && imageColumn >= 0 && imageColumn < s.width()
                        ? images[from + imageRow * s.width() + imageColumn]
                        : 0f;
                sum = Math.fma(gradient[at++], value, sum);
            }
        }
        return sum;
    }
}
