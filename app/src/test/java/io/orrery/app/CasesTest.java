package io.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
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
    void case01AConstantFeatureStaysSmall() {
        Case.Result result = run("01-constant-feature");
        assertThat(result.output()).contains("constant in all training examples, so centred and not divided: dose");
        double largest = Double.parseDouble(result.output()
                .lines()
                .filter(line -> line.startsWith("test "))
                .findFirst()
                .orElseThrow()
                .split(" +")[3]);
        assertThat(largest).isLessThan(10);
    }

    @Test
    void case02ALabelOfMinusOneIsTheLastColumn() {
        Case.Result result = run("02-label-minus-one");
        for (String part : new String[] {result.first(), result.after("--- right:")}) {
            assertThat(part).contains("80 rows found = 80 used", "class: -1, 1").containsPattern("train +80 .* 38 42");
        }
    }

    @Test
    void case03ALabelOfZeroIsTheFirstColumn() {
        assertThat(run("03-label-zero").first()).contains("60 rows found = 60 used", "class: 0, 1, 2");
    }

    @Test
    void case04AHeaderOfNumbersIsKnownByItsLabel() {
        Case.Result result = run("04-numeric-header");
        assertThat(result.first())
                .contains("60 rows found = 60 used", "class: oak, pine", "\"species\" is the only one");
        assertThat(result.after("--- pandas")).contains("60 rows found = 60 used", "class: 0, 1", "counts them from 0");
    }

    @Test
    void case06MissingLabelsAreRefusedWithTheirLine() {
        Case.Result result = run("06-missing-labels");
        for (String name : new String[] {"NaN", "nan", "NA", "null", "question"}) {
            assertThat(result.after("--- " + name)).contains(name + ".csv:9: y: expected a label, found");
        }
    }

    @Test
    void case10ADamagedSecondPartOfAGzipFileIsRefused() {
        assertThat(run("10-gzip-second-member").output())
                .contains("orrery: ", "rows.csv.gz: cannot be read to its end");
    }

    @Test
    void case11ClassesAreNamedByTheirLabels() {
        assertThat(run("11-classes-by-number").output())
                .contains("class: 1, 2\n", "left out 20: not of data.classes [1, 2]")
                .containsPattern("train +40 .* 20 20\n");
    }

    @Test
    void case13ATabMayBeWrittenInQuotesOrNot() {
        Case.Result result = run("13-tab-separator");
        assertThat(result.first()).contains("separated by tabs: write data.separator: \"\\t\"");
        assertThat(result.after("--- as the page")).contains("20 rows found = 20 used");
        assertThat(result.after("--- in YAML")).contains("20 rows found = 20 used");
    }

    @Test
    void case14SemicolonsAndDecimalCommasAreNamed() {
        Case.Result result = run("14-decimal-comma");
        assertThat(result.first()).contains("separated by ';', with decimal commas");
        assertThat(result.after("--- with the separator")).contains("decimal commas are read with data.decimal");
    }

    @Test
    void case28WeightsOfPyTorchAndKerasAreCalledByTheirNames() {
        assertThat(run("28-pt-given").output())
                .contains(
                        "PyTorch file (zip): save the state_dict with safetensors.torch.save_file",
                        "HDF5 file (Keras)");
    }

    @Test
    void case29TheExampleOfTheHelpWorks() {
        assertThat(run("29-help-example").output())
                .contains("60 rows found = 60 used")
                .doesNotContain("per-channel");
    }

    /** A hundred megabytes of text: half a minute. */
    @Tag("long")
    @Tag("torture")
    @Test
    void case30ALargeTableNeedsLittleMoreThanItsNumbers() {
        assertThat(run("30-large-csv").output().split("60,000 rows found = 60,000 used", -1))
                .hasSize(3);
    }

    @Test
    void case33LabelsThatBeginAtOneAreAnsweredWithWhatToWrite() {
        Case.Result result = run("33-emnist-letters");
        assertThat(result.output())
                .contains("data.classes: [1, 2, 3,")
                .contains("example shape [1, 4, 4], labels are class: 1, 2, 3,")
                .contains("an IDX file of another type (32-bit integers)");
    }

    @Test
    void case24RunsThatDivergedAreNamedAndNotCompared() {
        Case.Result result = run("24-compare-diverged");
        List<String> refusals = result.output()
                .lines()
                .filter(line -> line.startsWith("orrery: "))
                .toList();
        assertThat(refusals)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .contains("nothing can be compared")
                        .contains("B's seed 1 (run ")
                        .contains("diverged at step 2"));
        assertThat(result.output()).doesNotContain("95% INTERVAL").doesNotContain("\"difference\"");
    }

    @Test
    void case25RunsOfOtherDataUnderTheSameNameAreKeptApart() {
        Case.Result result = run("25-mixed-study");
        assertThat(result.output()
                        .lines()
                        .filter(line -> line.startsWith("labels@"))
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .collect(Collectors.groupingBy(set -> set, Collectors.counting())))
                .as("list tells them apart")
                .hasSize(2)
                .allSatisfy((set, runs) -> assertThat(runs).isEqualTo(3));
        assertThat(result.output())
                .contains("labels stands for 2 sets of runs, which differ in the content of data.file.")
                .contains("This report is of the one begun last, labels@")
                .contains("study report labels 3 runs · 3 seeds")
                .contains("orrery: 'labels' stands for runs of 2 sets, which differ in the content of data.file.");
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
