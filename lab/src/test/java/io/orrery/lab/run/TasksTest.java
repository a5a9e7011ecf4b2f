package io.orrery.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.task.ClassTasks;
import io.orrery.lab.data.task.PermutedTasks;
import io.orrery.lab.data.task.TasksSpec;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.model.Initial;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.train.TestSpec;
import io.orrery.lab.train.rule.Rules;
import io.orrery.lab.train.rule.TrainingRule;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Runs with several tasks: what is measured, what begins anew, what stays. */
final class TasksTest {
    private static final Dataset DATA = TestSpec.clusters(4, 48, Shape.of(6), 0.3, 5);

    @Test
    void everyTaskSoFarIsMeasuredAtTheEndOfEach() {
        TestSpec spec = spec(new PermutedTasks(3, 1));
        spec.instruments = List.of("tasks", "loss");
        TestRecorder recorder = run(spec);
        assertThat(at(recorder, 40))
                .contains("tasks.accuracy@task-1.train")
                .doesNotContain("tasks.accuracy@task-2.train");
        assertThat(at(recorder, 120)).contains("tasks.accuracy@task-1.train", "tasks.accuracy@task-3.test");
        // At its end the present task is what the usual instruments see.
        for (int task = 1; task <= 3; task++) {
            assertThat(value(recorder, 40L * task, "tasks.accuracy@task-" + task + ".train"))
                    .isEqualTo(value(recorder, 40L * task, "loss.accuracy@train"));
            assertThat(value(recorder, 40L * task, "tasks.loss@task-" + task + ".test"))
                    .isEqualTo(value(recorder, 40L * task, "loss.loss@test"));
        }
        double mean = (value(recorder, 80, "tasks.accuracy@task-1.train")
                        + value(recorder, 80, "tasks.accuracy@task-2.train"))
                / 2;
        assertThat(value(recorder, 80, "tasks.average@train")).isEqualTo(mean);
    }

    @Test
    void theFirstTaskIsTheRunWithoutTasks() {
        TestSpec alone = spec(new PermutedTasks(1, 1));
        alone.tasks = TasksSpec.defaults();
        TestSpec several = spec(new PermutedTasks(3, 1));
        TestRecorder one = run(alone);
        TestRecorder three = run(several);
        assertThat(value(three, 40, "loss.loss@train")).isEqualTo(value(one, 40, "loss.loss@train"));
    }

    @Test
    void resettingAllBeginsEachTaskFromADrawOfItsOwn() {
        TestSpec spec = spec(new ClassTasks(2));
        spec.tasks = new TasksSpec(new ClassTasks(2), List.of("all"), List.of());
        Trainer trainer = trainer(spec);
        while (!trainer.betweenTasks()) {
            trainer.advance();
        }
        trainer.beginNextTask();
        var drawn = Initial.of(trainer.network(), RandomStream.key(1, "task/1"));
        drawn.forEach((name, values) -> assertThat(trainer.state().read(name)).isEqualTo(values));
        assertThat(trainer.state().read("optimizer.momentum_buffer.layers.0.weight"))
                .containsOnly(0);
    }

    @Test
    void frozenLayersAreTrainedByTheFirstTaskAlone() {
        TestSpec spec = spec(new ClassTasks(2));
        spec.tasks = new TasksSpec(new ClassTasks(2), List.of(), List.of("layers.0"));
        Trainer trainer = trainer(spec);
        double[] start = trainer.state().read("layers.0.weight");
        while (!trainer.betweenTasks()) {
            trainer.advance();
        }
        double[] trained = trainer.state().read("layers.0.weight");
        assertThat(trained).isNotEqualTo(start);
        double[] last = trainer.state().read("layers.1.weight");
        trainer.beginNextTask();
        trainer.advance();
        assertThat(trainer.state().read("layers.0.weight")).isEqualTo(trained);
        assertThat(trainer.state().read("layers.1.weight")).isNotEqualTo(last);
    }

