package io.orrery.lab.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.setup.SpecText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AtRestTest {
    private static final SpecDocument DOCUMENT = Protocol.spec("""
            data: {source: xor}
            model: {kind: mlp, widths: [4]}
            """);

    /** The last third of 900 steps begins after 600: the value there is held against that at the end. */
    @Test
    void whatStillMovesInTheLastThirdIsNotJudged() {
        Requirement still = AtRest.settled(arm(9, 4, 2, 2.1), "norms.rho", "rho", 0.05);
        assertThat(still.met()).isTrue();

        Requirement moving = AtRest.settled(arm(9, 4, 2, 2.2), "norms.rho", "rho", 0.05);
        assertThat(moving.met()).isFalse();
        assertThat(moving.explanation())
                .contains("the change of rho over the last third of training", "must be at most 0.05", "found 0.0909");
        assertThat(AtRest.changes(arm(9, 4, 2, 2.2), "norms.rho")[0]).isCloseTo(0.2 / 2.2, within(1e-12));
    }

    @Test
    void whatWasNotMeasuredBeforeIsNotAtRest() {
        assertThat(AtRest.settled(arm(), "norms.rho", "rho", 0.05).met()).isFalse();
        assertThat(AtRest.settled(arm(9), "norms.rho", "rho", 0.05).met()).isFalse();
    }

    @Test
    void theScaleHasForgottenItsStartAfterSoManyRelaxationTimes() {
        assertThat(AtRest.relaxed(arm(1, 2, 8, 10), 10).met()).isFalse();
        assertThat(AtRest.relaxed(relaxed(10), 10).met()).isTrue();
        assertThat(AtRest.relaxed(relaxed(9.9), 10).met()).isFalse();
    }

    /** One run of 900 steps, read at 0, 300, 600 and 900. */
    private static ArmRuns arm(double... values) {
        List<Measurement> readings = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            readings.add(reading("rho", 300L * i, values[i]));
        }
        return runs(readings);
    }

    private static ArmRuns relaxed(double times) {
        return runs(List.of(reading("relaxation", 900, times)));
    }

    private static Measurement reading(String quantity, long step, double value) {
        return Measurement.of(step, "norms", quantity, "", "", value);
    }

    private static ArmRuns runs(List<Measurement> readings) {
        Spec spec = DOCUMENT.spec();
        RunEnd end = new RunEnd(RunEnd.Status.DONE, 900, "", "", "", Map.of());
        RecordedRun run = new RecordedRun(
                "claim", "", 2001, Map.of(), SpecText.json(spec).write(), Map.of(), readings, Optional.of(end));
        return new ArmRuns(Arm.treatment("decay", DOCUMENT), spec, List.of(run));
    }
}
