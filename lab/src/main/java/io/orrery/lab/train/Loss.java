package io.orrery.lab.train;

import io.orrery.engine.graph.Composites;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.lab.UserError;
import io.orrery.lab.data.Dataset;
import io.orrery.lab.train.LossSpec.Kind;
import io.orrery.lab.train.LossSpec.Reduction;
import io.orrery.lab.train.LossSpec.Targets;

/**
 * The data loss of one example, and what counts as right. For classes: the square loss against one-hot, plus-minus or
 * single targets (class 1 is +1, class 0 is -1), or softmax cross-entropy. For bits: the square loss against 0 and 1 (or
 * -1 and +1), or the logistic loss of each output. The square loss and the loss of bits are summed or averaged over outputs.
 */
public final class Loss {
    private final LossSpec spec;
    private final Dataset.Labels labels;
    private final int classes;

    private Loss(LossSpec spec, Dataset.Labels labels, int classes) {
        this.spec = spec;
        this.labels = labels;
        this.classes = classes;
    }

    /**
     * The loss of a spec for the labels of a data set.
     *
     * @throws UserError if single targets meet other than two classes or another loss than the square loss
     */
    public static Loss of(LossSpec spec, Dataset data) {
        if (single(spec) && (data.labels() != Dataset.Labels.CLASS || data.classes() != 2)) {
            throw new UserError("loss.targets: single needs two classes, the data have " + data.classes()
                    + (data.labels() == Dataset.Labels.BITS ? " bits" : " classes")
                    + "; use one-hot or plus-minus, or choose two with data.classes");
        }
        return new Loss(spec, data.labels(), data.classes());
    }

    /** How many outputs the network needs. */
    public int outputs() {
        return single(spec) ? 1 : classes;
    }

    /** How many classes (or bits) the data have. */
    public int classes() {
        return classes;
    }

    /** Whether labels are sets of bits rather than classes. */
    public boolean bits() {
        return labels == Dataset.Labels.BITS;
    }

    /**
     * Adds the losses of a batch.
     *
     * @param outputs [batch, outputs]
     * @param labels classes as integers [batch], or bits as reals [batch, bits]
     * @return [batch]
     */
    public Node perExample(Node outputs, Node labels) {
        return against(outputs, zeroOne(labels));
    }

    /** Labels as zeros and ones: one-hot [batch, classes], or bits as they are. */
    public Node zeroOne(Node labels) {
        return bits() ? labels : labels.oneHot(classes);
    }

    /**
     * Adds the losses of a batch against any shares of classes or bits.
     *
     * @param outputs [batch, outputs]
     * @param shares from 0 to 1, [batch, classes] with rows that sum to 1, or [batch, bits]
     * @return [batch]
     */
    public Node against(Node outputs, Node shares) {
        if (spec.kind() == Kind.CROSS_ENTROPY && !bits()) {
            return Composites.softmaxCrossEntropy(outputs, shares);
        }
        Node each;
        if (spec.kind() == Kind.CROSS_ENTROPY) {
            each = Composites.softplus(outputs).subtract(shares.multiply(outputs));
        } else {
            int batch = outputs.shape().size(0);
            each = outputs.subtract(targets(outputs.graph(), shares, batch)).square();
        }
        double factor = (spec.reduction() == Reduction.MEAN ? 1.0 / outputs() : 1.0)
                * (spec.half() && spec.kind() == Kind.SQUARE ? 0.5 : 1.0);
        Node sums = each.sum(1);
        return factor == 1 ? sums : sums.multiply(factor);
    }

    /** Whether the outputs of one example, from a position on, are right for its label. */
    public boolean correct(double[] outputs, int from, int label) {
        if (bits()) {
            double threshold = spec.kind() == Kind.SQUARE && spec.targets() == Targets.ONE_HOT ? 0.5 : 0;
            for (int bit = 0; bit < classes; bit++) {
                if (outputs[from + bit] > threshold != ((label >> bit & 1) == 1)) {
                    return false;
                }
            }
            return true;
        }
        return predicted(outputs, from) == label;
    }

    private int predicted(double[] outputs, int from) {
        if (single(spec)) {
            return outputs[from] > 0 ? 1 : 0;
        }
        int best = 0;
        for (int i = 1; i < classes; i++) {
            if (outputs[from + i] > outputs[from + best]) {
                best = i;
            }
        }
        return best;
    }

    private Node targets(Graph graph, Node zeroOne, int batch) {
        return switch (spec.targets()) {
            case ONE_HOT -> zeroOne;
            case PLUS_MINUS -> zeroOne.multiply(2).subtract(1);
            case SINGLE ->
                zeroOne.slice(new int[] {0, 1}, io.orrery.engine.graph.Shape.of(batch, 1))
                        .multiply(2)
                        .subtract(graph.constant(1));
        };
    }

    private static boolean single(LossSpec spec) {
        return spec.kind() == Kind.SQUARE && spec.targets() == Targets.SINGLE;
    }
}
