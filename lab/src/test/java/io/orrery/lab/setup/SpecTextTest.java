package io.orrery.lab.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.reference.SpecReference;
import io.orrery.lab.spec.Binder;
import io.orrery.lab.spec.Tree;
import io.orrery.lab.spec.TreeReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SpecTextTest {
    private static final List<String> SPECS = List.of(
            "",
            "stop: {steps: 12, seconds: 1.5}",
            "data: {seed: 9007199254740993, perClass: 5, classes: [1, 2], labelNoise: 1e-3}",
            "model: {kind: cnn, channels: [], weights: 'a \"b\" #c.safetensors'}",
            "model: {kind: layers, layers: [{kind: residual, layers: [{kind: conv, channels: 2}]}, {kind: global-pool}]}",
            "{name: yes, optimizer: {learningRate: 0.1, kind: adamw}, measure: {every: 7, instruments: []}}");

    @Test
    void canonicalJsonAndYamlReadBackToTheSameSpec() {
        for (String yaml : SPECS) {
            Spec spec = SpecDocument.of(yaml, "x").spec();
            assertThat(SpecText.read(SpecText.json(spec).write(), "json")).isEqualTo(spec);
            assertThat(SpecText.read(SpecText.yaml(spec), "yaml")).isEqualTo(spec);
            assertThat(SpecText.json(SpecText.read(SpecText.yaml(spec), "yaml")).write())
                    .isEqualTo(SpecText.json(spec).write());
        }
    }

    @Test
    void canonicalJsonWritesDefaultsOutAndFlattensInlineComponents() {
        String json =
                SpecText.json(SpecDocument.of("stop: {steps: 5}", "x").spec()).write();
        assertThat(json)
                .contains(
                        "\"loss\":{\"half\":false,\"kind\":\"square\",\"reduction\":\"sum\",\"targets\":\"one-hot\"}",
                        "\"stop\":{\"steps\":5}",
                        "\"initialScale\":1,",
                        "\"decay\":{\"applies\":\"weights\",\"convention\":\"squared-norm\",\"lambda\":5E-4,\"mode\":\"coupled\",\"perLayer\":[]}",
                        "\"kind\":\"mlp\"",
                        "\"source\":\"scribbles\"")
                .startsWith("{\"data\":{\"batchSize\":50,");
    }

    @Test
    void theRunIdDependsOnTheTrajectoryOnly() {
        String id = id("", 1);
        assertThat(id).matches(Pattern.compile("[0-9a-f]{12}"));
        assertThat(id("{optimizer: {momentum: 0.9, learningRate: 1e-2}, data: {source: scribbles}}", 1))
                .isEqualTo(id);
        assertThat(id("{data: {source: scribbles}, optimizer: {learningRate: 0.010, momentum: .9}}", 1))
                .isEqualTo(id);
        assertThat(id("name: other", 1)).isEqualTo(id);
        assertThat(id("measure: {perDecade: 3}", 1)).isEqualTo(id);
        // Where a run stops at a loss level depends on when the loss is looked at, but not on what else is measured.
        String stopping = id("stop: {epochs: 20, loss: 0.1}", 1);
        assertThat(id("{stop: {epochs: 20, loss: 0.1}, measure: {perDecade: 3}}", 1))
                .isNotEqualTo(stopping);
        assertThat(id("{stop: {epochs: 20, loss: 0.1}, measure: {every: 100}}", 1))
                .isNotEqualTo(stopping);
        assertThat(id("{stop: {epochs: 20, loss: 0.1}, measure: {at: [100]}}", 1))
                .isNotEqualTo(stopping);
        assertThat(id("{stop: {epochs: 20, loss: 0.1}, measure: {instruments: [loss]}}", 1))
                .isEqualTo(stopping);
        assertThat(id("model: {weights: /somewhere/else.safetensors}", 1)).isEqualTo(id);
        assertThat(id("data: {source: mnist, dir: /a}", 1)).isEqualTo(id("data: {source: mnist, dir: /b}", 1));
        assertThat(id("data: {source: csv, file: /a/t.csv}", 1)).isEqualTo(id("data: {source: csv, file: b.csv}", 1));
        assertThat(List.of(
                        id,
                        id("data: {source: mnist}", 1),
                        id("", 2),
                        id("precision: double", 1),
                        id("optimizer: {learningRate: 0.06}", 1),
                        id("stop: {epochs: 21}", 1),
                        id("stop: {epochs: 20, seconds: 5}", 1),
                        RunId.of(Spec.defaults(), 1, Map.of("train", "00"))))
                .doesNotHaveDuplicates();
        assertThat(RunId.of(Spec.defaults(), 1, Map.of("a", "1", "b", "2")))
                .isEqualTo(RunId.of(Spec.defaults(), 1, new java.util.TreeMap<>(Map.of("b", "2", "a", "1"))));
    }

    private static String id(String yaml, long seed) {
        return RunId.of(SpecDocument.of(yaml, "x").spec(), seed, Map.of());
    }

    /** Records that show what spec records may hold beyond those of the laboratory. */
    record Free(Inner inner, Optional<Inner> more, OptionalDouble real, List<String> names, long count) {}

    record Inner(int size) {
        Inner {
            if (size < 0) {
                throw new IllegalArgumentException("size: expected 0 or more, found " + size);
            }
        }
    }

    private static Free free(String yaml) {
        return Binder.bind(Free.class, (Tree.Block) TreeReader.read(yaml, "x.yaml"));
    }

    @Test
    void recordsWithoutDefaultsNeedAllButOptionalKeys() {
        assertThat(free("{inner: {size: 1}, names: [a, 2], count: 9007199254740993}"))
                .isEqualTo(new Free(
                        new Inner(1), Optional.empty(), OptionalDouble.empty(), List.of("a", "2"), 9007199254740993L));
        assertThat(free("{inner: {size: 1}, more: {size: 2}, real: 2, names: [], count: 1}")
                        .more())
                .contains(new Inner(2));
        assertThatThrownBy(() -> free("{inner: {size: 1}, names: []}"))
                .isInstanceOf(UserError.class)
                .hasMessage("x.yaml:1:1: the key 'count' is missing; it has no default");
        assertThatThrownBy(() -> free("{names: [], count: 1,\n inner: {}}"))
                .hasMessage("x.yaml:2:9: inner: the key 'size' is missing; it has no default");
    }

    @Test
    void whatAConstructorRefusesIsToldWithItsPlace() {
        assertThatThrownBy(() -> free("{names: [], count: 1,\n inner: {size: -1}}"))
                .isInstanceOf(UserError.class)
                .hasMessage("x.yaml:2:9: inner: size: expected 0 or more, found -1");
    }

    @Test
    void theReferencePageHoldsKeysAndKinds() {
        assertThat(SpecReference.markdown()).contains("| `learningRate` | number | 0.01 |", "### `kind: cnn`");
    }
}
