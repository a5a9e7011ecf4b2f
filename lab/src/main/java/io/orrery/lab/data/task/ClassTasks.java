package io.orrery.lab.data.task;

import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Problem;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Each task has the next few classes of the data, renumbered from 0, so that all tasks share the outputs of the network. Transforms
 * of the data, standardization among them, are those of all classes together.
 */
@Serves("004-14")
@Kind("classes")
@About("each task the next few classes of the data, renumbered from 0: all tasks share the outputs")
public record ClassTasks(@About("classes of each task") int perTask) implements TaskSequence {
    /** Two classes a task. */
    public static ClassTasks defaults() {
        return new ClassTasks(2);
    }

    @Override
    public int count(Dataset data) {
        boolean fits = data.target() instanceof TargetKind.Classes
                && data.classes() % perTask == 0
                && data.classes() > perTask;
        if (!fits) {
            throw new UserError("tasks.perTask: the targets of the data are "
                    + data.target().words()
                    + ", which cannot be shared out into tasks of " + perTask
                    + "; choose how many with tasks.perTask, or classes with data.classes");
        }
        return data.classes() / perTask;
    }

    @Override
    public int examples(int task, Dataset data) {
        int[] counts = data.train().countsPerClass(data.classes());
        return classes(task).stream().mapToInt(number -> counts[number]).sum();
    }

    @Override
    public Dataset task(int task, Dataset data, DataSpec spec, long seed) {
        return data.ofClasses(classes(task));
    }

    @Override
    public List<Problem> problems(DataSpec spec) {
        return perTask >= 2
                ? List.of()
                : List.of(new Problem("tasks.perTask", "expected 2 or more classes, found " + perTask));
    }

    private List<Integer> classes(int task) {
        return IntStream.range(task * perTask, (task + 1) * perTask).boxed().toList();
    }
}
