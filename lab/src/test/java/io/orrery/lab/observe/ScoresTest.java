package io.orrery.lab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScoresTest {
    @Test
    void whatIsKnownIsTakenOverAndTheRestIsNamed() {
        Scores known = new Scores(new int[] {2, 5, 9}, new double[] {0.25, 0.5, 9}, new boolean[] {true, false, true});
        Scores scores = Scores.of(new int[] {1, 2, 3, 5, 7});
        assertThat(scores.take(known)).containsExactly(0, 2, 4);
        assertThat(scores.losses()).containsExactly(0, 0.25, 0, 0.5, 0);
        assertThat(scores.correct()).containsExactly(false, true, false, false, false);
        assertThat(scores.loss()).isEqualTo(0.15);
        assertThat(scores.accuracy()).isEqualTo(0.2);
    }

    @Test
    void nothingKnownLeavesAllAndEverythingKnownNothing() {
        Scores scores = Scores.of(new int[] {4, 6});
        assertThat(scores.take(Scores.of(new int[0]))).containsExactly(0, 1);
        assertThat(scores.take(Scores.of(new int[] {4, 5, 6}))).isEmpty();
    }
}
