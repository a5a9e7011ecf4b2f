package io.orrery.lab.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSetTest {
    private static final String MORNING = "2026-11-29T08:00:00Z";
    private static final String NOON = "2026-11-29T12:00:00Z";

    private static BookedRun run(long seed, String started, Map<String, String> setting, String spec) {
        return new BookedRun(
                "s", "run" + seed, "run" + seed, seed, setting, spec, 3, Map.of("started", started), Path.of("r"));
    }

    private static BookedRun read(BookedRun run, String digest) {
        return new BookedRun(
                run.study(),
                run.id(),
                run.key(),
                run.seed(),
                run.setting(),
                run.spec(),
                run.numerics(),
                RunSet.provenance(run.provenance(), Map.of("data.file", digest)),
                run.folder());
    }

    private static String spec(String file, int width, double lambda) {
        return "{\"name\":\"s\",\"data\":{\"file\":\"" + file + "\"},\"model\":{\"widths\":[" + width
                + "]},\"decay\":{\"lambda\":" + lambda + "}}";
    }

    @Test
    void seedsAndValuesOfTheGridMakeNoDifference() {
        List<RunSet> sets = RunSet.of(List.of(
                run(1, MORNING, Map.of("decay.lambda", "0"), spec("a", 8, 0)),
                run(2, MORNING, Map.of("decay.lambda", "0"), spec("a", 8, 0)),
                run(1, NOON, Map.of("decay.lambda", "0.1"), spec("a", 8, 0.1))));
        assertThat(sets).hasSize(1);
        assertThat(sets.getFirst().about()).isEqualTo("3 runs, seeds 1, 2, begun " + NOON);
    }

    @Test
    void anotherSpecUnderTheSameNameIsAnotherSet() {
        List<RunSet> sets = RunSet.of(
                List.of(run(1, NOON, Map.of(), spec("a", 16, 0)), run(1, MORNING, Map.of(), spec("a", 8, 0))));
        assertThat(sets).hasSize(2);
        assertThat(sets.getLast().started()).as("the last begun comes last").isEqualTo(NOON);
        assertThat(RunSet.differences(sets)).isEqualTo("model.widths ([8], [16])");
        assertThat(sets.getFirst().name())
                .startsWith("s@")
                .isNotEqualTo(sets.getLast().name());
    }

    /** Even in the same second: the same setting cannot be of one command twice. */
    @Test
    void otherDataUnderTheSameFileNameAreAnotherSetAndTheSameDataElsewhereAreNot() {
        BookedRun first = run(1, NOON, Map.of(), spec("table.csv", 8, 0));
        List<RunSet> sets = RunSet.of(List.of(read(first, "aa"), read(first, "bb")));
        assertThat(sets).hasSize(2);
        assertThat(RunSet.differences(sets)).isEqualTo("the content of data.file");
        BookedRun moved = run(2, NOON, Map.of(), spec("elsewhere.csv", 8, 0));
        assertThat(RunSet.of(List.of(read(first, "aa"), read(moved, "aa")))).hasSize(1);
    }

    @Test
    void whatOneCommandBeganIsOneSetEvenIfAGridOfKindsGivesEachItsOwnKeys() {
        BookedRun mlp = run(1, NOON, Map.of("model.kind", "mlp"), "{\"model\":{\"kind\":\"mlp\",\"widths\":[8]}}");
        BookedRun cnn = run(1, NOON, Map.of("model.kind", "cnn"), "{\"model\":{\"kind\":\"cnn\",\"channels\":[4]}}");
        assertThat(RunSet.of(List.of(mlp, cnn))).hasSize(1);
        BookedRun wider = run(1, MORNING, Map.of("model.kind", "mlp"), "{\"model\":{\"kind\":\"mlp\",\"widths\":[9]}}");
        List<RunSet> sets = RunSet.of(List.of(mlp, cnn, wider));
        assertThat(sets).hasSize(2);
        assertThat(RunSet.differences(sets)).isEqualTo("model.widths ([9], [8])");
    }
}
