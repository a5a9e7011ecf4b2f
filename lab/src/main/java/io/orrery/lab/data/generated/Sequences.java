package io.orrery.lab.data.generated;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.set.Targets;
import java.util.Optional;

/**
 * What generators of token sequences have in common. Inputs are token numbers as real numbers [count, positions], which both
 * precisions hold exactly.
 *
 * @param positions of a sequence
 * @param vocabulary of the targets
 */
public record Sequences(int positions, int vocabulary, Sequence sequence) {
    /** Makes one sequence. */
    public interface Sequence {
        /** Writes input tokens and targets of all positions, drawing at a step. */
        void write(long step, double[] inputs, int[] targets);
    }

    /** So many sequences; number i draws at {@code firstStep + i}. */
    public Split split(int count, long firstStep) {
        double[] inputs = new double[Generated.elements(count, positions)];
        int[] targets = new int[inputs.length];
        double[] input = new double[positions];
        int[] target = new int[positions];
        for (int i = 0; i < count; i++) {
            sequence.write(firstStep + i, input, target);
            System.arraycopy(input, 0, inputs, i * positions, positions);
            System.arraycopy(target, 0, targets, i * positions, positions);
        }
        return new Split(SharedArray.of(Shape.of(count, positions), inputs), new Targets.Whole(targets, positions));
    }

    /** The data set of these splits, with what its tokens are. */
    public Dataset dataset(String description, Split train, Optional<Split> test) {
        return new Dataset(
                description,
                Shape.of(positions),
                new TargetKind.Tokens(positions, vocabulary),
                train,
                Optional.empty(),
                test);
    }
}
