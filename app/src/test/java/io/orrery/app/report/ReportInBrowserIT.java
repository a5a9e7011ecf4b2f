package io.orrery.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orrery.app.report.claim.ClaimPage;
import io.orrery.app.report.claim.SyntheticClaim;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.text.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The report in an installed Chromium or Chrome: every chart is drawn, no script fails, and nothing is wider than the page,
 * from a phone to a desk. The page stands in a frame of that width, because a window cannot be as narrow as a phone.
 */
@Tag("long")
@Tag("browser")
class ReportInBrowserIT {
    private static final long PATIENCE_SECONDS = 90;
    private static final Pattern SEEN = Pattern.compile("data-seen=\"([^\"]*)\"");
    private static Optional<Path> browser = Optional.empty();

    /** Counts errors from the first script on. */
    private static final String BEFORE = """
            <script>const errors = []; addEventListener('error', e => errors.push(e.message));
            addEventListener('securitypolicyviolation', e => errors.push('blocked: ' + e.blockedURI));</script>
            """;
    /** Says what is to be seen after the charts had time to draw. */
    private static final String AFTER = """
            <script>addEventListener('load', () => setTimeout(() => {
              const figures = [...document.querySelectorAll('figure[data-figure]')]
                .filter(figure => !figure.closest('details:not([open])'));
              const empty = figures.filter(figure => figure.querySelectorAll('.chart svg path').length < 4);
              parent.postMessage(JSON.stringify({
                errors: errors.join('; '), page: document.documentElement.scrollWidth, window: innerWidth,
                figures: figures.length, empty: empty.map(figure => figure.innerText.slice(0, 60)).join('; ')
              }), '*');
            }, 2000));</script>
            """;

    @TempDir
    Path folder;

    @BeforeAll
    static void findBrowser() {
        browser = Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                .flatMap(name -> Stream.of(Optional.ofNullable(System.getenv("PATH"))
                                .orElse("")
                                .split(File.pathSeparator))
                        .map(place -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(browser.isPresent(), "no chromium or google-chrome on the PATH: the report is not looked at");
    }

    @ParameterizedTest
    @ValueSource(ints = {375, 800, 1400})
    void everyChartIsDrawnAndNothingIsWiderThanThePage(int width) throws Exception {
        SyntheticStudy study = new SyntheticStudy();
        study.runs(2, Map.of("decay.lambda", "0.0"));
        study.runs(2, Map.of("decay.lambda", "1e-3"));
        study.diverging(3, Map.of("decay.lambda", "1e-3"));
        Json.Fields seen =
                look(Page.of(new StudyReport("sweep", "What does weight decay do?", study.list(), "run")), width);
        assertThat(seen.get("errors")).contains(Json.text(""));
        assertThat(number(seen, "window")).isEqualTo(width);
        assertThat(number(seen, "page")).isLessThanOrEqualTo(width);
        assertThat(number(seen, "figures")).isGreaterThan(20);
        assertThat(seen.get("empty")).contains(Json.text(""));
    }

    @ParameterizedTest
    @ValueSource(ints = {375, 1400})
    void theFiguresOfAClaimAreDrawnToo(int width) throws Exception {
        SyntheticClaim claim = new SyntheticClaim("decay-helps", Kind.EFFECT);
        Json.Fields seen = look(ClaimPage.of(claim.result(3, Alterations.NONE)), width);
        assertThat(seen.get("errors")).contains(Json.text(""));
        assertThat(number(seen, "page")).isLessThanOrEqualTo(width);
        assertThat(number(seen, "figures")).isEqualTo(5);
        assertThat(seen.get("empty")).contains(Json.text(""));
    }

    private Json.Fields look(String html, int width) throws IOException, InterruptedException {
        String page = html.replaceFirst("(?=<meta http-equiv)", Matcher.quoteReplacement(BEFORE));
        Files.writeString(folder.resolve("page.html"), page + AFTER);
        Path frame = folder.resolve("frame.html");
        Files.writeString(frame, """
                <!doctype html><script>addEventListener('message', e => document.documentElement.dataset.seen = e.data)
                </script><iframe src="page.html" style="border:0" width="%d" height="900"></iframe>
                """.formatted(width));
        Path dom = folder.resolve("dom.html");
        Process process = new ProcessBuilder(List.of(
                        browser.orElseThrow().toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--window-size=1600,1200",
                        "--virtual-time-budget=8000",
                        "--dump-dom",
                        frame.toUri().toString()))
                .redirectOutput(dom.toFile())
                .redirectError(folder.resolve("log").toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("the browser did not end: " + Files.readString(folder.resolve("log")));
        }
        Matcher seen = SEEN.matcher(Files.readString(dom));
        assertThat(seen.find()).as("what the page says of itself").isTrue();
        return (Json.Fields) Json.parse(seen.group(1).replace("&quot;", "\"").replace("&amp;", "&"));
    }

    private static int number(Json.Fields seen, String key) {
        return (int) ((Json.Number) seen.get(key).orElseThrow()).asDouble();
    }
}
