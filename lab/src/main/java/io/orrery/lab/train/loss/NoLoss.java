package io.orrery.lab.train.loss;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.Targets;

/** Of data without targets: what is minimized is the rule's own affair, and asking for the loss of the data is refused. */
public final class NoLoss implements Loss {
    /** One number, such as an energy. */
    @Override
    public int outputs() {
        return 1;
    }

    /** A zero: there is nothing to bind. */
    @Override
    public Node input(Graph graph, String name, int examples) {
        return graph.constant(0);
    }

    @Override
    public Node taken(Node all, Node rows) {
        return all;
    }

    @Override
    public void share(Execution execution, String name, Split split) {}

    @Override
    public Node perExample(Node outputs, Node targets) {
        throw new UserError(
                "the data have no targets, so they give no loss: expected a rule with a loss of its own"
                        + " (rule.kind), and instruments that read weights or features alone (measure.instruments, such as norms)");
    }

    @Override
    public int asked(Targets targets, int example) {
        return 0;
    }

    @Override
    public int right(double[] outputs, int from, Targets targets, int example) {
        return 0;
    }
}
