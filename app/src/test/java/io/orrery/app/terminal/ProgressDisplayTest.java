package io.orrery.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.run.Progress;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ProgressDisplayTest {
    /** At the last of 2,000 steps the accuracy of step 25 must not pass for the present one. */
    @Test
    void everyFigureSaysWhatItIsOfAndWhen() {
        assertThat(ProgressDisplay.values(new Progress(1790, 2000, 0.0123, 0.068, OptionalLong.of(25))))
                .isEqualTo("  batch loss 0.0123  training accuracy 6.80% at step 25");
        assertThat(ProgressDisplay.values(new Progress(2000, 2000, 0.01, 1, OptionalLong.of(2000))))
                .isEqualTo("  batch loss 0.0100  training accuracy 100.00%");
    }

    @Test
    void whatIsNotKnownIsNotShown() {
        assertThat(ProgressDisplay.values(new Progress(0, 10, Double.NaN, Double.NaN, OptionalLong.empty())))
                .isEmpty();
        assertThat(ProgressDisplay.values(new Progress(5, 10, 0.5, 0.5, OptionalLong.empty())))
                .as("an accuracy of a step that nobody knows, from a checkpoint of an earlier build")
                .isEqualTo("  batch loss 0.500");
    }
}
