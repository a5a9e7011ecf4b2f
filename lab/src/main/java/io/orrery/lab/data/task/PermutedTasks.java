package io.orrery.lab.data.task;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Problem;
import io.orrery.lab.spec.Serves;
import java.util.ArrayList;
import java.util.List;

/**
 * The same examples with their features (pixels of images, all channels together) in another random order in each task after the
 * first, as in permuted MNIST (Goodfellow et al. 2013). With a share below 1 only so many places, chosen at random for each task,
 * change among themselves.
 */
@Serves({"002-199", "002-035"})
@Kind("permuted")
@About("the same examples, the features in another random order in each task after the first")
public record PermutedTasks(
        @About("how many tasks") int count,

        @About("share of the features that change places, from 0 to 1")
        double share)
        implements TaskSequence {
    /** Ten tasks, all features. */
    public static PermutedTasks defaults() {
        return new PermutedTasks(10, 1);
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
        return task == 0 ? data : data.permuted(RandomStream.of(spec.dataSeed(seed), "task/" + task), share);
    }

    @Override
    public List<Problem> problems(DataSpec spec) {
        List<Problem> problems = new ArrayList<>();
        if (count < 1) {
            problems.add(new Problem("tasks.count", "expected 1 or more tasks, found " + count));
        }
        if (!(share >= 0 && share <= 1)) {
            problems.add(new Problem("tasks.share", "expected a share from 0 to 1, found " + share));
        }
        return problems;
    }
}
