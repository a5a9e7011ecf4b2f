package io.orrery.lab.recomputed;

import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.SplitName;
import java.util.EnumMap;
import java.util.Map;

/** Accuracy and loss on every task so far, each on its whole splits. */
final class TasksRecomputed implements Recomputation {
    @Override
    public String instrument() {
        return "tasks";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        if (moment.taskCount() == 1) {
            return;
        }
        expected.number("task", "", "", moment.task() + 1);
        Map<SplitName, Double> sums = new EnumMap<>(SplitName.class);
        for (int task = 0; task <= moment.task(); task++) {
            Dataset examples = moment.ofTask(task);
            String which = "task-" + (task + 1) + ".";
            for (SplitName name : SplitName.values()) {
                examples.split(name).ifPresent(split -> {
                    double[] scores = LossRecomputed.scores(moment, name, split);
                    expected.number("loss", "", which + name.text(), scores[0]);
                    expected.number("accuracy", "", which + name.text(), scores[1]);
                    sums.merge(name, scores[1], Double::sum);
                });
            }
        }
        sums.forEach((name, sum) -> expected.number("average", "", name.text(), sum / (moment.task() + 1)));
    }
}
