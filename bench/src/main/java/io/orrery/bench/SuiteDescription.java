package io.orrery.bench;

/**
 * What people read of a suite.
 *
 * @param title a few words
 * @param text what is timed, one or two sentences
 * @param peer whose times stand beside ours; empty if none
 * @param target of the geometric mean of ratios; NaN for none
 * @param least ratio that is aimed at on every shape; NaN for none
 */
record SuiteDescription(String title, String text, String peer, double target, double least) {
    /** Without a peer and without an aim. */
    static SuiteDescription alone(String title, String text) {
        return new SuiteDescription(title, text, "", Double.NaN, Double.NaN);
    }
}
