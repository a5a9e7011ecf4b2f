package io.orrery.lab.spec;

import io.orrery.lab.study.RunIdentity;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run of a study before its data are loaded: a resolved spec with one seed.
 *
 * @param setting the values of the grid's keys as written, in the grid's order; empty without a grid
 */
public record RunPlan(Spec spec, long seed, Map<String, String> setting) {
    /** Copies the setting and keeps its order. */
    public RunPlan {
        setting = Collections.unmodifiableMap(new LinkedHashMap<>(setting));
    }

    /**
     * The run with its id.
     *
     * @param fileDigests SHA-256 of every file that the run reads (data, initial weights), by a name free of folders
     */
    public RunIdentity identify(Map<String, String> fileDigests) {
        return new RunIdentity(RunId.of(spec, seed, fileDigests), spec, seed, setting);
    }
}
