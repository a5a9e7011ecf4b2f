package io.orrery.app;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A case from practice: a folder with a script {@code cmd} that starts Orrery on the inputs beside it. Looked up in the folder
 * that ORRERY_CASES names, else in {@code ../shared/cases} beside the project. Only a copy of it is worked on.
 */
final class Case {
    private static final long PATIENCE_SECONDS = 300;
    /** What is said on a slow machine only. */
    private static final String SLOW = "orrery: .*( is still at work, |reading .* MB).*";

    /** What a case printed, both streams in the order of lines, without what JDK prints about vectors and slowness. */
    record Result(String output, Path folder) {
        /** What was printed from a line that holds a text up to the next that begins with {@code ---}, or the end. */
        String after(String mark) {
            int start = output.indexOf(mark);
            if (start < 0) {
                throw new AssertionError("no \"" + mark + "\" in:\n" + output);
            }
            int end = output.indexOf("\n---", start);
            return output.substring(start, end < 0 ? output.length() : end);
        }

        /** What was printed before the first line that begins with {@code ---}. */
        String first() {
            int end = output.indexOf("---");
            return end < 0 ? output : output.substring(0, end);
        }
    }

    private Case() {}

    /** The folder of a case; the test is skipped, with a message, if there is none. */
    static Path find(String name) {
        return Stream.of(
                        System.getenv("ORRERY_CASES"),
                        Launcher.root().resolve("../shared/cases").toString())
                .filter(Objects::nonNull)
                .map(folder -> Path.of(folder).resolve(name).normalize())
                .filter(Files::isDirectory)
                .findFirst()
                .orElseGet(() -> abort("skipped: no case " + name + " in ORRERY_CASES or ../shared/cases"));
    }

    /** Runs the script of a case on a copy of it in a scratch folder. */
    static Result run(String name, Path scratch) {
        Path original = find(name);
        try {
            Path copy = copy(original, scratch.resolve(name));
            Path output = scratch.resolve("output");
            ProcessBuilder builder = new ProcessBuilder(
                            "sh", copy.resolve("cmd").toString())
                    .directory(copy.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("ORRERY", starter(scratch).toString());
            builder.environment().put("LC_ALL", "C.UTF-8");
            List.of("ORRERY_BOOK", "ORRERY_JAVA_FLAGS").forEach(builder.environment()::remove);
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(name + " did not end in " + PATIENCE_SECONDS + " seconds");
            }
            return new Result(
                    String.join(
                            "\n",
                            Files.readString(output)
                                    .lines()
                                    .filter(line -> !line.contains("incubator") && !line.matches(SLOW))
                                    .toList()),
                    copy);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** A script that starts the classes under test as {@code ./orrery} would, but builds nothing. */
    static Path starter(Path scratch) throws IOException {
        String script = """
                #!/bin/sh
                exec '%s/bin/java' --add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED \\
                  --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC $ORRERY_JAVA_FLAGS -Dorrery.home='%s' \\
                  -cp '%s' io.orrery.app.Main "$@"
                """.formatted(System.getProperty("java.home"), Launcher.root(), classPath());
        Path file = scratch.resolve("orrery");
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    /** Of the classes under test; some runners load them by a class loader of their own. */
    private static String classPath() {
        return Case.class.getClassLoader() instanceof URLClassLoader own
                ? Stream.of(own.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }

    private static Path copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(from)) {
            all = found.toList();
        }
        for (Path path : all) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isSymbolicLink(path)) {
                Files.createSymbolicLink(target, Files.readSymbolicLink(path));
            } else if (Files.isDirectory(path)) {
                Files.createDirectories(target);
            } else {
                // Without attributes: the originals may be read-only.
                Files.write(target, Files.readAllBytes(path));
            }
        }
        return to;
    }
}
