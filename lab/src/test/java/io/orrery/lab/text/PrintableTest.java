package io.orrery.lab.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void whatATerminalWouldObeyIsEscaped() {
        assertThat(Printable.shown("\u001b[2Jcat\u0007")).isEqualTo("\\u001b[2Jcat\\u0007");
        assertThat(Printable.shown("a\nb\r\tc\0")).isEqualTo("a\\nb\\r\\tc\\u0000");
        assertThat(Printable.shown("\u009b31m\u007f")).isEqualTo("\\u009b31m\\u007f");
    }

    @Test
    void whatPretendsToBeOtherTextIsEscaped() {
        assertThat(Printable.shown("cat\u202egnp.exe")).isEqualTo("cat\\u202egnp.exe");
        assertThat(Printable.shown("\ud83d!\ufdd0\u2028")).isEqualTo("\\ud83d!\\ufdd0\\u2028");
    }

    @Test
    void otherTextStaysWhatItIs() {
        String text = "Übergröße 猫 😀 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 C:\\cats";
        assertThat(Printable.shown(text)).isSameAs(text);
    }

    @Test
    void namesHaveNoControlCharacters() {
        assertThat(Printable.isName("Bilder/Übergröße 猫😀")).isTrue();
        assertThat(Printable.isName("a\nb")).isFalse();
        assertThat(Printable.isName("a\0b")).isFalse();
        assertThat(Printable.isName("a\ud800b")).isFalse();
    }
}
