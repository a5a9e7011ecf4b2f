package io.orrery.lab.setup;

import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.task.SingleTask;
import io.orrery.lab.data.task.TasksSpec;
import io.orrery.lab.spec.Problem;
import io.orrery.lab.text.Nearest;
import io.orrery.lab.train.ScheduleSpec;
import io.orrery.lab.train.StopSpec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.update.DecaySpec;
import io.orrery.lab.train.update.OptimizerSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What types alone do not refuse: impossible values, and combinations that contradict each other or would silently do
 * nothing.
 */
public final class SpecCheck {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final List<Problem> problems = new ArrayList<>();

    private SpecCheck() {}

    /**
     * What is wrong with a spec, in the order of its keys; empty if nothing is.
     *
     * @param instruments the names that {@code measure.instruments} may hold beside {@code default} and {@code all}
     */
    public static List<Problem> check(Spec spec, Set<String> instruments) {
        SpecCheck check = new SpecCheck();
        check.require(
                NAME.matcher(spec.name()).matches(),
                "name",
                "expected letters, digits, dots, hyphens and underscores (it names a folder), found '" + spec.name()
                        + "'");
        check.data(spec.data());
        ModelCheck.check(spec, check.problems);
        check.loss(spec.loss());
        check.problems.addAll(spec.rule().problems(spec.model(), spec.loss()));
        check.optimizer(spec.optimizer());
        check.decay(spec.decay());
        check.schedule(spec.schedule());
        check.stop(spec.stop());
        check.require(spec.draw() >= 0, "draw", "expected 0 or more, found " + spec.draw());
        check.tasks(spec);
        check.measure(spec.measure(), instruments);
        return List.copyOf(check.problems);
    }

    private void data(DataSpec data) {
        require(data.validation() >= 0, "data.validation", "expected 0 or more examples, found " + data.validation());
        require(
                data.classes().isEmpty() || data.classes().size() >= 2,
                "data.classes",
                "expected at least two classes, or none to keep all, found one");
        require(
                new HashSet<>(data.classes()).size() == data.classes().size(),
                "data.classes",
                "expected each class once, found " + data.classes());
        data.perClass().ifPresent(count -> atLeastOne("data.perClass", count));
        require(
                data.imbalance().stream().allMatch(count -> count >= 1),
                "data.imbalance",
                "expected 1 or more examples of each class, found " + data.imbalance());
        require(
                data.perClass().isEmpty() || data.imbalance().isEmpty(),
                "data.imbalance",
                "data.perClass also says how many examples of each class are kept; leave one of the two out");
        require(
                data.labelNoise() >= 0 && data.labelNoise() <= 1,
                "data.labelNoise",
                "expected a fraction from 0 to 1, found " + number(data.labelNoise()));
        atLeastOne("data.batchSize", data.batchSize());
    }

    private void loss(LossSpec loss) {
        if (loss.kind() == LossSpec.Kind.CROSS_ENTROPY) {
            String square = " belongs to the square loss and does nothing under cross-entropy; take it away or take "
                    + "loss.kind: square";
            require(loss.targets() == LossSpec.Targets.ONE_HOT, "loss.targets", kebab(loss.targets()) + square);
            require(loss.reduction() == LossSpec.Reduction.SUM, "loss.reduction", "mean" + square);
            require(!loss.half(), "loss.half", "true" + square);
        }
    }

    private void optimizer(OptimizerSpec optimizer) {
        positive("optimizer.learningRate", optimizer.learningRate());
        fraction("optimizer.momentum", optimizer.momentum());
        fraction("optimizer.beta1", optimizer.beta1());
        fraction("optimizer.beta2", optimizer.beta2());
        positive("optimizer.epsilon", optimizer.epsilon());
        require(
                new HashSet<>(optimizer.frozen()).size() == optimizer.frozen().size(),
                "optimizer.frozen",
                "expected each layer once, found " + optimizer.frozen());
        if (optimizer.nesterov()) {
            require(
                    optimizer.kind() == OptimizerSpec.Kind.SGD,
                    "optimizer.nesterov",
                    "only sgd looks ahead, found " + kebab(optimizer.kind()));
            require(optimizer.momentum() > 0, "optimizer.nesterov", "looking ahead needs momentum above 0, found 0");
        }
    }

