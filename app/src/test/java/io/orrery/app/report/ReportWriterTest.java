package io.orrery.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportWriterTest {
    private static final Path FOLDER = Path.of("target", "report");

    @Test
    void writesOnePageForSeveralSeeds() throws Exception {
        Path file = FOLDER.resolve("seeds.html");
        ReportWriter.write(
                new StudyReport(
                        "scribbles",
                        "Does a deep classifier trained far beyond zero error collapse, and does ρ come to rest where theory says?",
                        new SyntheticStudy().runs(5, Map.of()).list(),
                        "./orrery run --seeds 1..5"),
                file);
        assertThat(Files.size(file)).isBetween(1_000_000L, 1_600_000L);
    }

    @Test
    void writesOnePageForAGrid() {
        SyntheticStudy study = new SyntheticStudy();
        for (String lambda : new String[] {"0.0", "1e-4", "1e-3", "5e-3"}) {
            study.runs(3, Map.of("decay.lambda", lambda));
        }
        study.diverging(4, Map.of("decay.lambda", "5e-3"));
        ReportWriter.write(
                new StudyReport("decay sweep", "", study.list(), "./orrery run specs/decay.yaml"),
                FOLDER.resolve("grid.html"));
    }
}
