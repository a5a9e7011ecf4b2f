package io.orrery.lab.train.loss;

import io.orrery.engine.graph.Composites;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.train.loss.LossSpec.Kind;
import io.orrery.lab.train.loss.LossSpec.Targets;

/**
 * The loss of bits, one output each: the square loss against 0 and 1 (or -1 and +1), or the logistic loss of each output, summed
 * or averaged over outputs. Targets are reals [batch, bits] in a graph. An example is right if all its bits are.
 */
public final class BitLoss implements LabelLoss {
    private final LossSpec spec;
    private final int bits;

    private BitLoss(LossSpec spec, int bits) {
        this.spec = spec;
        this.bits = bits;
    }

    /**
     * The loss of a spec.
     *
     * @throws UserError if targets are to be single, which is for classes
     */
    static BitLoss of(LossSpec spec, int bits) {
        if (spec.kind() == Kind.SQUARE && spec.targets() == Targets.SINGLE) {
            throw new UserError("loss.targets: single needs two classes, the data have " + bits
                    + " bits; use one-hot or plus-minus, or choose two with data.classes");
        }
        return new BitLoss(spec, bits);
    }

    @Override
    public int outputs() {
        return bits;
    }

    @Override
    public int classes() {
        return bits;
    }

    @Override
    public Node input(Graph graph, String name, int examples) {
        return graph.input(name, Shape.of(examples, bits));
    }

    @Override
    public Node taken(Node all, Node rows) {
        return all.takeRows(rows);
    }

    @Override
    public void share(Execution execution, String name, Split split) {
        double[] values = new double[split.count() * bits];
        for (int i = 0; i < values.length; i++) {
            values[i] = split.labels()[i / bits] >> (i % bits) & 1;
        }
        execution.share(
                name,
                SharedArray.of(Shape.of(split.count(), bits), values)
                        .in(split.inputs().precision()));
    }

    @Override
    public Node zeroOne(Node targets) {
        return targets;
    }

    @Override
    public Node against(Node outputs, Node shares) {
        Node each = spec.kind() == Kind.CROSS_ENTROPY
                ? Composites.softplus(outputs).subtract(shares.multiply(outputs))
                : outputs.subtract(
                                spec.targets() == Targets.PLUS_MINUS
                                        ? shares.multiply(2).subtract(1)
                                        : shares)
                        .square();
        return spec.overOutputs(each, bits);
    }

    @Override
    public boolean correct(double[] outputs, int from, int label) {
        double threshold = spec.kind() == Kind.SQUARE && spec.targets() == Targets.ONE_HOT ? 0.5 : 0;
        for (int bit = 0; bit < bits; bit++) {
            if (outputs[from + bit] > threshold != ((label >> bit & 1) == 1)) {
                return false;
            }
        }
        return true;
    }
}
