package io.orrery.lab.data.set;

import java.util.Locale;

/** The three parts of a data set, kept apart. */
public enum SplitName {
    /** What the optimizer sees. */
    TRAIN,
    /** Held out of the training files for choices. */
    VALIDATION,
    /** Looked at for reports only. */
    TEST;

    /** The name in measurements: train, validation, test. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
