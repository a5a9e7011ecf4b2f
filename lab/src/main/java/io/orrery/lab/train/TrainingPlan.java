package io.orrery.lab.train;

import io.orrery.engine.device.Device;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.plan.compile.Compiler;
import io.orrery.engine.plan.compile.Rewrites;
import io.orrery.engine.state.State;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.train.step.Batch;
import io.orrery.lab.train.step.Learner;
import io.orrery.lab.train.step.StepGraph;

/** One training step on batches of a fixed size as one plan: it gathers the examples, the rule does the rest. */
public final class TrainingPlan {
    private static final String LOSS = "loss";

    private final Plan plan;
    private final Learner learner;
    private final boolean full;
    private final boolean draws;

    private TrainingPlan(Plan plan, Learner learner, boolean full) {
        this.plan = plan;
        this.learner = learner;
        this.full = full;
        this.draws = learner.drawsAtRandom();
    }

    /**
     * Compiles the step.
     *
     * @param batch examples per step; all of the training set in order if {@code full}
     */
    public static TrainingPlan compile(
            Learner learner, Precision precision, int batch, boolean full, Rewrites rewrites) {
        Graph graph = new Graph(precision);
        Batch examples = full
                ? Batch.whole(graph, learner.network(), learner.loss(), learner.examples())
                : Batch.taken(graph, learner.network(), learner.loss(), learner.examples(), batch);
        graph.output(LOSS, learner.rule().addTo(new StepGraph(graph, learner, examples, batch)));
        return new TrainingPlan(Compiler.compile(graph, rewrites), learner, full);
    }

    /** The plan itself, for its costs. */
    public Plan plan() {
        return plan;
    }

    /** Memory of its own, bound to a state and a training set. */
    public Execution bind(Device device, State state, long seed, Split train) {
        Execution execution = device.bind(plan, state, seed);
        Batch.share(execution, learner.loss(), train);
        return execution;
    }

    /** Sets which examples a step sees, and the step for random draws. */
    public void set(Execution execution, BatchOrder order, int from, long step) {
        if (!full) {
            execution.setIndices(Batch.ROWS, order.rows(), from);
        }
        if (draws) {
            execution.setIndex(StepGraph.STEP, Math.toIntExact(step));
        }
    }

    /** The mean loss of the batch before the update. */
    public double loss(Execution execution) {
        return execution.scalar(LOSS);
    }
}
