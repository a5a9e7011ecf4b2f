package io.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One concept has one name, and one name means one thing. */
class ClassNamesTest {
    /** Names that stand for two things, each the field's word in its own room. */
    private static final Set<String> SHARED = Set.of(
            // How images and kernels correlate; the association of two quantities.
            "Correlation",
            // Of a record among those of a sealed interface; of a statement that is judged.
            "Kind",
            // A trained array; a number that a computation depends on.
            "Parameter",
            // Where a program starts; what is said of a package.
            "Main",
            "package-info");

    @Test
    void eachClassHasANameOfItsOwn() throws IOException {
        Map<String, List<Path>> byName = new TreeMap<>();
        for (String module : List.of("engine", "lab", "app", "bench")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> byName.computeIfAbsent(
                                        file.getFileName().toString(), name -> new ArrayList<>())
                                .add(file));
            }
        }
        assertThat(byName).hasSizeGreaterThan(500);
        byName.values().removeIf(files -> files.size() < 2);
        byName.keySet().removeIf(name -> SHARED.contains(name.replace(".java", "")));
        assertThat(byName).isEmpty();
    }
}
