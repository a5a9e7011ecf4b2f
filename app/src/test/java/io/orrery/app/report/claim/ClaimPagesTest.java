package io.orrery.app.report.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimPagesTest {
    /** Pages to look at in a browser. */
    private static final Path PAGES = Path.of("target", "report", "claims");

    private static final Pattern SCRIPT_OR_STYLE = Pattern.compile("<(script|style)[^>]*>.*?</\\1>", Pattern.DOTALL);
    private static final Pattern COSTS = Pattern.compile("<section id=\"costs\".*?</section>", Pattern.DOTALL);

    private final SyntheticClaim claim = new SyntheticClaim("decay-helps", Kind.EFFECT);

    @TempDir
    Path folder;

    @Test
    void aPageSaysAllThatBearsOutTheVerdict() throws IOException {
        ClaimResult result = claim.result(12.5, Alterations.NONE);
        Path page = ClaimPages.write(result, PAGES.resolve("decay-helps-quick"));

        assertThat(result.verdict().outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(words(Files.readString(page)))
                .contains("<p class=\"word\">Supported</p>", "decay-helps", "scale quick", "6 seeds")
                .contains("theory &lt;fixes&gt;")
                .contains("The source saw 0.1.", "Somebody and Another 2020")
                .contains("Decay lowers NC1 at the end", "at most 0.5", "95% interval")
                .contains("excluded in the control: NC1 with decay is 0.9 times that without")
                .contains("A remark that depends on what was seen.")
                .contains("decay.lambda", "slight decay", "<code>1e-6</code>")
                .contains("ln of the ratio", "−2.3")
                .contains("../index.html#claim-decay-helps", "../index.html#theory-p22", "#instrument-neural-collapse")
                .contains("./orrery claim decay-helps --scale quick")
                .doesNotContain("the verdict on the source");
    }

    @Test
    void aVerdictOnTheSourcesSentenceSaysThatItIsOnThat() {
        String page = words(ClaimPage.of(claim.quoting().result(3, Alterations.NONE)));

        assertThat(page)
                .contains("This is the verdict on the source's sentence as it stands, the first below.")
                .contains("Decay collapses features.");
    }

    @Test
    void nothingButTheCostsDependsOnTheTimes() {
        String once = ClaimPage.of(claim.result(12.5, Alterations.NONE));
        String again = ClaimPage.of(claim.result(99, Alterations.NONE));

        assertThat(once).isNotEqualTo(again);
        assertThat(COSTS.matcher(again).replaceAll(""))
                .isEqualTo(COSTS.matcher(once).replaceAll(""));
    }

    @Test
    void anAlteredClaimSaysThatItIsAnotherQuestion() {
        Alterations altered = new Alterations(List.of("data=mine.csv", "decay.lambda=0"), Optional.of("1-6"));

        assertThat(ClaimPage.of(claim.result(1, altered)))
                .contains("Altered: data=mine.csv and decay.lambda=0; seeds 1-6.")
                .contains("another question than the claim&#39;s, because it does not leave free: decay.lambda=0");
    }

    @Test
    void theSummaryCountsIdentitiesApartAndLinksEveryPage() throws IOException {
        SyntheticClaim identity = new SyntheticClaim("it-balances", Kind.IDENTITY);
        SyntheticClaim open = new SyntheticClaim("not-yet-run", Kind.BOUND);
        write(PAGES, claim, "decay-helps-quick", Alterations.NONE);
        write(PAGES, identity, "it-balances-quick", Alterations.NONE);
        write(PAGES, claim, "decay-helps-quick-0a", new Alterations(List.of("data=mine.csv"), Optional.empty()));
        String page = words(Files.readString(ClaimPages.writeSummary(PAGES, List.of(claim, identity, open))));

        assertThat(page)
                .contains("<dd>1 of 2</dd>", "effects, trends and bounds; 1 not judged yet", "<dd>1 of 1</dd>")
                .contains("Were none of them true, chance alone would support up to 0.025 of 1 on average (2.5% each)")
                .doesNotContain("100%")
                .contains("href=\"decay-helps-quick/page.html\"", "href=\"it-balances-quick/page.html\"")
                .contains("href=\"decay-helps-quick-0a/page.html\"", "--set data=mine.csv")
                .contains("id=\"claim-decay-helps\"", "id=\"theory-p22\"", "id=\"instrument-loss\"")
                .contains("Not run yet", "not-yet-run");
        assertThat(page.split("id=\"claim-decay-helps\"", -1)).hasSize(2);
    }

    @Test
    void theSummaryOfNothingIsAPage() {
        assertThat(words(ClaimsPage.of(folder.resolve("missing"), List.of(claim))))
                .contains("No claim was run as it stands yet.", "Not run yet");
    }

    @Test
    void whatIsLoadedComesFromThePageItself() {
        String page = words(ClaimPage.of(claim.result(1, Alterations.NONE)));

        assertThat(page).doesNotContainPattern("(?i)https?://").doesNotContainPattern("(?i)\\ssrc=");
    }

    private static void write(Path pages, SyntheticClaim claim, String name, Alterations alterations) {
        ClaimResult result = claim.result(3, alterations);
        ClaimPages.write(result, pages.resolve(name));
        result.booked().write(pages.resolve(name));
    }

    private static String words(String page) {
        return SCRIPT_OR_STYLE.matcher(page).replaceAll("");
    }
}
