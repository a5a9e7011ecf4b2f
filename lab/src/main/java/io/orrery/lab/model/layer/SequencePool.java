package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.ForwardPass;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;

/** One vector for a sequence: [positions, features] to [features], for answers that concern the whole. */
@Kind("sequence-pool")
public record SequencePool(
        @About("mean of all positions, or the last one") Take take) implements Layer {
    /** What is taken of the positions. */
    public enum Take {
        MEAN,
        LAST
    }

    /** The mean. */
    public static SequencePool defaults() {
        return new SequencePool(Take.MEAN);
    }

    @Override
    public Block at(LayerPlace place) {
        return new Pooled(Shape.of(place.sequence("a sequence pool").size(1)), take);
    }

    @Override
    public void check(LayerCheck check) {
        // Each of its settings is right.
    }

    private record Pooled(Shape output, Take take) implements Block {
        @Override
        public Node apply(Node x, ForwardPass pass) {
            int batch = x.shape().size(0);
            int positions = x.shape().size(1);
            int features = x.shape().size(2);
            return switch (take) {
                case MEAN -> x.sum(1).divide(positions);
                case LAST ->
                    x.slice(new int[] {0, positions - 1, 0}, Shape.of(batch, 1, features))
                            .reshape(batch, features);
            };
        }
    }
}
