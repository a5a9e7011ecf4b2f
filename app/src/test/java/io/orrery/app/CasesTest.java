package io.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users were seen to meet, each with the value that they may expect: see {@link Case}. One method for each case. */
class CasesTest {
    @TempDir
    Path scratch;

    private Case.Result run(String name) {
        return Case.run(name, scratch);
    }

    @Test
    void case34YamlIsReadAsItIsWritten() {
        Case.Result result = run("34-yaml-traps");
        for (String sound : new String[] {"bom", "crlf", "sci"}) {
            assertThat(result.after("--- " + sound + ".yaml")).doesNotContain("orrery:");
        }
        for (String refused : new String[] {"comma", "merge", "quoted", "tab", "thousand", "true", "twice", "yes"}) {
            assertThat(result.after("--- " + refused + ".yaml"))
                    .containsPattern("orrery: " + refused + "\\.yaml:[0-9]+:[0-9]+: ");
        }
    }

    @Test
    void case36NumbersAreTheSameUnderEveryLocale() {
        Case.Result result = run("36-locale");
        assertThat(result.output().lines().filter(line -> line.contains("done")))
                .hasSize(4);
        assertThat(result.output()
                        .lines()
                        .filter(line -> line.matches("[0-9]+ [0-9]+"))
                        .toList())
                .hasSize(4)
                .allMatch(sum -> result.output().lines().filter(sum::equals).count() == 4);
    }
}
