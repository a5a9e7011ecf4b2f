package io.orrery.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Taking along an axis and adding along it, against a loop over all elements; whole numbers, so that sums are exact. */
class FloatIndexingTest {
    private static final int OUTER = 5;
    private static final int SIZE = 7;
    private static final int COUNT = 4;

    @Test
    void takingAndAddingAlongAnAxis() {
        SplittableRandom random = new SplittableRandom(1);
        for (int inner : new int[] {1, 3}) {
            float[] large = numbers(random, OUTER * SIZE * inner);
            float[] small = numbers(random, OUTER * COUNT * inner);
            int[] positions = random.ints(small.length, 0, SIZE).toArray();
            float[] expectedTaken = new float[small.length];
            float[] expectedAdded = new float[large.length];
            for (int i = 0; i < small.length; i++) {
                int at = (i / (COUNT * inner) * SIZE + positions[i]) * inner + i % inner;
                expectedTaken[i] = large[at];
                expectedAdded[at] += small[i];
            }
            for (int parts = 1; parts <= 3; parts++) {
                float[] taken = new float[small.length];
                float[] added = numbers(random, large.length);
                for (int part = 0; part < parts; part++) {
                    FloatIndexing.takeAlong(OUTER, SIZE, COUNT, inner, large, 0, positions, 0, taken, 0, part, parts);
                    FloatIndexing.addAlong(OUTER, SIZE, COUNT, inner, small, 0, positions, 0, added, 0, part, parts);
                }
                assertThat(taken).as("inner %d, %d parts", inner, parts).isEqualTo(expectedTaken);
                assertThat(added).as("inner %d, %d parts", inner, parts).isEqualTo(expectedAdded);
            }
        }
    }

    @Test
    void aPositionOutsideIsRefused() {
        int[] positions = {0, 2};
        assertThatThrownBy(
                        () -> FloatIndexing.takeAlong(1, 2, 2, 1, new float[2], 0, positions, 0, new float[2], 0, 0, 1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("take-along: position 2");
        assertThatThrownBy(
                        () -> FloatIndexing.addAlong(1, 2, 2, 1, new float[2], 0, positions, 0, new float[2], 0, 0, 1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("add-along: position 2");
    }

    private static float[] numbers(SplittableRandom random, int length) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = random.nextInt(-50, 50);
        }
        return numbers;
    }
}
