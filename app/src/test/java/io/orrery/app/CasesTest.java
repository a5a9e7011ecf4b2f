package io.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users were seen to meet, each with the value that they may expect: see {@link Case}. One method for each case. */
class CasesTest {
    @TempDir
    Path scratch;

    private Case.Result run(String name) {
        return Case.run(name, scratch);
    }

    @Test
    void case34YamlIsReadAsItIsWritten() {
        Case.Result result = run("34-yaml-traps");
        for (String sound : new String[] {"bom", "crlf", "sci"}) {
            assertThat(result.after("--- " + sound + ".yaml")).doesNotContain("orrery:");
        }
        for (String refused : new String[] {"comma", "merge", "quoted", "tab", "thousand", "true", "twice", "yes"}) {
            assertThat(result.after("--- " + refused + ".yaml"))
                    .containsPattern("orrery: " + refused + "\\.yaml:[0-9]+:[0-9]+: ");
        }
    }

    @Test
    void case36NumbersAreTheSameUnderEveryLocale() {
        Case.Result result = run("36-locale");
        assertThat(result.output().lines().filter(line -> line.contains("done")))
                .hasSize(4);
        assertThat(result.output()
                        .lines()
                        .filter(line -> line.matches("[0-9]+ [0-9]+"))
                        .toList())
                .hasSize(4)
                .allMatch(sum -> result.output().lines().filter(sum::equals).count() == 4);
    }

    /** Equal mean and deviation: equal colours. */
    @Test
    void case15ColoursDoNotDependOnAJfifHeader() {
        Case.Result result = run("15-jpeg-no-jfif");
        String bare = row(result.first(), "train");
        assertThat(bare).isEqualTo(row(result.after("--- the same pictures"), "train"));
    }

    @Test
    void case17PicturesAreTurnedUpright() {
        Case.Result result = run("17-exif-orientation");
        assertThat(result.first()).contains("accuracy 100.00%");
        assertThat(result.after("--- upright")).contains("accuracy 100.00%");
    }

    @Test
    void case18ValIsHeldOut() {
        Case.Result result = run("18-val-folder");
        assertThat(row(result.output(), "train")).contains(" 10 ").endsWith("5 5");
        assertThat(row(result.output(), "test")).contains(" 10 ").endsWith("5 5");
        assertThat(result.output()).contains("this is the test split: there is no test/");
    }

    @Test
    void case19ImagesInNestedFoldersBelongToTheClass() {
        assertThat(row(run("19-nested-images").output(), "train"))
                .contains(" 10 ")
                .endsWith("5 5");
    }

    @Test
    void case21AClassMayBeCalledTrain() {
        Case.Result result = run("21-class-named-train");
        assertThat(result.output()).contains("class: bus, car, train");
        assertThat(row(result.output(), "train")).endsWith("3 3 3");
    }

    @Test
    void case23GreyOfOneBitIsGrey() {
        Case.Result result = run("23-grey-1-bit");
        assertThat(result.first()).contains("example shape [1, 8, 8]");
        assertThat(result.after("--- one such file")).contains("example shape [1, 8, 8]");
    }

    @Test
    void case41HiddenFilesAreNoImages() {
        assertThat(row(run("41-hidden-files").output(), "train"))
                .contains(" 10 ")
                .endsWith("5 5");
    }

    @Test
    void case42FourInksAreRefusedWithTheRemedy() {
        assertThat(run("42-cmyk-jpeg").output()).contains("photos/a/1.jpg: four inks (CMYK); save it as RGB");
    }

    /** The line of a split in what {@code data} prints. */
    private static String row(String output, String split) {
        return output.lines()
                .filter(line -> line.startsWith(split + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line of split " + split + " in:\n" + output))
                .strip();
    }
}
