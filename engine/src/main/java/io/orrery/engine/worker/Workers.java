package io.orrery.engine.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed pool of threads that divides the output of one kernel call; with one thread the caller does all. One caller at
 * a time. Handing out work allocates nothing.
 */
public final class Workers implements AutoCloseable {
    private static final int SPINS = 20_000;

    private final int threads;
    private final List<Thread> pool = new ArrayList<>();
    private final AtomicInteger remaining = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicInteger round = new AtomicInteger();
    private final AtomicInteger parked = new AtomicInteger();
    private volatile boolean closed;
    private Task task = (part, parts) -> {};

    /** Work that can be divided. */
    public interface Task {
        /** Does one part of the work; parts may run at the same time. */
        void run(int part, int parts);
    }

    private Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("there must be at least 1 thread, found " + threads);
        }
        this.threads = threads;
        for (int part = 1; part < threads; part++) {
            int own = part;
            Thread thread = new Thread(() -> serve(own), "orrery-worker-" + part);
            thread.setDaemon(true);
            pool.add(thread);
            thread.start();
        }
    }

    /** The caller alone. */
    public static Workers single() {
        return new Workers(1);
    }

    /**
     * The caller and threads - 1 others, daemon threads that spin a little and then park.
     *
     * @throws IllegalArgumentException if there is less than one thread
     */
    public static Workers of(int threads) {
        return new Workers(threads);
    }

    /** How many threads work, the caller included. */
    public int threads() {
        return threads;
    }

    /**
     * Does all parts of a task, one on each thread, and returns when all are done. If a part fails, its exception is
     * thrown here once the others have ended.
     */
    public void run(Task work) {
        if (threads == 1) {
            work.run(0, 1);
            return;
        }
        if (closed) {
            throw new IllegalStateException("the workers were closed");
        }
        task = work;
        remaining.set(threads - 1);
        // Publishes the task: workers read the round before the task.
        round.incrementAndGet();
        if (parked.get() > 0) {
            for (int i = 0; i < pool.size(); i++) {
                LockSupport.unpark(pool.get(i));
            }
        }
        try {
            work.run(0, threads);
        } catch (Throwable thrown) {
            failure.compareAndSet(null, thrown);
        }
        awaitOthers();
        Throwable thrown = failure.getAndSet(null);
        if (thrown != null) {
            throw rethrow(thrown);
        }
    }

    private void awaitOthers() {
        int spins = 0;
        while (remaining.get() > 0) {
            if (spins++ < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    private void serve(int part) {
        int seen = 0;
        while (!closed) {
            int spins = 0;
            while (round.get() == seen && !closed) {
                if (spins++ < SPINS) {
                    Thread.onSpinWait();
                } else {
                    sleepUnless(seen);
                }
            }
            if (closed) {
                return;
            }
            seen = round.get();
            try {
                task.run(part, threads);
            } catch (Throwable thrown) {
                failure.compareAndSet(null, thrown);
            } finally {
                remaining.decrementAndGet();
            }
        }
    }

    /** Counts itself as parked before it looks once more, so that no new round can be missed. */
    private void sleepUnless(int seen) {
        parked.incrementAndGet();
        if (round.get() == seen && !closed) {
            LockSupport.park(this);
        }
        parked.decrementAndGet();
    }

    private static RuntimeException rethrow(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }

    @Override
    public void close() {
        closed = true;
        pool.forEach(LockSupport::unpark);
    }
}
