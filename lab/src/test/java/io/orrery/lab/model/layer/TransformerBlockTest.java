package io.orrery.lab.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.model.attention.Mix;
import io.orrery.lab.train.TestSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransformerBlockTest {
    private static final Attention ATTENTION = new Attention(2, true, false, Mix.standard());
    private static final Shape TOKENS = Shape.of(4);
    private static final double[] TWO = {0, 2, 1, 2, 3, 3, 0, 1};

    private static TestSpec biased() {
        TestSpec spec = new TestSpec();
        spec.bias = true;
        return spec;
    }

    private static Layers block() {
        return Layers.of(
                biased(),
                TOKENS,
                12,
                new Embedding(4, 6, true),
                new TransformerBlock(ATTENTION, 5),
                new LayerNorm(),
                new Positionwise(3));
    }

    @Test
    void isTwoResidualBranchesEachNormalizedBefore() {
        Layers block = block().drawn(4);
        Layers parts = Layers.of(
                biased(),
                TOKENS,
                12,
                new Embedding(4, 6, true),
                new Residual(List.of(new LayerNorm(), ATTENTION)),
                new Residual(List.of(new LayerNorm(), new FeedForward(5))),
                new LayerNorm(),
                new Positionwise(3));
        List<Parameter> names = block.network.parameters();
        List<Parameter> others = parts.network.parameters();
        assertThat(others).hasSameSizeAs(names);
        for (int i = 0; i < names.size(); i++) {
            parts.set(others.get(i).name(), block.get(names.get(i).name()));
        }
        assertThat(block.of(TWO)).isEqualTo(parts.of(TWO));
    }

    @Test
    void arraysAreCalledAsInPyTorch() {
        assertThat(block().network.parameters())
                .extracting(Parameter::name)
                .containsExactly(
                        "layers.0.weight",
                        "layers.0.positions",
                        "layers.1.norm1.weight",
                        "layers.1.norm1.bias",
                        "layers.1.self_attn.q_proj.weight",
                        "layers.1.self_attn.k_proj.weight",
                        "layers.1.self_attn.v_proj.weight",
                        "layers.1.self_attn.out_proj.weight",
                        "layers.1.norm2.weight",
                        "layers.1.norm2.bias",
                        "layers.1.linear1.weight",
                        "layers.1.linear1.bias",
                        "layers.1.linear2.weight",
                        "layers.1.linear2.bias",
                        "layers.2.weight",
                        "layers.2.bias",
                        "layers.3.weight",
                        "layers.3.bias");
        assertThat(block().network.layers())
                .extracting(WeightLayer::activated)
                .containsExactly(false, false, false, false, true, false, false);
    }

    @Test
    void withBranchesThatGiveNothingItHandsOnWhatItGot() {
        Layers layers = Layers.of(Shape.of(2, 4), 8, new TransformerBlock(ATTENTION, 3), new Positionwise(4))
                .drawn(6)
                .set("layers.0.self_attn.out_proj.weight", new double[16])
                .set("layers.0.linear2.weight", new double[12])
                .set("layers.1.weight", Layers.diagonal(4, 1));
        double[] x = Layers.numbers(8);
        assertThat(layers.of(x)).isEqualTo(x);
    }

    @Test
    void gradientsAreThoseOfCentralDifferences() {
        assertThat(block().drawn(8).gradientError(TWO)).isLessThan(1e-7);
    }

    @Test
    void withoutPositionsPermutedTokensGivePermutedOutputs() {
        Layers layers = Layers.of(
                        TOKENS,
                        8,
                        new Embedding(4, 6, false),
                        new TransformerBlock(new Attention(3, false, false, Mix.standard()), 5),
                        new TransformerBlock(new Attention(2, false, false, Mix.standard()), 5),
                        new LayerNorm(),
                        new Positionwise(2))
                .drawn(9);
        double[] one = layers.of(0, 1, 2, 3);
        double[] other = layers.of(2, 0, 3, 1);
        int[] from = {2, 0, 3, 1};
        for (int i = 0; i < 8; i++) {
            assertThat(other[i]).isCloseTo(one[from[i / 2] * 2 + i % 2], within(1e-12));
        }
    }
}
