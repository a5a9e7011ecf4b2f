package io.orrery.engine.kernel;

import io.orrery.engine.graph.Window;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * Prints what the products and convolutions reach on this machine, in GFLOP/s on one thread (best of several rounds), and
 * what a call allocates. A program to run by hand, not a test: {@code KernelSpeed [dense|small|conv]}.
 */
final class KernelSpeed {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private KernelSpeed() {}

    public static void main(String[] arguments) {
        System.out.println("a product of 120 x 784 x 64, the nearest to the machine's peak: "
                + product(120, 64, 784, false, false));
        String which = arguments.length == 0 ? "all" : arguments[0];
        if (which.equals("dense") || which.equals("all")) {
            for (int batch : new int[] {32, 128}) {
                for (int hidden : arguments.length > 1 ? new int[] {1024} : new int[] {64, 256, 1024}) {
                    layer(batch, 784, hidden);
                    layer(batch, hidden, hidden);
                    layer(batch, hidden, 10);
                }
            }
        }
        if (which.equals("small") || which.equals("all")) {
            for (int[] layer : new int[][] {{20, 32}, {32, 32}, {32, 1}}) {
                tiny(4, layer[0], layer[1]);
            }
        }
        if (which.equals("conv") || which.equals("all")) {
            int batch = 16;
            convolution(batch, 3, 32, 32, Window.square(3, 1, 1));
            convolution(batch, 32, 64, 32, Window.square(3, 1, 1));
            convolution(batch, 32, 64, 16, Window.square(3, 1, 1));
            convolution(batch, 64, 128, 8, Window.square(3, 1, 1));
            convolution(batch, 1, 16, 28, Window.square(3, 1, 1));
            convolution(batch, 16, 32, 14, Window.square(3, 1, 1));
            convolution(batch, 3, 32, 32, Window.square(3, 2, 1));
            convolution(batch, 32, 64, 16, Window.square(3, 2, 1));
            convolution(batch, 64, 128, 8, Window.square(3, 2, 1));
            convolution(batch, 128, 2, 4, Window.square(4, 1, 0));
        }
    }

    /** The three products of a dense layer with weights stored [outputs, inputs]. */
    private static void layer(int batch, int inputs, int outputs) {
        System.out.printf(
                Locale.ROOT,
                "batch %4d, %4d -> %4d: forward %s  inputs' gradient %s  weights' gradient %s%n",
                batch,
                inputs,
                outputs,
                product(batch, outputs, inputs, false, true),
                product(batch, inputs, outputs, false, false),
                product(outputs, inputs, batch, true, false));
    }

    private static String product(int m, int n, int k, boolean transposeLeft, boolean transposeRight) {
        float[] left = filled(m * k);
        float[] right = filled(k * n);
        float[] result = new float[m * n];
        float[] scratch = new float[FloatMatmul.scratchLength(m, n, k, transposeLeft, transposeRight)];
        return time(
                2.0 * m * n * k,
                () -> FloatMatmul.multiply(
                        m, n, k, transposeLeft, transposeRight, left, 0, right, 0, result, 0, scratch, 0, 0, 1));
    }

    private static void tiny(int batch, int inputs, int outputs) {
        System.out.printf(
                Locale.ROOT,
                "double, batch %d, %d -> %d: forward %s  inputs' gradient %s  weights' gradient %s%n",
                batch,
                inputs,
                outputs,
                tinyProduct(batch, outputs, inputs, false, true),
                tinyProduct(batch, inputs, outputs, false, false),
                tinyProduct(outputs, inputs, batch, true, false));
    }

    private static String tinyProduct(int m, int n, int k, boolean transposeLeft, boolean transposeRight) {
        double[] left = new double[m * k];
        double[] right = new double[n * k];
        Arrays.fill(left, 0.5);
        Arrays.fill(right, 0.25);
        double[] result = new double[m * n];
        double[] scratch = new double[DoubleMatmul.scratchLength(m, n, k, transposeLeft, transposeRight)];
        return time(
                2.0 * m * n * k,
                () -> DoubleMatmul.multiply(
                        m, n, k, transposeLeft, transposeRight, left, 0, right, 0, result, 0, scratch, 0, 0, 1));
    }

    private static void convolution(int batch, int inputs, int outputs, int size, Window window) {
        ConvolutionSizes sizes = ConvolutionSizes.of(batch, inputs, size, size, outputs, window);
        float[] images = filled(sizes.imageLength());
        float[] kernel = filled(sizes.kernelLength());
        float[] output = filled(sizes.outputLength());
        float[] forwardScratch = new float[FloatConvolution.forwardScratch(sizes)];
        float[] inputScratch = new float[FloatConvolution.inputGradientScratch(sizes)];
        float[] kernelScratch = new float[FloatConvolution.kernelGradientScratch(sizes)];
        String forward = time(
                sizes.operations(),
                () -> FloatConvolution.forward(sizes, images, 0, kernel, 0, output, 0, forwardScratch, 0, 0, 1));
        String input = time(
                sizes.operations(),
                () -> FloatConvolution.inputGradient(sizes, output, 0, kernel, 0, images, 0, inputScratch, 0, 0, 1));
        String weights = time(
                sizes.operations(),
                () -> FloatConvolution.kernelGradient(sizes, images, 0, output, 0, kernel, 0, kernelScratch, 0, 0, 1));
        System.out.printf(
                Locale.ROOT,
                "batch %d, %3d -> %3d @%d, %dx%d stride %d: forward %s  images' gradient %s  kernel's gradient %s%n",
                batch,
                inputs,
                outputs,
                size,
                window.kernelY(),
                window.kernelX(),
                window.strideY(),
                forward,
                input,
                weights);
    }

    private static float[] filled(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (i * 7919 % 1000 - 500) / 1024f;
        }
        return values;
    }

    private static String time(double operations, Runnable call) {
        long warm = System.nanoTime() + 400_000_000L;
        while (System.nanoTime() < warm) {
            call.run();
        }
        int calls = (int) Math.clamp(2e8 / operations, 1, 20_000);
        double best = Double.MAX_VALUE;
        long allocated = 0;
        for (int round = 0; round < 100; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                call.run();
            }
            best = Math.min(best, (System.nanoTime() - start) / (double) calls);
            allocated = (THREADS.getCurrentThreadAllocatedBytes() - before) / calls;
        }
        return String.format(
                Locale.ROOT,
                "%6.1f (%.2f us%s)",
                operations / best,
                best / 1e3,
                allocated > 40 ? ", ALLOCATES " + allocated : "");
    }
}
