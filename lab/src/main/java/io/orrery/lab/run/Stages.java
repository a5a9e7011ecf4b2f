package io.orrery.lab.run;

import io.orrery.engine.device.Device;
import io.orrery.engine.graph.ShapeException;
import io.orrery.engine.plan.compile.Rewrites;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.task.TasksSpec;
import io.orrery.lab.observe.Observer;
import io.orrery.lab.observe.Subject;
import io.orrery.lab.observe.TaskSubjects;
import io.orrery.lab.run.Stage.Bound;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.BatchOrder;
import io.orrery.lab.train.TrainingPlan;
import io.orrery.lab.train.step.Batch;
import io.orrery.lab.train.step.Learner;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the stages of a run. Tasks of the same size share the plans of their steps; their examples are bound anew. */
final class Stages {
    private final Spec spec;
    private final long seed;
    private final Dataset data;
    private final TaskCourse course;
    private final Learners learners;
    private final State state;
    private final Optional<State> start;
    private final Device device;
    private final Workers workers;
    private final Rewrites rewrites;
    private final Map<Steps, Bound> steps = new HashMap<>();
    private final Map<Integer, SoftReference<Subject>> earlier = new HashMap<>();

    /** What the plan of a step depends on within a run. */
    private record Steps(boolean first, int examples, int batch) {}

    Stages(
            Spec spec,
            long seed,
            Dataset data,
            TaskCourse course,
            Learners learners,
            State state,
            Optional<State> start,
            Device device,
            Workers workers,
            Rewrites rewrites) {
        this.spec = spec;
        this.seed = seed;
        this.data = data;
        this.course = course;
        this.learners = learners;
        this.state = state;
        this.start = start;
        this.device = device;
        this.workers = workers;
        this.rewrites = rewrites;
    }

    /** A task, ready to be trained. */
    Stage of(int task) {
        Dataset examples = examples(task);
        Learner learner = learners.of(task);
        BatchOrder order = BatchOrder.of(spec.data(), learner.examples(), orderSeed(task));
        Bound whole = bound(task, learner, order, order.batch(), examples);
        Optional<Bound> rest = order.lastBatch() == order.batch()
                ? Optional.empty()
                : Optional.of(bound(task, learner, order, order.lastBatch(), examples));
        boolean restarts = spec.tasks().reset().stream()
                .anyMatch(what -> what.equals(TasksSpec.OPTIMIZER) || what.equals(TasksSpec.ALL));
        long clock = restarts ? course.start(task) : 0;
        return new Stage(
                task, course.start(task), clock, learner, order, whole, rest, new Observer(subject(task, examples)));
    }

    /** The first task draws its batches as a run without tasks does. */
    private long orderSeed(int task) {
        long drawn = spec.trainingSeed(seed);
        return task == 0 ? drawn : RandomStream.key(drawn, "task/" + task);
    }

    private Dataset examples(int task) {
        return course.count() == 1
                ? data
                : spec.tasks().sequence().task(task, data, spec.data(), seed).in(spec.precision());
    }

    private Subject subject(int task, Dataset examples) {
        return new Subject(
                spec,
                seed,
                learners.of(task),
                examples,
                state,
                start,
                device,
                workers,
                new TaskSubjects(task, course.count(), this::earlier));
    }

    /** Made when a reading asks for it, and kept while there is memory for its examples: it can be made again. */
    private Subject earlier(int task) {
        Subject known = Optional.ofNullable(earlier.get(task))
                .map(SoftReference::get)
                .orElseGet(() -> subject(task, examples(task)));
        earlier.put(task, new SoftReference<>(known));
        return known;
    }

    private Bound bound(int task, Learner learner, BatchOrder order, int batch, Dataset examples) {
        Bound bound = steps.computeIfAbsent(new Steps(task == 0, learner.examples(), batch), _ -> {
            TrainingPlan plan = compiled(learner, order, batch);
            RunMemory.requireStep(device, plan.plan(), state, order);
            return new Bound(plan, plan.bind(device, state, spec.trainingSeed(seed), examples.train()));
        });
        Batch.share(bound.execution(), learners.loss(), examples.train());
        return bound;
    }

    private TrainingPlan compiled(Learner learner, BatchOrder order, int batch) {
        try {
            return TrainingPlan.compile(learner, spec.precision(), batch, order.full(), rewrites);
        } catch (ShapeException | ArithmeticException tooLarge) {
            throw new UserError(
                    "one step on " + batch + " examples does not fit: " + tooLarge.getMessage()
                            + "; use a smaller data.batchSize or model",
                    tooLarge);
        }
    }
}
