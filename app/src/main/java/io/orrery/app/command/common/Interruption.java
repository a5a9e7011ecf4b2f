package io.orrery.app.command.common;

import io.orrery.app.terminal.Terminal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM while work goes on: asks for checkpoints, waits for the last line of output, says how to go on, and ends
 * the process. Closing it says that the work is concluded.
 */
public final class Interruption implements AutoCloseable {
    /** How a process that can be resumed ends. */
    public static final int CODE = 130;

    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch concluded = new CountDownLatch(1);

    /**
     * Watches from now on.
     *
     * @param command goes on where the work stopped
     * @param requestStop asks the runs for checkpoints
     */
    public Interruption(Terminal terminal, String command, Runnable requestStop) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(terminal, command, requestStop), "stop"));
    }

    @Override
    public void close() {
        concluded.countDown();
    }

    private void stop(Terminal terminal, String command, Runnable requestStop) {
        if (concluded.getCount() == 0) {
            return;
        }
        terminal.err().println("orrery: stopping; writing checkpoints...");
        requestStop.run();
        try {
            if (!concluded.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                terminal.err().println("orrery: a run did not stop in time; it goes on from its last checkpoint");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return;
        }
        terminal.err().println("orrery: interrupted; go on with '" + command + "'");
        terminal.err().flush();
        Runtime.getRuntime().halt(CODE);
    }
}
