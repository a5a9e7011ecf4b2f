package io.orrery.lab.claim.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.file.Disk;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.Progress;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunId;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.setup.RunParent;
import io.orrery.lab.setup.RunParents;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.study.StudyListener;
import io.orrery.lab.study.StudyRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that start from others: on whole batches, what is cut in two must end in the bits of what was not. */
final class AfterTest {
    private static final SpecDocument BASE = Protocol.spec("""
            data: {source: gaussian-mixture, components: 3, train: 12, test: 6, dimensions: 5, order: full}
            model: {kind: mlp, widths: [6]}
            optimizer: {kind: sgd, momentum: 0.5, learningRate: 0.01}
            measure: {instruments: [loss, distance]}
            """);
    private static final SpecDocument WHOLE = BASE.having("stop.steps=60");
    private static final SpecDocument REST = BASE.having("stop.steps=40");

    @TempDir
    Path folder;

    private record Following(List<Arm> arms) implements Claim {
        @Override
        public Card card() {
            return new CardDraft("following", Kind.EFFECT).states("It goes on.").quickSeconds(1);
        }

        @Override
        public Protocol protocol(Scale scale) {
            return new Protocol(2, arms);
        }

        @Override
        public Judgement judge(Evidence evidence) {
            Ruling any = Ruling.of(Exactly.bound("one", "at most one", new double[] {1, 1}, new double[] {1, 1}));
            return new Judgement(any, any, List.of(), List.of());
        }
    }

    private ClaimRunner runner() {
        return new ClaimRunner(folder, 2, Map.of());
    }

    private static final Alterations TWO = new Alterations(List.of(), Optional.of("2001-2002"));

    private ClaimResult run(Arm... arms) {
        return runner().run(new Following(List.of(arms)), Scale.QUICK, TWO, StudyListener.SILENT)
                .orElseThrow();
    }

    private static List<String> digests(ClaimResult result, String arm) {
        return result.evidence().arm(arm).runs().stream()
                .flatMap(run -> run.end().stream())
                .map(RunEnd::digest)
                .toList();
    }

    @Test
    void cutInTwoItEndsInTheSameBits() {
        ClaimResult result = run(
                Arm.treatment("whole", WHOLE),
                Arm.treatment("first part", BASE.having("stop.steps=20")),
                Arm.treatment("with memory", REST).after("first part").withMemory(),
                Arm.treatment("from within", REST).after("whole", 20).withMemory(),
                Arm.control("without memory", REST).after("first part"));

        assertThat(digests(result, "whole")).hasSize(2).doesNotHaveDuplicates();
        assertThat(digests(result, "with memory")).isEqualTo(digests(result, "whole"));
        assertThat(digests(result, "from within")).isEqualTo(digests(result, "whole"));
        assertThat(digests(result, "without memory")).hasSize(2).doesNotContainAnyElementsOf(digests(result, "whole"));
        assertThat(result.evidence().arm("without memory").first("loss.loss@train"))
                .isEqualTo(result.evidence().arm("first part").last("loss.loss@train"));
        assertThat(result.evidence().arm("without memory").first("distance.relative/layers.0"))
                .as("measured from where it starts")
                .containsOnly(0);
        assertThat(result.notes()).contains("without memory starts from first part: 2 arrays are taken over");
        assertThat(run(
                                Arm.treatment("whole", WHOLE),
                                Arm.treatment("from within", REST)
                                        .after("whole", 20)
                                        .withMemory())
                        .alreadyDone())
                .isEqualTo(4);
    }

    @Test
    void theIdHashesWhatItStartsFrom() {
        run(
                Arm.treatment("first", BASE.having("stop.steps=20")),
                Arm.control("second", REST).after("first"));
        List<BookedRun> runs = LabBook.open(folder.resolve("claims")).study("runs");
        BookedRun second = runs.stream()
                .filter(run -> run.seed() == 2001 && !run.parents().isEmpty())
                .findFirst()
                .orElseThrow();
        BookedRun first = runs.stream()
                .filter(run -> run.seed() == 2001 && run.parents().isEmpty())
                .findFirst()
                .orElseThrow();
        RunEnd end = LabBook.open(folder.resolve("claims")).end(first).orElseThrow();
        RunParent parent = new RunParent(first.id(), 20, end.stateDigest(), false);

        assertThat(second.parents()).isEqualTo(RunParents.of(parent));
        RunIdentity identity = second.identity();
        assertThat(second.id())
                .isEqualTo(RunId.of(identity.spec(), 2001, Map.of(), RunParents.of(parent)))
                .isNotEqualTo(RunId.of(identity.spec(), 2001, Map.of()));
        for (RunParent other : List.of(
                new RunParent("0123456789ab", 20, end.stateDigest(), false),
                new RunParent(first.id(), 19, end.stateDigest(), false),
                new RunParent(first.id(), 20, "00", false),
                new RunParent(first.id(), 20, end.stateDigest(), true))) {
            assertThat(RunId.of(identity.spec(), 2001, Map.of(), RunParents.of(other)))
                    .isNotEqualTo(second.id());
        }
    }

