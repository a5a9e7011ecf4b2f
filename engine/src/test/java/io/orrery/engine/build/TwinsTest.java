package io.orrery.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TwinsTest {
    private static final String TILES = """
            final class FloatWideTiles {
                static void two(float[] result, int resultAt, int resultStride) {
                    FloatVector c0a = FloatVector.zero(SPECIES);
                    FloatVector c0b = FloatVector.zero(SPECIES);
                    FloatVector c11 = FloatVector.zero(SPECIES);
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void wordsAndLiteralsBecomeThoseOfDoublePrecision() {
        assertThat(Twins.doubled(
                        "FloatVector v; float[] x = {-0f, 1.5f}; int n = FLOAT_LANES; int f = 3; // 3foo",
                        "Float.java"))
                .isEqualTo("DoubleVector v; double[] x = {-0, 1.5}; int n = DOUBLE_LANES; int f = 3; // 3foo");
    }

    @Test
    void aLiteralThatWouldStayInSinglePrecisionIsRefused() {
        assertThatThrownBy(() -> Twins.doubled("float x = 1.5F;", "FloatSum.java"))
                .hasMessage("FloatSum.java: write 1.5F as a decimal number with a small f");
        assertThatThrownBy(() -> Twins.doubled("float x = 0x1p-3f;", "FloatSum.java"))
                .hasMessageContaining("FloatSum.java: write 0x1p");
    }

    @Test
    void continuedTilesStartAtTheirRowAndHalfOfTheResult() {
        assertThat(Twins.continued(TILES, "FloatWideTiles.java"))
                .contains("final class FloatWideContinuedTiles")
                .contains("c0a = FloatVector.fromArray(SPECIES, result, resultAt + 0 * resultStride);")
                .contains("c0b = FloatVector.fromArray(SPECIES, result, resultAt + 0 * resultStride + LANES);")
                .contains("c11 = FloatVector.fromArray(SPECIES, result, resultAt + 11 * resultStride);")
                .doesNotContain("zero");
    }

    @Test
    void anAccumulatorThatIsNotUnderstoodIsAnError() {
        assertThatThrownBy(() -> Twins.continued(TILES.replace("c11", "sum"), "FloatWideTiles.java"))
                .hasMessage("FloatWideTiles.java: an accumulator still starts at zero: "
                        + "FloatVector sum = FloatVector.zero(SPECIES);");
        assertThatThrownBy(() -> Twins.continued("class FloatWideTiles {}", "FloatWideTiles.java"))
                .hasMessageContaining("no accumulator that starts at zero");
    }

    @Test
    void aFolderHoldsItsTwinsAndNothingElse() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources/kernel"));
        Files.writeString(sources.resolve("FloatWideTiles.java"), TILES);
        Files.writeString(sources.resolve("FloatSum.java"), "float x = 2f;");
        Files.writeString(sources.resolve("FloatFunctions.java"), "float x;");
        Path target = folder.resolve("target");
        Files.createDirectories(target.resolve("kernel"));
        Files.writeString(target.resolve("kernel/DoubleGone.java"), "");

        Twins.main(new String[] {folder.resolve("sources").toString(), target.toString()});

        try (Stream<Path> written = Files.list(target.resolve("kernel"))) {
            assertThat(written.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(List.of(
                            "DoubleSum.java",
                            "DoubleWideTiles.java",
                            "FloatWideContinuedTiles.java",
                            "DoubleWideContinuedTiles.java"));
        }
        assertThat(Files.readString(target.resolve("kernel/DoubleSum.java"))).isEqualTo("double x = 2;");
        assertThat(Files.readString(target.resolve("kernel/DoubleWideContinuedTiles.java")))
                .contains("DoubleWideContinuedTiles")
                .contains("DoubleVector.fromArray");
    }

    @Test
    void whatIsRightIsNotWrittenAgain() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Files.writeString(sources.resolve("FloatSum.java"), "float x;");
        Path target = folder.resolve("target");
        Twins.write(sources, target);
        Path twin = target.resolve("DoubleSum.java");
        FileTime stamp = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(twin, stamp);

        Twins.write(sources, target);

        assertThat(Files.getLastModifiedTime(twin)).isEqualTo(stamp);
    }

    @Test
    void aTwinAmongTheSourcesIsRefused() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources/kernel"));
        Files.writeString(sources.resolve("FloatSum.java"), "float x;");
        Files.writeString(sources.resolve("DoubleSum.java"), "double x;");

        assertThatThrownBy(() -> Twins.write(folder.resolve("sources"), folder.resolve("target")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is generated and must not stand among the sources");
    }
}
