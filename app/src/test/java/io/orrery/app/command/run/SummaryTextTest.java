package io.orrery.app.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.app.terminal.Terminal;
import io.orrery.lab.study.Summary;
import io.orrery.lab.study.Summary.Contrast;
import io.orrery.lab.study.Summary.Mark;
import io.orrery.lab.study.Summary.OfSetting;
import io.orrery.lab.study.Summary.Sentence;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTextTest {
    private static final List<Sentence> FACTS = List.of(
            new Sentence(Mark.FACT, "training error", "Training error: zero."),
            new Sentence(Mark.FACT, "rank", "Stable rank: 3."));
    private static final Contrast CONTRAST = new Contrast(
            "decay.lambda = 1 against decay.lambda = 0",
            List.of(
                    new Sentence(Mark.AS_PREDICTED, "collapse", "Theory: it falls."),
                    new Sentence(Mark.OPEN, "rank", "Theory: it falls too.")));

    @Test
    void withoutAContrastAllFactsAreToldAndNothingIsMarked() {
        assertThat(printed(new Summary(List.of(), List.of(new OfSetting(Map.of(), "", FACTS)))))
                .containsExactly("   Training error: zero.", "   Stable rank: 3.");
    }

    @Test
    void aContrastStandsFirstWithItsMarksAndHowItIsJudged() {
        List<String> lines =
                printed(new Summary(List.of(CONTRAST), List.of(new OfSetting(Map.of("a.b", "1"), "a.b = 1", FACTS))));
        assertThat(lines)
                .startsWith(
                        "decay.lambda = 1 against decay.lambda = 0",
                        "[as predicted]     Theory: it falls.",
                        "[open]             Theory: it falls too.")
                .contains(" " + Summary.howContrastsAreJudged())
                .endsWith("a.b = 1", "   Training error: zero.");
    }

    @Test
    void manyContrastsAreLeftToTheReport() {
        assertThat(printed(new Summary(Collections.nCopies(5, CONTRAST), List.of())))
                .contains(" 2 more comparisons stand in the report.")
                .filteredOn(CONTRAST.title()::equals)
                .hasSize(3);
    }

    /** As {@code compare} takes it: the last part of a key alone is not accepted. */
    @Test
    void aSettingIsNamedByWholeKeys() {
        assertThat(RunText.setting(Map.of("decay.lambda", "0"))).isEqualTo("decay.lambda=0");
    }

    private static List<String> printed(Summary summary) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        new SummaryText(new Terminal(out, out, false, false, 500)).print(summary);
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
