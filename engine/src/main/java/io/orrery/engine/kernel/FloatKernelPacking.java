package io.orrery.engine.kernel;

/** The kernel of an input gradient's correlation: input and output channels exchanged, the taps of one phase, flipped. */
final class FloatKernelPacking {
    private FloatKernelPacking() {}

    /** Writes [inputChannels, outputChannels, taps of the phase] from [outputChannels, inputChannels, all taps]. */
    static void pack(
            ConvolutionSizes s, Correlation phase, float[] kernel, int kernelAt, float[] packed, int packedAt) {
        int area = s.window().kernelY() * s.window().kernelX();
        int to = packedAt;
        for (int in = 0; in < s.inputChannels(); in++) {
            for (int out = 0; out < s.outputChannels(); out++) {
                packTaps(s, phase, kernel, kernelAt + (out * s.inputChannels() + in) * area, packed, to);
                to += phase.tapOffsets.length;
            }
        }
    }

    private static void packTaps(
            ConvolutionSizes s, Correlation phase, float[] kernel, int from, float[] packed, int packedAt) {
        int to = packedAt;
        int width = s.window().kernelX();
        for (int y = 0; y < phase.kernelY; y++) {
            int row = phase.firstKernelRow - y * phase.kernelRowStep;
            for (int x = 0; x < phase.kernelX; x++) {
                packed[to++] = kernel[from + row * width + phase.firstKernelColumn - x * phase.kernelColumnStep];
            }
        }
    }
}
