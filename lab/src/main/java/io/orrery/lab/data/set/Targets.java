package io.orrery.lab.data.set;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.state.SharedArray;

/**
 * What the examples of a split are to be answered with, one row per example. What the numbers mean says the data set's
 * {@link TargetKind}.
 */
public sealed interface Targets {
    /** Whether there is one row for each of so many examples. */
    boolean fits(int count);

    /** The rows at the given positions, one at least, in their order; the same row may be taken twice. */
    Targets at(int... rows);

    /** The same in another precision. These targets themselves if nothing changes. */
    Targets in(Precision precision);

    /** Memory. */
    long bytes();

    /**
     * One whole number per example: a class from 0, or a set of bits; not to be changed.
     *
     * @throws IllegalStateException if these targets are of another kind: whoever asks must have asked for the kind first
     */
    default int[] labels() {
        throw new IllegalStateException("these targets are no labels");
    }

    /** One label per example. */
    static Targets of(int... labels) {
        return new Whole(labels, 1);
    }

    /**
     * Whole numbers: classes, bits or tokens.
     *
     * @param values row after row; not to be changed
     * @param width numbers in a row
     */
    record Whole(int[] values, int width) implements Targets {
        @Override
        public boolean fits(int count) {
            return values.length == (long) count * width;
        }

        @Override
        public Targets at(int... rows) {
            int[] taken = new int[rows.length * width];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(values, rows[i] * width, taken, i * width, width);
            }
            return new Whole(taken, width);
        }

        @Override
        public Targets in(Precision precision) {
            return this;
        }

        @Override
        public long bytes() {
            return (long) values.length * Integer.BYTES;
        }

        @Override
        public int[] labels() {
            return width == 1 ? values : Targets.super.labels();
        }
    }

    /**
     * Real numbers.
     *
     * @param values [count, outputs]
     */
    record Real(SharedArray values) implements Targets {
        @Override
        public boolean fits(int count) {
            return values.shape().rank() == 2 && values.shape().size(0) == count;
        }

        @Override
        public Targets at(int... rows) {
            int width = values.shape().size(1);
            if (values.precision() == Precision.SINGLE) {
                float[] taken = new float[rows.length * width];
                for (int i = 0; i < rows.length; i++) {
                    System.arraycopy(values.singles(), rows[i] * width, taken, i * width, width);
                }
                return new Real(SharedArray.of(values.shape().with(0, rows.length), taken));
            }
            double[] taken = new double[rows.length * width];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(values.doubles(), rows[i] * width, taken, i * width, width);
            }
            return new Real(SharedArray.of(values.shape().with(0, rows.length), taken));
        }

        @Override
        public Targets in(Precision precision) {
            return values.precision() == precision ? this : new Real(values.in(precision));
        }

        @Override
        public long bytes() {
            return (long) values.shape().count() * values.precision().bytes();
        }
    }

    /** Nothing: the examples are all there is. */
    record None() implements Targets {
        @Override
        public boolean fits(int count) {
            return true;
        }

        @Override
        public Targets at(int... rows) {
            return this;
        }

        @Override
        public Targets in(Precision precision) {
            return this;
        }

        @Override
        public long bytes() {
            return 0;
        }
    }
}