    /** Both runs are in the same state when the second task begins; one of them has a frozen layer from there. */
    @Test
    void directionsOfARuleBelongToTheLayersThatTheTaskTrains() {
        TestSpec spec = spec(new ClassTasks(2));
        spec.rule = Rules.all().stream()
                .filter(rule -> rule.getClass().getSimpleName().equals("LabelSmoothing"))
                .findFirst()
                .orElseThrow();
        spec.instruments = List.of("rule-direction");
        List<Measurement> all = atSecondTask(spec);
        spec.tasks = new TasksSpec(new ClassTasks(2), List.of(), List.of("layers.0"));
        List<Measurement> some = atSecondTask(spec);

        assertThat(some)
                .isNotEmpty()
                .allMatch(measurement -> !measurement.layer().equals("layers.0"));
        for (Measurement measurement : some) {
            if (measurement.layer().equals("layers.1")) {
                assertThat(all).contains(measurement);
            }
        }
    }

    private static List<Measurement> atSecondTask(TestSpec spec) {
        Trainer trainer = trainer(spec);
        while (!trainer.betweenTasks()) {
            trainer.advance();
        }
        trainer.beginNextTask();
        return trainer.measure();
    }

    @Test
    void whatARuleRemembersOfExamplesDoesNotGoOverToOthers() {
        TestSpec spec = spec(new ClassTasks(2));
        spec.rule = Rules.all().stream()
                .filter(TrainingRule::remembersExamples)
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> Trainer.check(spec.build(), DATA))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("tasks: the rule remembers something of each training example");
        spec.tasks = new TasksSpec(new ClassTasks(2), List.of("optimizer"), List.of());
        Trainer.check(spec.build(), DATA);
        spec.tasks = new TasksSpec(new PermutedTasks(3, 1), List.of(), List.of());
        Trainer.check(spec.build(), DATA);
    }

    @Test
    void aLayerThatBeginsAnewHasNoStatisticsOfItsFormerWeights() {
        TestSpec spec = spec(new ClassTasks(2));
        spec.normalization = Normalization.BATCH;
        spec.tasks = new TasksSpec(new ClassTasks(2), List.of("layers.0"), List.of());
        Trainer trainer = trainer(spec);
        while (!trainer.betweenTasks()) {
            trainer.advance();
        }
        String mean = trainer.network().statistics().getFirst().name();
        assertThat(trainer.state().read(mean)).isNotEqualTo(new double[8]);
        trainer.beginNextTask();
        assertThat(trainer.state().read(mean)).containsOnly(0);
    }

    @Test
    void namesThatTheNetworkDoesNotHaveAreRefused() {
        TestSpec spec = spec(new ClassTasks(2));
        spec.tasks = new TasksSpec(new ClassTasks(2), List.of("layer.0"), List.of());
        assertThatThrownBy(() -> Trainer.check(spec.build(), DATA))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("tasks.reset: there is no 'layer.0'");
    }

    private static TestSpec spec(io.orrery.lab.data.task.TaskSequence tasks) {
        TestSpec spec = new TestSpec();
        spec.steps = OptionalLong.of(40);
        spec.tasks = new TasksSpec(tasks, List.of(), List.of());
        return spec;
    }

    private static Trainer trainer(TestSpec spec) {
        return new Trainer(spec.build(), 1, DATA, Instruments.named(spec.instruments), Workers.single());
    }

    private static TestRecorder run(TestSpec spec) {
        TestRecorder recorder = new TestRecorder();
        trainer(spec).run(recorder, RunMonitor.NONE);
        return recorder;
    }

    private static List<String> at(TestRecorder recorder, long step) {
        return recorder.measurements.stream()
                .filter(measurement -> measurement.step() == step)
                .map(Measurement::series)
                .toList();
    }

    private static double value(TestRecorder recorder, long step, String series) {
        return recorder.measurements.stream()
                .filter(measurement ->
                        measurement.step() == step && measurement.series().equals(series))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
