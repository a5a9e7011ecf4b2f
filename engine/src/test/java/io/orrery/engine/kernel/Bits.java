package io.orrery.engine.kernel;

/** The bits of numbers, every NaN the same. */
final class Bits {
    private Bits() {}

    static long[] of(float[] numbers) {
        return of(numbers, 0, numbers.length);
    }

    static long[] of(double[] numbers) {
        return of(numbers, 0, numbers.length);
    }

    static long[] of(float[] numbers, int offset, int length) {
        long[] bits = new long[length];
        for (int i = 0; i < length; i++) {
            bits[i] = Float.floatToIntBits(numbers[offset + i]);
        }
        return bits;
    }

    static long[] of(double[] numbers, int offset, int length) {
        long[] bits = new long[length];
        for (int i = 0; i < length; i++) {
            bits[i] = Double.doubleToLongBits(numbers[offset + i]);
        }
        return bits;
    }
}
