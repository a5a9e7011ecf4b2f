package io.orrery.app.report.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.study.StudyListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Causes without an effect, run and judged as claims are: through spec, runs, judge and page. At most 5% may be supported. */
final class NullClaimsTest {
    @TempDir
    Path book;

    @Test
    void ofTenCausesWithoutAnEffectNextToNoneIsSupported() throws IOException {
        // Two or more of ten at 2.5% each: 2.5%.
        assertThat(supported(10)).isLessThanOrEqualTo(1);
    }

    @Test
    @Tag("long")
    @Tag("claims")
    void ofTwoHundredCausesWithoutAnEffectAtMostFivePercentAreSupported() throws IOException {
        assertThat(supported(200)).isLessThanOrEqualTo(10);
    }

    private int supported(int claims) throws IOException {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        ClaimRunner runner = new ClaimRunner(book, 2, Map.of());
        for (int number = 0; number < claims; number++) {
            NullClaim claim = new NullClaim(number);
            int seeds = claim.protocol(Scale.QUICK).seeds();
            long first = 10_000 + 100L * number;
            Alterations own = new Alterations(List.of(), Optional.of(first + "-" + (first + seeds - 1)));
            ClaimResult result =
                    runner.run(claim, Scale.QUICK, own, StudyListener.SILENT).orElseThrow();
            Outcome outcome = result.verdict().outcome();
            Path page = ClaimPages.write(result, runner.folder(claim, Scale.QUICK, own));
            String word = ClaimPage.capital(outcome.word());
            assertThat(Files.readString(page)).contains("<p class=\"word\">" + word + "</p>");
            assertThat(result.verdict().main().effect()).isFinite();
            counts.merge(outcome, 1, Integer::sum);
        }
        System.out.println(claims + " claims of causes without an effect: " + counts);
        return counts.getOrDefault(Outcome.SUPPORTED, 0);
    }
}
