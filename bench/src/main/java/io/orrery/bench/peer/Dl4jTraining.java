package io.orrery.bench.peer;

import io.orrery.bench.RepeatableWork;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A training step in DL4J. It needs another version of JavaCPP than libtorch, so it works in a process of its own and is
 * asked to repeat its step through a pipe, which costs some 30 microseconds a turn.
 */
public final class Dl4jTraining implements RepeatableWork {
    private final Process process;
    private final PrintStream requests;
    private final BufferedReader answers;

    private Dl4jTraining(Process process) {
        this.process = process;
        this.requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts DL4J on this Java and prepares fully connected layers of the given sizes.
     *
     * @param home the checkout, in which the launcher has built the module dl4j
     */
    public static Dl4jTraining start(Path home, int threads, int batch, int... sizes) {
        Path target = home.resolve("dl4j/target");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-cp",
                target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                "io.orrery.dl4j.Main"));
        for (String library : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")) {
            builder.environment().put(library, Integer.toString(threads));
        }
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Dl4jTraining training = new Dl4jTraining(builder.start());
            String layers = Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining(" "));
            training.ask("mlp " + batch + " " + layers, "ready");
            return training;
        } catch (IOException failed) {
            throw new UncheckedIOException("DL4J did not start", failed);
        }
    }

    @Override
    public void run() {
        run(1);
    }

    @Override
    public void run(int times) {
        ask("run " + times, "done");
    }

    @Override
    public void close() {
        process.destroy();
    }

    private void ask(String request, String expected) {
        requests.println(request);
        try {
            String answer = answers.readLine();
            if (!expected.equals(answer)) {
                throw new IllegalStateException("DL4J: expected '" + expected + "', found '" + answer + "'");
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("DL4J ended", failed);
        }
    }
}
