package io.orrery.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One start of the embedded default through the launcher, ended after a while.
 *
 * @param firstStepSeconds from the command to the first step
 * @param log what the JVM wrote of its compilations; empty if it was not asked for
 */
record DefaultStart(double firstStepSeconds, List<String> log) {
    private static final Pattern STEP = Pattern.compile("\"event\":\"progress\".*\"step\":(\\d+)");

    /**
     * Starts it, waits for the first step and so many seconds more.
     *
     * @param arguments after {@code run}
     * @throws IllegalStateException if it ends before its first step
     */
    static DefaultStart of(Path home, double secondsMore, String... arguments)
            throws IOException, InterruptedException {
        Path book = Files.createTempDirectory("orrery-startup");
        try {
            Path log = book.resolve("compiled.log");
            List<String> command = new ArrayList<>(
                    List.of(home.resolve("orrery").toString(), "run", "--json", "--out", book.toString()));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("ORRERY_JAVA_HOME", System.getProperty("java.home"));
            if (secondsMore > 0) {
                builder.environment().put("ORRERY_JAVA_FLAGS", "-Xlog:nmethod+install=info:file=" + log + ":uptime");
            }
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            long start = System.nanoTime();
            Process process = builder.start();
            try {
                awaitFirstStep(process);
                double seconds = (System.nanoTime() - start) / 1e9;
                if (secondsMore > 0) {
                    process.waitFor((long) (1e3 * secondsMore), TimeUnit.MILLISECONDS);
                }
                return new DefaultStart(seconds, Files.exists(log) ? Files.readAllLines(log) : List.of());
            } finally {
                process.destroyForcibly();
                process.waitFor(10, TimeUnit.SECONDS);
            }
        } finally {
            delete(book);
        }
    }

    private static void awaitFirstStep(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher progress = STEP.matcher(line);
            if (progress.find() && !progress.group(1).equals("0")) {
                // Nothing that is printed later may fill the pipe and hold up the run.
                Thread drain = new Thread(() -> drain(lines));
                drain.setDaemon(true);
                drain.start();
                return;
            }
        }
        throw new IllegalStateException("'./orrery run' ended before its first step");
    }

    private static void drain(BufferedReader lines) {
        try {
            while (lines.readLine() != null) {}
        } catch (IOException ended) {
            // The process was ended: there is nothing more to read.
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
