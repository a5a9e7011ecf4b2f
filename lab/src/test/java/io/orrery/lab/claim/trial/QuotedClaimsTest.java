package io.orrery.lab.claim.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.book.verdict.BookedVerdict;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Claims;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.data.SharedData;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Requirement;
import io.orrery.lab.study.StudyListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts that were once wrong, run again with the seeds with which they were: none is of record, and none says what it said. */
@Tag("long")
@Tag("claims")
final class QuotedClaimsTest {
    private static final String SPENT = "101-105";

    @TempDir
    Path book;

    /**
     * Its control, another network without decay, showed the effect a thousandfold, and the page said that it did not. Now decay
     * alone is taken away, and updates die out to 3e-7; with five seeds a trend over three batches cannot be excluded, so ours
     * stays open.
     */
    @Test
    void noiseOnAnotherTableIsNotClearedByAControlThatShowsIt() {
        ClaimResult result = run("sgd-noise", SPENT, wine());

        assertThat(result.sentences().getFirst().verdict().control().findings())
                .allMatch(finding -> finding.outcome() == Outcome.REFUTED);
        assertThat(result.sentences().getLast().verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertControlsDecide(result);
    }

    /** The trend of one drawn permutation was 0.427, undecided, and the page said that the effect is not seen. */
    @Test
    void aControlThatIsUndecidedIsNotCalledSilent() {
        assertControlsDecide(run("scale-remembered-without-decay", SPENT));
    }

    /** 27 settings that share five seeds were counted as 27 independent ones. */
    @Test
    void fiveSeedsDoNotSupportThatNoiseHelps() {
        assertThat(run("noise-helps-generalization", SPENT, wine()).verdict().outcome())
                .isNotEqualTo(Outcome.SUPPORTED);
    }

    /** 1.085 after 2,000 steps, 1.018 after 60,000: what has not come to rest refutes nothing. */
    @Test
    void runsThatStillMoveDoNotRefute() {
        ClaimResult result = run("decay-rescues-large-scale", SPENT, wine());

        List<Requirement> rest = result.verdict().treatment().requirements().stream()
                .filter(requirement -> requirement.name().startsWith("at rest"))
                .toList();
        assertThat(rest).as("a requirement of AtRest").isNotEmpty();
        assertThat(rest.stream().allMatch(Requirement::met) || result.verdict().outcome() == Outcome.INCONCLUSIVE)
                .isTrue();
    }

    /** Next to no decay, and labels that mean nothing, were both SUPPORTED. */
    @Test
    void theCentralPathWithoutItsCauseIsNotSupported() {
        for (String removal : List.of("decay.lambda=1e-8", "data.randomLabels=true")) {
            assertThat(run("central-path", "2001-2006", removal).verdict().outcome())
                    .as(removal)
                    .isNotEqualTo(Outcome.SUPPORTED);
        }
    }

    @Test
    void blocksThatAreFreeDoNotCoverOtherQuestions() {
        for (String change : List.of("data.order=full", "data.permute=features", "data.imbalance=[20, 20, 20, 5]")) {
            ClaimResult result = run("neural-collapse", "2001-2005", change, "stop.steps=400", "stop.epochs=null");

            assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
            assertThat(result.beyond()).anySatisfy(beyond -> assertThat(beyond).startsWith(change.split("=")[0]));
        }
    }

    /** Supported findings have excluded controls, and every control says what it is: seen, excluded or neither. */
    private static void assertControlsDecide(ClaimResult result) {
        assertThat(result.verdict().findings()).allSatisfy(finding -> {
            boolean excluded = finding.isWithoutControl()
                    || finding.controls().stream().allMatch(control -> control.outcome() == Outcome.REFUTED);
            assertThat(finding.outcome() != Outcome.SUPPORTED || excluded).isTrue();
            assertThat(finding.controlText()).containsPattern("seen in the control|excluded in the control|no control");
        });
    }

    private ClaimResult run(String id, String seeds, String... assignments) {
        Claim claim = Claims.named(id);
        ClaimRunner runner = new ClaimRunner(book, 2, Map.of());
        Alterations asked = new Alterations(List.of(assignments), Optional.of(seeds));
        ClaimResult result =
                runner.run(claim, Scale.QUICK, asked, StudyListener.SILENT).orElseThrow();
        System.out.println(id + " " + asked.arguments() + ": "
                + result.verdict().outcome().word() + ", " + result.verdict().reason());
        if (seeds.equals(SPENT)) {
            assertThat(result.standing()).isEqualTo(Standing.SPENT);
            assertThat(BookedVerdict.read(runner.folder(claim, Scale.QUICK, asked)))
                    .isEmpty();
        }
        return result;
    }

    private static String wine() {
        return "data=" + SharedData.find("tables/wine.csv");
    }
}
