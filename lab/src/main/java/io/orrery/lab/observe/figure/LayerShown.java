package io.orrery.lab.observe.figure;

/** Which of several layers a figure shows first. */
public enum LayerShown {
    /** The last, of which theory speaks most. */
    LAST,
    /** The one before the last, such as where the last has one row for each class and can show little else. */
    LAST_BUT_ONE;

    /** Its index among so many layers, from input to output. */
    public int index(int layers) {
        return Math.max(0, layers - (this == LAST ? 1 : 2));
    }
}
