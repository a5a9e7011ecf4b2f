package io.orrery.lab.setup;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.task.TasksSpec;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Later;
import io.orrery.lab.train.ScheduleSpec;
import io.orrery.lab.train.StopSpec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.rule.TrainingRule;
import io.orrery.lab.train.update.DecaySpec;
import io.orrery.lab.train.update.OptimizerSpec;

/**
 * Everything that the numbers of a run depend on, resolved: every default written out, no grid left. One seed makes it a
 * run. Absent keys take their values from {@link #defaults()}.
 */
public record Spec(
        @About("name of the study, used for its folder and report")
        String name,

        @About("single (float32) or double (float64)") Precision precision,

        @About("where examples come from, how they are transformed and drawn")
        DataSpec data,

        @About("architecture, initialization, normalization")
        ModelSpec model,

        @About("what is minimized") LossSpec loss,
        @About("what a step does") @Later TrainingRule rule,
        @About("how parameters are updated") OptimizerSpec optimizer,
        @About("weight decay and its convention") DecaySpec decay,
        @About("the learning rate over time") ScheduleSpec schedule,
        @About("when a run ends") StopSpec stop,

        @About(
                "which of several runs on the data of one seed: initialization, order of examples, noise and what a rule draws are drawn anew for each number; 0 is the usual one")
        @Later
        int draw,

        @About(
                "data sets that a run trains one after the other; stop.steps and stop.epochs count for each, the schedule runs over all")
        @Later
        TasksSpec tasks,

        @About(
                "what is measured, when, and when checkpoints are written; what a spec asks for here is done whatever it costs. What it leaves open is fitted to the length of the run, by predicted FLOPs and never by the clock: in a run of 100 steps or more all that is cheap (weights, probe sets, loss and accuracy) is read at 20 log-spaced looks or more; gradients and singular values of large matrices, and more looks, as far as measuring takes 30% of training that is predicted to take less than 30 s on one core, 5% of a longer one. --dry-run says what measuring will cost, the report what was left out and what it took")
        MeasureSpec measure) {

    /** The embedded default: what {@code orrery run} does without arguments is built on these values. */
    public static Spec defaults() {
        return new Spec(
                "study",
                Precision.SINGLE,
                DataSpec.defaults(),
                ModelSpec.defaults(),
                LossSpec.defaults(),
                TrainingRule.standard(),
                OptimizerSpec.defaults(),
                DecaySpec.defaults(),
                ScheduleSpec.defaults(),
                StopSpec.defaults(),
                0,
                TasksSpec.defaults(),
                MeasureSpec.defaults());
    }

    /** What drives all that is drawn in training, the data left aside: the run's seed, or another that follows from it. */
    public long trainingSeed(long seed) {
        return draw == 0 ? seed : RandomStream.key(seed, "draw/" + draw);
    }
}
