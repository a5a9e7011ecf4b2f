package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.Chain;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Inline;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.Optional;

/**
 * x + attention(norm1(x)), then x + feed-forward(norm2(x)): a block of a transformer, normalized before its branches (Xiong et al. 2020,
 * arXiv 2002.04745). The same as two {@code residual} layers of {@code layer-norm} and {@code attention} or {@code feed-forward}, with the
 * names of PyTorch's {@code TransformerEncoderLayer}. After the last block a {@code layer-norm} should follow.
 */
@Serves("004-29")
@Kind("transformer-block")
public record TransformerBlock(
        @Inline Attention attention, @About("hidden units") int units) implements Layer {
    private static final Traits TRAITS = new Traits(
            Optional.of("a transformer's block normalizes and adds its input, which is not scaled with its weights"),
            false,
            false,
            1);

    /** Attention of two heads, 64 hidden units. */
    public static TransformerBlock defaults() {
        return new TransformerBlock(Attention.defaults(), FeedForward.defaults().units());
    }

    @Override
    public Block at(LayerPlace place) {
        Shape input = place.sequence("a transformer block");
        LayerPlace attends = place.part("self_attn", input, true, place.biased());
        return new Branches(
                sum(attends.name() + ".sum", place.part("norm1", input, true, false), attention.at(attends)),
                sum(place.name(), place.part("norm2", input, true, false), new FeedForward(units).at(place)));
    }

    private static Sum sum(String name, LayerPlace norm, Block branch) {
        return new Sum(name, List.of(new LayerNorm().at(norm), branch), Optional.empty());
    }

    @Override
    public void check(LayerCheck check) {
        attention.check(check);
        check.width("units", units);
    }

    @Override
    public boolean weighted() {
        return true;
    }

    @Override
    public List<Layer> inner() {
        return List.of(attention, new FeedForward(units));
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    private record Branches(Sum attention, Sum feedForward) implements Chain {
        @Override
        public Shape output() {
            return feedForward.output();
        }

        @Override
        public List<Block> parts() {
            return List.of(attention, feedForward);
        }
    }
}
