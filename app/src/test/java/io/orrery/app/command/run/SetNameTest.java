package io.orrery.app.command.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.RunSet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SetNameTest {
    private static Map<String, String> setting(String... pairs) {
        Map<String, String> setting = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            setting.put(pairs[i], pairs[i + 1]);
        }
        return setting;
    }

    @Test
    void aValueMayHoldCommasColonsAndEqualsSigns() {
        Map<String, String> arm = setting("arm", "with decay, full batch: eta=0.1");
        assertThat(SetName.fits("arm=with decay, full batch: eta=0.1", arm)).isTrue();
        assertThat(SetName.fits("arm=with decay", arm)).isFalse();
        assertThat(SetName.fits("arm=with decay, full batch: eta=0.2", arm)).isFalse();
        Map<String, String> widths = setting("model.widths", "[256, 256]", "decay.lambda", "1e-3");
        assertThat(SetName.fits("model.widths=[256, 256]", widths)).isTrue();
        assertThat(SetName.fits("model.widths=[256, 256],decay.lambda=0.001", widths))
                .isTrue();
        assertThat(SetName.fits("decay.lambda=0.001,model.widths=[256, 256]", widths))
                .isTrue();
        assertThat(SetName.fits("decay.lambda=0.001", widths)).isTrue();
        assertThat(SetName.fits("decay.lambda=0", widths)).isFalse();
        assertThat(SetName.fits("lambda=0.001", widths)).isFalse();
        assertThat(SetName.fits("", widths)).isFalse();
    }

    @Test
    void theFirstColonEndsTheStudyAndAnAtSignNamesTheSet() {
        assertThat(SetName.of("decay", _ -> true)).isEqualTo(new SetName("decay", Optional.empty(), ""));
        assertThat(SetName.of("noise:arm=a:b", _ -> true)).isEqualTo(new SetName("noise", Optional.empty(), "arm=a:b"));
        assertThat(SetName.of("labels@1b90:a=1", "labels"::equals))
                .isEqualTo(new SetName("labels", Optional.of("1b90"), "a=1"));
        assertThat(SetName.of("a@b", "a@b"::equals)).isEqualTo(new SetName("a@b", Optional.empty(), ""));
    }

    private static BookedRun run(long seed, int width, String lambda) {
        return new BookedRun(
                "s",
                "run" + seed,
                "run" + seed,
                seed,
                Map.of("decay.lambda", lambda),
                "{\"name\":\"s\",\"model\":{\"widths\":[" + width + "]},\"decay\":{\"lambda\":" + lambda + "}}",
                3,
                Map.of("started", "2026-11-29T0" + width + ":00:00Z"),
                Path.of("r"));
    }

    @Test
    void runsOfASetAndASettingAreFound() {
        List<BookedRun> runs = List.of(run(1, 8, "0"), run(2, 8, "1"), run(1, 9, "0"));
        List<RunSet> sets = RunSet.of(runs);
        assertThat(choose("s", runs)).hasSize(3);
        assertThat(choose("s:decay.lambda=0", runs)).containsExactly(runs.get(0), runs.get(2));
        assertThat(choose(sets.getFirst().name() + ":decay.lambda=0.0", runs)).containsExactly(runs.getFirst());
        assertThatThrownBy(() -> choose("s@zz", runs))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("the study 's' has no set 'zz'; it has "
                        + sets.getFirst().name());
        assertThatThrownBy(() -> choose("s:decay.lambda=7", runs))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "no run of the study 's' has the setting decay.lambda=7; it has decay.lambda=0; decay.lambda=1");
    }

    private static List<BookedRun> choose(String text, List<BookedRun> runs) {
        return SetName.of(text, "s"::equals).choose(runs);
    }
}
