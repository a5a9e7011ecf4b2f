package io.orrery.lab.train.loss;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.plan.Execution;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.set.Targets;

/**
 * The data loss of one example, and what counts as right: one class for each kind of target, which knows how its targets enter
 * a graph.
 */
public sealed interface Loss permits LabelLoss, RealLoss, TokenLoss, NoLoss {
    /**
     * The loss of a spec for the targets of a data set.
     *
     * @throws UserError if the loss does not fit the targets
     */
    static Loss of(LossSpec spec, Dataset data) {
        return switch (data.target()) {
            case TargetKind.Classes classes ->
                ClassLoss.of(spec, classes.names().size());
            case TargetKind.Bits bits -> BitLoss.of(spec, bits.names().size());
            case TargetKind.Reals reals -> RealLoss.of(spec, reals.outputs().size());
            case TargetKind.Tokens tokens -> TokenLoss.of(spec, tokens);
            case TargetKind.None _ -> new NoLoss();
        };
    }

    /** How many outputs the network needs. */
    int outputs();

    /** Adds the targets of all examples of a split as an input of a graph. */
    Node input(Graph graph, String name, int examples);

    /**
     * The targets of a batch.
     *
     * @param all as {@link #input} gave them
     * @param rows positions as integers [batch]
     */
    Node taken(Node all, Node rows);

    /** Binds the targets of a split to the input of a plan. */
    void share(Execution execution, String name, Split split);

    /**
     * Adds the losses of a batch.
     *
     * @param outputs [batch, ...] with {@link #outputs} numbers for each example
     * @param targets as {@link #taken} gave them
     * @return [batch]
     */
    Node perExample(Node outputs, Node targets);

    /** How many questions an example asks that are answered right or wrong: 1 for a label, 0 where nothing is right or wrong. */
    int asked(Targets targets, int example);

    /**
     * How many of them the outputs of an example answer right.
     *
     * @param outputs of many examples, those of this one from a position on
     */
    int right(double[] outputs, int from, Targets targets, int example);

    /** Whether an example may ask several questions, so that a share of them may be right. */
    default boolean severalQuestions() {
        return false;
    }

    /**
     * The loss as one of labels, for what spreads or mixes labels.
     *
     * @param who wants it, as a user knows it, such as {@code rule.kind: label-smoothing}
     * @throws UserError if targets are no labels
     */
    default LabelLoss ofLabels(String who) {
        if (this instanceof LabelLoss labels) {
            return labels;
        }
        throw new UserError(who + " needs targets that are classes or bits; those of these data are not: leave it out,"
                + " or take other data");
    }
}
