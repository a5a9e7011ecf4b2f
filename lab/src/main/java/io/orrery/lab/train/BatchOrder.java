package io.orrery.lab.train;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.DataSpec.LastBatch;
import io.orrery.lab.data.DataSpec.Order;

/**
 * Which training examples each step sees: in epochs a fresh permutation each (Fisher-Yates keyed by seed and epoch), with
 * replacement independent draws keyed by seed and step, or always the full set. A step's batch depends on nothing else, so
 * any step can be the first. Not safe for use by several threads.
 */
public final class BatchOrder {
    private final Order order;
    private final int count;
    private final int batch;
    private final int stepsPerEpoch;
    private final RandomStream stream;

    private int[] rows = new int[0];
    private long preparedEpoch = -1;

    private BatchOrder(Order order, int count, int batch, int stepsPerEpoch, long seed) {
        this.order = order;
        this.count = count;
        this.batch = batch;
        this.stepsPerEpoch = stepsPerEpoch;
        this.stream = RandomStream.of(seed, "order");
    }

    /**
     * The order of a run over a training set.
     *
     * @throws UserError if no batch can be made
     */
    public static BatchOrder of(DataSpec spec, int count, long seed) {
        if (spec.batchSize() < 1) {
            throw new UserError("data.batchSize: expected at least 1, found " + spec.batchSize());
        }
        if (spec.order() == Order.FULL) {
            return new BatchOrder(Order.FULL, count, count, 1, seed);
        }
        if (spec.order() == Order.WITH_REPLACEMENT) {
            int steps = (count + spec.batchSize() - 1) / spec.batchSize();
            return new BatchOrder(Order.WITH_REPLACEMENT, count, spec.batchSize(), steps, seed);
        }
        int batch = Math.min(spec.batchSize(), count);
        if (spec.lastBatch() == LastBatch.DROP && spec.batchSize() > count) {
            throw new UserError("data.batchSize: " + spec.batchSize() + " with lastBatch: drop leaves no batch of the "
                    + count + " training examples; use a smaller batch or lastBatch: keep");
        }
        int steps = spec.lastBatch() == LastBatch.DROP ? count / batch : (count + batch - 1) / batch;
        return new BatchOrder(Order.EPOCHS, count, batch, steps, seed);
    }

    /** Steps of one pass over the training set; with replacement, as many as draw that many examples. */
    public int stepsPerEpoch() {
        return stepsPerEpoch;
    }

    /** Examples of a regular batch. */
    public int batch() {
        return batch;
    }

    /** Examples of the last batch of an epoch: those of a regular one if it comes out even. */
    public int lastBatch() {
        return order == Order.EPOCHS ? Math.min(batch, count - (stepsPerEpoch - 1) * batch) : batch;
    }

    /** Whether every step sees the whole set in the order of the data. */
    public boolean full() {
        return order == Order.FULL;
    }

    /** Whether a step is the one with the last batch of its epoch. */
    public boolean endsEpoch(long step) {
        return (int) (step % stepsPerEpoch) == stepsPerEpoch - 1;
    }

    /** Makes {@link #rows} hold a step's examples and says at which position they start. */
    public int prepare(long step) {
        return switch (order) {
            case FULL -> 0;
            case EPOCHS -> {
                long epoch = step / stepsPerEpoch;
                if (epoch != preparedEpoch) {
                    rows = stream.permutation(epoch, count);
                    preparedEpoch = epoch;
                }
                yield (int) (step - epoch * stepsPerEpoch) * batch;
            }
            case WITH_REPLACEMENT -> {
                if (rows.length != batch) {
                    rows = new int[batch];
                }
                for (int i = 0; i < batch; i++) {
                    rows[i] = stream.integer(step, i, count);
                }
                yield 0;
            }
        };
    }

    /** Positions in the training set; see {@link #prepare}. */
    int[] rows() {
        return rows;
    }
}
