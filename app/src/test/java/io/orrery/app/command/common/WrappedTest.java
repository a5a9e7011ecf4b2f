package io.orrery.app.command.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.app.terminal.Guarded;
import org.junit.jupiter.api.Test;

class WrappedTest {
    private static final String TEXT = "margins become equal and their spread falls by a factor of ten";

    @Test
    void aWideTerminalHasTheTextBesideItsMark() {
        assertThat(Wrapped.item("[open]", TEXT, 60))
                .isEqualToNormalizingNewlines(
                        "[open] margins become equal and their spread falls by a\n" + "       factor of ten");
    }

    @Test
    void aNarrowTerminalHasItBelow() {
        assertThat(Wrapped.item("[open]   ", TEXT, 30))
                .isEqualToNormalizingNewlines(
                        "[open]\n    margins become equal and\n    their spread falls by a\n" + "    factor of ten");
        assertThat(Wrapped.item("      ", "a fact of two or more words", 20))
                .isEqualToNormalizingNewlines("a fact of two or\nmore words");
    }

    @Test
    void colourTakesNoRoom() {
        assertThat(Wrapped.item(Guarded.ESCAPE + "[31m[open]" + Guarded.ESCAPE + "[0m", TEXT, 60)
                        .lines()
                        .skip(1))
                .containsExactly("       factor of ten");
    }
}
