package io.orrery.lab.study;

import io.orrery.lab.spec.Spec;
import java.util.Map;

/**
 * A run of a study: a resolved spec with one seed.
 *
 * @param id first 12 hex digits of SHA-256 over the canonical JSON of what the trajectory depends on
 * @param setting the values of the grid's keys in this run, empty without a grid
 */
public record RunIdentity(String id, Spec spec, long seed, Map<String, String> setting) {}
