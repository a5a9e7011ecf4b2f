package io.orrery.lab.observe;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The tasks of a run as readings see them.
 *
 * @param present the task that is trained, from 0
 * @param count how many tasks the run has
 * @param of the run with the examples of an earlier task; made when first asked for, then kept
 */
public record TaskSubjects(int present, int count, IntFunction<Subject> of) {
    /** The run with the examples of each task before the present one, in their order. */
    public List<Subject> earlier() {
        return IntStream.range(0, present).mapToObj(of).toList();
    }
}
