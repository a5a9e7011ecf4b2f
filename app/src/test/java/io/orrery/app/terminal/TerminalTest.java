package io.orrery.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void linesAreRedrawnOnlyWhereTheTerminalCan() {
        assertThat(Terminal.understandsControls(Map.of("TERM", "xterm-256color")))
                .isTrue();
        assertThat(Terminal.understandsControls(Map.of("TERM", "dumb"))).isFalse();
        assertThat(Terminal.understandsControls(Map.of())).isFalse();
    }

    @Test
    void colourIsRefusedByAValueNotByAnEmptyOne() {
        assertThat(Terminal.wantsColour(Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Terminal.wantsColour(Map.of("NO_COLOR", ""))).isTrue();
        assertThat(Terminal.wantsColour(Map.of())).isTrue();
    }

    @Test
    void whyOutputWasLostIsRemembered() {
        StandardOutput out = new StandardOutput(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        assertThat(out.failure()).isEmpty();
        assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class);
        assertThat(out.failure().orElseThrow()).hasMessage("No space left on device");
        try (PrintStream print = new PrintStream(new StandardOutput(OutputStream.nullOutputStream()))) {
            print.println("arrives");
            assertThat(print.checkError()).isFalse();
        }
    }
}
