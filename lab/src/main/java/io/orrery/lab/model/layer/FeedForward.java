package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.Chain;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import java.util.List;

/**
 * The network within a transformer's block, at each position by itself: a positionwise layer with the model's activation, then a linear
 * one back to as many features as came (Vaswani et al. 2017, equation 2). Its weights are called linear1 and linear2, as in PyTorch's
 * {@code TransformerEncoderLayer}, and have biases where the model has.
 */
@Kind("feed-forward")
public record FeedForward(@About("hidden units") int units) implements Layer {
    /** 64 hidden units. */
    public static FeedForward defaults() {
        return new FeedForward(64);
    }

    @Override
    public Block at(LayerPlace place) {
        Shape input = place.sequence("a feed-forward layer");
        WeightLayer first = Positionwise.weights(place.part("linear1", input, true, place.biased()), units);
        WeightLayer second =
                Positionwise.weights(place.part("linear2", first.output(), false, place.biased()), input.size(1));
        return new Pair(first, second);
    }

    @Override
    public void check(LayerCheck check) {
        check.width("units", units);
    }

    @Override
    public boolean weighted() {
        return true;
    }

    private record Pair(WeightLayer first, WeightLayer second) implements Chain {
        @Override
        public Shape output() {
            return second.output();
        }

        @Override
        public List<Block> parts() {
            return List.of(first, second);
        }
    }
}
