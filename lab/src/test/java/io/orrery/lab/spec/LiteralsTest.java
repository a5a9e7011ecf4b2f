package io.orrery.lab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec.Standardization;
import io.orrery.lab.data.source.Csv;
import io.orrery.lab.data.source.Images;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.setup.SpecText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, names and words of {@code --set}, and where paths lead to. */
class LiteralsTest {
    @TempDir
    Path folder;

    private static Csv csv(String... assignments) {
        SpecDocument document = SpecDocument.of("data: {source: csv}", "x.yaml");
        for (String assignment : assignments) {
            document = document.with(assignment);
        }
        return (Csv) document.spec().data().source();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123",
                "1e3",
                "a #b.csv",
                "a: b.csv",
                "[1].csv",
                "{x}.csv",
                "*.csv",
                "&a",
                "!x",
                "@x",
                "%x",
                "- x",
                "yes",
                "true",
                "~x",
                "? x",
                "it's.csv",
                "C:\\data\\t.csv",
                "a\"b",
                "|",
                ">",
                "caf\u00e9.csv"
            })
    void aPathIsTakenAsItStands(String path) {
        assertThat(csv("data.file=" + path).file())
                .contains(Path.of(path).toAbsolutePath().toString());
    }

    @Test
    void quotesAndNullMeanWhatTheyMeanInYaml() {
        assertThat(csv("data.file=\"a #b.csv\"").file())
                .contains(Path.of("a #b.csv").toAbsolutePath().toString());
        assertThat(csv("data.file='null'").file())
                .contains(Path.of("null").toAbsolutePath().toString());
        assertThat(csv("data.file=t.csv", "data.file=null").file()).isEmpty();
        assertThatThrownBy(() -> csv("data.file="))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected a value after the equals sign");
    }

    @Test
    void aTildeIsTheUsersFolder() {
        assertThat(csv("data.file=~/x: y").file()).contains(System.getProperty("user.home") + "/x: y");
    }

    @Test
    void aNumberIsAPlaceAndAWordAName() {
        assertThat(csv("data.label=-1").label()).isEqualTo(Word.number(-1));
        assertThat(csv("data.label=yes").label()).isEqualTo(Word.name("yes"));
        assertThat(csv("data.label=\"3\"").label()).isEqualTo(Word.name("3"));
        assertThat(csv("data.label='3'").label()).isEqualTo(Word.name("3"));
        assertThat(csv("data.label=a: b #c").label()).isEqualTo(Word.name("a: b #c"));
        assertThat(csv("data.separator=;").separator()).isEqualTo(";");
        assertThat(csv("data.separator=|").separator()).isEqualTo("|");
        assertThat(csv("data.separator=#").separator()).isEqualTo("#");
        assertThat(csv("data.separator=\"\\t\"").separator()).isEqualTo("\t");
        assertThat(SpecDocument.of("{}", "x")
                        .with("data.classes=[1, 2.0, \"3\", a]")
                        .spec()
                        .data()
                        .classes())
                .containsExactly(Word.number(1), Word.number(2), Word.name("3"), Word.name("a"));
    }

    @Test
    void aResolvedSpecReadsBackToTheSame() {
        SpecDocument document =
                SpecDocument.of("data: {source: csv, file: 0123, label: \"3\", classes: [1, \"007\", a b]}", "x.yaml");
        Spec spec = document.spec();
        assertThat(((Csv) spec.data().source()).label()).isEqualTo(Word.name("3"));
        assertThat(SpecText.read(SpecText.yaml(spec), "y.yaml")).isEqualTo(spec);
        assertThat(SpecText.read(SpecText.json(spec).write(), "y.json")).isEqualTo(spec);
    }

    @Test
    void aPathOfASpecIsLookedUpBesideIt() throws IOException {
        Path spec = Files.writeString(folder.resolve("s.yaml"), "data: {source: csv, file: orrery-beside.csv}");
        Csv missing = (Csv) SpecDocument.read(spec).spec().data().source();
        assertThat(missing.file())
                .contains(Path.of("orrery-beside.csv").toAbsolutePath().toString());
        Path beside = Files.writeString(folder.resolve("orrery-beside.csv"), "1,2\n");
        Csv found = (Csv) SpecDocument.read(spec).spec().data().source();
        assertThat(found.file()).isEqualTo(Optional.of(beside.toString()));
        // What the command line says is in the working folder.
        Csv given = (Csv) SpecDocument.read(spec)
                .with("data.file=orrery-beside.csv")
                .spec()
                .data()
                .source();
        assertThat(given.file())
                .contains(Path.of("orrery-beside.csv").toAbsolutePath().toString());
    }

    @Test
    void aPathThatMayBeTwoFilesIsRefused() throws IOException {
        Path spec = Files.writeString(folder.resolve("s.yaml"), "data: {source: images, dir: src}");
        Files.createDirectory(folder.resolve("src"));
        assertThat(Files.exists(Path.of("src"))).isTrue();
        assertThatThrownBy(() -> SpecDocument.read(spec).spec())
                .isInstanceOf(UserError.class)
                .hasMessageContaining("s.yaml:1:29: data.dir: there is ")
                .hasMessageContaining("write the one that is meant as an absolute path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "\u001b[31m"})
    void controlCharactersAreNoPartOfAPath(String path) {
        assertThatThrownBy(() -> csv("data.file=" + path))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("a path holds no control characters");
    }

    @Test
    void tablesAreStandardizedUnlessTheSpecSaysOtherwise() {
        assertThat(standardize("data: {source: csv}")).isEqualTo(Standardization.PER_FEATURE);
        assertThat(standardize("data: {source: csv, standardize: none}")).isEqualTo(Standardization.NONE);
        assertThat(standardize("data: {source: xor}")).isEqualTo(Standardization.NONE);
        SpecDocument pictures = SpecDocument.of("data: {source: scribbles, standardize: per-channel}", "x.yaml");
        assertThat(pictures.with("data.source=csv").spec().data().standardize()).isEqualTo(Standardization.PER_FEATURE);
        assertThat(pictures.with("data.source=xor").spec().data().standardize()).isEqualTo(Standardization.NONE);
        assertThat(pictures.with("data.source=images").spec().data().standardize())
                .isEqualTo(Standardization.PER_CHANNEL);
        assertThat(pictures.with("data.source=images").spec().data().source()).isInstanceOf(Images.class);
    }

    private static Standardization standardize(String yaml) {
        return SpecDocument.of(yaml, "x.yaml").spec().data().standardize();
    }
}
