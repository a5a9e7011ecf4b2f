package io.orrery.lab.recomputed;

/**
 * What one example has become somewhere in a network, and how fast it changes along one parameter (a dual number for each
 * element: derivatives without differences, and without the engine's rules).
 *
 * @param value [channels, height, width], row by row; a vector has height and width 1
 * @param slope its derivative along the chosen parameter
 */
record Signal(int channels, int height, int width, double[] value, double[] slope) {
    static Signal of(int channels, int height, int width) {
        int count = channels * height * width;
        return new Signal(channels, height, width, new double[count], new double[count]);
    }

    Signal flat() {
        return new Signal(value.length, 1, 1, value, slope);
    }

    int at(int channel, int y, int x) {
        return (channel * height + y) * width + x;
    }

    /** Adds the product of two dual numbers to an element. */
    void addProduct(int index, double a, double slopeOfA, double b, double slopeOfB) {
        value[index] += a * b;
        slope[index] += slopeOfA * b + a * slopeOfB;
    }
}
