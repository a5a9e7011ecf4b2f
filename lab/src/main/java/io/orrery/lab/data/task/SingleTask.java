package io.orrery.lab.data.task;

import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;

/** The data of the run and nothing after them: what a spec without tasks asks for. */
@Kind("single")
@About("the data themselves, once")
public record SingleTask() implements TaskSequence {
    /** The only one there is. */
    public static SingleTask defaults() {
        return new SingleTask();
    }

    @Override
    public int count(Dataset data) {
        return 1;
    }

    @Override
    public int examples(int task, Dataset data) {
        return data.train().count();
    }

    @Override
    public Dataset task(int task, Dataset data, DataSpec spec, long seed) {
        return data;
    }
}
