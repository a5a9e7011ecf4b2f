package io.orrery.app.command.common;

import io.orrery.app.Version;
import io.orrery.engine.Numerics;
import io.orrery.engine.kernel.VectorWidth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a run was made with: recorded beside it, never part of what it is. */
public final class RunProvenance {
    private static final Path LINUX_PROCESSORS = Path.of("/proc/cpuinfo");

    private RunProvenance() {}

    /** Names and what was found; the processor is unknown where the system does not say it. */
    public static Map<String, String> of(int threads) {
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("orrery", Version.text() + ", numerics " + Numerics.VERSION);
        provenance.put("java", Runtime.version() + " " + System.getProperty("java.vendor"));
        provenance.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        provenance.put("processor", processor());
        provenance.put("vectors", VectorWidth.BITS == 0 ? "scalar" : VectorWidth.BITS + " bits");
        provenance.put("threads", Integer.toString(threads));
        provenance.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return provenance;
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(LINUX_PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException notLinux) {
            return "unknown";
        }
    }
}
