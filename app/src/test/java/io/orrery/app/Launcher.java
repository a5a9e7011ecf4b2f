package io.orrery.app;

import io.orrery.lab.text.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code ./orrery} script as a user starts it, in a folder of its own. */
final class Launcher {
    private static final long PATIENCE_SECONDS = 600;

    private final Path folder;
    private final List<String> javaFlags;

    Launcher(Path folder, String... javaFlags) {
        this.folder = folder;
        this.javaFlags = List.of(javaFlags);
    }

    /** What a command left behind. */
    record Result(int code, String out, String err) {
        /** Lines of standard output. */
        List<String> lines() {
            return out.lines().toList();
        }

        /** The last line of standard output as JSON. */
        Json.Fields last() {
            return (Json.Fields) Json.parse(lines().getLast());
        }

        /** The finished event's runs. */
        List<Json.Fields> runs() {
            Json.Items runs = (Json.Items) last().get("runs").orElseThrow();
            return runs.values().stream().map(run -> (Json.Fields) run).toList();
        }

        /** A text of each run, in order. */
        List<String> ofRuns(String key) {
            return runs().stream()
                    .map(run -> ((Json.Text) run.get(key).orElseThrow()).value())
                    .toList();
        }

        /** What a user reads on standard error, without the line that JDK prints about vectors and those that say that work goes on. */
        String message() {
            return String.join(
                    "\n",
                    err.lines()
                            .filter(line -> !line.contains("incubator") && !line.contains("is still at work"))
                            .toList());
        }
    }

    Result run(String... arguments) {
        try {
            Process process = start(arguments);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("orrery " + String.join(" ", arguments) + " did not end");
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(folder.resolve("out")),
                    Files.readString(folder.resolve("err")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(root().resolve("orrery").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().put("ORRERY_SKIP_BUILD", "1");
        builder.environment().put("ORRERY_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("ORRERY_JAVA_FLAGS", String.join(" ", javaFlags));
        builder.environment().remove("ORRERY_BOOK");
        return builder.start();
    }

    static Path root() {
        return Path.of(System.getProperty("orrery.root"));
    }
}
