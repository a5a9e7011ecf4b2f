package io.orrery.engine.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed pool of threads that divides the output of one kernel call; with one thread the caller does all. One caller at
 * a time. Handing out work allocates nothing.
 *
 * <p>Parts belong to no thread: whoever is free takes the next. A worker that sleeps, or whose core another program has,
 * costs no time then, because the caller does what nobody has begun. Results do not depend on it: a part's number says
 * which outputs it writes, and which scratch memory it uses.
 */
public final class Workers implements AutoCloseable {
    /** About a millisecond: the gaps between the divided kernels of a training step are shorter. */
    private static final int SPINS_FOR_WORK = 20_000;

    /** A part that takes longer than its siblings may have lost its core to this very loop. */
    private static final int SPINS_FOR_OTHERS = 2_000;

    private static final int PART_BITS = 16;
    private static final int NONE = -1;

    private final int threads;
    private final List<Thread> pool = new ArrayList<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    /** The number of the round in the upper bits, the next part that nobody has taken in the lower. */
    private final AtomicLong tickets = new AtomicLong();

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
            Thread thread = new Thread(this::serve, "orrery-worker-" + part);
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
     * Does all parts of a task, as many as there are threads, and returns when all are done. If a part fails, its exception
     * is thrown here once the others have ended.
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
        unfinished.set(threads);
        // Publishes the task: whoever takes a part has read the ticket before.
        long round = (tickets.get() >>> PART_BITS) + 1;
        tickets.set(round << PART_BITS);
        if (parked.get() > 0) {
            for (int i = 0; i < pool.size(); i++) {
                LockSupport.unpark(pool.get(i));
            }
        }
        takeParts(round);
        awaitOthers();
        Throwable thrown = failure.getAndSet(null);
        if (thrown != null) {
            throw rethrow(thrown);
        }
    }

    private void takeParts(long round) {
        for (int part = take(round); part != NONE; part = take(round)) {
            try {
                task.run(part, threads);
            } catch (Throwable thrown) {
                failure.compareAndSet(null, thrown);
            } finally {
                unfinished.decrementAndGet();
            }
        }
    }

    /** A part of the round that is now this thread's, if there is one left: then the round cannot end before it is done. */
    private int take(long round) {
        while (true) {
            long ticket = tickets.get();
            int part = (int) (ticket & ((1L << PART_BITS) - 1));
            if (ticket >>> PART_BITS != round || part == threads) {
                return NONE;
            }
            if (tickets.compareAndSet(ticket, ticket + 1)) {
                return part;
            }
        }
    }

    private void awaitOthers() {
        int spins = 0;
        while (unfinished.get() > 0) {
            if (spins++ < SPINS_FOR_OTHERS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    private void serve() {
        long seen = 0;
        while (!closed) {
            int spins = 0;
            while (tickets.get() >>> PART_BITS == seen && !closed) {
                if (spins++ < SPINS_FOR_WORK) {
                    Thread.onSpinWait();
                } else {
                    sleepUnless(seen);
                }
            }
            if (closed) {
                return;
            }
            seen = tickets.get() >>> PART_BITS;
            takeParts(seen);
        }
    }

    /** Counts itself as parked before it looks once more, so that no new round can be missed. */
    private void sleepUnless(long seen) {
        parked.incrementAndGet();
        if (tickets.get() >>> PART_BITS == seen && !closed) {
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
