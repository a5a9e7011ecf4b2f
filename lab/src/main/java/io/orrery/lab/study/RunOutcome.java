package io.orrery.lab.study;

import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunIdentity;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What became of a run of a study.
 *
 * @param key its name within the study in the lab book; the run id if it was not recorded
 * @param end how it ended; empty if it failed or never began because a stop was asked for
 * @param last the last number of every series (see {@link Measurement#series}), in the order of first appearance
 * @param alreadyDone whether the lab book held it already, so that nothing was run
 * @param failure what went wrong other than divergence
 */
public record RunOutcome(
        RunIdentity run,
        String key,
        Optional<RunEnd> end,
        SequencedMap<String, Double> last,
        boolean alreadyDone,
        Optional<RuntimeException> failure) {

    static SequencedMap<String, Double> last(List<Measurement> measurements) {
        SequencedMap<String, Double> last = new java.util.LinkedHashMap<>();
        measurements.stream()
                .filter(measurement -> measurement.values().size() == 1)
                .forEach(measurement -> last.put(measurement.series(), measurement.value()));
        return last;
    }
}
