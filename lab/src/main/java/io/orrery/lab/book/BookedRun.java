package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.setup.RunParents;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecText;
import io.orrery.lab.text.Json;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run of the lab book without its measurements: what its {@code run.json} says.
 *
 * @param key the run id, with {@code -2} and so on for the same trajectory measured in another way; names the run within
 *     its study
 * @param setting the values of the grid's keys, empty without a grid
 * @param spec the resolved spec as canonical JSON
 * @param numerics {@link io.orrery.engine.Numerics#VERSION} of the build that recorded it
 * @param provenance version, JDK, processor, vector width, threads, start time
 * @param parents the runs that its networks start from; none if they start from their initialization
 */
public record BookedRun(
        String study,
        String id,
        String key,
        long seed,
        Map<String, String> setting,
        String spec,
        int numerics,
        Map<String, String> provenance,
        Path folder,
        RunParents parents) {

    /** A run that starts from its initialization. */
    public BookedRun(
            String study,
            String id,
            String key,
            long seed,
            Map<String, String> setting,
            String spec,
            int numerics,
            Map<String, String> provenance,
            Path folder) {
        this(study, id, key, seed, setting, spec, numerics, provenance, folder, RunParents.NONE);
    }

    /** Copies the maps and keeps their order. */
    public BookedRun {
        setting = Collections.unmodifiableMap(new LinkedHashMap<>(setting));
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    }

    /** study/key: names the run within the lab book; with the study's folder if a user renamed it. */
    public String name() {
        return folderName().startsWith(study + "/")
                ? study + "/" + key
                : folderName().substring(0, folderName().indexOf('/') + 1) + key;
    }

    /** The folder in which the runs of its study lie. */
    public Path studyFolder() {
        return Optional.ofNullable(folder.getParent()).orElse(folder);
    }

    /** Names of the study's and the run's folder, joined by a slash. */
    String folderName() {
        return folderName(folder);
    }

    static String folderName(Path folder) {
        return Optional.ofNullable(folder.getParent())
                        .map(Path::getFileName)
                        .map(name -> name + "/")
                        .orElse("/")
                + folder.getFileName();
    }

    /**
     * The run with its resolved spec.
     *
     * @throws UserError if this build no longer understands the spec
     */
    public RunIdentity identity() {
        Spec resolved = SpecText.read(spec, folder.resolve(RunFolder.IDENTITY).toString());
        return new RunIdentity(id, resolved, seed, setting, List.of(), parents);
    }

    Json.Fields json() {
        Json.Fields json = Json.object()
                .put("format", RunFolder.FORMAT)
                .put("study", study)
                .put("run", id)
                .put("key", key)
                .put("seed", seed)
                .put("setting", Json.texts(setting))
                .put("numerics", numerics)
                .put("spec", Json.parse(spec))
                .put("provenance", Json.texts(provenance));
        parents.addTo(json);
        return json;
    }
}
