package io.orrery.lab.train.loss;

import io.orrery.engine.graph.Node;
import io.orrery.lab.data.set.Targets;

/** A loss against labels, each of which is right or wrong as a whole. It is defined for shares of labels too. */
public sealed interface LabelLoss extends Loss permits ClassLoss, BitLoss {
    /** How many classes (or bits) the data have. */
    int classes();

    /** Whether labels are sets of bits rather than classes. */
    default boolean bits() {
        return this instanceof BitLoss;
    }

    /** Targets as zeros and ones: one-hot [batch, classes], or bits as they are. */
    Node zeroOne(Node targets);

    /**
     * Adds the losses of a batch against any shares of classes or bits.
     *
     * @param outputs [batch, outputs]
     * @param shares from 0 to 1, [batch, classes] with rows that sum to 1, or [batch, bits]
     * @return [batch]
     */
    Node against(Node outputs, Node shares);

    /** Whether the outputs of one example, from a position on, are right for its label. */
    boolean correct(double[] outputs, int from, int label);

    @Override
    default Node perExample(Node outputs, Node targets) {
        return against(outputs, zeroOne(targets));
    }

    @Override
    default int asked(Targets targets, int example) {
        return 1;
    }

    @Override
    default int right(double[] outputs, int from, Targets targets, int example) {
        return correct(outputs, from, targets.labels()[example]) ? 1 : 0;
    }
}
