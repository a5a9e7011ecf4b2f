package io.orrery.lab.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.graph.Convolution;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.lab.theory.shape.SlidingLayer;
import io.orrery.lab.theory.shape.SlidingLayer.Kind;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sizes that are calculated against layers that are executed: their numbers, place by place, against plain loops. */
final class ExecutedShapesTest {
    private static final int MOST = 12;

    @Test
    void aFewHundredSettings() {
        agree(300, 1);
    }

    @Test
    @Tag("long")
    @Tag("fuzz")
    void tenThousandSettings() {
        agree(10_000, 2);
    }

    private static void agree(int settings, long seed) {
        RandomStream random = RandomStream.of(seed, "settings");
        int wrongWithoutFloor = 0;
        int wrongWithCeiling = 0;
        int strided = 0;
        int tried = 0;
        for (int step = 0; tried < settings; step++) {
            Axis down = Axis.of(random, step, 0);
            Axis across = Axis.of(random, step, 10);
            if (down.fits() && across.fits()) {
                tried++;
                new Setting(down, across).check();
                if (down.stride > 1) {
                    strided++;
                    double exact = (down.size + 2.0 * down.padding - down.reach()) / down.stride + 1;
                    wrongWithoutFloor += exact == down.windows() ? 0 : 1;
                    wrongWithCeiling += Math.ceil(exact) == down.windows() ? 0 : 1;
                }
            }
        }
        System.out.println("executed shapes: " + tried + " settings of seed " + seed);
        assertThat(wrongWithoutFloor).isGreaterThan(strided / 10);
        assertThat(wrongWithCeiling).isGreaterThan(strided / 10);
    }

    /** One axis of a layer. */
    private record Axis(int size, int kernel, int stride, int padding, int dilation) {
        static Axis of(RandomStream random, int step, int from) {
            int kernel = 1 + random.integer(step, from + 1, 5);
            return new Axis(
                    1 + random.integer(step, from, MOST),
                    kernel,
                    1 + random.integer(step, from + 2, 3),
                    random.integer(step, from + 3, kernel),
                    1 + random.integer(step, from + 4, 2));
        }

        int reach() {
            return dilation * (kernel - 1) + 1;
        }

        boolean fits() {
            return size + 2 * padding >= reach();
        }

        /** How many windows there are, one after the other. */
        int windows() {
            int count = 0;
            for (int start = -padding; start + reach() <= size + padding; start += stride) {
                count++;
            }
            return count;
        }

        SlidingLayer layer(Kind kind) {
            return new SlidingLayer(kind, kernel, stride, padding, dilation, 0);
        }
    }

    private record Setting(Axis down, Axis across) {
        void check() {
            int height = Math.toIntExact(down.layer(Kind.CONV).output(down.size));
            int width = Math.toIntExact(across.layer(Kind.CONV).output(across.size));
            double[] images = draws(down.size * across.size, 1);
            double[] kernel = stuffed();
            Window window =
                    new Window(down.reach(), across.reach(), down.stride, across.stride, down.padding, across.padding);
            double[] convolved = convolved(images, kernel, height, width);
            Graph graph = new Graph(Precision.DOUBLE);
            Node x = graph.input("x", Shape.of(1, 1, down.size, across.size));
            Node k = graph.input("k", Shape.of(1, 1, down.reach(), across.reach()));
            graph.output("conv", x.convolve(k, window));
            graph.output("mean", x.averagePool(window));
            Node y = graph.input("y", Shape.of(1, 1, height, width));
            int back =
                    Math.toIntExact(down.layer(Kind.CONV).transposed(down.size).output(height));
            int along = Math.toIntExact(
                    across.layer(Kind.CONV).transposed(across.size).output(width));
            graph.output("transposed", graph.add(new Convolution.InputGradient(window, back, along), y, k));
            Execution execution = Cpu.single()
                    .bind(
                            Compiler.compile(graph),
                            new State(new StateLayout(Precision.DOUBLE, new LinkedHashMap<>())),
                            0);
            double[] gradient = draws(height * width, 3);
            execution.set("x", images);
            execution.set("k", kernel);
            execution.set("y", gradient);
            execution.run();
            assertThat(execution.read("conv")).as("%s", this).containsExactly(convolved, within(1e-12));
            assertThat(execution.read("mean"))
                    .as("%s", this)
                    .containsExactly(means(images, height, width), within(1e-12));
            double[] transposed = execution.read("transposed");
            assertThat(transposed).as("%s", this).hasSize(images.length);
            assertThat(inner(convolved, gradient)).as("%s", this).isCloseTo(inner(images, transposed), within(1e-11));
        }

        /** The kernel with zeros between its numbers. */
        private double[] stuffed() {
            double[] numbers = draws(down.kernel * across.kernel, 2);
            double[] kernel = new double[down.reach() * across.reach()];
            for (int i = 0; i < numbers.length; i++) {
                int row = i / across.kernel * down.dilation;
                kernel[row * across.reach() + i % across.kernel * across.dilation] = numbers[i];
            }
            return kernel;
        }

        private double[] convolved(double[] images, double[] kernel, int height, int width) {
            double[] result = new double[height * width];
            for (int place = 0; place < result.length; place++) {
                for (int i = 0; i < kernel.length; i++) {
                    result[place] += kernel[i] * pixel(images, place / width, place % width, i);
                }
            }
            return result;
        }

        private double[] means(double[] images, int height, int width) {
            double[] result = new double[height * width];
            int area = down.reach() * across.reach();
            for (int place = 0; place < result.length; place++) {
                for (int i = 0; i < area; i++) {
                    result[place] += pixel(images, place / width, place % width, i) / area;
                }
            }
            return result;
        }

        private double pixel(double[] images, int windowDown, int windowAcross, int i) {
            int y = windowDown * down.stride - down.padding + i / across.reach();
            int x = windowAcross * across.stride - across.padding + i % across.reach();
            return y < 0 || x < 0 || y >= down.size || x >= across.size ? 0 : images[y * across.size + x];
        }

        private double[] draws(int count, long step) {
            return RandomStream.of(hashCode(), "numbers").normals(step, count);
        }
    }

    private static double inner(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
