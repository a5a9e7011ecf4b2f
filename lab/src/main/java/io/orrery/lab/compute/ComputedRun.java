package io.orrery.lab.compute;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An evaluation and what became of it. */
public sealed interface ComputedRun {
    /** What was asked. */
    Evaluation evaluation();

    /**
     * It has an answer, which the lab book holds.
     *
     * @param alreadyDone whether the lab book held it before
     */
    record Done(Evaluation evaluation, ResultBook.Kept kept, boolean alreadyDone) implements ComputedRun {
        /** As the runs that were trained are, at step 0: the computation is the instrument, each series a quantity. */
        public RecordedRun recorded(String study, Map<String, String> provenance) {
            List<Measurement> measurements = kept.results().series().entrySet().stream()
                    .map(series -> new Measurement(
                            0, evaluation.computation().name(), series.getKey(), "", "", series.getValue()))
                    .toList();
            return new RecordedRun(
                    study,
                    evaluation.id(),
                    evaluation.seed(),
                    evaluation.setting().texts(),
                    evaluation.json().sorted().write(),
                    provenance,
                    measurements,
                    Optional.of(new RunEnd(RunEnd.Status.DONE, 0, "", "", "", Map.of("computing", kept.seconds()))));
        }
    }

    /** It was not begun, because a stop was asked for. */
    record NotBegun(Evaluation evaluation) implements ComputedRun {}

    /** It could not be computed. */
    record Failed(Evaluation evaluation, RuntimeException reason) implements ComputedRun {}
}
