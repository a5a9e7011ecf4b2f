package io.orrery.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.app.report.figure.Band;
import io.orrery.app.report.figure.PageFigure;
import io.orrery.app.report.figure.Sections;
import io.orrery.app.report.figure.VectorFigure;
import io.orrery.app.report.series.GridPoint;
import io.orrery.app.report.series.SeriesKey;
import io.orrery.app.report.series.StepPool;
import io.orrery.app.report.series.StudyData;
import io.orrery.lab.UserError;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {
    /** Pages to look at in a browser. */
    private static final Path PAGES = Path.of("target", "report");

    private static final Pattern SCRIPT_OR_STYLE = Pattern.compile("<(script|style)[^>]*>.*?</\\1>", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void writesOnePageOfModestSizeForSeveralSeeds() throws Exception {
        Path file = PAGES.resolve("seeds.html");
        ReportWriter.write(
                new StudyReport(
                        "scribbles",
                        "Does a deep classifier trained far beyond zero error collapse, and does ρ come to rest where theory says?",
                        new SyntheticStudy().runs(5, Map.of()).list(),
                        "./orrery run --seeds 1..5"),
                file);
        assertThat(Files.size(file)).isBetween(1_000_000L, 1_500_000L);
        String words = words(Files.readString(file));
        assertThat(words)
                .contains("<h1>scribbles</h1>", "does ρ come to rest", "./orrery run --seeds 1..5")
                .contains("Neural collapse", "Normalized margins over time", "Singular values of the weights")
                .contains("curves are medians over seeds at each look, bands span lowest to highest;")
                .contains("<ul class=\"sentences\">", "Training error: zero", "weight_decay = 2 lambda")
                .contains("id=\"runs\"", "id=\"spec\"", "id=\"costs\"", "id=\"provenance\"", "id=\"repeat\"");
        assertThat(data(Files.readString(file))).contains("\"settings\":[\"all runs\"]");
    }

    @Test
    void holdsEverySeriesOfEveryInstrumentKnownOrNot() {
        List<RecordedRun> runs =
                new ArrayList<>(new SyntheticStudy().runs(2, Map.of()).list());
        RecordedRun first = runs.getFirst();
        List<Measurement> more = new ArrayList<>(first.measurements());
        more.add(Measurement.of(0, "sharpness", "largest-eigenvalue", "", "train", 17.25));
        more.add(new Measurement(0, "sharpness", "eigenvalues", "layers.9", "", List.of(17.25, 3.0, -1.0)));
        runs.set(0, withMeasurements(first, more));
        String page = Page.of(new StudyReport("s", "", runs, ""));
        assertThat(page).contains("<h2 id=\"measured-sharpness-title\">Sharpness</h2>", "Largest eigenvalue", "17.25");

        Set<SeriesKey> series = new LinkedHashSet<>();
        runs.forEach(run -> run.measurements().forEach(m -> series.add(SeriesKey.of(m))));
        StudyData study = new StudyData(runs);
        List<PageFigure> figures = new Sections(study, new StepPool())
                .all().stream()
                        .flatMap(s -> java.util.stream.Stream.concat(s.figures().stream(), s.further().stream()))
                        .toList();
        // A figure's lines are one per setting and variant; with one setting every series is a line of some figure
        // once.
        int lines = figures.stream()
                .filter(f -> !"depth".equals(f.chart().get("kind")))
                .mapToInt(f -> f.chart().get("lines") instanceof List<?> all ? all.size() : 0)
                .sum();
        assertThat(lines).isEqualTo(series.size());
    }

    @Test
    void loadsNothingFromElsewhere() {
        String page = Page.of(report(new SyntheticStudy().runs(1, Map.of())));
        assertThat(words(page)).doesNotContainPattern("(?i)https?://").doesNotContainPattern("(?i)\\ssrc=");
        assertThat(page).doesNotContainPattern("(?i)@import").doesNotContain("<link");
        Matcher own = Pattern.compile("<(?:style|script)>\\s*(?!\\s*/\\*)(.*?)</(?:style|script)>", Pattern.DOTALL)
                .matcher(page);
        assertThat(own.results().filter(m -> !m.group(1).contains("Apache Software Foundation")))
                .isNotEmpty()
                .allSatisfy(m -> assertThat(m.group(1)).doesNotContain("http:", "https:"));
        assertThat(page).contains("default-src 'none'");
    }

    @Test
    void escapesWhateverASpecSays() {
        String evil = "</script><script>alert(1)</script><img src=x onerror=\"alert('2')\">{{data}} & <!--";
        RecordedRun run = new RecordedRun(
                evil,
                evil,
                1,
                Map.of(evil, evil),
                "{\"name\":\"" + evil + "\"}",
                Map.of(evil, evil),
                List.of(Measurement.of(0, evil, evil, evil, evil, 1)),
                Optional.of(new RunEnd(RunEnd.Status.DIVERGED, 3, evil, evil, evil, Map.of(evil, 1.0), List.of(evil))));
        String page = Page.of(new StudyReport(evil, evil, List.of(run), evil));
        assertThat(page).doesNotContain("<script>alert", "<img src=x");
        assertThat(page).contains("{{data}} &amp; &lt;!--").contains("\\u003c/script>\\u003cscript>alert(1)");
        assertThat(occurrences(page, "<script")).isEqualTo(4).isEqualTo(occurrences(page, "</script>"));
    }

    @Test
    void readingsThatAreNotFiniteBecomeGaps() {
        List<Measurement> measured = new ArrayList<>();
        double[] losses = {1, Double.NaN, Double.POSITIVE_INFINITY, 0.25};
        for (int step = 0; step < losses.length; step++) {
            measured.add(Measurement.of(step, "loss", "loss", "", "train", losses[step]));
        }
        measured.add(new Measurement(0, "rank", "singular-values", "layers.0", "", List.of(2.0, Double.NaN)));
        RecordedRun run =
                withMeasurements(new SyntheticStudy().runs(1, Map.of()).list().getFirst(), measured);
        String page = Page.of(new StudyReport("s", "", List.of(run), ""));
        assertThat(data(page))
                .contains("\"steps\":[[0,3]]")
                .contains("\"m\":[1,0.25]")
                .doesNotContain("NaN")
                .doesNotContain("Infinity");
    }

    @Test
    void managesOneStepAndNoTestSplitAndRunsWithoutEndOrReadings() {
        assertThat(Page.of(report(new SyntheticStudy().steps(0).runs(1, Map.of()))))
                .contains("<h1>study</h1>");
        assertThat(data(Page.of(report(new SyntheticStudy().withoutTest().runs(2, Map.of())))))
                .doesNotContain("\"test\"");
        RecordedRun bare = new RecordedRun("s", "abc", 1, Map.of(), "{}", Map.of(), List.of(), Optional.empty());
        assertThat(Page.of(new StudyReport("s", "", List.of(bare), "")))
                .contains("no end was recorded")
                .doesNotContain("id=\"costs\"");
    }

    @Test
    void aGridIsComparedAndDivergedRunsAreFlaggedAndLeftOutOfBands() throws Exception {
        SyntheticStudy study = new SyntheticStudy();
        for (String lambda : new String[] {"0.0", "1e-4", "1e-3", "5e-3"}) {
            study.runs(3, Map.of("decay.lambda", lambda));
        }
        study.diverging(4, Map.of("decay.lambda", "5e-3"));
        Path file = PAGES.resolve("grid.html");
        ReportWriter.write(
                new StudyReport("decay sweep", "What does weight decay do?", study.list(), "./orrery run decay.yaml"),
                file);
        String page = Files.readString(file);
        assertThat(words(page))
                .contains("One run of 13 diverged", "loss is not finite at step 40")
                .contains("<span class=\"status diverged\">diverged</span>")
                .contains("Last readings by setting", "decay.lambda = 5e-3", "One spec per setting");
        assertThat(data(page)).contains("\"d\":1");
        // The diverging run read a loss of 0.9 * exp(0.6 * 32) = 2e8 at step 32: no band may reach it.
        GridPoint last = GridPoint.of(study.list()).getLast();
        Band band = Band.over(VectorFigure.counted(
                new StudyData(study.list()).traces(new SeriesKey("loss", "loss", "", "train"), last)));
        assertThat(Arrays.stream(band.high()).max().orElseThrow()).isLessThan(10);
    }

    @Test
    void classesKeepTheirNames() {
        RecordedRun run = new SyntheticStudy().runs(1, Map.of()).list().getFirst();
        RecordedRun named = new RecordedRun(
                run.study(),
                run.id(),
                run.seed(),
                run.setting(),
                run.spec(),
                Map.of("classes", "[\"setosa\",\"a \\\"b\\\"\"]"),
                run.measurements(),
                run.end());
        String page = Page.of(new StudyReport("s", "", List.of(named), ""));
        assertThat(data(page)).contains("\"classes\":[\"setosa\",\"a \\\"b\\\"\"]");
        assertThat(words(page)).contains("setosa, a &quot;b&quot;");
    }

    /** Half of the readings are exactly 0: on a logarithmic axis the curve would vanish and its band fill the chart. */
    @Test
    void curvesThatLieOnZeroAreDrawnOnALinearAxis() {
        RecordedRun run = new SyntheticStudy().runs(1, Map.of()).list().getFirst();
        Map<Boolean, String> scales = new java.util.HashMap<>();
        for (boolean zero : new boolean[] {true, false}) {
            List<Measurement> measured = List.of(
                    Measurement.of(0, "duality", "outside-inputs", "a", "", 0.07),
                    Measurement.of(9, "duality", "outside-inputs", "a", "", zero ? 0 : 0.0001));
            StudyData data = new StudyData(List.of(withMeasurements(run, measured)));
            scales.put(
                    zero,
                    String.valueOf(new Sections(data, new StepPool())
                            .all()
                            .getFirst()
                            .figures()
                            .getFirst()
                            .chart()
                            .get("scale")));
        }
        assertThat(scales).containsEntry(true, "linear").containsEntry(false, "log");
    }

    /** Numbers over settings would be true of none of them. */
    @Test
    void aGridHasNoTilesAndACurveOfOneSettingAloneNamesIt() {
        List<RecordedRun> runs = new ArrayList<>(new SyntheticStudy()
                .runs(2, Map.of("decay.lambda", "0.0"))
                .runs(2, Map.of("decay.lambda", "1e-3"))
                .list());
        assertThat(words(Page.of(new StudyReport("s", "", runs, "")))).doesNotContain("class=\"tiles\"");
        RecordedRun first = runs.getFirst();
        List<Measurement> more = new ArrayList<>(first.measurements());
        more.add(Measurement.of(0, "sharpness", "largest-eigenvalue", "", "train", 17.25));
        runs.set(0, withMeasurements(first, more));
        assertThat(words(Page.of(new StudyReport("s", "", runs, "")))).contains("Only for decay.lambda = 0.0.");
    }

    @Test
    void everyChartHasWordsAndEveryHeadingAnAnchor() {
        String page = words(Page.of(report(new SyntheticStudy().runs(2, Map.of()))));
        assertThat(occurrences(page, "<figure"))
                .isEqualTo(occurrences(page, "role=\"img\" aria-label=\"Chart: "))
                .isGreaterThan(20);
        Matcher links = Pattern.compile("href=\"#([^\"]+)\"").matcher(page);
        assertThat(links.results().map(m -> m.group(1)).toList())
                .isNotEmpty()
                .allSatisfy(id -> assertThat(page).contains("id=\"" + id + "\""));
    }

    @Test
    void aPlaceThatCannotBeWrittenIsTheUsersToMend() throws Exception {
        Path blocked = folder.resolve("file");
        Files.writeString(blocked, "");
        assertThatThrownBy(() -> ReportWriter.write(
                        report(new SyntheticStudy().steps(1).runs(1, Map.of())), blocked.resolve("report.html")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot write the report")
                .hasMessageContaining("choose a place");
        assertThatThrownBy(() -> new StudyReport("empty", "", List.of(), ""))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("at least one run");
    }

    private static StudyReport report(SyntheticStudy study) {
        return new StudyReport("study", "", study.list(), "");
    }

    private static RecordedRun withMeasurements(RecordedRun run, List<Measurement> measured) {
        return new RecordedRun(
                run.study(), run.id(), run.seed(), run.setting(), run.spec(), run.provenance(), measured, run.end());
    }

    /** The page without scripts and styles. */
    private static String words(String page) {
        return SCRIPT_OR_STYLE.matcher(page).replaceAll("");
    }

    private static String data(String page) {
        int start = page.indexOf("id=\"data\">");
        return page.substring(start, page.indexOf("</script>", start));
    }

    private static int occurrences(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
