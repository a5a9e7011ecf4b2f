package io.orrery.app.report.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchPagesTest {
    /** A page to look at in a browser. */
    private static final Path PAGES = Path.of("target", "report", "bench");

    @Test
    void aPageSaysOnWhichMachineWhatWasTimedAndWhatItMeans() throws IOException {
        List<Json.Fields> events = new ArrayList<>(List.of(machine()));
        double ratio = 0.9;
        for (String shape : List.of("B32-H64", "B32-H256", "B32-H1024", "B128-H64", "B128-H256", "B128-H1024")) {
            events.add(contest("mlp", shape, 1, ratio));
            events.add(contest("mlp", shape + "-T2", 2, 1.3 * ratio));
            ratio *= 1.4;
        }
        events.add(suite("mlp", "Training steps of dense networks", "libtorch", 1.5)
                .put("least", 1.05)
                .put("summary", Json.object().put("geomean", 1.86).put("min", 0.9)));
        events.add(contest("tiny", "4-10-3-B1-single", 1, 24.4));
        events.add(contest("tiny", "20-32-32-1-B4-double", 1, 40));
        events.add(suite("tiny", "Training steps of very small networks", "libtorch", 15)
                .put(
                        "summary",
                        Json.object().put("geomean", 31.2).put("min", 24.4).put("microsecondsBatch4", 3.912)));
        events.add(scaling("arithmetic alone", 1.94));
        events.add(scaling("1 run", 1.78));
        events.add(scaling("8 runs", 1.91));
        events.add(suite("study", "Studies", "", 1.9)
                .put("summary", Json.object().put("arithmeticTwoCores", 1.94).put("eightRunsTwoCores", 1.91)));
        events.add(event("startup", "startup")
                .put("until", "the first step")
                .put("medianSeconds", 0.912)
                .put("bestSeconds", 0.88)
                .put("aimSeconds", 1.2));
        events.add(suite("startup", "Start-up", "", Double.NaN)
                .put("summary", Json.object().put("firstStepSeconds", 0.912).put("bestSeconds", 0.88)));
        events.add(event("memory", "memory")
                .put("shape", "H256-N2000")
                .put("runBytes", 3L << 20)
                .put("expectedBytes", 3L << 20)
                .put("lookedAtBytes", 4L << 20)
                .put("dataBytes", 6L << 20));
        events.add(suite("memory", "Memory", "", Double.NaN).put("summary", Json.object()));

        Path page = BenchPages.write(events, PAGES, "./orrery bench --suite mlp");

        assertThat(page).hasFileName("bench.html").isAbsolute();
        assertThat(Files.readString(page))
                .contains("Imaginary 9000", "512 bits", "123 GFLOP/s", "sleep at once")
                .contains("the peer's median time over ours")
                .contains("Training steps of dense networks, against libtorch")
                .contains(
                        "B128-H1024-T2",
                        "×\u00a01.86",
                        "least ×\u00a00.90; aims: ×\u00a01.50, least ×\u00a01.05",
                        "×\u00a031.2",
                        "3.91 µs")
                .contains("arithmetic alone", "×\u00a01.91", "0.91 s", "H256-N2000", "3 MB")
                .contains("\"kind\":\"ratios\"", "./orrery bench --suite mlp");
    }

    @Test
    void aSuiteThatFailedSaysWhy() {
        String page = BenchPage.of(
                List.of(
                        new BenchEvent(machine()),
                        new BenchEvent(suite("dl4j", "Training steps", "DL4J", 2)
                                .put("summary", Json.object().put("failed", "DL4J ended")))),
                "./orrery bench");
        assertThat(page).contains("The suite failed: DL4J ended", "<dd>failed</dd>");
    }

    private static Json.Fields machine() {
        return Json.object()
                .put("event", "machine")
                .put("processor", "Imaginary 9000")
                .put("cores", 2)
                .put("vectors", "512 bits")
                .put("java", "25")
                .put("peak", 123.4)
                .put("bandwidth", 20.1)
                .put("peer", "libtorch 2.10")
                .put("waitingTheirs", "sleep at once")
                .put("started", "2026-01-01T00:00:00Z")
                .put("orrery", "0.1.0");
    }

    private static Json.Fields event(String event, String suite) {
        return Json.object().put("event", event).put("suite", suite);
    }

    private static Json.Fields suite(String suite, String title, String peer, double target) {
        return event("suite", suite)
                .put("title", title)
                .put("about", "What is timed. B is the batch, H the width.")
                .put("peer", peer)
                .put("target", target);
    }

    private static Json.Fields contest(String suite, String shape, int threads, double ratio) {
        return event("contest", suite)
                .put("shape", shape)
                .put("threads", threads)
                .put("oursMicroseconds", 512.3)
                .put("theirsMicroseconds", 512.3 * ratio)
                .put("ratio", ratio)
                .put("gigaflops", 88.8)
                .put("peakShare", 0.72)
                .put("oursCores", 1)
                .put("theirsCores", 1);
    }

    private static Json.Fields scaling(String shape, double ratio) {
        return event("scaling", "study")
                .put("shape", shape)
                .put("oneCoreSeconds", ratio)
                .put("twoCoresSeconds", 1)
                .put("ratio", ratio);
    }
}
