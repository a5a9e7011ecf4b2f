package io.orrery.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Window;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class FloatPoolingTest {
    private static final int PLANES = 3;

    @Test
    void handWorkedPlane() {
        float[] image = {1f, 5f, 2f, 0f, 5f, 3f, 2f, 2f, -1f, -2f, -3f, -4f, -1f, -9f, -2f, -2f};
        Window window = Window.square(2, 2, 0);
        int[] positions = new int[4];
        FloatPooling.maximumPositions(new PoolingSizes(1, 4, 4, window), image, 0, positions, 0, 0, 1);
        assertThat(positions).containsExactly(1, 2, 8, 14);
        float[] sums = new float[4];
        FloatPooling.windowSum(new PoolingSizes(1, 4, 4, window), image, 0, sums, 0, 0, 1);
        assertThat(sums).containsExactly(14f, 6f, -13f, -11f);
        float[] spread = new float[16];
        FloatPooling.windowSpread(new PoolingSizes(1, 4, 4, window), new float[] {1f, 2f, 3f, 4f}, 0, spread, 0, 0, 1);
        assertThat(spread).containsExactly(1f, 1f, 2f, 2f, 1f, 1f, 2f, 2f, 3f, 3f, 4f, 4f, 3f, 3f, 4f, 4f);
    }

    @Test
    void maximumIgnoresPaddingAndTakesNaNAsLargest() {
        float[] image = {-3f, -1f, -2f, Float.NaN};
        int[] positions = new int[4];
        FloatPooling.maximumPositions(new PoolingSizes(1, 2, 2, Window.square(2, 2, 1)), image, 0, positions, 0, 0, 1);
        assertThat(positions).containsExactly(0, 1, 2, 3);
        int[] one = new int[1];
        FloatPooling.maximumPositions(new PoolingSizes(1, 2, 2, Window.square(2, 2, 0)), image, 0, one, 0, 0, 1);
        assertThat(one).containsExactly(3);
    }

    /** The 2 x 2 windows side by side have a kernel of their own: it is held against a walk over each window. */
    @Test
    void halvingFindsTheLowestOfTheLargest() {
        Random random = new Random(3);
        Window window = Window.square(2, 2, 0);
        float[] few = {-1f, 0f, -0f, 2f, 2f, Float.NaN, Float.NEGATIVE_INFINITY};
        for (int width = 2; width < 70; width++) {
            int height = 2 + width % 5;
            PoolingSizes sizes = new PoolingSizes(PLANES, height, width, window);
            int outputWidth = sizes.outputWidth();
            int outputHeight = sizes.outputHeight();
            float[] images = numbers(random, 5 + PLANES * height * width);
            for (int i = 0; i < images.length; i++) {
                images[i] = random.nextBoolean() ? images[i] : few[random.nextInt(few.length)];
            }
            int[] found = new int[3 + PLANES * outputHeight * outputWidth + 3];
            for (int part = 0; part < 2; part++) {
                FloatPooling.maximumPositions(sizes, images, 5, found, 3, part, 2);
            }
            int[] expected = new int[found.length];
            for (int i = 0; i < PLANES * outputHeight * outputWidth; i++) {
                int plane = i / (outputHeight * outputWidth);
                int corner = 2 * (i / outputWidth % outputHeight) * width + 2 * (i % outputWidth);
                expected[3 + i] = largest(
                        images, 5 + plane * height * width, corner, corner + 1, corner + width, corner + width + 1);
            }
            assertThat(found).as("width %d", width).isEqualTo(expected);
            int[] positions = new int[found.length];
            float[] values = new float[found.length];
            for (int part = 1; part >= 0; part--) {
                FloatPooling.maximum(sizes, images, 5, positions, 3, values, 3, Float.NEGATIVE_INFINITY, part, 2);
            }
            assertThat(positions).as("width %d, with values", width).isEqualTo(expected);
            float[] pixels = new float[found.length];
            for (int i = 0; i < PLANES * outputHeight * outputWidth; i++) {
                int plane = i / (outputHeight * outputWidth);
                pixels[3 + i] = images[5 + plane * height * width + expected[3 + i]];
            }
            assertThat(values).as("width %d, values", width).isEqualTo(pixels);
            FloatPooling.maximum(sizes, images, 5, positions, 3, values, 3, 0, 0, 1);
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = pixels[i] <= 0 ? 0 : pixels[i];
            }
            assertThat(Bits.of(values)).as("width %d, relu", width).isEqualTo(Bits.of(pixels));
        }
    }

    /** The way back has a kernel of its own for the same windows: it is held against clearing and adding. */
    @Test
    void spreadingLargestPixelsIsClearingAndAdding() {
        Random random = new Random(4);
        float[] few = {0f, -0f, 1f, Float.MIN_VALUE, Float.NaN};
        for (int width = 2; width < 70; width++) {
            int height = 2 + width % 5;
            for (Window window : new Window[] {Window.square(2, 2, 0), new Window(1, 2, 2, 3, 0, 0)}) {
                PoolingSizes sizes = new PoolingSizes(PLANES, height, width, window);
                int windows = sizes.windows();
                int[] positions = new int[3 + PLANES * windows + 1];
                float[] images = numbers(random, PLANES * height * width);
                FloatPooling.maximumPositions(sizes, images, 0, positions, 3, 0, 1);
                float[] values = numbers(random, 2 + PLANES * windows + 1);
                values[2] = -0f;
                float[] mask = new float[values.length];
                for (int i = 0; i < mask.length; i++) {
                    mask[i] = few[random.nextInt(few.length)];
                }
                float[] found = numbers(random, 5 + images.length + 4);
                float[] expected = found.clone();
                Arrays.fill(expected, 5, 5 + images.length, 0f);
                for (int i = 0; i < PLANES * windows; i++) {
                    if (mask[2 + i] != 0) {
                        expected[5 + i / windows * height * width + positions[3 + i]] += values[2 + i];
                    }
                }
                for (int part = 1; part >= 0; part--) {
                    FloatPooling.maximumSpread(sizes, values, 2, mask, 2, positions, 3, found, 5, part, 2);
                }
                assertThat(Bits.of(found)).as("width %d, %s", width, window).isEqualTo(Bits.of(expected));
            }
        }
    }

    private static int largest(float[] images, int at, int... candidates) {
        int best = candidates[0];
        for (int candidate : candidates) {
            if (Float.isNaN(images[at + best])) {
                return best;
            }
            if (images[at + candidate] > images[at + best] || Float.isNaN(images[at + candidate])) {
                best = candidate;
            }
        }
        return best;
    }

    /** Sum of x times spread(w) = sum of sum(x) times w: each is the transpose of the other. */
    @Test
    void spreadIsTheTransposeOfSum() {
        Random random = new Random(2);
        for (Window window : new Window[] {
            Window.square(2, 2, 0), Window.square(3, 2, 1), Window.square(3, 1, 1), new Window(1, 4, 2, 3, 0, 2)
        }) {
            int height = 7;
            int width = 9;
            PoolingSizes sizes = new PoolingSizes(PLANES, height, width, window);
            float[] x = numbers(random, PLANES * height * width);
            float[] w = numbers(random, PLANES * sizes.windows());
            float[] sums = new float[w.length];
            float[] spread = new float[x.length];
            for (int part = 0; part < 2; part++) {
                FloatPooling.windowSum(sizes, x, 0, sums, 0, part, 2);
                FloatPooling.windowSpread(sizes, w, 0, spread, 0, part, 2);
            }
            assertThat(dot(sums, w)).as("%s", window).isCloseTo(dot(x, spread), within(1e-3));
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static float[] numbers(Random random, int length) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
