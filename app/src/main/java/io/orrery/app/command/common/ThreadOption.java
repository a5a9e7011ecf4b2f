package io.orrery.app.command.common;

import io.orrery.lab.UserError;
import picocli.CommandLine.Option;

/** How many threads work; no result depends on it. */
public final class ThreadOption {
    private static final int MOST = 1024;
    /** Waiting threads spin: far more of them than processors take a step from microseconds to seconds. */
    private static final int PER_PROCESSOR = 4;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads to use. Default: all processors. Results do not depend on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    private boolean said;

    /** As many as asked for, but no more than the machine bears. */
    public int count() {
        if (threads < 1 || threads > MOST) {
            throw new UserError("--threads: expected a number from 1 to " + MOST + ", found " + threads);
        }
        int bearable = PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
        if (threads > bearable && !said) {
            said = true;
            System.err.println("orrery: --threads " + threads + ": this machine has "
                    + Runtime.getRuntime().availableProcessors() + " processors; " + bearable
                    + " threads are used, because more would only wait for each other");
        }
        return Math.min(threads, bearable);
    }
}
