package io.orrery.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SummariesTest {
    private static final Bench MACHINE = new Bench(200, 40, true, false);

    @Test
    void aSuiteIsItsGeometricMeanItsLeastRatioAndItsBestShareOfThePeak() {
        String summary = Summaries.of(
                        "cnn", List.of(result("a", 1, 50, 100, 100), result("b", 1, 25, 200, 50)), MACHINE)
                .write();
        assertThat(number(summary, "geomean")).isEqualTo(4, within(1e-12));
        assertThat(number(summary, "min")).isEqualTo(2);
        assertThat(number(summary, "peakShare")).isEqualTo(0.5);
    }

    @Test
    void contestsWithTwoThreadsAreSummedUpApart() {
        String summary = Summaries.of(
                        "mlp", List.of(result("a", 1, 50, 100, 100), result("a-T2", 2, 50, 150, 300)), MACHINE)
                .write();
        assertThat(number(summary, "geomean")).isEqualTo(2, within(1e-12));
        assertThat(number(summary, "peakShare")).isEqualTo(0.5);
        String apart = summary.substring(summary.indexOf("twoThreads"));
        assertThat(number(apart, "geomean")).isEqualTo(3, within(1e-12));
        assertThat(number(apart, "min")).isEqualTo(3);
    }

    @Test
    void tinyNetworksAreSummedUpByTheTimeOfOneStepAtBatchFour() {
        String summary = Summaries.of("tiny", List.of(result("20-32-32-1-B4-double", 1, 2.5, 100, 1)), MACHINE)
                .write();
        assertThat(number(summary, "microsecondsBatch4")).isEqualTo(2.5);
        assertThat(summary).doesNotContain("peakShare");
    }

    @Test
    void productsSayHowFastDoublesAreBesideSingles() {
        String summary = Summaries.of(
                        "products",
                        List.of(result("square-128", 1, 5, 10, 200), result("square-128-double", 1, 10, 20, 90)),
                        MACHINE)
                .write();
        assertThat(number(summary, "doubleOverSingle")).isEqualTo(0.45, within(1e-12));
    }

    private static double number(String json, String key) {
        Matcher found = Pattern.compile("\"" + key + "\":([-0-9.eE]+)").matcher(json);
        assertThat(found.find()).isTrue();
        return Double.parseDouble(found.group(1));
    }

    private static Contest.Result result(String shape, int threads, double ours, double theirs, double gigaflops) {
        return new Contest.Result("suite", shape, threads, ours, theirs, theirs / ours, gigaflops, 0, 200, 1, 1);
    }
}
