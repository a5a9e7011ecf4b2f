package io.orrery.app.terminal;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Says that a command is still at work when neither stream has had a word for a while, whatever it is busy with. */
public final class Heartbeat {
    private static final long FIRST_SECONDS = 4;
    private static final long NEXT_SECONDS = 12;

    private final long start = System.nanoTime();
    private final AtomicLong lastWord = new AtomicLong(start);

    /** Something was written. */
    void word() {
        lastWord.set(System.nanoTime());
    }

    /**
     * Watches in the background for as long as the process lives.
     *
     * @param command what is at work
     * @param err where to say so
     */
    public void watch(String command, PrintStream err) {
        Thread.ofPlatform().daemon(true).name("heartbeat").start(() -> beat(command, err));
    }

    private void beat(String command, PrintStream err) {
        long patience = FIRST_SECONDS;
        try {
            while (true) {
                long silent = (System.nanoTime() - lastWord.get()) / 1_000_000_000;
                if (silent >= patience) {
                    err.printf(
                            Locale.ROOT,
                            "orrery: %s is still at work, %s so far%n",
                            command,
                            Durations.text((System.nanoTime() - start) / 1e9));
                    patience = NEXT_SECONDS;
                } else {
                    Thread.sleep(Math.max(50, (patience - silent) * 500));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
