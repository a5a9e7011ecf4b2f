package io.orrery.lab.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScoresTest {
    @Test
    void whatIsKnownIsTakenOverAndTheRestIsNamed() {
        Scores known =
                new Scores(new int[] {2, 5, 9}, new double[] {0.25, 0.5, 9}, new int[] {1, 1, 1}, new int[] {1, 0, 1});
        Scores scores = Scores.of(new int[] {1, 2, 3, 5, 7});
        assertThat(scores.take(known)).containsExactly(0, 2, 4);
        assertThat(scores.losses()).containsExactly(0, 0.25, 0, 0.5, 0);
        assertThat(scores.right()).containsExactly(0, 1, 0, 0, 0);
        assertThat(scores.correct(1)).isTrue();
        assertThat(scores.correct(3)).isFalse();
        assertThat(scores.loss()).isEqualTo(0.15);
        assertThat(scores.accuracy()).hasValue(0.5);
    }

    @Test
    void unequalNumbersOfQuestionsCountByQuestionAndBySequence() {
        Scores scores = new Scores(new int[] {0, 1, 2}, new double[3], new int[] {1, 3, 4}, new int[] {1, 3, 1});
        // 5 of 8 questions; the mean of shares 1, 1 and 1/4 would be 3/4.
        assertThat(scores.accuracy()).hasValue(5 / 8.0);
        assertThat(scores.whole()).hasValue(2 / 3.0);
    }

    @Test
    void whereNothingIsAskedNothingIsRight() {
        Scores scores = Scores.of(new int[] {4, 6});
        assertThat(scores.accuracy()).isEmpty();
        assertThat(scores.whole()).isEmpty();
        assertThat(scores.correct(0)).isFalse();
    }

    @Test
    void nothingKnownLeavesAllAndEverythingKnownNothing() {
        Scores scores = Scores.of(new int[] {4, 6});
        assertThat(scores.take(Scores.of(new int[0]))).containsExactly(0, 1);
        assertThat(scores.take(Scores.of(new int[] {4, 5, 6}))).isEmpty();
    }
}
