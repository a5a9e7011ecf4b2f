package io.orrery.lab.model.layer;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.model.Block;
import io.orrery.lab.model.Chain;
import io.orrery.lab.model.ForwardPass;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.model.attention.Mask;
import io.orrery.lab.model.attention.Mix;
import io.orrery.lab.model.attention.Mix.Mixed;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Serves;
import java.util.List;
import java.util.Optional;

/**
 * Attention of the positions of a sequence to each other (Vaswani et al. 2017, section 3.2.2): queries, keys and values are linear in
 * the input, each head mixes its share of the values, and what they hand on is mapped linearly to as many features as came. It has
 * neither a sum with its input nor a normalization: {@code residual} and {@code layer-norm} do that, {@code transformer-block} both.
 * Weights are called q_proj, k_proj, v_proj and out_proj, each [features, features] with the rows of a head side by side, as in PyTorch.
 */
@Kind("attention")
@Serves("004-29")
public record Attention(
        @About("heads, of features / heads numbers each") int heads,

        @About("whether a position reads from itself and those before it alone")
        boolean causal,

        @About("whether its four weights have biases") boolean attentionBias,
        @About("how the values are mixed") Mix mix)
        implements Layer {
    private static final Traits TRAITS =
            new Traits(Optional.of("what attention reads changes with the scale of its weights"), false, false, 1);

    /** Two heads that read all positions, without biases, softmax. */
    public static Attention defaults() {
        return new Attention(2, false, false, Mix.standard());
    }

    @Override
    public Block at(LayerPlace place) {
        Shape input = place.sequence("attention");
        if (input.size(1) % heads != 0) {
            throw new UserError("model: " + place.name() + ": " + input.size(1) + " features cannot be divided among "
                    + heads + " heads; change heads or the features of the embedding");
        }
        return new Heads(
                place.name(),
                map(place, "q_proj"),
                map(place, "k_proj"),
                map(place, "v_proj"),
                map(place, "out_proj"),
                this);
    }

    private WeightLayer map(LayerPlace place, String part) {
        return Positionwise.weights(
                place.part(part, place.input(), false, attentionBias),
                place.input().size(1));
    }

    @Override
    public void check(LayerCheck check) {
        check.require(heads >= 1, "heads", "expected 1 or more, found " + heads);
    }

    @Override
    public boolean weighted() {
        return true;
    }

    @Override
    public Traits traits() {
        return TRAITS;
    }

    private record Heads(
            String name, WeightLayer query, WeightLayer key, WeightLayer value, WeightLayer out, Attention settings)
            implements Chain {
        @Override
        public Shape output() {
            return out.output();
        }

        @Override
        public Node apply(Node x, ForwardPass pass) {
            Mixed mixed = settings.mix.mix(
                    divided(pass.weighted(query, x)),
                    divided(pass.weighted(key, x)),
                    divided(pass.weighted(value, x)),
                    new Mask(settings.causal));
            pass.produced(name);
            Node result = pass.weighted(out, together(mixed.values(), x.shape()));
            pass.produced(out.name());
            return result;
        }

        /** [batch, positions, features] as [batch * heads, positions, features of a head]. */
        private Node divided(Node x) {
            int batch = x.shape().size(0);
            int positions = x.shape().size(1);
            int width = x.shape().size(2) / settings.heads;
            return x.reshape(batch, positions, settings.heads, width)
                    .permute(0, 2, 1, 3)
                    .reshape(batch * settings.heads, positions, width);
        }

        private Node together(Node parts, Shape whole) {
            int width = whole.size(2) / settings.heads;
            return parts.reshape(whole.size(0), settings.heads, whole.size(1), width)
                    .permute(0, 2, 1, 3)
                    .reshape(whole);
        }

        @Override
        public List<Block> parts() {
            return List.of(query, key, value, out);
        }

        /** With the products of queries and keys, and of shares and values. */
        @Override
        public long flops() {
            return Chain.super.flops() + 4L * output().count() * output().size(0);
        }

        @Override
        public int largestActivation() {
            return Math.max(output().count(), settings.heads * output().size(0) * output().size(0));
        }
    }
}
