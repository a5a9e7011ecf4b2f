package io.orrery.lab.claim;

import java.util.Locale;

/** How much work goes into a claim. */
public enum Scale {
    /** Small generated data; at most a minute on two cores. */
    QUICK,
    /** Real data, hours: the published experiment as far as the data at hand allow. */
    FULL;

    /** As on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