    @Test
    void interruptedItGoesOnToTheSameBitsEvenWithoutItsParent() {
        SpecDocument dense = BASE.having("measure.every=40").having("measure.checkpointEvery=16");
        Claim claim = new Following(List.of(
                Arm.treatment("first", BASE.having("stop.steps=20")),
                Arm.control("second", dense.having("stop.steps=4000")).after("first")));
        List<String> straight = digests(
                new ClaimRunner(folder.resolve("straight"), 1, Map.of())
                        .run(claim, Scale.QUICK, TWO, StudyListener.SILENT)
                        .orElseThrow(),
                "second");

        ClaimRunner stopped = runner();
        AtomicBoolean asked = new AtomicBoolean();
        assertThat(stopped.run(claim, Scale.QUICK, TWO, new StopsAt(stopped, asked)))
                .isEmpty();
        assertThat(asked).isTrue();
        LabBook book = LabBook.open(folder.resolve("claims"));
        List<BookedRun> open = book.study("runs").stream()
                .filter(run -> !run.parents().isEmpty() && book.end(run).isEmpty())
                .toList();
        assertThat(open).isNotEmpty();
        book.study("runs").stream()
                .filter(run -> run.parents().isEmpty())
                .forEach(run -> Disk.deleteTree(run.folder()));
        BookedRun one = open.getFirst();
        assertThat(new StudyRunner(book, 1, Map.of(), StudyListener.SILENT)
                        .resume(one.key())
                        .end()
                        .map(RunEnd::digest))
                .contains(straight.get((int) one.seed() - 2001));

        assertThat(digests(
                        runner().run(claim, Scale.QUICK, TWO, StudyListener.SILENT)
                                .orElseThrow(),
                        "second"))
                .isEqualTo(straight);
    }

    /** Asks for an end as soon as a run that starts from another has done a hundred steps. */
    private record StopsAt(ClaimRunner runner, AtomicBoolean asked) implements StudyListener {
        @Override
        public void started(RunIdentity run, long step, long totalSteps) {}

        @Override
        public void progress(RunIdentity run, Progress progress) {}

        @Override
        public void measured(RunIdentity run, List<Measurement> measurements) {
            if (!run.parents().isEmpty() && measurements.getFirst().step() >= 100) {
                asked.set(true);
                runner.requestStop();
            }
        }

        @Override
        public void ended(RunIdentity run, RunEnd end) {}
    }

    @Test
    void whatFollowsARunThatDivergedHasNoNumbers() {
        ClaimResult result = run(
                Arm.treatment("first", BASE.having("stop.steps=200").having("optimizer.learningRate=1e6")),
                Arm.control("second", REST).after("first"),
                Arm.control("third", REST).after("second", 3));
        assertThat(result.evidence().arm("second").count()).isEqualTo(2);
        assertThat(result.evidence().arm("second").last("loss.loss@train")).containsOnly(Double.NaN);
        assertThat(result.evidence().arm("third").last("loss.loss@train")).containsOnly(Double.NaN);
    }

    @Test
    void whatIsForgottenIsForgottenWithWhatFollows() {
        Claim claim = new Following(List.of(
                Arm.treatment("first", BASE.having("stop.steps=20")),
                Arm.control("second", REST).after("first")));
        runner().run(claim, Scale.QUICK, TWO, StudyListener.SILENT);
        runner().forget(claim, Scale.QUICK, TWO);
        assertThat(LabBook.open(folder.resolve("claims")).study("runs")).isEmpty();
    }

    @Test
    void whatCannotBeIsRefusedBeforeAnythingIsTrained() {
        assertThatThrownBy(() -> run(
                        Arm.treatment("first", WHOLE),
                        Arm.control("second", REST.having("model.widths=[7]")).after("first")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("the arm 'second' cannot start from 'first': model.widths: expected that of");
        assertThat(folder.resolve("claims/runs")).doesNotExist();
        assertThatThrownBy(() -> run(Arm.treatment("second", REST).after("first"), Arm.control("first", WHOLE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("starts from 'first', which is no arm that is trained before it");
        assertThatThrownBy(() -> run(
                        Arm.treatment("first", WHOLE),
                        Arm.control("second", REST).after("first", 61)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("has no state at step 61: it ended at step 60");
    }
}
