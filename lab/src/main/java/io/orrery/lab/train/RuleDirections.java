package io.orrery.lab.train;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.train.step.Batch;
import io.orrery.lab.train.step.Learner;
import io.orrery.lab.train.step.StepGraph;
import java.util.List;

/**
 * Where a rule would move the parameters, beside where descent of the spec's loss would: nodes of one batch that write nothing.
 *
 * @param rule what the rule hands to the update in place of gradients, one for each trained parameter
 * @param descent gradients of the mean loss of the batch in training mode, in the same order
 */
public record RuleDirections(List<Node> rule, List<Node> descent) {
    /** Copies the lists. */
    public RuleDirections {
        rule = List.copyOf(rule);
        descent = List.copyOf(descent);
    }

    /**
     * Adds both to a graph.
     *
     * @param count examples in the batch
     */
    public static RuleDirections of(Graph graph, Learner learner, Batch batch, int count) {
        StepGraph step = new StepGraph(graph, learner, batch, count, false);
        Node _ = learner.rule().addTo(step);
        return new RuleDirections(step.directions(), step.gradients(step.meanLoss(step.forward())));
    }

    /** Sets what the directions of the step that follows so many need from outside, its random draws among them, beside examples. */
    public static void set(Execution execution, Learner learner, long step, double rate) {
        learner.rule().set(execution, step, rate);
        if (learner.drawsAtRandom()) {
            execution.setIndex(StepGraph.STEP, Math.toIntExact(step));
        }
    }
}
