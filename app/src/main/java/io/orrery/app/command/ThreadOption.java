package io.orrery.app.command;

import io.orrery.lab.UserError;
import picocli.CommandLine.Option;

/** How many threads work; no result depends on it. */
final class ThreadOption {
    private static final int MOST = 1024;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to use. Default: all processors. Results do not depend on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    int count() {
        if (threads < 1 || threads > MOST) {
            throw new UserError("--threads: expected a number from 1 to " + MOST + ", found " + threads);
        }
        return threads;
    }
}
