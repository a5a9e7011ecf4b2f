package io.orrery.lab.data.task;

import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.spec.Choice;
import io.orrery.lab.spec.Problem;
import java.util.List;

/**
 * The tasks of a run: data sets of the same shape, trained one after the other by the same network. A sequence is a record of its
 * settings; adding one means one file with a {@code @Kind} name, its test, and its name in the permits clause here.
 */
@Choice
public sealed interface TaskSequence permits SingleTask, RedrawnTasks, PermutedTasks, ClassTasks {
    /** How many tasks there are over a run's data: 1 or more. */
    int count(Dataset data);

    /** Training examples of a task, from 0, without making it. */
    int examples(int task, Dataset data);

    /**
     * The examples of a task. It depends on nothing but the arguments, so that a task can be made again.
     *
     * @param task from 0
     * @param data of the run, as {@link DataSpec#load} gives them
     * @param seed of the run
     */
    Dataset task(int task, Dataset data, DataSpec spec, long seed);

    /** What is wrong with it over such data, by keys of the spec; empty if nothing is. */
    default List<Problem> problems(DataSpec spec) {
        return List.of();
    }
}
