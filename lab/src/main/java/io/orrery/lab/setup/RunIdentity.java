package io.orrery.lab.setup;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A run of a study: a resolved spec with one seed.
 *
 * @param id first 12 hex digits of SHA-256 over the canonical JSON of what the trajectory depends on
 * @param setting the values of the grid's keys in this run, empty without a grid
 * @param formerIds ids under which earlier builds recorded the same run
 * @param parents the runs that its networks start from; none if they start from their initialization
 */
public record RunIdentity(
        String id, Spec spec, long seed, Map<String, String> setting, List<String> formerIds, RunParents parents) {
    /** Copies the former ids. */
    public RunIdentity {
        formerIds = List.copyOf(formerIds);
    }

    /** A run that has had no other id and starts from its initialization. */
    public RunIdentity(String id, Spec spec, long seed, Map<String, String> setting) {
        this(id, spec, seed, setting, List.of(), RunParents.NONE);
    }

    /** All ids under which the run may be recorded, that of today first. */
    public List<String> ids() {
        return Stream.concat(Stream.of(id), formerIds.stream()).distinct().toList();
    }
}
