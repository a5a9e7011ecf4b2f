package io.orrery.lab.book;

import io.orrery.lab.instrument.Measurement;
import io.orrery.lab.train.RunEnd;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as the lab book holds it.
 *
 * @param study name of its study
 * @param id run id, see {@link io.orrery.lab.study.RunIdentity}
 * @param setting the values of the grid's keys, empty without a grid
 * @param spec the resolved spec as canonical JSON
 * @param provenance version, JDK, processor, vector width, threads, start time
 * @param end empty while a run is under way or was killed
 */
public record RecordedRun(
        String study,
        String id,
        long seed,
        Map<String, String> setting,
        String spec,
        Map<String, String> provenance,
        List<Measurement> measurements,
        Optional<RunEnd> end) {}