    private void decay(DecaySpec decay) {
        positiveOrZero("decay.lambda", decay.lambda());
        for (int layer = 0; layer < decay.perLayer().size(); layer++) {
            positiveOrZero("decay.perLayer[" + layer + "]", decay.perLayer().get(layer));
        }
    }

    private void schedule(ScheduleSpec schedule) {
        require(schedule.warmup() >= 0, "schedule.warmup", "expected 0 or more steps, found " + schedule.warmup());
        List<Double> milestones = schedule.milestones();
        require(
                milestones.stream().allMatch(at -> at > 0 && at < 1),
                "schedule.milestones",
                "expected fractions of the run between 0 and 1, found " + milestones);
        require(
                milestones.equals(List.copyOf(new TreeSet<>(milestones))),
                "schedule.milestones",
                "expected fractions in ascending order, each once, found " + milestones);
        positive("schedule.factor", schedule.factor());
        positiveOrZero("schedule.finalFactor", schedule.finalFactor());
    }

    private void stop(StopSpec stop) {
        require(
                stop.steps().isPresent() || stop.epochs().isPresent(),
                "stop",
                "expected steps or epochs, found neither: the run would never be sure to end");
        stop.steps().ifPresent(steps -> atLeastOne("stop.steps", steps));
        stop.epochs().ifPresent(epochs -> atLeastOne("stop.epochs", epochs));
        stop.loss().ifPresent(loss -> positiveOrZero("stop.loss", loss));
        stop.seconds().ifPresent(seconds -> positive("stop.seconds", seconds));
    }

    private void tasks(Spec spec) {
        TasksSpec tasks = spec.tasks();
        problems.addAll(tasks.sequence().problems(spec.data()));
        if (tasks.sequence() instanceof SingleTask) {
            String alone = "belongs to several tasks and does nothing with one; take it away or choose a tasks.kind";
            require(tasks.reset().isEmpty(), "tasks.reset", alone);
            require(tasks.frozen().isEmpty(), "tasks.frozen", alone);
        } else {
            require(
                    spec.stop().loss().isEmpty(),
                    "stop.loss",
                    "would end the run in the middle of its tasks; take it away: each task has stop.steps or stop.epochs");
        }
    }

    private void measure(MeasureSpec measure, Set<String> instruments) {
        Set<String> valid = new TreeSet<>(instruments);
        valid.addAll(Set.of("default", "all"));
        for (String name : measure.instruments()) {
            require(
                    valid.contains(name),
                    "measure.instruments",
                    "there is no instrument '" + name + "'; " + Nearest.hint(name, valid));
        }
        measure.perDecade()
                .ifPresent(looks -> require(
                        looks >= 1 && looks <= 100, "measure.perDecade", "expected 1 to 100 looks, found " + looks));
        measure.every().ifPresent(steps -> atLeastOne("measure.every", steps));
        require(
                measure.at().stream().allMatch(step -> step >= 0),
                "measure.at",
                "expected steps from 0, found " + measure.at());
        measure.sample().ifPresent(examples -> atLeastOne("measure.sample", examples));
        measure.checkpointEvery().ifPresent(steps -> atLeastOne("measure.checkpointEvery", steps));
    }

    private void positive(String key, double value) {
        require(value > 0 && Double.isFinite(value), key, "expected a finite number above 0, found " + number(value));
    }

    private void positiveOrZero(String key, double value) {
        require(
                value >= 0 && Double.isFinite(value),
                key,
                "expected a finite number, 0 or above, found " + number(value));
    }

    private void fraction(String key, double value) {
        require(value >= 0 && value < 1, key, "expected a number from 0 to below 1, found " + number(value));
    }

    private void atLeastOne(String key, long value) {
        require(value >= 1, key, "expected 1 or more, found " + value);
    }

    private void require(boolean holds, String key, String message) {
        if (!holds) {
            problems.add(new Problem(key, message));
        }
    }

    /** As specs write it: 1 for 1.0. */
    static String number(double value) {
        String text = Double.toString(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
