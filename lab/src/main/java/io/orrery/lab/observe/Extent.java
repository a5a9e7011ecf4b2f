package io.orrery.lab.observe;

/** On which examples of a split loss and accuracy are taken. */
public enum Extent {
    /** The probe set. */
    PROBE,
    /** As many as the spec says. */
    SAMPLE,
    /** All. */
    WHOLE
}
