package io.orrery.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Window;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Convolutions against the scalar twin, bit for bit; the twin against plain loops in double and the adjoint identities. */
@Tag("kernel")
class FloatConvolutionTest {
    private interface Direction {
        void compute(float[] scratch, int scratchOffset, int part, int parts, float[] result, int resultOffset);
    }

    @Test
    void randomSizesHaveTheBitsOfTheScalarTwin() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 200; trial++) {
            check(random, randomSizes(random), 1 + random.nextInt(3), false);
        }
    }

    @Test
    void theLayersOfNetworks() {
        SplittableRandom random = new SplittableRandom(2);
        Window same = Window.square(3, 1, 1);
        Window half = Window.square(3, 2, 1);
        for (int parts = 1; parts <= 3; parts++) {
            check(random, ConvolutionSizes.of(2, 3, 32, 32, 32, same), parts, false);
            check(random, ConvolutionSizes.of(3, 16, 14, 14, 33, same), parts, false);
            check(random, ConvolutionSizes.of(7, 13, 8, 8, 65, same), parts, false);
            check(random, ConvolutionSizes.of(40, 5, 4, 4, 12, same), parts, false);
            check(random, ConvolutionSizes.of(2, 1, 28, 28, 16, same), parts, false);
            check(random, ConvolutionSizes.of(2, 3, 32, 32, 32, half), parts, false);
            check(random, ConvolutionSizes.of(3, 17, 15, 16, 24, half), parts, false);
            check(random, ConvolutionSizes.of(9, 6, 8, 8, 12, Window.square(2, 2, 0)), parts, false);
            check(random, ConvolutionSizes.of(5, 6, 9, 7, 31, Window.square(1, 1, 0)), parts, false);
            check(random, ConvolutionSizes.of(37, 12, 4, 4, 2, Window.square(4, 1, 0)), parts, false);
            check(random, ConvolutionSizes.of(1, 4, 40, 70, 20, Window.square(5, 1, 2)), parts, false);
        }
    }

    /** Batches large enough for images along the lanes, with some left over, and for every part to have some. */
    @Test
    void batchesOfImages() {
        SplittableRandom random = new SplittableRandom(6);
        for (int trial = 0; trial < 60; trial++) {
            ConvolutionSizes s = randomSizes(random);
            int height = Math.min(s.height(), s.window().kernelY() + 4);
            int width = Math.min(s.width(), s.window().kernelX() + 9);
            ConvolutionSizes batch = ConvolutionSizes.of(
                    8 + random.nextInt(43), s.inputChannels(), height, width, s.outputChannels(), s.window());
            check(random, batch, 1 + random.nextInt(3), trial % 4 == 0);
        }
        Window half = Window.square(3, 2, 1);
        check(random, ConvolutionSizes.of(33, 5, 14, 14, 33, Window.square(3, 1, 1)), 2, false);
        check(random, ConvolutionSizes.of(17, 19, 7, 7, 16, Window.square(3, 1, 1)), 2, false);
        check(random, ConvolutionSizes.of(48, 9, 8, 8, 20, half), 2, false);
        check(random, ConvolutionSizes.of(16, 3, 15, 16, 9, half), 2, false);
        check(random, ConvolutionSizes.of(16, 8, 9, 6, 12, Window.square(5, 1, 2)), 3, false);
    }

    @Test
    void notANumberAndInfinityPropagateAsInTheTwin() {
        SplittableRandom random = new SplittableRandom(3);
        for (int trial = 0; trial < 60; trial++) {
            check(random, randomSizes(random), 1, true);
        }
    }

    @Test
    void theTwinIsTheDefinition() {
        SplittableRandom random = new SplittableRandom(4);
        for (int trial = 0; trial < 60; trial++) {
            ConvolutionSizes s = randomSizes(random);
            float[] images = numbers(random, s.imageLength(), false);
            float[] kernel = numbers(random, s.kernelLength(), false);
            float[] output = new float[s.outputLength()];
            FloatScalarConvolution.forward(s, images, 0, kernel, 0, output, 0, 0, 1);
            for (int sample = 0; sample < 20; sample++) {
                int index = random.nextInt(output.length);
                assertThat((double) output[index]).isCloseTo(definition(s, images, kernel, index), within(1e-4));
            }
        }
    }

    @Test
    void theGradientsAreTheAdjoints() {
        SplittableRandom random = new SplittableRandom(5);
        for (int trial = 0; trial < 60; trial++) {
            ConvolutionSizes s = randomSizes(random);
            float[] images = numbers(random, s.imageLength(), false);
            float[] kernel = numbers(random, s.kernelLength(), false);
            float[] gradient = numbers(random, s.outputLength(), false);
            float[] output =
                    run(forward(s, images, 0, kernel, 0), s.outputLength(), FloatConvolution.forwardScratch(s), 0, 1);
            float[] imagesGradient = run(
                    inputGradient(s, gradient, 0, kernel, 0),
                    s.imageLength(),
                    FloatConvolution.inputGradientScratch(s),
                    0,
                    1);
            float[] kernelGradient = run(
                    kernelGradient(s, images, 0, gradient, 0),
                    s.kernelLength(),
                    FloatConvolution.kernelGradientScratch(s),
                    0,
                    1);
            double expected = dot(output, gradient);
            double tolerance = 1e-5 * (1 + Math.sqrt(s.operations()));
            assertThat(dot(images, imagesGradient)).as("%s", s).isCloseTo(expected, within(tolerance));
            assertThat(dot(kernel, kernelGradient)).as("%s", s).isCloseTo(expected, within(tolerance));
        }
    }

    /** Sums over images go on where they stopped, whatever the sizes of the batches and the number of parts. */
    @Test
    void kernelGradientsOfBatchesOneAfterTheOtherAreThatOfAll() {
        SplittableRandom random = new SplittableRandom(6);
        for (int trial = 0; trial < 60; trial++) {
            ConvolutionSizes all = randomSizes(random).withBatch(1 + random.nextInt(40));
            if (all.wholeImage()) {
                continue;
            }
            float[] images = numbers(random, all.imageLength(), false);
            float[] gradient = numbers(random, all.outputLength(), false);
            float[] expected = new float[all.kernelLength()];
            FloatScalarConvolution.kernelGradient(all, images, 0, gradient, 0, expected, 0, true, 0, 1);
            float[] found = new float[all.kernelLength()];
            int parts = 1 + random.nextInt(3);
            int sums = FloatConvolution.kernelGradientSums(all);
            float[] scratch = numbers(random, parts * sums + FloatConvolution.kernelGradientWork(all), true);
            int first = 0;
            while (first < all.batch()) {
                int count = Math.min(1 + random.nextInt(17), all.batch() - first);
                for (int part = 0; part < parts; part++) {
                    FloatConvolution.addKernelGradient(
                            all.withBatch(count),
                            images,
                            first * (all.imageLength() / all.batch()),
                            gradient,
                            first * (all.outputLength() / all.batch()),
                            found,
                            0,
                            scratch,
                            part * sums,
                            parts * sums,
                            first == 0,
                            first + count == all.batch(),
                            part,
                            parts);
                }
                first += count;
            }
            assertThat(found).as("%s, %d parts", all, parts).isEqualTo(expected);
        }
    }

    @Test
    void aConvolutionByHand() {
        ConvolutionSizes s = ConvolutionSizes.of(1, 1, 2, 2, 1, Window.square(2, 1, 1));
        float[] images = {1, 2, 3, 4};
        float[] kernel = {1, 10, 100, 1000};
        assertThat(run(forward(s, images, 0, kernel, 0), 9, FloatConvolution.forwardScratch(s), 0, 1))
                .containsExactly(1000, 2100, 200, 3010, 4321, 402, 30, 43, 4);
    }

    private static void check(SplittableRandom random, ConvolutionSizes s, int parts, boolean special) {
        int imagesAt = random.nextInt(9);
        int kernelAt = random.nextInt(9);
        int gradientAt = random.nextInt(9);
        float[] images = numbers(random, imagesAt + s.imageLength(), special);
        float[] kernel = numbers(random, kernelAt + s.kernelLength(), special);
        float[] gradient = numbers(random, gradientAt + s.outputLength(), special);
        float[] output = new float[s.outputLength()];
        FloatScalarConvolution.forward(s, images, imagesAt, kernel, kernelAt, output, 0, 0, 1);
        float[] found = run(
                forward(s, images, imagesAt, kernel, kernelAt),
                output.length,
                FloatConvolution.forwardScratch(s),
                random.nextInt(9),
                parts);
        assertThat(found).as("forward %s, %d parts", s, parts).isEqualTo(output);
        float[] imagesGradient = new float[s.imageLength()];
        FloatScalarConvolution.inputGradient(s, gradient, gradientAt, kernel, kernelAt, imagesGradient, 0, 0, 1);
        found = run(
                inputGradient(s, gradient, gradientAt, kernel, kernelAt),
                imagesGradient.length,
                FloatConvolution.inputGradientScratch(s),
                random.nextInt(9),
                parts);
        assertThat(found).as("input gradient %s, %d parts", s, parts).isEqualTo(imagesGradient);
        float[] kernelGradient = new float[s.kernelLength()];
        FloatScalarConvolution.kernelGradient(s, images, imagesAt, gradient, gradientAt, kernelGradient, 0, true, 0, 1);
        found = run(
                kernelGradient(s, images, imagesAt, gradient, gradientAt),
                kernelGradient.length,
                FloatConvolution.kernelGradientScratch(s),
                random.nextInt(9),
                parts);
        assertThat(found).as("kernel gradient %s, %d parts", s, parts).isEqualTo(kernelGradient);
    }

    private static Direction forward(ConvolutionSizes s, float[] images, int imagesAt, float[] kernel, int kernelAt) {
        return (scratch, scratchAt, part, parts, result, resultAt) -> FloatConvolution.forward(
                s, images, imagesAt, kernel, kernelAt, result, resultAt, scratch, scratchAt, part, parts);
    }

    private static Direction inputGradient(
            ConvolutionSizes s, float[] gradient, int gradientAt, float[] kernel, int kernelAt) {
        return (scratch, scratchAt, part, parts, result, resultAt) -> FloatConvolution.inputGradient(
                s, gradient, gradientAt, kernel, kernelAt, result, resultAt, scratch, scratchAt, part, parts);
    }

    private static Direction kernelGradient(
            ConvolutionSizes s, float[] images, int imagesAt, float[] gradient, int gradientAt) {
        return (scratch, scratchAt, part, parts, result, resultAt) -> FloatConvolution.kernelGradient(
                s, images, imagesAt, gradient, gradientAt, result, resultAt, scratch, scratchAt, part, parts);
    }

    /** Runs all parts, last first, each with scratch full of nonsense, and looks that nothing else was written. */
    private static float[] run(Direction direction, int length, int scratchLength, int resultAt, int parts) {
        float[] result = new float[resultAt + length + 40];
        Arrays.fill(result, 77f);
        for (int part = parts - 1; part >= 0; part--) {
            float[] scratch = new float[3 + scratchLength];
            Arrays.fill(scratch, Float.NaN);
            direction.compute(scratch, 3, part, parts, result, resultAt);
            assertThat(scratch[0]).as("before the scratch").isNaN();
        }
        for (int i = 0; i < result.length; i++) {
            if (i < resultAt || i >= resultAt + length) {
                assertThat(result[i]).as("outside the result").isEqualTo(77f);
            }
        }
        return Arrays.copyOfRange(result, resultAt, resultAt + length);
    }

    private static double definition(ConvolutionSizes s, float[] images, float[] kernel, int index) {
        Window window = s.window();
        int column = index % s.outputWidth();
        int row = index / s.outputWidth() % s.outputHeight();
        int out = index / s.positions() % s.outputChannels();
        int image = index / s.positions() / s.outputChannels();
        double sum = 0;
        for (int in = 0; in < s.inputChannels(); in++) {
            for (int y = 0; y < window.kernelY(); y++) {
                for (int x = 0; x < window.kernelX(); x++) {
                    int imageRow = row * window.strideY() + y - window.paddingY();
                    int imageColumn = column * window.strideX() + x - window.paddingX();
                    if (imageRow >= 0 && imageRow < s.height() && imageColumn >= 0 && imageColumn < s.width()) {
                        double pixel = images[
                                ((image * s.inputChannels() + in) * s.height() + imageRow) * s.width() + imageColumn];
                        sum += pixel
                                * kernel[
                                        ((out * s.inputChannels() + in) * window.kernelY() + y) * window.kernelX() + x];
                    }
                }
            }
        }
        return sum;
    }

    private static double dot(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (double) left[i] * right[i];
        }
        return sum;
    }

    private static ConvolutionSizes randomSizes(SplittableRandom random) {
        while (true) {
            int height = 1 + random.nextInt(18);
            int width = 1 + random.nextInt(36);
            Window window = new Window(
                    1 + random.nextInt(4),
                    1 + random.nextInt(4),
                    1 + random.nextInt(3),
                    1 + random.nextInt(3),
                    random.nextInt(4),
                    random.nextInt(4));
            if (height + 2 * window.paddingY() >= window.kernelY()
                    && width + 2 * window.paddingX() >= window.kernelX()) {
                return ConvolutionSizes.of(
                        1 + random.nextInt(6), 1 + random.nextInt(8), height, width, 1 + random.nextInt(40), window);
            }
        }
    }

    private static float[] numbers(SplittableRandom random, int length, boolean special) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
            if (special) {
                values[i] = switch (random.nextInt(60)) {
                    case 0 -> Float.NaN;
                    case 1 -> Float.POSITIVE_INFINITY;
                    case 2 -> Float.NEGATIVE_INFINITY;
                    case 3, 4, 5, 6 -> -0f;
                    case 7, 8, 9, 10 -> 0f;
                    case 11 -> Float.MIN_VALUE;
                    case 12 -> -Float.MIN_VALUE;
                    default -> values[i];
                };
            }
        }
        return values;
    }
}
