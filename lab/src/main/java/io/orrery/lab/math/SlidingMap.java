package io.orrery.lab.math;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The linear map of a convolution, or of a locally connected layer, on one image, with its stride and its padding of zeros:
 * y[o, v, u] = sum over c, ky, kx of K[o, c, ky, kx] x[c, v sy + ky - py, u sx + kx - px].
 *
 * @param kernel [output channels, input channels * ky * kx]; of a local layer [positions * output channels, ...], position by position
 * @param input [channels, height, width]
 * @param shared whether all positions have one kernel
 */
public record SlidingMap(Matrix kernel, Shape input, Window window, boolean shared) implements LinearMap {
    @Override
    public int inputs() {
        return input.count();
    }

    @Override
    public int outputs() {
        return channels() * positions();
    }

    @Override
    public void apply(double[] in, double[] out) {
        Arrays.fill(out, 0);
        walk(run -> {
            for (int i = 0; i < run.count; i++) {
                out[run.output + i] += weight(run, i) * in[run.input + i * window.strideX()];
            }
        });
    }

    @Override
    public void applyTransposed(double[] out, double[] in) {
        Arrays.fill(in, 0);
        walk(run -> {
            for (int i = 0; i < run.count; i++) {
                in[run.input + i * window.strideX()] += weight(run, i) * out[run.output + i];
            }
        });
    }

    private double weight(Run run, int i) {
        int row = shared ? run.channel : (run.position + i) * channels() + run.channel;
        return kernel.at(row, run.column);
    }

    /**
     * Outputs beside each other that one column of the kernel reaches.
     *
     * @param position of the first among the positions
     * @param output number of the first output
     * @param input number of the input that it sees, those of the others a stride apart
     */
    private record Run(int channel, int column, int position, int output, int input, int count) {}

    /** Goes through all entries of the map that are not zero by construction. */
    private void walk(Consumer<Run> visitor) {
        int height = input.size(1);
        int width = input.size(2);
        int outputHeight = window.outputHeight(height);
        int outputWidth = window.outputWidth(width);
        int channels = channels();
        for (int o = 0; o < channels; o++) {
            for (int column = 0; column < kernel.columns(); column++) {
                int kx = column % window.kernelX() - window.paddingX();
                int ky = column / window.kernelX() % window.kernelY() - window.paddingY();
                int c = column / (window.kernelX() * window.kernelY());
                // The outputs u with 0 <= u stride + kx < width.
                int first = kx >= 0 ? 0 : (window.strideX() - 1 - kx) / window.strideX();
                int end = width <= kx ? 0 : Math.min(outputWidth, (width - 1 - kx) / window.strideX() + 1);
                for (int v = 0; v < outputHeight; v++) {
                    int y = v * window.strideY() + ky;
                    if (y >= 0 && y < height && first < end) {
                        int position = v * outputWidth + first;
                        int seen = (c * height + y) * width + first * window.strideX() + kx;
                        visitor.accept(new Run(o, column, position, o * positions() + position, seen, end - first));
                    }
                }
            }
        }
    }

    private int channels() {
        return shared ? kernel.rows() : kernel.rows() / positions();
    }

    private int positions() {
        return window.outputHeight(input.size(1)) * window.outputWidth(input.size(2));
    }
}
