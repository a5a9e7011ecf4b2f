package io.orrery.lab.spec;

/**
 * A value of a spec that cannot be, or that cannot stand beside another.
 *
 * @param key dotted key of the value
 * @param message what was expected, what was found and why
 */
public record Problem(String key, String message) {
    @Override
    public String toString() {
        return key + ": " + message;
    }
}
