package io.orrery.lab.book;

import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as the lab book holds it.
 *
 * @param study name of its study
 * @param id run id, see {@link io.orrery.lab.setup.RunIdentity}
 * @param setting the values of the grid's keys, empty without a grid
 * @param spec the resolved spec as canonical JSON
 * @param provenance version, JDK, processor, vector width, threads, start time
 * @param end empty while a run is under way or was killed
 * @param thinned for people: what was left out of a long run's measurements so that they fit into memory; empty if they are
 *     whole
 */
public record RecordedRun(
        String study,
        String id,
        long seed,
        Map<String, String> setting,
        String spec,
        Map<String, String> provenance,
        List<Measurement> measurements,
        Optional<RunEnd> end,
        Optional<String> thinned) {
    /** A run with all its measurements. */
    public RecordedRun(
            String study,
            String id,
            long seed,
            Map<String, String> setting,
            String spec,
            Map<String, String> provenance,
            List<Measurement> measurements,
            Optional<RunEnd> end) {
        this(study, id, seed, setting, spec, provenance, measurements, end, Optional.empty());
    }
}
