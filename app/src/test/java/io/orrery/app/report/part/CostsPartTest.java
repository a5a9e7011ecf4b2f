package io.orrery.app.report.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.run.RunEnd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CostsPartTest {
    private static RecordedRun run(String width, List<String> looks) {
        RunEnd end = new RunEnd(RunEnd.Status.DONE, 100, "", "", "", Map.of("training", 1.0, "rank", 3.0), looks);
        return new RecordedRun(
                "s", "id", 1, Map.of("model.widths", width), "{}", Map.of(), List.of(), Optional.of(end));
    }

    @Test
    void whatWasLeftOutIsSaidBesideWhatMeasuringTook() {
        List<String> thinned = List.of("gradient (gradients): read at 5 of 34 looks.", "Why: <30 s.");
        assertThat(CostsPart.html(List.of(run("[8]", thinned))))
                .contains("<p>gradient (gradients): read at 5 of 34 looks. Why: &lt;30 s.</p>")
                .contains("25.0% of it training");
        assertThat(CostsPart.html(List.of(run("[8]", thinned), run("[9]", List.of("Everything.")))))
                .contains("<p>model.widths = [8]: gradient", "<p>model.widths = [9]: Everything.</p>");
        assertThat(CostsPart.html(List.of(run("[8]", List.of())))).doesNotContain("<p>");
    }
}
