package io.orrery.bench;

import io.orrery.lab.text.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** From the command to the first step of the embedded default, through the launcher as a person starts it. */
final class StartupSuite implements Suite {
    private static final int STARTS = 7;
    private static final double FIRST_STEP_SECONDS = 1.2;
    private static final Pattern STEP = Pattern.compile("\"event\":\"progress\".*\"step\":(\\d+)");

    private final Path home;

    StartupSuite(Path home) {
        this.home = home;
    }

    @Override
    public About about() {
        return About.alone("Start-up", "The embedded default, './orrery run', from the command on.");
    }

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public Json.Fields run(Bench bench) throws Exception {
        bench.say("");
        // Builds what is not built, and warms the disk.
        secondsToFirstStep();
        double[] seconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            seconds[i] = secondsToFirstStep();
        }
        double median = Contest.median(seconds);
        double best = Arrays.stream(seconds).min().orElse(Double.NaN);
        bench.line(
                Json.object()
                        .put("event", "startup")
                        .put("suite", name())
                        .put("shape", "embedded default")
                        .put("until", "the first step")
                        .put("aimSeconds", FIRST_STEP_SECONDS)
                        .put("medianSeconds", median)
                        .put("bestSeconds", best),
                String.format(
                        Locale.ROOT,
                        "%-9s first step of the embedded default after %.2f s (median of %d starts; best %.2f s)",
                        name(),
                        median,
                        STARTS,
                        best));
        return Json.object().put("firstStepSeconds", median).put("bestSeconds", best);
    }

    private double secondsToFirstStep() throws IOException, InterruptedException {
        Path book = Files.createTempDirectory("orrery-startup");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(home.resolve("orrery").toString(), "run", "--json", "--out", book.toString());
            builder.environment().put("ORRERY_JAVA_HOME", System.getProperty("java.home"));
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            long start = System.nanoTime();
            Process process = builder.start();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Matcher progress = STEP.matcher(line);
                    if (progress.find() && !progress.group(1).equals("0")) {
                        return (System.nanoTime() - start) / 1e9;
                    }
                }
                throw new IllegalStateException("'./orrery run' ended before its first step");
            } finally {
                process.destroyForcibly();
                process.waitFor(10, TimeUnit.SECONDS);
            }
        } finally {
            delete(book);
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
