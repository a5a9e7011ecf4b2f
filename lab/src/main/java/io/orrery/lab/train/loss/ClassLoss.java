package io.orrery.lab.train.loss;

import io.orrery.engine.graph.Composites;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.math.Largest;
import io.orrery.lab.train.loss.LossSpec.Kind;
import io.orrery.lab.train.loss.LossSpec.Targets;

/**
 * The loss of classes: the square loss against one-hot, plus-minus or single targets (class 1 is +1, class 0 is -1), summed or
 * averaged over outputs, or softmax cross-entropy. Targets are integers [batch] in a graph. The largest output decides.
 */
public final class ClassLoss implements LabelLoss {
    private final LossSpec spec;
    private final int classes;

    private ClassLoss(LossSpec spec, int classes) {
        this.spec = spec;
        this.classes = classes;
    }

    /**
     * The loss of a spec.
     *
     * @throws UserError if single targets meet other than two classes
     */
    static ClassLoss of(LossSpec spec, int classes) {
        if (single(spec) && classes != 2) {
            throw new UserError("loss.targets: single needs two classes, the data have " + classes
                    + " classes; use one-hot or plus-minus, or choose two with data.classes");
        }
        return new ClassLoss(spec, classes);
    }

    @Override
    public int outputs() {
        return single(spec) ? 1 : classes;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public Node input(Graph graph, String name, int examples) {
        return graph.indexInput(name, Shape.of(examples));
    }

    @Override
    public Node taken(Node all, Node rows) {
        return all.takeIndices(rows);
    }

    @Override
    public void share(Execution execution, String name, Split split) {
        execution.shareIndices(name, split.labels());
    }

    @Override
    public Node zeroOne(Node targets) {
        return targets.oneHot(classes);
    }

    @Override
    public Node against(Node outputs, Node shares) {
        if (spec.kind() == Kind.CROSS_ENTROPY) {
            return Composites.softmaxCrossEntropy(outputs, shares);
        }
        int batch = outputs.shape().size(0);
        return spec.overOutputs(
                outputs.subtract(targets(outputs.graph(), shares, batch)).square(), outputs());
    }

    @Override
    public boolean correct(double[] outputs, int from, int label) {
        if (single(spec)) {
            return (outputs[from] > 0 ? 1 : 0) == label;
        }
        return Largest.of(outputs, from, classes) == label;
    }

    private Node targets(Graph graph, Node zeroOne, int batch) {
        return switch (spec.targets()) {
            case ONE_HOT -> zeroOne;
            case PLUS_MINUS -> zeroOne.multiply(2).subtract(1);
            case SINGLE ->
                zeroOne.slice(new int[] {0, 1}, Shape.of(batch, 1)).multiply(2).subtract(graph.constant(1));
        };
    }

    private static boolean single(LossSpec spec) {
        return spec.kind() == Kind.SQUARE && spec.targets() == Targets.SINGLE;
    }
}
