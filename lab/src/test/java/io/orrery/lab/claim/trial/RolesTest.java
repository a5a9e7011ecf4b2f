package io.orrery.lab.claim.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.state.Digest;
import io.orrery.engine.worker.Workers;
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
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.file.Disk;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.RunId;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.setup.RunParent;
import io.orrery.lab.setup.RunParents;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.study.RunStates;
import io.orrery.lab.study.StudyListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose teacher is what another arm trained. */
final class RolesTest {
    private static final SpecDocument BIG = Protocol.spec("""
            data: {source: gaussian-mixture, components: 3, train: 12, test: 6, dimensions: 5, batchSize: 4}
            model: {kind: mlp, widths: [6, 5]}
            loss: {kind: cross-entropy}
            optimizer: {kind: sgd, momentum: 0.5, learningRate: 0.05}
            stop: {steps: 20}
            measure: {instruments: [loss]}
            """);
    private static final SpecDocument SMALL = BIG.having("model.widths=[3]");
    private static final SpecDocument STUDENT =
            SMALL.having("rule.kind=distillation").having("rule.teacher.widths=[6, 5]");

    @TempDir
    Path folder;

    private record Following(List<Arm> arms) implements Claim {
        @Override
        public Card card() {
            return new CardDraft("following", Kind.EFFECT).states("It follows.").quickSeconds(1);
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

    private ClaimResult run(Arm... arms) {
        return new ClaimRunner(folder, 2, Map.of())
                .run(
                        new Following(List.of(arms)),
                        Scale.QUICK,
                        new Alterations(List.of(), Optional.of("2001-2002")),
                        StudyListener.SILENT)
                .orElseThrow();
    }

    private LabBook book() {
        return LabBook.open(folder.resolve("claims"));
    }

    private BookedRun booked(ClaimResult result, String arm) {
        RunEnd end = result.evidence().arm(arm).runs().getFirst().end().orElseThrow();
        return book().study("runs").stream()
                .filter(run -> book().end(run)
                        .map(RunEnd::stateDigest)
                        .filter(end.stateDigest()::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    private Trainer state(BookedRun run, long step) {
        try (Workers workers = Workers.single()) {
            return new RunStates(book(), "runs", new DatasetCache()).at(run, OptionalLong.of(step), workers);
        }
    }

    @Test
    void theTeacherIsWhatTheOtherArmTrained() {
        ClaimResult result = run(
                Arm.treatment("big", BIG),
                Arm.treatment("student", STUDENT).with("teacher", "big"),
                Arm.treatment("of a young teacher", STUDENT).with("teacher", "big", 8),
                Arm.control("alone", STUDENT.having("rule.weight=0")).with("teacher", "big"),
                Arm.control("twin", SMALL));
        assertThat(result.notes())
                .contains("the teacher of student, alone starts from big: 3 arrays are taken over")
                .contains("the teacher of of a young teacher starts from big at step 8: 3 arrays are taken over");
        BookedRun big = booked(result, "big");
        BookedRun student = booked(result, "student");
        for (String name : List.of("layers.0.weight", "layers.1.weight", "layers.2.weight")) {
            double[] trained = state(big, 20).state().read(name);
            assertThat(state(student, 0).state().read("teacher/" + name)).containsExactly(trained);
            assertThat(state(student, 13).state().read("teacher/" + name)).containsExactly(trained);
            assertThat(state(booked(result, "of a young teacher"), 20).state().read("teacher/" + name))
                    .containsExactly(state(big, 8).state().read(name))
                    .isNotEqualTo(trained);
        }
        assertThat(result.evidence().arm("alone").last("loss.loss@train"))
                .as("without weight on the teacher its twin, but for rounding where it is added as 0")
                .usingComparatorWithPrecision(1e-5)
                .containsExactly(result.evidence().arm("twin").last("loss.loss@train"));
        assertThat(result.evidence().arm("student").last("loss.loss@train"))
                .isNotEqualTo(result.evidence().arm("twin").last("loss.loss@train"))
                .isNotEqualTo(result.evidence().arm("of a young teacher").last("loss.loss@train"));
    }

    @Test
    void theIdHashesWhereTheTeacherIsFromAndTheRunNeedsItNoMore() {
        ClaimResult result = run(
                Arm.treatment("big", BIG),
                Arm.treatment("small", SMALL.having("stop.steps=5")),
                Arm.treatment("student", STUDENT).after("small").with("teacher", "big"));
        BookedRun student = booked(result, "student");
        assertThat(student.parents().byRole().keySet()).containsExactly("", "teacher");
        assertThat(student.parents().byRole().values())
                .extracting(RunParent::run)
                .containsExactly(
                        booked(result, "small").id(), booked(result, "big").id());
        RunIdentity identity = student.identity();
        assertThat(student.id())
                .isEqualTo(RunId.of(identity.spec(), 2001, Map.of(), identity.parents()))
                .isNotEqualTo(RunId.of(
                        identity.spec(),
                        2001,
                        Map.of(),
                        RunParents.of(identity.parents().main().orElseThrow())))
                .isNotEqualTo(RunId.of(identity.spec(), 2001, Map.of()));
        assertThat(state(student, 0).state().read("layers.0.weight"))
                .containsExactly(state(booked(result, "small"), 5).state().read("layers.0.weight"));

        String digest = book().end(student).orElseThrow().stateDigest();
        book().study("runs").stream()
                .filter(run -> run.parents().isEmpty())
                .forEach(run -> Disk.deleteTree(run.folder()));
        assertThat(state(student, 20).step()).isEqualTo(20);
        assertThat(Digest.of(state(student, 20).state())).isEqualTo(digest);
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingIsTrained() {
        assertThatThrownBy(() -> run(
                        Arm.treatment("big", BIG),
                        Arm.treatment("student", STUDENT.having("rule.teacher.widths=[6]"))
                                .with("teacher", "big")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the teacher of the arm 'student'")
                .hasMessageContaining("rule.teacher.widths");
        assertThatThrownBy(() -> run(
                        Arm.treatment("big", BIG),
                        Arm.treatment("student", STUDENT).with("critic", "big")))
                .hasMessageContaining("no network of the role 'critic'");
        assertThatThrownBy(() -> run(Arm.treatment("student", STUDENT)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("rule.teacher.weights: expected a safetensors file");
        assertThatThrownBy(() -> run(
                        Arm.treatment("big", BIG.having("data.components=4")),
                        Arm.treatment("student", STUDENT).with("teacher", "big")))
                .hasMessageContaining("the same inputs and outputs");
        assertThat(book().study("runs")).isEmpty();
    }
}
