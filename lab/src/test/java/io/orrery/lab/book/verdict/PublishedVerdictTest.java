package io.orrery.lab.book.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishedVerdictTest {
    private static final Replication NINETEEN = new Replication(19, 0, 1, 20_001, 10);

    @TempDir
    Path folder;

    private static BookedVerdict verdict(double effect) {
        BookedFinding finding = new BookedFinding(
                "ratio",
                "",
                "effect",
                "supported",
                effect,
                0.25,
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                0.5,
                10,
                "falls",
                "it fell");
        return new BookedVerdict(
                "falling",
                "quick",
                "effect",
                "supported",
                "refuted",
                effect,
                0.25,
                Double.NaN,
                0.5,
                Double.NEGATIVE_INFINITY,
                0.5,
                "falls",
                "it fell",
                "as predicted",
                List.of(new BookedSentence(
                        "ours", "It falls.", "supported", "as predicted", List.of(), List.of(finding))),
                10,
                List.of(),
                List.of(),
                4,
                1.5,
                "./orrery claim falling --scale quick");
    }

    @Test
    void whatIsWrittenReadsBackTheSame() throws IOException {
        PublishedVerdict first = new PublishedVerdict(verdict(0.1 + 0.2), "abc", "def", 2.5, Optional.of(NINETEEN));

        first.write(folder);

        PublishedVerdict again = PublishedVerdict.parse(Files.readString(folder.resolve("falling-quick.json")));
        assertThat(again).isEqualTo(first);
        assertThat(again.isSameAs(verdict(0.1 + 0.2))).isTrue();
        assertThat(again.isSameAs(verdict(0.3))).isFalse();
    }

    @Test
    void aChangedFileIsRefused() throws IOException {
        new PublishedVerdict(verdict(0.3), "abc", "def", Double.NaN, Optional.empty()).write(folder);
        String text = Files.readString(folder.resolve("falling-quick.json"));

        assertThat(PublishedVerdict.parse(text).cpuSeconds()).isNaN();
        assertThatThrownBy(() -> PublishedVerdict.parse(text.replace("0.25", "0.26")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("its content does not have the SHA-256 that was recorded");
        assertThatThrownBy(() -> PublishedVerdict.parse("[]")).hasMessage("a published verdict is an object");
        assertThatThrownBy(() -> PublishedVerdict.parse("{")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nineInTenBlocksMustAgree() {
        assertThat(NINETEEN.text()).isEqualTo("of 20 blocks of 10 fresh seeds 19 say supported, 1 inconclusive");
        assertThat(NINETEEN.isSteady()).isTrue();
        assertThat(new Replication(18, 1, 1, 20_001, 5).isSteady()).isTrue();
        assertThat(new Replication(17, 0, 3, 20_001, 5).isSteady()).isFalse();
        assertThat(new Replication(1, 0, 0, 20_001, 5).text())
                .isEqualTo("of 1 blocks of 5 fresh seeds 1 says supported");
        assertThat(new Replication(0, 20, 0, 20_001, 5).isSteady()).isTrue();
    }
}
