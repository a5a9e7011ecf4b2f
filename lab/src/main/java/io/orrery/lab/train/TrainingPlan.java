package io.orrery.lab.train;

import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.Split;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.Network;
import java.util.List;
import java.util.SequencedMap;

/** One training step on batches of a fixed size as one plan: gather, forward, loss, gradient, update, assignments. */
public final class TrainingPlan {
    private static final String LOSS = "loss";
    private static final String STEP = "step";

    private final Plan plan;
    private final Network network;
    private final Loss loss;
    private final boolean full;

    private TrainingPlan(Plan plan, Network network, Loss loss, boolean full) {
        this.plan = plan;
        this.network = network;
        this.loss = loss;
        this.full = full;
    }

    /**
     * Compiles the step.
     *
     * @param examples size of the training set
     * @param batch examples per step; all of them in order if {@code full}
     */
    public static TrainingPlan compile(
            Network network,
            Loss loss,
            Optimizer optimizer,
            Precision precision,
            int examples,
            int batch,
            boolean full,
            Plan.Rewrites rewrites) {
        Graph graph = new Graph(precision);
        Batch examplesOfStep =
                full ? Batch.whole(graph, network, loss, examples) : Batch.taken(graph, network, loss, examples, batch);
        SequencedMap<String, Node> values = network.read(graph);
        Node step = graph.indexInput(STEP, Shape.SCALAR);
        Forward forward = network.train(graph, values, examplesOfStep.inputs(), step);
        Node mean = loss.perExample(forward.outputs(), examplesOfStep.labels())
                .sum()
                .divide(batch);
        List<Node> parameters = optimizer.trained().stream()
                .map(parameter -> java.util.Objects.requireNonNull(values.get(parameter.name())))
                .toList();
        optimizer.update(graph, values, Gradient.of(mean, parameters));
        forward.statistics().forEach(graph::assign);
        graph.output(LOSS, mean);
        return new TrainingPlan(Plan.compile(graph, rewrites), network, loss, full);
    }

    /** The plan itself, for its costs. */
    public Plan plan() {
        return plan;
    }

    /** Memory of its own, bound to a state and a training set. */
    public Execution bind(State state, long seed, Split train, Workers workers) {
        Execution execution = plan.bind(state, seed, workers);
        Batch.share(execution, loss, train);
        return execution;
    }

    /** Sets which examples a step sees, and the step for dropout. */
    public void set(Execution execution, BatchOrder order, int from, long step) {
        if (!full) {
            execution.setIndices(Batch.ROWS, order.rows(), from);
        }
        if (network.drawsAtRandom()) {
            execution.setIndex(STEP, Math.toIntExact(step));
        }
    }

    /** The mean loss of the batch before the update. */
    public double loss(Execution execution) {
        return execution.scalar(LOSS);
    }
}
