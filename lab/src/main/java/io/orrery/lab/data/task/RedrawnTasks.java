package io.orrery.lab.data.task;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Problem;
import io.orrery.lab.spec.Serves;
import java.util.List;

/**
 * Each task is drawn anew by the generator of the data, with a seed of its own: other classes, other examples, other labels. The first
 * is the data of the run.
 */
@Serves("002-199")
@Kind("redrawn")
@About("each task generated anew: other classes, examples and labels of the same kind")
public record RedrawnTasks(@About("how many tasks") int count) implements TaskSequence {
    /** Ten tasks. */
    public static RedrawnTasks defaults() {
        return new RedrawnTasks(10);
    }

    @Override
    public int count(Dataset data) {
        return count;
    }

    @Override
    public int examples(int task, Dataset data) {
        return data.train().count();
    }

    @Override
    public Dataset task(int task, Dataset data, DataSpec spec, long seed) {
        if (task == 0) {
            return data;
        }
        Dataset drawn = spec.examples(
                RandomStream.key(spec.dataSeed(seed), "task/" + task),
                data.train().inputs().precision());
        if (drawn.train().count() != data.train().count()) {
            throw new UserError("tasks.kind: redrawn needs as many training examples in each draw, but task 1 has "
                    + data.train().count() + " and task " + (task + 1) + " has "
                    + drawn.train().count() + "; leave out what chooses examples, such as data.classes");
        }
        return drawn;
    }

    @Override
    public List<Problem> problems(DataSpec spec) {
        if (count < 1) {
            return List.of(new Problem("tasks.count", "expected 1 or more tasks, found " + count));
        }
        return spec.source().generated()
                ? List.of()
                : List.of(new Problem(
                        "tasks.kind",
                        "redrawn needs data that are generated, these are read from files; take permuted or classes, or a"
                                + " generated data.source"));
    }
}
