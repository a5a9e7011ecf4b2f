package io.orrery.lab.setup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.file.Safetensors;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.model.Network;
import io.orrery.lab.run.Trainer;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What cannot run in any memory or means nothing is refused at once, with the figure. */
class ExtremeSpecsTest {
    private static void refused(String yaml, String... said) {
        assertThatThrownBy(() -> {
                    RunPlan plan = SpecDocument.of(yaml, "x.yaml")
                            .study(Instruments.names())
                            .runs()
                            .getFirst();
                    Dataset data = plan.spec().data().load(1);
                    Trainer.check(plan.spec(), data);
                })
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll(said);
    }

    private static final String SMALL = "data: {source: gaussian-mixture, train: 20, test: 0, batchSize: 5}\n";

    @Test
    void aliasesCannotMultiplyWithoutEnd() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
        for (int i = 1; i < 13; i++) {
            yaml.append("a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(4, "*a" + (i - 1)))));
        }
        refused(yaml.toString(), "aliases", "repeat more than 20000");
        String word = "x".repeat(30_000);
        refused("question: &q " + word + "\ndescription: *q\n", "aliases");
        refused("a: &a [*a]\n", "x.yaml:1");
    }

    @Test
    void aFewAliasesAreFine() {
        SpecDocument.of("model: {widths: &w [3, 4], initialScales: *w}\n", "x.yaml")
                .study(Instruments.names());
    }

    @Test
    void studiesOfTooManyRunsAreRefusedWithTheNumber() {
        StringBuilder rates = new StringBuilder("1");
        for (int i = 2; i <= 10_000; i++) {
            rates.append(", ").append(i);
        }
        refused(
                "seeds: 1-10000\ngrid: {optimizer.learningRate: [" + rates + "]}\n",
                "100,000,000",
                "10,000 settings",
                "10,000 seeds");
    }

    @Test
    void looksThatCannotBeKeptAreRefusedWithTheNumber() {
        refused(SMALL + "stop: {steps: 100000000}\nmeasure: {every: 1}\n", "measure.every", "100,000,000 looks");
    }

    @Test
    void networksThatFitNoMemoryAreRefusedWithTheirSize() {
        refused(SMALL + "model: {widths: [40000, 40000, 40000]}\n", "weights", "MB", "layers.1 with [40000, 40000]");
        refused(SMALL + "model: {widths: [2000000000]}\n", "layers.0", "2000000000, 60");
        refused(SMALL + "model: {widths: [2147483647, 2147483647]}\n", "layers.0");
        refused(SMALL + "model: {widths: [" + "4, ".repeat(2999) + "4]}\n", "at most 1000 layers, found 3000");
    }

    @Test
    void windowsBeyondTheImageAreRefused() {
        String scribbles = "data: {train: 20, test: 0, batchSize: 5}\n";
        refused(scribbles + "model: {kind: cnn, stride: 2000000000}\n", "layers.0", "stride of 2000000000", "28 x 28");
        refused(scribbles + "model: {kind: cnn, kernel: 2147483647, padding: 2147483646}\n", "layers.0");
        refused(
                scribbles + "model: {kind: layers, layers: [{kind: local, kernel: 60000, padding: 59999}]}\n",
                "layers.0");
    }

    @Test
    void dataThatFitNoMemoryAreRefusedBeforeTheyAreMade() {
        for (String source : new String[] {
            "gaussian-mixture, dimensions: 2000000000",
            "gaussian-mixture, components: 2000000000",
            "gaussian-mixture, train: 2000000000",
            "xor, dimensions: 2000000000",
            "two-cluster, dimensions: 2000000000",
            "scribbles, train: 2000000000",
            "ring, points: 2000000000",
            "clusters, train: 2000000000",
            "modular-addition, modulus: 2000000000"
        }) {
            refused("data: {source: " + source + "}\n", "");
        }
    }

    @Test
    void dropoutWithoutHiddenLayersIsRefused() {
        refused(SMALL + "model: {widths: [], dropout: 0.5}\n", "model.dropout", "none");
    }

    @Test
    void controlCharactersInTextsAreRefusedAndShownEscaped() {
        refused("data: {source: csv, file: \"a\\0b\"}\n", "data.file", "control character");
        refused("data: {source: csv, file: \"a\\nb\"}\n", "data.file", "control character");
        refused("data: {source: csv, file: \"\\e[2J\"}\n", "data.file", "control character");
        refused("data: {source: images, dir: \"\\uD800x\"}\n", "");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void devicesAndFoldersAreNoFiles() {
        assertThatThrownBy(() -> SpecDocument.read(Path.of("/dev/zero"))).hasMessageContaining("pipe or device");
        assertThatThrownBy(() -> SpecDocument.read(Path.of("."))).hasMessageContaining("a folder");
        assertThatThrownBy(() -> Safetensors.read(Path.of("/dev/zero"))).hasMessageContaining("pipe or device");
    }

    @Test
    void shapesAreCountedInSixtyFourBits() {
        assertThatThrownBy(() -> Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE))
                .hasMessageContaining("more than 2^63");
        assertThatThrownBy(() -> Shape.of(65_536, 65_536)).hasMessageContaining("4294967296");
        assertThatThrownBy(() -> Network.of(
                        SpecDocument.of("model: {widths: [65536]}", "x").spec().model(), Shape.of(65_536), 2))
                .isInstanceOf(UserError.class);
    }
}
