package io.orrery.lab.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages that the laboratory writes are as it would write them now; of one that is not, the first line is shown, not all of it. */
final class GeneratedPagesTest {
    private static final String WRITE = "after ./mvnw package write all such pages again with: java"
            + " --add-modules jdk.incubator.vector -cp 'app/target/lib/*' io.orrery.lab.catalogue.GeneratedPages docs";

    static Set<String> pages() {
        return GeneratedPages.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageIsUpToDate(String name) throws IOException {
        Path page =
                Path.of(System.getProperty("orrery.root", "..")).resolve("docs").resolve(name);
        String written = Files.exists(page) ? Files.readString(page) : "";
        assertThat(firstDifference(
                        written,
                        Objects.requireNonNull(GeneratedPages.all().get(name)).get()))
                .as("docs/" + name + " is out of date; " + WRITE)
                .isEmpty();
    }

    @Test
    void theFirstLineThatDiffersIsNamed() {
        assertThat(firstDifference("a\nb\n", "a\nb\n")).isEmpty();
        assertThat(firstDifference("a\nb\nc\n", "a\nx\nc\n")).hasValue("line 2 is 'b', and would be 'x'");
        assertThat(firstDifference("a\n", "a\nb\n")).hasValue("line 2 is '', and would be 'b'");
        assertThat(firstDifference("a", "a\n")).hasValue("the pages differ in their ends of lines alone");
    }

    private static Optional<String> firstDifference(String written, String now) {
        if (written.equals(now)) {
            return Optional.empty();
        }
        List<String> ours = written.lines().toList();
        List<String> theirs = now.lines().toList();
        for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
            String one = i < ours.size() ? ours.get(i) : "";
            String other = i < theirs.size() ? theirs.get(i) : "";
            if (!one.equals(other)) {
                return Optional.of("line " + (i + 1) + " is '" + one + "', and would be '" + other + "'");
            }
        }
        return Optional.of("the pages differ in their ends of lines alone");
    }
}
