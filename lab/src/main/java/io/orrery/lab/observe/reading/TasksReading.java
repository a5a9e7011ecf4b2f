package io.orrery.lab.observe.reading;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.observe.Observation.Evaluation;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.Subject;
import io.orrery.lab.observe.TaskSubjects;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Loss and accuracy on the whole splits of every task so far, the present one last, at thorough looks: the end of each task is one. */
public record TasksReading() implements Reading<TasksReading.Retained> {
    /**
     * What a run does on its tasks so far.
     *
     * @param count how many tasks the run has
     * @param tasks one per task so far, in their order
     */
    public record Retained(int count, List<Map<SplitName, Evaluation>> tasks) {}

    @Override
    public String name() {
        return "loss and accuracy on all tasks so far";
    }

    @Override
    public Pace pace() {
        return Pace.THOROUGH;
    }

    /** Over the looks of a run half of the tasks are behind it, in the mean. */
    @Override
    public double flops(Sizes sizes) {
        return sizes.tasks() == 1 ? 0 : sizes.passes(Integer.MAX_VALUE) * (sizes.tasks() + 1) / 2;
    }

    @Override
    public Reader<Retained> over(Subject subject) {
        TaskSubjects tasks = subject.tasks();
        return _ -> new Retained(
                tasks.count(),
                tasks.count() == 1
                        ? List.of()
                        : Stream.concat(tasks.earlier().stream(), Stream.of(subject))
                                .map(task -> EvaluationReader.of(task).whole())
                                .toList());
    }
}
