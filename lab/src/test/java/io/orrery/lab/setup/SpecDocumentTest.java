package io.orrery.lab.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Precision;
import io.orrery.lab.UserError;
import io.orrery.lab.data.source.Scribbles;
import io.orrery.lab.model.Cnn;
import io.orrery.lab.model.Layered;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.layer.Conv;
import io.orrery.lab.model.layer.Dense;
import io.orrery.lab.model.layer.Residual;
import io.orrery.lab.spec.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecDocumentTest {
    private static final Set<String> INSTRUMENTS = Set.of("loss", "neural-collapse");

    private static Spec spec(String yaml) {
        return SpecDocument.of(yaml, "x.yaml").spec();
    }

    private static StudyPlan study(String yaml) {
        return SpecDocument.of(yaml, "x.yaml").study(INSTRUMENTS);
    }

    private static void refused(String yaml, String message) {
        assertThatThrownBy(() -> study(yaml)).isInstanceOf(UserError.class).hasMessageStartingWith(message);
    }

    @Test
    void aKeyOfAnotherRuleIsToldWhoseItIs() {
        assertThatThrownBy(() -> SpecDocument.of("rule: {eta: 0.1}", "x.yaml").spec())
                .isInstanceOf(UserError.class)
                .hasMessageContaining(
                        "there is no key 'eta' in rule; it belongs to kind: gradient-noise, but here kind is"
                                + " descent");
    }

    @Test
    void anEmptySpecIsTheDefault() {
        assertThat(spec("")).isEqualTo(Spec.defaults());
        assertThat(spec("# nothing\n")).isEqualTo(Spec.defaults());
    }

    @Test
    void givenKeysReplaceDefaultsAndOthersStay() {
        Spec spec = spec("""
                name: mine
                precision: double
                data: {source: scribbles, train: 100, batchSize: 1e1, seed: 7, classes: [3, 8]}
                model:
                  kind: cnn
                  channels: [4]
                  activation: tanh
                optimizer: {learningRate: 1, kind: adamw}
                schedule: {milestones: [0.25, .5]}
                """);
        assertThat(spec.name()).isEqualTo("mine");
        assertThat(spec.precision()).isEqualTo(Precision.DOUBLE);
        assertThat(spec.data().source())
                .isEqualTo(new Scribbles(100, Scribbles.defaults().test()));
        assertThat(spec.data().batchSize()).isEqualTo(10);
        assertThat(spec.data().seed()).hasValue(7);
        assertThat(spec.data().classes()).containsExactly(Word.number(3), Word.number(8));
        assertThat(spec.model().architecture()).isEqualTo(new Cnn(List.of(4), 3, 1, 1, Cnn.Pool.MAX, false, List.of()));
        assertThat(spec.optimizer().learningRate()).isEqualTo(1.0);
        assertThat(spec.schedule().milestones()).containsExactly(0.25, 0.5);
        assertThat(spec.loss()).isEqualTo(Spec.defaults().loss());
    }

    @Test
    void keysOfTheDefaultKindNeedNoKind() {
        assertThat(spec("model: {widths: [5]}").model().architecture()).isEqualTo(new Mlp(List.of(5)));
    }

    @Test
    void layersNest() {
        Spec spec = spec("""
                model:
                  kind: layers
                  layers:
                    - {kind: conv, channels: 8}
                    - {kind: residual, layers: [{kind: dense, units: 3}]}
                """);
        assertThat(spec.model().architecture())
                .isEqualTo(new Layered(List.of(new Conv(8, 3, 1, 1), new Residual(List.of(new Dense(3)))), true));
    }

    @Test
    void stepsTakeThePlaceOfTheDefaultEpochs() {
        assertThat(spec("stop: {steps: 1000}").stop().epochs()).isEmpty();
        assertThat(spec("stop: {loss: 0.1}").stop().epochs()).isPresent();
        assertThat(spec("stop: {steps: 1000, epochs: 3}").stop().epochs()).hasValue(3);
    }

    @Test
    void keysWithoutOrInAnotherSectionAreShownTheirPlace() {
        refused(
                "learningRate: 3",
                "x.yaml:1:1: there is no key 'learningRate'; did you mean 'optimizer.learningRate'?");
        refused(
                "model: {batchSize: 3}",
                "x.yaml:1:9: model: there is no key 'batchSize' in model; did you mean 'data.batchSize'?");
        refused("lernRate: 3", "x.yaml:1:1: there is no key 'lernRate'; did you mean 'optimizer.learningRate'?");
        refused("seed: 3", "x.yaml:1:1: there is no key 'seed'; did you mean 'data.seed'? Or 'seeds'?");
        refused(
                "model: {nonsenses: 3}",
                "x.yaml:1:9: model: there is no key 'nonsenses' in model; valid: kind, widths,");
    }

    @Test
    void bracketsWithoutEndAreNoStackTrace() {
        refused("a: " + "[".repeat(100_000), "x.yaml: this is not a spec: its brackets are nested too deep");
    }

    @Test
    void aMissingSpecIsAnsweredWithTheNearestFile(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("mnist-mlp.yaml"), "name: a");
        assertThatThrownBy(() -> SpecDocument.read(folder.resolve("mnist-mpl.yml")))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith(
                        "there is no such file; did you mean '" + folder.resolve("mnist-mlp.yaml") + "'?");
        assertThatThrownBy(() -> SpecDocument.read(folder.resolve("none/x.yaml")))
                .hasMessageContaining("there is no such file; ");
        assertThatThrownBy(() -> SpecDocument.read(folder)).hasMessageContaining("it is a folder");
    }

    @Test
    void unknownKeysAreNamedWithTheNearest() {
        refused(
                "optimiser: {}",
                "x.yaml:1:1: there is no key 'optimiser'; did you mean 'optimizer'? (valid: name, precision,");
        refused(
                "name: a\noptimizer:\n  learning_rate: 0.1\n",
                "x.yaml:3:3: optimizer: there is no key 'learning_rate' in optimizer; did you mean 'learningRate'?");
        refused(
                "model: {channels: [3]}",
                "x.yaml:1:9: model: there is no key 'channels' in model; it belongs to kind: cnn, but here kind is mlp");
        refused(
                "model: {kind: layers, layers: [{kind: dense, unit: 3}]}",
                "x.yaml:1:46: model.layers[0]: there is no key 'unit' in model.layers[0]; did you mean 'units'? (valid: kind, units)");
    }

    @Test
    void wrongTypesSayWhatWasExpectedAndFound() {
        refused(
                "\n\noptimizer:\n  learningRate: fast",
                "x.yaml:4:17: optimizer.learningRate: expected a number, found the text 'fast'");
        refused(
                "optimizer: {learningRate: '1'}",
                "x.yaml:1:27: optimizer.learningRate: expected a number, found the text '1'");
        refused(
                "optimizer: {learningRate: .inf}",
                "x.yaml:1:27: optimizer.learningRate: expected a number, found the text '.inf'");
        refused(
                "optimizer: {learningRate: 1e999}",
                "x.yaml:1:27: optimizer.learningRate: expected a finite number, found 1e999");
        refused(
                "optimizer: {learningRate: }",
                "x.yaml:1:26: optimizer.learningRate: expected a number, found nothing; leave the key out");
        refused(
                "optimizer: {learningRate: [1]}",
                "x.yaml:1:27: optimizer.learningRate: expected a number, found a list");
        refused("optimizer: 3", "x.yaml:1:12: optimizer: expected a block of keys, found the number 3");
        refused("data: {batchSize: 2.5}", "x.yaml:1:19: data.batchSize: expected a whole number, found the number 2.5");
        refused(
                "data: {batchSize: 1e10}",
                "x.yaml:1:19: data.batchSize: expected a whole number between -2147483648 and 2147483647, found 1e10");
        refused("data: {batchSize: 1e999999999}", "x.yaml:1:19: data.batchSize: expected a whole number between");
        refused("data: {batchSize: 1e99999999999}", "x.yaml:1:19: data.batchSize: expected a whole number between");
        refused("data: {unitNorm: yes}", "x.yaml:1:18: data.unitNorm: expected true or false, found the text 'yes'");
        refused(
                "data: {classes: 3}",
                "x.yaml:1:17: data.classes: expected a list, such as [a, b], each a number or a name, found the number 3");
        refused("data: {classes: [1, [b]]}", "x.yaml:1:21: data.classes[1]: expected a number or a name, found a list");
        refused("name: [a]", "x.yaml:1:7: name: expected a text, found a list");
        refused("precision: {a: 1}", "x.yaml:1:12: precision: expected one of single, double, found a block of keys");
        refused(
                "precision: doubel",
                "x.yaml:1:12: precision: there is no 'doubel'; did you mean 'double'? (valid: single, double)");
        refused("model: {kind: mpl}", "x.yaml:1:15: model.kind: there is no 'mpl'; did you mean 'mlp'?");
        refused("model: {kind: [mlp]}", "x.yaml:1:15: model.kind: expected one of mlp, cnn, layers, found a list");
        refused(
                "model: {kind: layers, layers: [dense]}",
                "x.yaml:1:32: model.layers[0]: expected a block with 'kind', one of dense, conv");
        refused(
                "model: {kind: layers, layers: [{units: 3}]}",
                "x.yaml:1:32: model.layers[0]: the key 'kind' is missing; valid: dense");
        refused(
                "model: {kind: layers, layers: [{kind: dense}]}",
                "x.yaml:1:32: model.layers[0]: the key 'units' is missing; it has no default: units");
    }

    @Test
    void whatIsNotASpecIsRefused() {
        refused("name: a\nname: b", "x.yaml:2:1: the key 'name' stands twice, first at x.yaml:1:1");
        refused("data: {batchSize: 1, batchSize: 2}", "x.yaml:1:22: the key 'batchSize' stands twice");
        refused("a: [1", "x.yaml:1:6: this is not YAML: ");
        refused("\tname: a", "x.yaml:1:1: this is not YAML: ");
        refused("- a", "x.yaml:1:1: expected keys such as 'optimizer:', found a list");
        refused("a: 1\n---\nb: 1", "x.yaml:3:1: expected one YAML document, found 2");
        refused("name: !mine a", "x.yaml:1:7: tags have no meaning in a spec, found !mine");
        refused("? [a]\n: b", "x.yaml:1:3: a key must be a name");
        refused(
                "model: {kind: layers, layers: &a [{kind: residual, layers: *a}]}",
                "x.yaml:1:35: blocks are nested more than 50 deep");
    }

    @Test
    void impossibleValuesAreRefusedWhereTheyStand() {
        refused(
                "optimizer:\n  learningRate: -1",
                "x.yaml:2:3: optimizer.learningRate: expected a finite number above 0, found -1");
        refused(
                "measure: {instruments: [neural]}",
                "x.yaml:1:11: measure.instruments: there is no instrument 'neural'; did you mean 'neural-collapse'?");
    }

    @Test
    void anOverrideReplacesOneValue() {
        SpecDocument document = SpecDocument.of("optimizer: {learningRate: 0.5, momentum: 0}", "x.yaml")
                .with("optimizer.learningRate=0.1")
                .with("model.widths=[3, 4]")
                .with("data.source=scribbles")
                .with("stop.steps=5")
                .with("optimizer.momentum=null")
                .withSeeds("1,5-7");
        Spec spec = document.spec();
        assertThat(spec.optimizer().learningRate()).isEqualTo(0.1);
        assertThat(spec.optimizer().momentum())
                .isEqualTo(Spec.defaults().optimizer().momentum());
        assertThat(spec.model().architecture()).isEqualTo(new Mlp(List.of(3, 4)));
        assertThat(spec.stop().epochs()).isEmpty();
        assertThat(document.study(INSTRUMENTS).runs().stream().map(RunPlan::seed))
                .containsExactly(1L, 5L, 6L, 7L);
    }

    @Test
    void overridingAKeyOfADocumentWithoutAGridLeavesItWithoutOne() {
        SpecDocument document = SpecDocument.of("{name: before, precision: single}", "x.yaml")
                .with("name=after")
                .with("precision=double");
        assertThat(document.spec().name()).isEqualTo("after");
        assertThat(document.study(INSTRUMENTS).runs())
                .allSatisfy(run -> assertThat(run.setting()).isEmpty());
    }

    @Test
    void overridesThatAreWrongNameThemselves() {
        overrideRefused(
                "optimizer.rate=0.1",
                "--set optimizer.rate=0.1: optimizer: there is no key 'rate' in optimizer; did you mean 'learningRate'?");
        overrideRefused(
                "optimizer.learningRat=0.1",
                "--set optimizer.learningRat=0.1: optimizer: there is no key 'learningRat' in optimizer; did you mean 'learningRate'?");
        overrideRefused(
                "optimizer.learningRate=fast",
                "--set optimizer.learningRate=fast: optimizer.learningRate: expected a number, found the text 'fast'");
        overrideRefused(
                "optimizer.learningRate.x=1",
                "--set optimizer.learningRate.x=1: optimizer.learningRate: expected a number, found a block of keys");
        overrideRefused(
                "optimizer.learningRate=0",
                "--set optimizer.learningRate=0: optimizer.learningRate: expected a finite number above 0, found 0");
        overrideRefused("optimizer", "--set optimizer: expected key=value, such as optimizer.learningRate=0.1");
        overrideRefused("=3", "--set =3: expected key=value");
        overrideRefused("a..b=3", "--set a..b=3: expected key=value");
        overrideRefused("name=", "--set name=: expected a value after the equals sign");
        overrideRefused("data.classes=[1", "--set data.classes=[1: this is not YAML: ");
    }

    private static void overrideRefused(String assignment, String message) {
        assertThatThrownBy(() -> SpecDocument.of("", "x.yaml").with(assignment).study(INSTRUMENTS))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aGridMakesEveryCombinationForEverySeed() {
        StudyPlan study = study("""
                name: grid
                question: does it collapse?
                seeds: 2
                grid:
                  optimizer.learningRate: [0.1, 0.2]
                  model.widths: [[3], [4, 5]]
                """);
        assertThat(study.name()).isEqualTo("grid");
        assertThat(study.question()).isEqualTo("does it collapse?");
        assertThat(study.description()).isEmpty();
        assertThat(study.runs()).hasSize(8);
        assertThat(study.runs().get(3).setting())
                .isEqualTo(Map.of("optimizer.learningRate", "0.1", "model.widths", "[4, 5]"));
        assertThat(study.runs().get(3).seed()).isEqualTo(2);
        assertThat(study.runs().get(3).spec().model().architecture()).isEqualTo(new Mlp(List.of(4, 5)));
        assertThat(study.runs().get(7).spec().optimizer().learningRate()).isEqualTo(0.2);
    }

    @Test
    void anOverrideOfAGridKeyLeavesThatOneValue() {
        SpecDocument document = SpecDocument.of("grid: {optimizer.learningRate: [0.1, 0.2]}", "x.yaml");
        assertThat(document.with("optimizer.learningRate=0.3")
                        .withSeeds("1")
                        .study(INSTRUMENTS)
                        .runs())
                .singleElement()
                .satisfies(run -> assertThat(run.setting()).isEmpty());
        assertThat(document.with("grid.data.batchSize=[1, 2]")
                        .withSeeds("1")
                        .study(INSTRUMENTS)
                        .runs())
                .hasSize(4);
        assertThat(document.with("grid.optimizer.learningRate=null")
                        .withSeeds("1")
                        .study(INSTRUMENTS)
                        .runs())
                .hasSize(1);
        assertThat(document.with("grid=null").withSeeds("1").study(INSTRUMENTS).runs())
                .hasSize(1);
    }

    @Test
    void wrongGridsAreRefused() {
        refused("grid: [1]", "x.yaml:1:7: grid: expected a block such as");
        refused(
                "grid: {optimizer.learningRate: 0.1}",
                "x.yaml:1:8: grid: optimizer.learningRate: expected a list of at least one value, found the number 0.1");
        refused(
                "grid: {optimizer.learningRate: []}",
                "x.yaml:1:8: grid: optimizer.learningRate: expected a list of at least one value, found an empty one");
        refused(
                "grid: {optimizer: {learningRate: [1]}}",
                "x.yaml:1:8: grid: optimizer: expected a list of values; join the keys with dots: 'optimizer.learningRate: [...]'");
        refused(
                "grid: {optimizer.learningRate: [1, 1]}",
                "x.yaml:1:8: grid: optimizer.learningRate: the value 1 stands twice");
        refused("grid: {name: [a, b]}", "x.yaml:1:8: grid: name: 'name' does not change a run");
        refused("grid: {optimizer.rate: [1]}", "x.yaml:1:25: optimizer: there is no key 'rate' in optimizer");
        refused(
                "grid:\n  optimizer.learningRate: [0.1,\n    -1]",
                "x.yaml:3:5: optimizer.learningRate: expected a finite number above 0, found -1");
        refused(
                "grid: {optimizer.learningRate: [0.1, fast]}",
                "x.yaml:1:38: optimizer.learningRate: expected a number, found the text 'fast'");
        String hundred = java.util.stream.IntStream.rangeClosed(1, 101)
                .mapToObj(Integer::toString)
                .collect(java.util.stream.Collectors.joining(", "));
        refused(
                "grid: {data.batchSize: [" + hundred + "], data.validation: [" + hundred + "]}",
                "x.yaml:1:1: grid: at most 10000 settings, found 101 x 101");
    }

    @Test
    void seedsAreACountOrAList() {
        assertThat(study("").runs().stream().map(RunPlan::seed)).containsExactly(1L, 2L, 3L);
        assertThat(study("seeds: 2").runs().stream().map(RunPlan::seed)).containsExactly(1L, 2L);
        assertThat(study("seeds: [4, 7-9, 0]").runs().stream().map(RunPlan::seed))
                .containsExactly(4L, 7L, 8L, 9L, 0L);
        assertThat(study("seeds: 7-7").runs().stream().map(RunPlan::seed)).containsExactly(7L);
        refused("seeds: 0", "x.yaml:1:8: seeds: expected at least one seed, found none");
        refused("seeds: []", "x.yaml:1:8: seeds: expected at least one seed, found none");
        refused("seeds: -3", "x.yaml:1:8: seeds: expected a count such as 5 or a list such as 1,2,5-9, found '-3'");
        refused("seeds: [1, 1]", "x.yaml:1:8: seeds: the seed 1 stands twice");
        refused("seeds: 9-3", "x.yaml:1:8: seeds: the range 9-3 runs backwards");
        refused(
                "seeds: 2001",
                "x.yaml:1:8: seeds: 2001 alone means the seeds 1 to 2001; write 1-2001 for them, or 2001-2001 for the one"
                        + " seed 2001");
        refused("seeds: 1000000", "x.yaml:1:8: seeds: at most 10000 seeds, found 1000000");
        refused("seeds: {a: 1}", "x.yaml:1:8: seeds: expected a count");
        refused("seeds: [[1]]", "x.yaml:1:9: seeds: expected a count");
        refused("question: [a]", "x.yaml:1:1: question: expected a text, found a list");
        assertThatThrownBy(() -> SpecDocument.of("", "x").withSeeds("1,,2"))
                .hasMessage("--seeds 1,,2: expected a count such as 5 or a list such as 1,2,5-9, found ''");
    }

    @Test
    void filesThatCannotBeReadAreNamed(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> SpecDocument.read(folder.resolve("no.yaml")))
                .isInstanceOf(UserError.class)
                .hasMessage(folder.resolve("no.yaml")
                        + ": there is no such file; ready-made specs are in the folder specs of Orrery");
        assertThatThrownBy(() -> SpecDocument.read(folder))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(folder + ": expected a spec in YAML");
        Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThatThrownBy(() -> SpecDocument.read(binary))
                .isInstanceOf(UserError.class)
                .hasMessage(binary + ": expected a spec in YAML, found bytes that are not UTF-8 text");
        Path zero = Files.writeString(folder.resolve("z.yaml"), "name: a\u0000b");
        assertThatThrownBy(() -> SpecDocument.read(zero))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(zero + ": this is not YAML: ");
        Path large = Files.write(folder.resolve("l.yaml"), new byte[2 << 20]);
        assertThatThrownBy(() -> SpecDocument.read(large))
                .hasMessage(large + ": expected a spec in YAML, found a file of 2097152 bytes");
    }

    @Test
    void aSpecWithoutANameTakesTheFiles(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("my study.yaml"), "seeds: 1");
        assertThat(SpecDocument.read(file).study(INSTRUMENTS).name()).isEqualTo("my-study");
    }

    @Test
    void anotherKindOnTheCommandLineTakesAwayWhatOnlyTheOneBeforeHas() {
        SpecDocument document = SpecDocument.of("""
                data: {source: scribbles, train: 70, batchSize: 20}
                model: {kind: mlp, widths: [4]}
                optimizer: {kind: sgd, learningRate: 0.3, momentum: 0.5}
                """, "x.yaml");
        Spec spec = document.with("data.source=csv")
                .with("data.file=a.csv")
                .with("optimizer.kind=adam")
                .with("model.kind=cnn")
                .spec();
        assertThat(SpecText.yaml(spec))
                .contains("source: csv", "batchSize: 20", "kind: adam", "learningRate: 0.3", "kind: cnn")
                .doesNotContain("train:");
        assertThatThrownBy(() ->
                        document.with("data.train=5").with("data.source=csv").spec())
                .as("what the command line itself says is not dropped")
                .hasMessageContaining("train");
        assertThatThrownBy(() -> document.with("data.source=scribbled").spec()).hasMessageContaining("scribbles");
    }
}
