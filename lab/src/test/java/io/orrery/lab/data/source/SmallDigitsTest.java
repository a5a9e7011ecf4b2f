package io.orrery.lab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.data.set.SplitName;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SmallDigitsTest {
    /** Pixel (y, x) of 28 x 28 holds 28 y + x: the mean of a block is its middle, which lies at (3 i + 3, 3 j + 3). */
    @Test
    void blocksOfThreeInsideAMarginOfTwo() {
        double[] pixels = new double[28 * 28];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i;
        }
        double[] image = new double[64];
        SmallDigits.pool(pixels, image, 0);
        assertThat(image[0]).isCloseTo(28 * 3 + 3, within(1e-10));
        assertThat(image[1 * 8 + 2]).isCloseTo(28 * 6 + 9, within(1e-10));
        assertThat(image[63]).isCloseTo(28 * 24 + 24, within(1e-10));
    }

    @Test
    void fewerDigitsInTurn() {
        SmallDigits digits = SmallDigits.of(3, SplitName.TEST, 7, 3);
        assertThat(digits.labels()).containsExactly(0, 1, 2, 0, 1, 2, 0);
        assertThat(digits.images().rows()).isEqualTo(7);
        assertThat(Arrays.stream(digits.images().values())).allMatch(pixel -> pixel >= 0 && pixel <= 1);
        assertThat(SmallDigits.of(3, SplitName.TEST, 7, 3).images().values())
                .containsExactly(digits.images().values());
    }
}
