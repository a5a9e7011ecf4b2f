package io.orrery.lab.setup;

import io.orrery.engine.Numerics;
import io.orrery.lab.file.Checksum;
import io.orrery.lab.text.Json;
import java.util.List;
import java.util.Map;

/**
 * Names a run by everything that its numbers depend on, so that the same id means the same bits.
 *
 * <p>The id is the first 12 hexadecimal digits of the SHA-256 of the canonical JSON {@code {"files": digests by spec key,
 * "numerics": version of the kernels' bits, "seed": s, "spec": the resolved spec}}. Of the spec these are left out: the
 * name, what is measured, and where files lie. Stop rules stay in, {@code stop.seconds} too: they decide where a run ends.
 * A run that starts from another one has {@code "after"} too: that run's id, step and state digest; networks of other roles have theirs under
 * {@code "networks"}. With {@code stop.loss} the steps at which the loss is looked at, and on how many examples, stay in for the same reason.
 */
public final class RunId {
    private static final int DIGITS = 12;

    private RunId() {}

    /**
     * The id of a run.
     *
     * @param fileDigests SHA-256 of every file read, by the key of the spec that names it
     */
    public static String of(Spec spec, long seed, Map<String, String> fileDigests) {
        return of(spec, seed, fileDigests, RunParents.NONE);
    }

    /** The id of a run that may start from others. */
    public static String of(Spec spec, long seed, Map<String, String> fileDigests, RunParents parents) {
        Json.Fields identity = Json.object()
                .put("files", Json.texts(fileDigests))
                .put("numerics", Numerics.VERSION)
                .put("seed", seed)
                .put("spec", trajectory(spec));
        parents.addTo(identity);
        return Checksum.sha256(identity).substring(0, DIGITS);
    }

    private static Json.Fields trajectory(Spec spec) {
        Json.Fields fields = SpecText.withoutPlaces(spec);
        List.of("name", "measure").forEach(fields.values()::remove);
        if (spec.stop().loss().isPresent()) {
            MeasureSpec measure = spec.measure();
            Json.Fields looks =
                    Json.object().put("perDecade", measure.looksPerDecade()).put("sample", measure.sampleSize());
            if (!measure.at().isEmpty()) {
                looks.put(
                        "at",
                        Json.array(measure.at().stream()
                                .map(step -> Json.number(step.longValue()))
                                .toList()));
            }
            measure.every().ifPresent(steps -> looks.put("every", steps));
            fields.put("measure", looks);
        }
        return fields;
    }
}
