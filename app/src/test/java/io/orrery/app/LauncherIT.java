package io.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the {@code ./orrery} script says before Java starts: wrong surroundings, damaged builds, help that needs no build. */
class LauncherIT {
    @TempDir
    Path folder;

    private record Said(int code, String text) {}

    @Test
    void flagsThatJavaRefusesAreNamed() {
        for (String flags : List.of("-Xmxx", "-XX:+Nonsense", "-Xmx800000g", "hello", "-Xmx2g -XX:+UseG1GC")) {
            Said said = run(Map.of("ORRERY_JAVA_FLAGS", flags), "list");
            assertThat(said.code).as(flags).isEqualTo(2);
            assertThat(said.text).contains("ORRERY_JAVA_FLAGS='" + flags + "'").doesNotContain("Virtual Machine");
        }
    }

    @Test
    void blanksAndStarsInFlagsStayWhatTheyAre() throws IOException {
        Files.createFile(folder.resolve("-Dx=ab"));
        Said said = run(Map.of("ORRERY_JAVA_FLAGS", "  -Xmx300m\t-Dx=*\n -Dy=2 "), "--version");
        assertThat(said.code).as(said.text).isZero();
    }

    @Test
    void aJavaHomeThatIsNoneIsNamed() throws IOException {
        assertThat(run(Map.of("ORRERY_JAVA_HOME", "/no/such/jdk"), "list").text)
                .contains("ORRERY_JAVA_HOME names /no/such/jdk, which does not exist");
        assertThat(run(Map.of("ORRERY_JAVA_HOME", folder.toString()), "list").text)
                .contains("holds no bin/javac");
        Path javac = Files.createDirectories(folder.resolve("bin")).resolve("javac");
        assertThat(Files.createFile(javac).toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"21.0.2\"\n");
        Said old = run(Map.of("ORRERY_JAVA_HOME", folder.toString()), "list");
        assertThat(old.code).isEqualTo(2);
        assertThat(old.text).contains("is Java 21.0.2", "a JDK 25");
    }

    @Test
    void helpOfTheBenchAndOfTheTestsNeedsNoBuild() throws IOException {
        // A copy of the script alone, beside which nothing could be built.
        Path script = copyOf("orrery");
        Files.createDirectories(folder.resolve("bench"));
        Files.copy(Launcher.root().resolve("bench/help.txt"), folder.resolve("bench/help.txt"));
        for (List<String> command : List.of(List.of("bench", "--help"), List.of("bench", "--suite", "mlp", "-h"))) {
            Said said = run(script, Map.of(), command.toArray(String[]::new));
            assertThat(said.code).as(said.text).isZero();
            assertThat(said.text).contains("Usage: orrery bench", "--suite");
        }
        assertThat(run(script, Map.of(), "test", "--help").text).contains("--part", "torture");
        Said unknown = run(script, Map.of(), "test", "--part", "nonsense");
        assertThat(unknown.code).isEqualTo(2);
        assertThat(unknown.text).contains("fuzz", "cluster", "'nonsense'");
    }

    @Test
    @Tag("long")
    @Tag("torture")
    void damagedBuildsAreBuiltAgain() throws IOException {
        Path script = copyOf("orrery", "mvnw", ".mvn", "pom.xml", "engine", "lab", "app");
        assertBuilds(script, "building (a minute");
        assertThat(run(script, Map.of(), "--version").text).doesNotContain("building");
        flip(folder.resolve("app/target/lib/orrery-lab-0.1.0.jar"));
        assertBuilds(script, "what was built is damaged");
        Files.delete(folder.resolve("app/target/lib/orrery-engine-0.1.0.jar"));
        assertBuilds(script, "what was built is damaged");
        Files.createFile(folder.resolve(".orrery/building"));
        Files.writeString(folder.resolve("lab/target/classes/io/orrery/lab/UserError.class"), "no class");
        Files.setLastModifiedTime(
                folder.resolve("pom.xml"), java.nio.file.attribute.FileTime.from(java.time.Instant.now()));
        assertBuilds(script, "the last build was interrupted");
        try (Stream<Path> caches = Files.list(folder.resolve(".orrery"))) {
            flip(caches.filter(file -> file.getFileName().toString().matches("classes-[0-9]+"))
                    .findFirst()
                    .orElseThrow());
        }
        Said said = run(script, Map.of(), "doctor");
        assertThat(said.code).as(said.text).isZero();
    }

    private void assertBuilds(Path script, String reason) {
        Said said = run(script, Map.of(), "--version");
        assertThat(said.code).as(said.text).isZero();
        assertThat(said.text).contains(reason, "orrery 0.1.0");
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x10;
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private Path copyOf(String... names) throws IOException {
        for (String name : names) {
            Path from = Launcher.root().resolve(name);
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.filter(path -> !path.toString().contains("/target"))
                        .toList()) {
                    Path to = folder.resolve(Launcher.root().relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(to);
                    } else {
                        Files.copy(file, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                    }
                }
            }
        }
        return folder.resolve("orrery");
    }

    private Said run(Map<String, String> environment, String... arguments) {
        return run(Launcher.root().resolve("orrery"), environment, arguments);
    }

    private Said run(Path script, Map<String, String> environment, String... arguments) {
        try {
            Path said = Files.createTempFile(folder, "said", ".txt");
            ProcessBuilder builder = new ProcessBuilder(
                            Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                                    .toList())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().put("ORRERY_JAVA_HOME", System.getProperty("java.home"));
            builder.environment().put("ORRERY_BOOK", folder.resolve("book").toString());
            if (script.startsWith(Launcher.root())) {
                builder.environment().put("ORRERY_SKIP_BUILD", "1");
            }
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(15, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("the launcher did not end");
            }
            return new Said(process.exitValue(), Files.readString(said));
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
