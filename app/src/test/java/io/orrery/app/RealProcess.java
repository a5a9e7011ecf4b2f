package io.orrery.app;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Orrery as a process of its own on the classes under test, which can be killed. */
final class RealProcess {
    private static final long PATIENCE_SECONDS = 300;

    private final Process process;
    private final Path output;

    private RealProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts a command; both streams go to a file. */
    static RealProcess start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                classPath(),
                "io.orrery.app.Main"));
        command.addAll(List.of(arguments));
        return new RealProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** Where this test's classes come from, whoever loaded them. */
    private static String classPath() {
        List<String> places = new ArrayList<>();
        ClassLoader loader = RealProcess.class.getClassLoader();
        if (loader instanceof URLClassLoader urls) {
            for (URL url : urls.getURLs()) {
                places.add(Path.of(java.net.URI.create(url.toString())).toString());
            }
        }
        places.add(System.getProperty("java.class.path"));
        return String.join(File.pathSeparator, places);
    }

    /** Kills it after a while, as {@code kill -9} does; whether it had not ended before. */
    boolean killAfter(long milliseconds) throws InterruptedException {
        if (process.waitFor(milliseconds, TimeUnit.MILLISECONDS)) {
            return false;
        }
        process.destroyForcibly().waitFor();
        return true;
    }

    /** Waits for its end and gives its exit code. */
    int code() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("a process of Orrery did not end");
        }
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(output);
    }
}
