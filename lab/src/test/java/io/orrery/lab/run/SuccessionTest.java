package io.orrery.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDocument;
import org.junit.jupiter.api.Test;

final class SuccessionTest {
    private static final SpecDocument BASE = SpecDocument.of("""
            data: {source: gaussian-mixture, components: 3, train: 12, test: 3, dimensions: 5, batchSize: 4}
            model: {kind: mlp, widths: [4, 6], bias: true}
            optimizer: {kind: sgd, momentum: 0.5}
            stop: {steps: 3}
            """, "test");

    private static Succession from(SpecDocument heir, boolean memory) {
        Spec parent = BASE.spec();
        Spec spec = heir.spec();
        return Succession.of(
                spec,
                spec.data().load(1, spec.precision()),
                parent,
                parent.data().load(1, parent.precision()),
                memory);
    }

    @Test
    void everyArrayOfTheSameNameAndShapeIsTaken() {
        Succession same = from(BASE, false);
        assertThat(same.taken())
                .containsExactly(
                        "layers.0.weight",
                        "layers.0.bias",
                        "layers.1.weight",
                        "layers.1.bias",
                        "layers.2.weight",
                        "layers.2.bias");
        assertThat(same.afresh()).isEmpty();
        assertThat(from(BASE, true).taken())
                .hasSize(12)
                .contains("optimizer.momentum_buffer.layers.0.weight", "optimizer.momentum_buffer.layers.2.bias");
    }

    @Test
    void anotherHeadBeginsAfresh() {
        SpecDocument five = BASE.having("data.components=5").having("data.train=20");
        assertThat(from(five, false).afresh()).containsExactly("layers.2.weight", "layers.2.bias");
        assertThat(from(five, false).taken()).hasSize(4);
        assertThat(from(five, false).text())
                .isEqualTo("4 arrays are taken over; these begin afresh: layers.2.weight, layers.2.bias");
        assertThat(from(five, true).afresh())
                .containsExactly(
                        "layers.2.weight",
                        "layers.2.bias",
                        "optimizer.momentum_buffer.layers.2.weight",
                        "optimizer.momentum_buffer.layers.2.bias");
        assertThat(from(BASE.having("model.outputBias=false"), false).afresh()).isEmpty();
    }

    @Test
    void anythingElseIsRefused() {
        refused("model.widths=[4, 7]", false, "model.widths: expected that of the run it starts from");
        refused(
                "model.activation=tanh",
                false,
                "model.activation: expected that of the run it starts from, relu, found tanh");
        refused(
                "data.dimensions=6",
                false,
                "its array layers.0.weight is [4, 6], and in the run that it starts from it is [4, 5]");
        refused("precision=double", false, "precision: expected that of the run it starts from, single, found double");
        refused("model.weights=x.safetensors", false, "model.weights: a run that starts from another one");
        refused("optimizer.kind=adam", true, "optimizer.kind: adam corrects its memory by the number of updates");
    }

    @Test
    void memoryThatTheParentHasNotIsRefused() {
        Spec heir = BASE.spec();
        Spec parent = BASE.having("optimizer.momentum=0").spec();
        assertThatThrownBy(() -> Succession.of(
                        heir,
                        heir.data().load(1, heir.precision()),
                        parent,
                        parent.data().load(1, parent.precision()),
                        true))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("has no array optimizer.momentum_buffer.layers.0.weight of the shape [4, 5]");
    }

    private static void refused(String change, boolean memory, String message) {
        assertThatThrownBy(() -> from(BASE.having(change), memory))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }
}
