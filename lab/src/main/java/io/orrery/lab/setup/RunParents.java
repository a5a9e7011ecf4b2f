package io.orrery.lab.setup;

import io.orrery.lab.text.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The runs from which the networks of a run start, at most one for each.
 *
 * @param byRole by the role of the network that starts there, in the order of roles; that of the main network is empty
 */
public record RunParents(SequencedMap<String, RunParent> byRole) {
    /** All networks start from their initialization. */
    public static final RunParents NONE = new RunParents(new LinkedHashMap<>());

    private static final String AFTER = "after";
    private static final String NETWORKS = "networks";

    /** Copies the map and orders it. */
    public RunParents {
        byRole = Collections.unmodifiableSequencedMap(new TreeMap<>(byRole));
    }

    /** The main network alone starts from another run. */
    public static RunParents of(RunParent main) {
        return new RunParents(new TreeMap<>(Map.of("", main)));
    }

    /** Where the main network starts, if from another run. */
    public Optional<RunParent> main() {
        return Optional.ofNullable(byRole.get(""));
    }

    /** Whether all networks start from their initialization. */
    public boolean isEmpty() {
        return byRole.isEmpty();
    }

    /** Adds them to an object: {@code after} for the main network, {@code networks} by role for the others; nothing where there are none. */
    public void addTo(Json.Fields fields) {
        main().ifPresent(start -> fields.put(AFTER, start.json()));
        Json.Fields others = Json.object();
        byRole.forEach((role, start) -> {
            if (!role.isEmpty()) {
                others.put(role, start.json());
            }
        });
        if (!others.values().isEmpty()) {
            fields.put(NETWORKS, others);
        }
    }

    /**
     * Reads what {@link #addTo} added.
     *
     * @throws IllegalArgumentException if it is not of that form, saying what is missing
     */
    public static RunParents in(Json.Fields fields) {
        SequencedMap<String, RunParent> byRole = new LinkedHashMap<>();
        fields.get(AFTER).ifPresent(start -> byRole.put("", parent(start)));
        if (fields.get(NETWORKS).orElse(Json.object()) instanceof Json.Fields others) {
            others.values().forEach((role, start) -> byRole.put(role, parent(start)));
        }
        return new RunParents(byRole);
    }

    private static RunParent parent(Json json) {
        if (json instanceof Json.Fields start
                && start.get("run").orElse(new Json.Null()) instanceof Json.Text(String run)
                && start.get("step").orElse(new Json.Null()) instanceof Json.Number step
                && start.get("state").orElse(new Json.Null()) instanceof Json.Text(String state)) {
            return new RunParent(
                    run, step.asLong(), state, start.get("memory").equals(Optional.of(new Json.Flag(true))));
        }
        throw new IllegalArgumentException("what it starts from has no run, step or state");
    }

    /** As {@code teacher from run 0123456789ab at step 100}, one after the other. */
    public String text() {
        return byRole.entrySet().stream()
                .map(start -> (start.getKey().isEmpty() ? "" : start.getKey() + " from ")
                        + start.getValue().text())
                .collect(Collectors.joining(", "));
    }
}
