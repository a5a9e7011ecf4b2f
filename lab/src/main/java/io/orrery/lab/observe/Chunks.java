package io.orrery.lab.observe;

import io.orrery.engine.plan.Execution;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** Feeds the examples at given positions to a plan of fixed size; the last chunk is filled up with its first example. */
public final class Chunks {
    private static final int ELEMENTS = 1 << 20;
    private static final int LARGEST = 512;
    private static final int SMALLEST = 16;

    private final int size;
    private final int[] padded;

    /** Chunks of a size. */
    public Chunks(int size) {
        this.size = size;
        this.padded = new int[size];
    }

    /** Examples that the plan takes at a time. */
    public int size() {
        return size;
    }

    /** Reads the results of a chunk: the first {@code count} of it, which are the examples from {@code start} on. */
    public interface Reader {
        void read(int start, int count);
    }

    /** Runs a plan on all positions in order. */
    public void run(Execution execution, String rowsInput, int[] rows, Reader reader) {
        run(execution, rowsInput, rows, _ -> {}, reader);
    }

    /** Runs a plan on all positions in order, telling how many examples of a chunk count before it runs. */
    public void run(Execution execution, String rowsInput, int[] rows, IntConsumer before, Reader reader) {
        for (int start = 0; start < rows.length; start += size) {
            int count = Math.min(size, rows.length - start);
            System.arraycopy(rows, start, padded, 0, count);
            Arrays.fill(padded, count, size, rows[start]);
            execution.setIndices(rowsInput, padded, 0);
            before.accept(count);
            execution.run();
            reader.read(start, count);
        }
    }

    /**
     * A chunk size, the same on every machine, at which a network's largest activation stays near the cache and which
     * divides so many examples into chunks of about equal size.
     */
    public static int sizeFor(int largestActivation, int examples) {
        int fitting = Math.clamp(ELEMENTS / largestActivation / 8 * 8, SMALLEST, LARGEST);
        int number = Math.max(1, (examples + fitting - 1) / fitting);
        int even = (examples + number - 1) / number;
        return Math.min((even + 7) / 8 * 8, Math.min(fitting, examples));
    }
}
