package io.orrery.lab.claim.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.study.StudyListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What claims have in common is trained once, and never serves a claim that asks for something else to be measured. */
final class ClaimBookTest {
    private static final Alterations TWO = new Alterations(List.of(), Optional.of("2001-2002"));

    @TempDir
    Path folder;

    /** Three steps on the exclusive or, and one step as its control. */
    private record Small(String id, String measure) implements Claim {
        @Override
        public Card card() {
            return new CardDraft(id, Kind.EFFECT).states("It trains.").quickSeconds(1);
        }

        @Override
        public Protocol protocol(Scale scale) {
            SpecDocument base = Protocol.spec("""
                    data: {source: xor, train: 8, test: 2, dimensions: 4, batchSize: 4}
                    model: {kind: mlp, widths: [2]}
                    measure: {%s}
                    """.formatted(measure));
            return Protocol.of(
                    2,
                    Arm.treatment("three of " + id, base.having("stop.steps=3")),
                    Arm.control("one of " + id, base.having("stop.steps=1")));
        }

        @Override
        public Judgement judge(Evidence evidence) {
            Ruling steps = Ruling.of(Exactly.bound(
                    "steps", "at most three", evidence.arms().getFirst().steps(), new double[] {3, 3}));
            return new Judgement(steps, steps, List.of(), List.of());
        }
    }

    private ClaimResult run(Claim claim) {
        return run(claim, StudyListener.SILENT);
    }

    private ClaimResult run(Claim claim, StudyListener listener) {
        return new ClaimRunner(folder, 2, Map.of())
                .run(claim, Scale.QUICK, TWO, listener)
                .orElseThrow();
    }

    private List<BookedRun> runs() {
        return LabBook.open(folder.resolve("claims")).study("runs");
    }

    private static List<Measurement> measured(ClaimResult result, int arm) {
        return result.evidence().arms().get(arm).runs().stream()
                .map(RecordedRun::measurements)
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> digests(ClaimResult result) {
        return result.evidence().arms().stream()
                .flatMap(arm -> arm.runs().stream())
                .flatMap(run -> run.end().stream())
                .map(RunEnd::stateDigest)
                .toList();
    }

    @Test
    void whatTwoClaimsAskForAlikeIsTrainedOnce() {
        ClaimResult first = run(new Small("first", "instruments: [loss]"));
        ClaimResult second = run(new Small("second", "instruments: [loss]"));

        assertThat(first.alreadyDone()).isZero();
        assertThat(second.alreadyDone()).isEqualTo(4);
        assertThat(runs()).hasSize(4);
        assertThat(measured(second, 0)).isEqualTo(measured(first, 0)).isNotEmpty();
        assertThat(second.evidence().arms().getFirst().name()).isEqualTo("three of second");
    }

    @Test
    void aClaimThatAsksForMoreGetsItOnTheSameTrajectory() {
        ClaimResult less = run(new Small("less", "instruments: [loss]"));
        ClaimResult more = run(new Small("more", "instruments: [loss, norms]"));
        ClaimResult denser = run(new Small("denser", "instruments: [loss], at: [2]"));

        assertThat(more.alreadyDone()).isZero();
        assertThat(measured(less, 0)).noneMatch(point -> point.instrument().equals("norms"));
        assertThat(measured(more, 0)).anyMatch(point -> point.instrument().equals("norms"));
        assertThat(measured(denser, 0)).anyMatch(point -> point.step() == 2);
        assertThat(digests(more)).isEqualTo(digests(less)).isEqualTo(digests(denser));
        assertThat(runs().size())
                .as("each its own, but the control of one step, in which step 2 is not looked at")
                .isEqualTo(10);
        assertThat(run(new Small("less-again", "instruments: [loss]")).alreadyDone())
                .isEqualTo(4);
        assertThat(measured(run(new Small("more-again", "instruments: [loss, norms]")), 0))
                .isEqualTo(measured(more, 0));
    }

    @Test
    void whatOneClaimForgetsTheOthersFindAgain() {
        Claim first = new Small("first", "instruments: [loss]");
        Claim second = new Small("second", "instruments: [loss]");
        ClaimResult before = run(second);
        run(new Small("more", "instruments: [loss, norms]"));
        new ClaimRunner(folder, 1, Map.of()).forget(first, Scale.QUICK, TWO);

        assertThat(runs()).as("what was measured otherwise stays").hasSize(4);
        ClaimResult after = run(second);
        assertThat(after.alreadyDone()).isZero();
        assertThat(measured(after, 0)).isEqualTo(measured(before, 0));
    }

    @Test
    void severalWritersShareTheWork() {
        AtomicInteger begun = new AtomicInteger();
        StudyListener counting = new Counting(begun);
        Claim claim = new Small("shared", "instruments: [loss]");
        List<CompletableFuture<ClaimResult>> writers = Stream.of(1, 2, 3)
                .map(_ -> CompletableFuture.supplyAsync(() -> run(claim, counting)))
                .toList();
        List<ClaimResult> results =
                writers.stream().map(CompletableFuture::join).toList();

        assertThat(begun.get()).as("runs that were begun").isEqualTo(4);
        assertThat(results).allSatisfy(result -> assertThat(digests(result)).isEqualTo(digests(results.getFirst())));
    }

    @Test
    void runsOfTheFormerLayoutAreMovedAndUsed() throws IOException {
        Claim claim = new Small("former", "instruments: [loss]");
        ClaimResult before = run(claim);
        Path shared = folder.resolve("claims/runs");
        Path own = new ClaimRunner(folder, 1, Map.of()).folder(claim, Scale.QUICK, TWO);
        Files.move(shared, own.resolve("former"));
        Files.delete(folder.resolve("claims/layout.json"));

        ClaimResult after = run(claim);
        assertThat(after.alreadyDone()).isEqualTo(4);
        assertThat(measured(after, 0)).isEqualTo(measured(before, 0));
        assertThat(after.notes()).singleElement().asString().startsWith("4 runs of an earlier layout of the lab book");
        assertThat(own.resolve("former")).doesNotExist();
        assertThat(run(claim).notes()).isEmpty();
    }

    @Test
    void aLaterLayoutIsRefused() throws IOException {
        Claim claim = new Small("later", "instruments: [loss]");
        Files.createDirectories(folder.resolve("claims"));
        Files.writeString(folder.resolve("claims/layout.json"), "{\"layout\":3}\n");
        assertThatThrownBy(() -> run(claim))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected layout 2 of the book of claims, found {\"layout\":3}; use the build");
    }
}
