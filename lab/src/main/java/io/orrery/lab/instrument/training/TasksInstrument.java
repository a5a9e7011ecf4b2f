package io.orrery.lab.instrument.training;

import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.Evaluation;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.reading.TasksReading;
import io.orrery.lab.spec.Serves;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a run with several tasks does on those that it has met, at the end of each and at other thorough looks; nothing with one task.
 * {@code task} is the number of the one that is trained, from 1. {@code accuracy} and {@code loss} are of one task's whole split, as
 * in {@code accuracy@task-2.test}; {@code average} is the mean accuracy over the tasks so far on the split that it is named with
 * (Chaudhry et al. 2018, arXiv 1801.10112, section 3). Forgetting follows from the accuracies at the ends of tasks.
 */
@Serves({"002-199", "004-14", "002-035"})
public final class TasksInstrument implements Instrument {
    @Override
    public String name() {
        return "tasks";
    }

    @Override
    public String about() {
        return "accuracy and loss on every task so far, and the average accuracy over them; only for runs with several tasks";
    }

    @Override
    public List<String> quantities() {
        return List.of("task", "accuracy", "loss", "average");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                        "Tasks so far",
                        Curves.of(
                                "Accuracy on each task",
                                "Share of right answers on the whole split of a task, from when it was met.",
                                AxisScale.PERCENT,
                                "accuracy"),
                        Curves.of("Loss on each task", "", AxisScale.AUTO, "loss"),
                        Curves.of("Average accuracy", "Mean over the tasks so far.", AxisScale.PERCENT, "average"))
                .andFurther(Curves.of("Task that is trained", "", AxisScale.LINEAR, "task"));
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new TasksReading());
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        if (!observation.thorough()) {
            return;
        }
        List<Map<SplitName, Evaluation>> tasks =
                observation.read(new TasksReading()).tasks();
        if (tasks.isEmpty()) {
            return;
        }
        Emitter emitter = new Emitter(observation, this, measurements);
        emitter.number("task", tasks.size());
        Map<SplitName, Double> sums = new HashMap<>();
        for (int task = 0; task < tasks.size(); task++) {
            String which = "task-" + (task + 1) + ".";
            tasks.get(task).forEach((split, evaluation) -> {
                evaluation.accuracy().ifPresent(share -> emitter.number("accuracy", "", which + split.text(), share));
                emitter.number("loss", "", which + split.text(), evaluation.loss());
                evaluation.accuracy().ifPresent(share -> sums.merge(split, share, Double::sum));
            });
        }
        for (SplitName split : SplitName.values()) {
            if (sums.containsKey(split)) {
                emitter.number("average", "", split.text(), sums.get(split) / tasks.size());
            }
        }
    }
}
