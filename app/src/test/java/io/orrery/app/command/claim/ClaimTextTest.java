package io.orrery.app.command.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.app.report.claim.SyntheticClaim;
import io.orrery.app.terminal.Terminal;
import io.orrery.lab.UserError;
import io.orrery.lab.book.verdict.BookedVerdict;
import io.orrery.lab.book.verdict.PublishedVerdict;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.claim.trial.Standing;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.text.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimTextTest {
    private final PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    private final ClaimText text = new ClaimText(new Terminal(nowhere, nowhere, false, false, 400));
    private final ClaimResult result = new SyntheticClaim("decay-helps", Kind.EFFECT)
            .result(3, new Alterations(List.of("data=mine.csv", "decay.lambda=0"), Optional.empty()));

    @Test
    void aVerdictInPlainWordsSaysWhatWasPredictedFoundAndChanged() {
        String words = String.join("\n", text.whole(result, Path.of("page.html")));

        assertThat(words)
                .contains("decay-helps  SUPPORTED  (effect, scale quick, 6 seeds)")
                .contains("decay lowers NC1 at the end")
                .contains("95% interval", "predicted at most 0.5")
                .contains("excluded in the control: NC1 with decay is 0.9 times that without")
                .contains("data=mine.csv: left free by the claim")
                .contains("decay.lambda=0: another question than the claim's")
                .contains("A remark that depends on what was seen.")
                .contains("page.html", "./orrery claim decay-helps --scale quick");
    }

    @Test
    void aVerdictStandsBesideTheOneThatWasHandedOn() {
        PublishedVerdict same =
                new PublishedVerdict(result.booked(), "0123456789abcdef", "protocol", 1, Optional.empty());

        assertThat(text.beside(result, same))
                .singleElement()
                .asString()
                .contains("published")
                .contains("the same verdict on the same numbers, bit for bit")
                .endsWith("commit 01234567)");
        BookedVerdict refuted = new BookedVerdict(
                "decay-helps",
                "quick",
                "effect",
                "refuted",
                "refuted",
                2,
                1,
                3,
                0.5,
                0,
                0.5,
                "it falls",
                "it rose to 2",
                "",
                List.of(),
                5,
                List.of(),
                List.of(),
                4,
                1,
                "");
        assertThat(String.join(" ", text.beside(result, new PublishedVerdict(refuted, "01", "", 1, Optional.empty()))))
                .contains("another: refuted, it rose to 2")
                .contains("commit 01)");
    }

    @Test
    void whatAlsoMakesAnotherQuestionIsNotCalledFree() {
        ClaimResult other = result(List.of("data.order=full"), List.of("data.order=full (it changes the noise)"));

        assertThat(String.join("\n", text.whole(other, Path.of("page.html"))))
                .contains("data.order=full (it changes the noise): another question")
                .doesNotContain("left free");
    }

    private ClaimResult result(List<String> assignments, List<String> beyond) {
        return new ClaimResult(
                result.card(),
                result.scale(),
                result.judgement(),
                result.sentences(),
                result.verdict(),
                Standing.SPENT,
                new Alterations(assignments, Optional.empty()),
                beyond,
                List.of(),
                result.evidence(),
                1,
                0,
                result.booked());
    }

    @Test
    void aVerdictOnSpentSeedsIsNoneOfRecord() {
        ClaimResult spent = result(List.of(), List.of());

        assertThat(String.join("\n", text.whole(spent, Path.of("page.html"))))
                .contains("spent seeds, not a verdict of record");
        assertThat(text.line(spent, 1, 1, 10)).contains("not a verdict of record");
        assertThat(ClaimEvents.verdict(spent, Path.of("p")).write()).contains("\"standing\":\"spent\"");
    }

    @Test
    void oneLineHoldsTheVerdictAndItsNumbers() {
        assertThat(text.line(result, 3, 27, 14))
                .startsWith(" 3 of 27  decay-helps     SUPPORTED     ")
                .contains("predicted at most 0.5")
                .endsWith("another question than the claim's  3.0 s");
        assertThat(text.line("decay-helps", new UserError("it needs its own data"), 4, 27, 14))
                .contains("not judged", "it needs its own data");
    }

    @Test
    void theSummaryCountsIdentitiesApart() {
        ClaimResult identity = new SyntheticClaim("it-balances", Kind.IDENTITY).result(1, Alterations.NONE);
        ClaimSummary summary = new ClaimSummary(List.of(result, identity), 1, false);

        assertThat(String.join("\n", text.summary(summary)))
                .contains(
                        "1 of 1 supported, 0 refuted, 0 inconclusive; 1 of 1 identities hold",
                        "chance alone would support up to 0.025 of 1")
                .contains("not judged");
        Json.Fields finished = ClaimEvents.finished(summary, 4, Optional.of(Path.of("index.html")));
        assertThat(finished.write())
                .startsWith("{\"event\":\"finished\",\"supported\":2,\"refuted\":0,\"inconclusive\":0,\"seconds\":4,"
                        + "\"report\":\"index.html\",\"identities\":1,\"identitiesHeld\":1,\"shareSupported\":1,"
                        + "\"failed\":1");
    }

    @Test
    void numbersThatAreUnknownAreNullInJson() {
        assertThat(ClaimEvents.verdict(result, Path.of("p")).write())
                .startsWith(
                        "{\"event\":\"verdict\",\"claim\":\"decay-helps\",\"scale\":\"quick\",\"verdict\":\"SUPPORTED\"")
                .contains("\"threshold\":0.5,\"seeds\":6,\"control\":\"", "\"page\":\"p\"");
        assertThat(ClaimEvents.finished(new ClaimSummary(List.of(), 0, true), 1, Optional.empty())
                        .write())
                .contains("\"report\":null", "\"shareSupported\":null", "\"interrupted\":true");
    }

    @Test
    void longStatementsAreCutBetweenWords() {
        assertThat(ClaimsCommand.shortened("Trained far beyond zero error", 20)).isEqualTo("Trained far beyond…");
        assertThat(ClaimsCommand.shortened("Short", 20)).isEqualTo("Short");
    }
}
