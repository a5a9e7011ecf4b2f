package io.orrery.lab.compute;

import io.orrery.engine.Numerics;
import io.orrery.lab.file.Checksum;
import io.orrery.lab.text.Json;

/**
 * One question to a computation. What is equal is computed once.
 *
 * @param setting whole and within limits, or it is refused
 */
public record Evaluation(Computation computation, long seed, Setting setting) {
    private static final int ID_DIGITS = 12;

    /** Refuses a setting that the computation has no answer for. */
    public Evaluation {
        setting.requireFor(computation);
    }

    /**
     * The first 12 hex digits of the SHA-256 of the canonical JSON of name, version, seed, setting and
     * {@link Numerics#VERSION}.
     */
    public String id() {
        return Checksum.sha256(json()).substring(0, ID_DIGITS);
    }

    /** All that the answer depends on. */
    public Json.Fields json() {
        Json.Fields json = Json.object()
                .put("computation", computation.name())
                .put("version", computation.version())
                .put("numerics", Numerics.VERSION)
                .put("seed", seed)
                .put("setting", setting.json());
        if (!computation.of().isEmpty()) {
            json.put("of", Json.array(computation.of().stream().map(Json::text).toList()));
        }
        return json;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Evaluation evaluation && id().equals(evaluation.id());
    }

    @Override
    public int hashCode() {
        return id().hashCode();
    }
}
