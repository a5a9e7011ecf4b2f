package io.orrery.engine.kernel;

/** The kernel of an input gradient's correlation: input and output channels exchanged, the taps of one phase, flipped. */
final class FloatKernelPacking {
    /** Input channels of a block: the lines of the cache that it reads in turn are still there for the next channel. */
    private static final int BLOCK = 16;

    private FloatKernelPacking() {}

    /** Writes [inputChannels, outputChannels, taps of the phase] from [outputChannels, inputChannels, all taps]. */
    static void pack(
            ConvolutionSizes s, Correlation phase, float[] kernel, int kernelAt, float[] packed, int packedAt) {
        int area = s.window().kernelY() * s.window().kernelX();
        int inputs = s.inputChannels();
        int outputs = s.outputChannels();
        int[] stored = phase.storedTaps;
        for (int first = 0; first < inputs; first += BLOCK) {
            int end = Math.min(inputs, first + BLOCK);
            for (int out = 0; out < outputs; out++) {
                for (int in = first; in < end; in++) {
                    int from = kernelAt + (out * inputs + in) * area;
                    int to = packedAt + (in * outputs + out) * stored.length;
                    for (int tap = 0; tap < stored.length; tap++) {
                        packed[to + tap] = kernel[from + stored[tap]];
                    }
                }
            }
        }
    }
}
