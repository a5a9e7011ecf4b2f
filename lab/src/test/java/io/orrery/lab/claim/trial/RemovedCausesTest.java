package io.orrery.lab.claim.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Cause;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Claims;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.judge.Controlled;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.study.StudyListener;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A claim whose cause was removed is run and judged, not refused, and never supported; the answer says that another question was
 * asked, and what the altered protocol showed. Nor do the numbers themselves bear out an effect or a trend, whatever the answer
 * says: a claim that its cause's removal leaves as it was names the wrong cause.
 */
final class RemovedCausesTest {
    private static final String SEEDS = "2001-2006";
    private static final int FEW = 3;

    @TempDir
    Path book;

    /** The quickest claims that name a cause which a key removes. */
    static Stream<Claim> three() {
        return all().filter(claim -> removable(claim).isPresent())
                .sorted(Comparator.comparingDouble(claim -> claim.card().quickSeconds()))
                .limit(FEW);
    }

    static Stream<Claim> all() {
        return Claims.all().stream();
    }

    @ParameterizedTest
    @MethodSource("three")
    void threeClaimsWithoutTheirCauseAreNotSupported(Claim claim) {
        withoutItsCause(claim);
    }

    @ParameterizedTest
    @MethodSource("all")
    @Tag("long")
    @Tag("claims")
    void noClaimWithoutItsCauseIsSupported(Claim claim) {
        withoutItsCause(claim);
    }

    private void withoutItsCause(Claim claim) {
        Cause cause = removable(claim)
                .orElseThrow(
                        () -> new AssertionError(
                                "the card of " + claim.card().id()
                                        + " names no cause that a key of the spec removes: CardDraft.cause(name, \"key=value\")"));
        ClaimRunner runner = new ClaimRunner(book, 2, Map.of());
        Alterations removed = new Alterations(cause.removal(), Optional.of(SEEDS));

        ClaimResult result =
                runner.run(claim, Scale.QUICK, removed, StudyListener.SILENT).orElseThrow();
        Outcome shown = result.judgement().verdict().outcome();
        System.out.println(claim.card().id() + " without " + cause.text() + ": " + shown.word() + ", "
                + result.judgement().verdict().reason());

        assertThat(result.beyond()).isNotEmpty();
        assertThat(result.verdict().outcome()).isNotEqualTo(Outcome.SUPPORTED);
        assertThat(result.verdict().reason()).startsWith("another question than the claim's was asked, by ");
        assertThat(result.sentences()).noneMatch(judged -> judged.verdict().outcome() == Outcome.SUPPORTED);
        List<Controlled> measured = result.judgement().verdict().findings();
        assertThat(measured).isNotEmpty();
        if (measured.stream().anyMatch(finding -> !finding.finding().kind().isExact())) {
            assertThat(shown).as(result.judgement().verdict().reason()).isNotEqualTo(Outcome.SUPPORTED);
        }
    }

    private static Optional<Cause> removable(Claim claim) {
        return claim.card().causes().stream()
                .filter(cause -> !cause.removal().isEmpty())
                .findFirst();
    }
}
