package io.orrery.lab.train;

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
 */
public record RunEnd(
        Status status, long steps, String digest, String stateDigest, String message, Map<String, Double> seconds) {
    /** How it ended. */
    public enum Status {
        DONE,
        DIVERGED,
        INTERRUPTED
    }
}
