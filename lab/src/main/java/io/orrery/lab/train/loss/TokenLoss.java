package io.orrery.lab.train.loss;

import io.orrery.engine.graph.Composites;
import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.set.Targets;
import io.orrery.lab.math.Largest;
import io.orrery.lab.train.loss.LossSpec.Kind;
import java.util.stream.IntStream;

/**
 * Softmax cross-entropy of tokens at marked positions: its mean over the marked positions of an example is the loss of that
 * example, so that every example counts alike however many of its positions are marked. Accuracy counts positions: the share of
 * all marked positions whose largest output is the token's.
 *
 * <p>Outputs are [batch, positions, vocabulary] or the same numbers as [batch, positions * vocabulary]. Targets are reals
 * [batch, positions] in a graph, {@link TargetKind.Tokens#UNMARKED} where nothing is asked.
 */
public final class TokenLoss implements Loss {
    private final int positions;
    private final int vocabulary;

    private TokenLoss(TargetKind.Tokens kind) {
        this.positions = kind.positions();
        this.vocabulary = kind.vocabulary();
    }

    /**
     * The loss of a spec.
     *
     * @throws UserError if it is another than cross-entropy
     */
    static TokenLoss of(LossSpec spec, TargetKind.Tokens kind) {
        if (spec.kind() != Kind.CROSS_ENTROPY) {
            throw new UserError("loss.kind: expected cross-entropy, for the targets of the data are " + kind.words()
                    + ", found square");
        }
        return new TokenLoss(kind);
    }

    @Override
    public int outputs() {
        return positions * vocabulary;
    }

    @Override
    public Node input(Graph graph, String name, int examples) {
        return graph.input(name, Shape.of(examples, positions));
    }

    @Override
    public Node taken(Node all, Node rows) {
        return all.takeRows(rows);
    }

    @Override
    public void share(Execution execution, String name, Split split) {
        double[] tokens = IntStream.of(tokens(split.targets())).asDoubleStream().toArray();
        execution.share(
                name,
                SharedArray.of(Shape.of(split.count(), positions), tokens)
                        .in(split.inputs().precision()));
    }

    @Override
    public Node perExample(Node outputs, Node targets) {
        int batch = outputs.shape().size(0);
        Shape all = Shape.of(batch, positions, vocabulary);
        Node words = outputs.graph()
                .constant(
                        Shape.of(vocabulary),
                        IntStream.range(0, vocabulary).asDoubleStream().toArray());
        // No token equals the mark of an unmarked position: its row is 0.
        Node wanted = targets.reshape(batch, positions, 1).broadcast(all).equalTo(words.broadcast(all));
        Node marked = wanted.sum(2);
        Node losses = Composites.softmaxCrossEntropy(outputs.reshape(all), wanted);
        return losses.multiply(marked).sum(1).divide(marked.sum(1));
    }

    @Override
    public int asked(Targets targets, int example) {
        int[] tokens = tokens(targets);
        int asked = 0;
        for (int p = example * positions; p < (example + 1) * positions; p++) {
            asked += tokens[p] == TargetKind.Tokens.UNMARKED ? 0 : 1;
        }
        return asked;
    }

    @Override
    public int right(double[] outputs, int from, Targets targets, int example) {
        int[] tokens = tokens(targets);
        int right = 0;
        for (int p = 0; p < positions; p++) {
            int token = tokens[example * positions + p];
            right += token != TargetKind.Tokens.UNMARKED
                            && Largest.of(outputs, from + p * vocabulary, vocabulary) == token
                    ? 1
                    : 0;
        }
        return right;
    }

    @Override
    public boolean severalQuestions() {
        return true;
    }

    private static int[] tokens(Targets targets) {
        if (targets instanceof Targets.Whole(int[] values, int _)) {
            return values;
        }
        throw new IllegalArgumentException("expected tokens, found " + targets);
    }
}
