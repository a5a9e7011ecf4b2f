package io.orrery.engine.plan;

import io.orrery.engine.state.SharedArray;

/**
 * A plan with memory of its own, bound to a state. Running allocates nothing in the steady state. Not safe for use by
 * several threads at a time.
 *
 * <p>Inputs keep their values between runs. All methods that take a name throw {@link IllegalArgumentException} for one
 * that the plan does not have, naming those it has, and for values of another number, shape, type or precision.
 */
public interface Execution {
    /** Sets a real input from outside, row-major; scalars take one value. Rounded to the plan's precision. */
    void set(String input, double... values);

    /** Sets a scalar real input, such as the learning rate; allocates nothing. */
    void setScalar(String input, double value);

    /** Sets an index input from an array, starting at a position; copies as many as the input's shape has. */
    void setIndices(String input, int[] values, int from);

    /** Sets a scalar index input, such as the step. */
    void setIndex(String input, int value);

    /**
     * Binds a real input to a shared array, whose shape and precision must be those of the input; nothing is copied.
     * Exchanging an array for another allocates a little, so change what lies before the loop over steps, and rows by
     * {@link #setIndices}.
     */
    void share(String input, SharedArray array);

    /** Binds an index input to a shared array of integers, such as the labels of a data set; nothing is copied. */
    void shareIndices(String input, int[] values);

    /**
     * Runs all calls of the plan, assignments included.
     *
     * @throws IllegalStateException if inputs were not set, naming them
     * @throws IndexOutOfBoundsException if an integer selects what is not there; assignments of this run may then be
     *     done in part
     */
    void run();

    /** The value of a scalar output (or one with a single element) after a run. */
    double scalar(String output);

    /** Copies a real output after a run, row-major; singles widen exactly. */
    double[] read(String output);

    /** Copies a real output into an array, starting at a position. */
    void read(String output, double[] target, int from);

    /** Copies an index output after a run. */
    int[] readIndices(String output);
}
