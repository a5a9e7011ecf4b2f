package io.orrery.bench;

import io.orrery.lab.text.Json;

/** A group of measurements that is run as a whole. */
interface Suite {
    /** As {@code --suite} names it. */
    String name();

    /** What it is, for the page. */
    SuiteDescription about();

    /** Whether it runs only when it is named. */
    default boolean onRequest() {
        return false;
    }

    /** Measures, writes a line for each shape, and returns the summary. */
    Json.Fields run(Bench bench) throws Exception;
}
