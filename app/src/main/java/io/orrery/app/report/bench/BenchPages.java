package io.orrery.app.report.bench;

import io.orrery.app.report.ReportWriter;
import io.orrery.lab.UserError;
import io.orrery.lab.text.Json;
import java.nio.file.Path;
import java.util.List;

/** Where the page of a bench lies: beside the studies of a lab book. */
public final class BenchPages {
    private static final String PAGE = "bench.html";

    private BenchPages() {}

    /**
     * Writes the page of a bench.
     *
     * @param events its lines: {@code machine} first, then for each suite its shapes and a line {@code suite} with the summary
     * @param folder in which to put it
     * @param command that was given
     * @return where it is
     * @throws UserError if it cannot be written
     */
    public static Path write(List<Json.Fields> events, Path folder, String command) {
        Path file = folder.resolve(PAGE).toAbsolutePath().normalize();
        ReportWriter.write(BenchPage.of(events.stream().map(BenchEvent::new).toList(), command), file);
        return file;
    }
}
