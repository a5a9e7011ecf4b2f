package io.orrery.lab.run;

import java.util.List;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param status done, diverged or interrupted
 * @param steps updates done
 * @param digest digest of the parameters, see {@code io.orrery.engine.state.Digest}
 * @param stateDigest digest of the whole state
 * @param message for people: why it stopped, or where and at what loss it diverged
 * @param seconds time spent by purpose: training, and one entry per instrument
 * @param looks in words: what measuring was predicted to cost, which readings were left out, and why
 */
public record RunEnd(
        Status status,
        long steps,
        String digest,
        String stateDigest,
        String message,
        Map<String, Double> seconds,
        List<String> looks) {
    /** An end of which nothing is known about looks. */
    public RunEnd(
            Status status, long steps, String digest, String stateDigest, String message, Map<String, Double> seconds) {
        this(status, steps, digest, stateDigest, message, seconds, List.of());
    }

    /** How it ended. */
    public enum Status {
        DONE,
        DIVERGED,
        INTERRUPTED
    }
}
