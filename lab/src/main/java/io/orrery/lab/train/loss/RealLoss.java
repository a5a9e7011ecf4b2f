package io.orrery.lab.train.loss;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.Targets;
import io.orrery.lab.train.loss.LossSpec.Kind;

/**
 * The square loss of real targets y, one output each: the sum (or mean) over outputs of (f - y)^2, halved if the spec says so.
 * Targets are reals [batch, outputs] in a graph. No answer is right or wrong.
 */
public final class RealLoss implements Loss {
    private final LossSpec spec;
    private final int outputs;

    private RealLoss(LossSpec spec, int outputs) {
        this.spec = spec;
        this.outputs = outputs;
    }

    /**
     * The loss of a spec.
     *
     * @throws UserError if the spec asks for what is defined for classes alone
     */
    static RealLoss of(LossSpec spec, int outputs) {
        if (spec.kind() != Kind.SQUARE) {
            throw new UserError(
                    "loss.kind: cross-entropy is for classes, bits and tokens; the targets of the data are real"
                            + " numbers: take loss.kind: square");
        }
        if (spec.targets() != LossSpec.Targets.ONE_HOT) {
            throw new UserError(
                    "loss.targets says how classes are coded; the targets of the data are real numbers: leave it"
                            + " out");
        }
        return new RealLoss(spec, outputs);
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public Node input(Graph graph, String name, int examples) {
        return graph.input(name, Shape.of(examples, outputs));
    }

    @Override
    public Node taken(Node all, Node rows) {
        return all.takeRows(rows);
    }

    @Override
    public void share(Execution execution, String name, Split split) {
        if (split.targets() instanceof Targets.Real real) {
            execution.share(name, real.values());
        } else {
            throw new IllegalArgumentException("expected real targets, found " + split.targets());
        }
    }

    @Override
    public Node perExample(Node outputs, Node targets) {
        return spec.overOutputs(outputs.subtract(targets).square(), this.outputs);
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
