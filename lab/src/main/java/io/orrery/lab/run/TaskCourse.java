package io.orrery.lab.run;

import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.task.TaskSequence;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.BatchOrder;
import io.orrery.lab.train.StopSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which task a run trains after how many updates. The step at which a task ends belongs to it: the next one begins with the
 * update that follows.
 */
final class TaskCourse {
    /** Updates done when each task ends, ascending. */
    private final long[] ends;

    private TaskCourse(long[] ends) {
        this.ends = ends;
    }

    /**
     * The course of a spec over its data.
     *
     * @throws UserError if the spec gives no end, no batch can be made, or the data cannot be shared out into its tasks
     */
    static TaskCourse of(Spec spec, Dataset data) {
        TaskSequence tasks = spec.tasks().sequence();
        return of(
                spec.stop(),
                spec.data(),
                IntStream.range(0, tasks.count(data))
                        .map(task -> tasks.examples(task, data))
                        .toArray());
    }

    /** The course over tasks of so many training examples. */
    static TaskCourse of(StopSpec stop, DataSpec data, int... examples) {
        if (stop.steps().isEmpty() && stop.epochs().isEmpty()) {
            throw new UserError("stop: expected steps or epochs, found neither; a run needs an end");
        }
        long[] ends = new long[examples.length];
        long done = 0;
        for (int task = 0; task < ends.length; task++) {
            done = Math.addExact(done, steps(stop, BatchOrder.of(data, examples[task], 0)));
            ends[task] = done;
        }
        if (done > Integer.MAX_VALUE) {
            throw new UserError("stop: expected 0 to " + Integer.MAX_VALUE + " steps, found " + done);
        }
        return new TaskCourse(ends);
    }

    private static long steps(StopSpec stop, BatchOrder order) {
        long bySteps = stop.steps().orElse(Long.MAX_VALUE);
        long byEpochs = stop.epochs().isPresent()
                ? Math.multiplyExact((long) stop.epochs().getAsInt(), order.stepsPerEpoch())
                : Long.MAX_VALUE;
        long steps = Math.min(bySteps, byEpochs);
        if (steps < 0 || steps > Integer.MAX_VALUE) {
            throw new UserError("stop: expected 0 to " + Integer.MAX_VALUE + " steps, found " + steps);
        }
        return steps;
    }

    /** Updates of all tasks. */
    long totalSteps() {
        return ends[ends.length - 1];
    }

    /** How many tasks there are. */
    int count() {
        return ends.length;
    }

    /** The task to which a step belongs. */
    int taskAt(long step) {
        int found = Arrays.binarySearch(ends, step);
        return Math.min(found >= 0 ? found : -found - 1, ends.length - 1);
    }

    /** Updates done before the first of a task. */
    long start(int task) {
        return task == 0 ? 0 : ends[task - 1];
    }

    /** Updates done when a task ends. */
    long end(int task) {
        return ends[task];
    }

    /** The ends of all tasks but the last. */
    List<Long> switches() {
        return Arrays.stream(ends, 0, ends.length - 1).boxed().toList();
    }
}
