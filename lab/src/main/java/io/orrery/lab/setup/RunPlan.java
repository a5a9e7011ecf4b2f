package io.orrery.lab.setup;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A run of a study before its data are loaded: a resolved spec with one seed.
 *
 * @param setting the values of the grid's keys as written, in the grid's order; empty without a grid
 * @param parents the runs that its networks start from; none if they start from their initialization
 */
public record RunPlan(Spec spec, long seed, Map<String, String> setting, RunParents parents) {
    /** Copies the setting and keeps its order. */
    public RunPlan {
        setting = Collections.unmodifiableMap(new LinkedHashMap<>(setting));
    }

    /** A run that starts from its initialization. */
    public RunPlan(Spec spec, long seed, Map<String, String> setting) {
        this(spec, seed, setting, RunParents.NONE);
    }

    /**
     * The run with its id.
     *
     * @param fileDigests SHA-256 of every file that the run reads (data, initial weights), by the key of the spec that names
     *     it, never by the file's name: a file that is moved or renamed is the same
     */
    public RunIdentity identify(Map<String, String> fileDigests) {
        return identify(fileDigests, fileDigests);
    }

    /**
     * The same for a run that an earlier build may have recorded.
     *
     * @param byName the digests by the files' names, which entered the ids of those builds
     */
    public RunIdentity identify(Map<String, String> fileDigests, Map<String, String> byName) {
        String id = RunId.of(spec, seed, fileDigests, parents);
        return new RunIdentity(
                id,
                spec,
                seed,
                setting,
                Stream.of(RunId.of(spec, seed, byName, parents))
                        .filter(former -> !former.equals(id))
                        .toList(),
                parents);
    }
}
