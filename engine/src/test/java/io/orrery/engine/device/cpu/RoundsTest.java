package io.orrery.engine.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void twoPartsOfSixteenTakeSeventyImagesInThreeRounds() {
        Rounds rounds = new Rounds(70, 16, 2);
        assertThat(rounds.length()).isEqualTo(32);
        // Two whole rounds, then six images: three for each.
        assertThat(rounds.shares()).containsExactly(3, 16);
        assertThat(rounds.begin(6, 0)).isZero();
        assertThat(rounds.begin(6, 1)).isEqualTo(3);
        assertThat(rounds.begin(6, 2)).isEqualTo(6);
    }

    @Test
    void fewerImagesThanARoundAreSharedEvenly() {
        Rounds rounds = new Rounds(33, 16, 4);
        assertThat(rounds.length()).isEqualTo(33);
        assertThat(rounds.shares()).containsExactly(8, 9);
    }

    @Test
    void partsWithoutImagesHaveNone() {
        assertThat(new Rounds(33, 16, 2).shares()).containsExactly(1, 16);
    }
}
