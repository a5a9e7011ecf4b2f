package io.orrery.lab.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpecDifferencesTest {
    private static Spec spec(String yaml) {
        return SpecDocument.of(yaml, "test").spec();
    }

    @Test
    void namesTheKeysThatDifferAndTheirValuesInEachSpec() {
        SpecDifferences differences = SpecDifferences.of(List.of(
                spec("{decay: {lambda: 1e-5}, model: {widths: [8, 8]}}"),
                spec("{decay: {lambda: 0}, model: {widths: [8]}}"),
                spec("{decay: {lambda: 0}, model: {widths: [8, 8]}}")));

        assertThat(differences.keys()).containsExactly("decay.lambda", "model.widths");
        assertThat(differences.values())
                .containsExactly(List.of("1e-5", "[8, 8]"), List.of("0", "[8]"), List.of("0", "[8, 8]"));
    }

    @Test
    void aKeyThatOneSpecLacksIsEmptyThere() {
        SpecDifferences differences = SpecDifferences.of(
                List.of(spec("data: {source: clusters, clusters: 4}"), spec("data: {source: two-cluster}")));

        assertThat(differences.keys()).contains("data.source", "data.clusters");
        assertThat(differences.values().get(1).get(differences.keys().indexOf("data.clusters")))
                .isEmpty();
    }

    @Test
    void equalSpecsDifferInNothing() {
        assertThat(SpecDifferences.of(List.of(Spec.defaults(), Spec.defaults())).keys())
                .isEmpty();
    }
}
