package io.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every long test belongs to a part that {@code ./orrery test --part} knows, or it would never run. */
class LongTestsTest {
    private static final Pattern TAGS = Pattern.compile("(?:@Tag\\(\"[a-z]+\"\\)\\s*)+");
    private static final Pattern PARTS = Pattern.compile("(?m)^parts=\\(([a-z ]+)\\)$");

    @Test
    void everyLongTestBelongsToOnePart() throws IOException {
        Set<String> parts = partsOfTheLauncher();
        List<String> homeless = new ArrayList<>();
        for (Path file : tests()) {
            Matcher tags = TAGS.matcher(Files.readString(file));
            while (tags.find()) {
                boolean isLong = tags.group().contains("\"long\"");
                long known = parts.stream()
                        .filter(part -> tags.group().contains("\"" + part + "\""))
                        .count();
                if (known != (isLong ? 1 : 0)) {
                    homeless.add(file.getFileName() + ": " + tags.group().strip());
                }
            }
        }
        assertThat(homeless).isEmpty();
    }

    private static Set<String> partsOfTheLauncher() throws IOException {
        Matcher line = PARTS.matcher(Files.readString(Launcher.root().resolve("orrery")));
        assertThat(line.find()).isTrue();
        return Set.of(line.group(1).split(" "));
    }

    private static List<Path> tests() throws IOException {
        List<Path> tests = new ArrayList<>();
        for (String module : List.of("engine", "lab", "app", "bench")) {
            try (Stream<Path> files = Files.walk(Launcher.root().resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(tests::add);
            }
        }
        return tests;
    }
}
