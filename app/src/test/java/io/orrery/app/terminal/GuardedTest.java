package io.orrery.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GuardedTest {
    private static String printed(String text) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (PrintStream print = new PrintStream(new Guarded(whole, new Heartbeat()), true, StandardCharsets.UTF_8)) {
            print.print(text);
        }
        ByteArrayOutputStream single = new ByteArrayOutputStream();
        try (PrintStream print = new PrintStream(new Guarded(single, new Heartbeat()), true, StandardCharsets.UTF_8)) {
            for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
                print.write(value);
            }
        }
        assertThat(single.toString(StandardCharsets.UTF_8)).isEqualTo(whole.toString(StandardCharsets.UTF_8));
        return whole.toString(StandardCharsets.UTF_8);
    }

    @Test
    void controlCharactersAreEscaped() {
        assertThat(printed("class \u001b[31mcat\u0007 \r\0\u007f"))
                .isEqualTo("class \\u001b[31mcat\\u0007 \\r\\0\\u007f"
                        .replace("\\r", "\\u000d")
                        .replace("\\0", "\\u0000"));
        assertThat(printed("\u0085\u009b2J")).isEqualTo("\\u0085\\u009b2J");
    }

    @Test
    void otherTextIsLeftAlone() {
        String text = "Übergröße\t½ £ 猫 😀 \ufdcf ﷽\n";
        assertThat(printed(text)).isEqualTo(text);
    }

    @Test
    void theProgramsOwnCodesArrive() {
        assertThat(printed(Guarded.ESCAPE + "[1mbold" + Guarded.ESCAPE + "[0m")).isEqualTo("\u001b[1mbold\u001b[0m");
    }
}
