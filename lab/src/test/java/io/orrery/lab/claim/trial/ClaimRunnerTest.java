package io.orrery.lab.claim.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.verdict.BookedFinding;
import io.orrery.lab.book.verdict.BookedVerdict;
import io.orrery.lab.book.verdict.PublishedVerdict;
import io.orrery.lab.book.verdict.Replication;
import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Claims;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.Verdict;
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.setup.RunPlan;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.study.StudyListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClaimRunnerTest {
    private static final Alterations SMALL = new Alterations(List.of("stop.steps=3"), Optional.of("2001-2002"));

    @TempDir
    Path book;

    private final Claim claim = Claims.named("neural-collapse");

    @Test
    void aVerdictIsKeptBesideItsRunsWithTheTimeThatTheyTook() {
        ClaimRunner runner = new ClaimRunner(book, 1, Map.of());
        ClaimResult first = run(runner);
        BookedVerdict kept =
                BookedVerdict.read(runner.folder(claim, Scale.QUICK, SMALL)).orElseThrow();

        assertThat(kept).isEqualTo(first.booked());
        assertThat(kept.outcome()).isEqualTo("inconclusive");
        assertThat(kept.predictedLow()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(kept.predictedHigh()).isEqualTo(kept.threshold());
        List<BookedFinding> findings = kept.sentences().getFirst().findings();
        assertThat(findings)
                .filteredOn(finding -> finding.control().isEmpty())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.explanation()).isEqualTo(kept.explanation());
                    assertThat(finding.predictedHigh()).isEqualTo(kept.predictedHigh());
                });
        assertThat(findings)
                .filteredOn(
                        finding -> finding.control().equals(findings.getFirst().name()))
                .singleElement()
                .satisfies(control -> assertThat(control.explanation()).isNotEqualTo(kept.explanation()));
        assertThat(kept.altered()).containsExactly("--set", "stop.steps=3", "--seeds", "2001-2002");
        assertThat(kept.beyond()).containsExactly("stop.steps=3");
        assertThat(kept.command())
                .isEqualTo("./orrery claim neural-collapse --scale quick --set stop.steps=3 --seeds 2001-2002");

        ClaimResult second = run(runner);
        assertThat(second.alreadyDone()).isEqualTo(6);
        assertThat(second.booked()).isEqualTo(first.booked());
    }

    @Test
    void seedsWhoseOutcomesWereKnownGiveNoVerdictOfRecord() {
        ClaimRunner runner = new ClaimRunner(book, 1, Map.of());
        for (String seeds : List.of("101-105", "7-7", "2001,1004")) {
            Alterations spent = new Alterations(List.of("stop.steps=3"), Optional.of(seeds));
            ClaimResult result =
                    runner.run(claim, Scale.QUICK, spent, StudyListener.SILENT).orElseThrow();

            assertThat(result.standing()).isEqualTo(Standing.SPENT);
            assertThat(BookedVerdict.read(runner.folder(claim, Scale.QUICK, spent)))
                    .isEmpty();
        }
        assertThat(Standing.of(Standing.given("3001-3010"))).isEqualTo(Standing.PILOT);
        assertThat(Standing.of(Standing.given("11,2001"))).isEqualTo(Standing.RECORD);
    }

    @Test
    void theJudgedSeedsBeginAt2001() {
        ClaimRunner runner = new ClaimRunner(book, 1, Map.of());
        assertThat(runner.plan(claim, Scale.QUICK, Alterations.NONE).runs().stream()
                        .map(RunPlan::seed)
                        .distinct())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(2001, 2010).boxed().toList());
        Alterations five = new Alterations(List.of(), Optional.of("5"));
        assertThat(runner.plan(claim, Scale.QUICK, five).runs().stream()
                        .map(RunPlan::seed)
                        .distinct())
                .containsExactly(2001L, 2002L, 2003L, 2004L, 2005L);
    }

    @Test
    void anotherQuestionIsNeverSupportedNorRefuted() {
        Claim easy = new EasyClaim();
        ClaimRunner runner = new ClaimRunner(book, 1, Map.of());
        Alterations none = new Alterations(List.of(), Optional.of("5"));
        Alterations changed = new Alterations(List.of("decay.lambda=0"), Optional.of("5"));

        assertThat(runner.run(easy, Scale.QUICK, none, StudyListener.SILENT)
                        .orElseThrow()
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.SUPPORTED);
        Verdict verdict = runner.run(easy, Scale.QUICK, changed, StudyListener.SILENT)
                .orElseThrow()
                .verdict();
        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.reason())
                .isEqualTo("another question than the claim's was asked, by decay.lambda=0; of the altered protocol the"
                        + " findings say: supported, as predicted");
    }

    /** The same claim on its own seeds, beside counts on fresh seeds that bear it out, do not, or are of another protocol. */
    @Test
    void whatFreshSeedsDoNotBearOutIsWithheld() {
        Claim easy = new EasyClaim();
        ClaimRunner alone = new ClaimRunner(book, 1, Map.of(), (_, _) -> Optional.empty());
        ClaimResult result = alone.run(easy, Scale.QUICK, Alterations.NONE, StudyListener.SILENT)
                .orElseThrow();
        String protocol = alone.protocol(easy, Scale.QUICK, Alterations.NONE);

        assertThat(beside(result, protocol, new Replication(18, 0, 2, 20_001, 5))
                        .outcome())
                .isEqualTo(Outcome.SUPPORTED);
        assertThat(beside(result, "another", new Replication(17, 0, 3, 20_001, 5))
                        .outcome())
                .isEqualTo(Outcome.SUPPORTED);
        Verdict withheld = beside(result, protocol, new Replication(17, 0, 3, 20_001, 5));
        assertThat(withheld.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(withheld.reason())
                .isEqualTo(
                        "fresh seeds do not bear it out: of 20 blocks of 5 fresh seeds 17 say supported, 3 inconclusive");
        assertThat(alone.protocol(easy, Scale.QUICK, new Alterations(List.of(), Optional.of("6"))))
                .isNotEqualTo(protocol);
    }

    private Verdict beside(ClaimResult result, String protocol, Replication counted) {
        PublishedVerdict published =
                new PublishedVerdict(result.booked(), "commit", protocol, Double.NaN, Optional.of(counted));
        return new ClaimRunner(book, 1, Map.of(), (_, _) -> Optional.of(published))
                .run(new EasyClaim(), Scale.QUICK, Alterations.NONE, StudyListener.SILENT)
                .orElseThrow()
                .verdict();
    }

    /** Training takes steps, in the treatment three and in the control none: as it says whatever else is changed. */
    private static final class EasyClaim implements Claim {
        @Override
        public Card card() {
            return new CardDraft("easy", Kind.EFFECT)
                    .states("Three steps are more than two.")
                    .free("model.widths")
                    .quickSeconds(1);
        }

        @Override
        public Protocol protocol(Scale scale) {
            SpecDocument base = Protocol.spec("""
                    data: {source: xor, train: 8, test: 2, dimensions: 4, batchSize: 4}
                    model: {kind: mlp, widths: [2]}
                    measure: {instruments: [loss]}
                    """);
            return Protocol.of(
                    5,
                    Arm.treatment("three", base.having("stop.steps=3")),
                    Arm.control("one", base.having("stop.steps=1")));
        }

        @Override
        public Judgement judge(Evidence evidence) {
            return new Judgement(
                    Ruling.of(steps(evidence.arm("three"))),
                    Ruling.of(steps(evidence.arm("one"))),
                    List.of(),
                    List.of());
        }

        private static Finding steps(ArmRuns arm) {
            return Exactly.bound("two over the steps", "more than two", new double[] {2, 2, 2, 2, 2}, arm.steps());
        }
    }

    @Test
    void whatIsForgottenIsRunAnewAndNothingElseIsGone() throws IOException {
        ClaimRunner runner = new ClaimRunner(book, 1, Map.of());
        run(runner);
        Path folder = runner.folder(claim, Scale.QUICK, SMALL);
        Path foreign = folder.resolve("notes.txt");
        Files.writeString(foreign, "mine");
        Path outside = Files.createDirectory(book.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "mine");
        Path runs = runner.claims().resolve("runs");
        assertThat(runs).isDirectoryContaining(path -> path.toString().contains("seed-2001"));
        Files.createSymbolicLink(runs.resolve("link"), outside);
        Claim other = new EasyClaim();
        runner.run(other, Scale.QUICK, Alterations.NONE, StudyListener.SILENT);

        runner.forget(claim, Scale.QUICK, SMALL);

        assertThat(BookedVerdict.read(folder)).isEmpty();
        assertThat(LabBook.open(runner.claims()).study("runs")).hasSize(10);
        assertThat(foreign).exists();
        assertThat(outside.resolve("kept")).exists();
        assertThat(run(runner).alreadyDone()).isZero();
    }

    private ClaimResult run(ClaimRunner runner) {
        return runner.run(claim, Scale.QUICK, SMALL, StudyListener.SILENT).orElseThrow();
    }
}
