package io.orrery.lab.claim.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.At;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.MadeUpResults;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.Sentence;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.compute.Results;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Ruling;
import io.orrery.lab.judge.criterion.Exactly;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.study.StudyListener;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LinearModeConnectivityTest {
    private static final SpecDocument BASE = Protocol.spec("""
            data: {source: gaussian-mixture, components: 3, train: 30, test: 21, dimensions: 5, batchSize: 10}
            model: {kind: mlp, widths: [6, 4], bias: true}
            optimizer: {kind: sgd, learningRate: 0.05}
            stop: {steps: 30}
            measure: {instruments: [loss]}
            """);

    @TempDir
    Path book;

    @Test
    void theBarrierIsTheTopLessTheMeanOfTheEnds() {
        assertThat(LinearPath.barrier(new double[] {1, 3, 2})).isEqualTo(1.5);
        assertThat(LinearPath.barrier(new double[] {1, 0, 3})).isEqualTo(1);
        assertThat(LinearPath.barrier(new double[] {2, 2, 2})).isZero();
    }

    private record Paths(List<Arm> arms) implements Claim {
        @Override
        public Card card() {
            return new CardDraft("paths", Kind.EFFECT)
                    .states("It goes straight.")
                    .quickSeconds(1);
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

    private Evidence run(Arm... arms) {
        return new ClaimRunner(book, 1, Map.of())
                .run(
                        new Paths(List.of(arms)),
                        Scale.QUICK,
                        new Alterations(List.of(), Optional.of("2001-2002")),
                        StudyListener.SILENT)
                .orElseThrow()
                .evidence();
    }

    @Test
    void theLineBeginsAndEndsAtTheNetworks() {
        Evidence evidence = run(
                Arm.treatment("one", BASE),
                Arm.treatment("other", BASE.having("draw=1")),
                Arm.treatment("line", new LinearPath(), LinearPath.setting(5, 0), At.end("one"), At.end("other")),
                Arm.treatment("shuffled", new LinearPath(), LinearPath.setting(2, 2), At.end("one"), At.end("other")),
                Arm.treatment("matched", new LinearPath(), LinearPath.setting(2, 1), At.end("one"), At.end("other")),
                Arm.treatment("itself", new LinearPath(), LinearPath.setting(3, 1), At.end("one"), At.end("one")));
        double[] one = evidence.arm("one").last("loss.loss@test");
        double[] other = evidence.arm("other").last("loss.loss@test");
        assertThat(one[0]).as("another draw is another network").isNotEqualTo(other[0]);
        for (String arm : List.of("line", "shuffled", "matched")) {
            double[][] line = evidence.arm(arm).lastVectors("linear-path.test-loss");
            for (int seed = 0; seed < 2; seed++) {
                assertThat(line[seed][0]).isCloseTo(one[seed], within(1e-6));
                assertThat(line[seed][line[seed].length - 1]).as(arm).isCloseTo(other[seed], within(1e-6));
            }
        }
        ArmRuns itself = evidence.arm("itself");
        assertThat(itself.last("linear-path.moved")).containsOnly(0);
        assertThat(itself.last("linear-path.train-barrier")).containsExactly(new double[] {0, 0}, within(1e-7));
        assertThat(Arrays.stream(evidence.arm("shuffled").last("linear-path.moved")))
                .allMatch(share -> share > 0);
    }

    @Test
    void networksWithoutUnitsThatCanMoveAreRefused() {
        assertThatThrownBy(() -> run(
                        Arm.treatment("one", BASE.having("model.bias=false").having("model.normalization=frobenius")),
                        Arm.control("line", new LinearPath(), LinearPath.setting(3, 0), At.end("one"), At.end("one"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected dense layers (mlp) without normalization");
        assertThatThrownBy(() -> run(
                        Arm.treatment("one", BASE),
                        Arm.treatment("other", BASE.having("model.widths=[6, 5]")),
                        Arm.control(
                                "line", new LinearPath(), LinearPath.setting(3, 0), At.end("one"), At.end("other"))))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("expected two networks with the same arrays");
    }

    /** Barriers of each arm as a share of one, with a tenth of spread over seeds. */
    private static List<Outcome> judged(Map<String, Double> barriers, double accuracy) {
        RandomStream noise = RandomStream.of(1, "noise");
        Evidence evidence = MadeUpResults.of(new LinearModeConnectivity(), (arm, setting, seed) -> {
            double[] accuracies = new double[25];
            Arrays.fill(accuracies, accuracy);
            double barrier =
                    barriers.getOrDefault(arm, 1.0) * StrictMath.exp(0.1 * noise.normal(arm.hashCode() & 0xffff, seed));
            return Results.none()
                    .with("train-accuracy", accuracies)
                    .with("test-accuracy", accuracies)
                    .with("train-loss", accuracies)
                    .with("train-barrier", barrier)
                    .with("test-barrier", barrier);
        });
        return new LinearModeConnectivity()
                .judge(evidence).sentences().stream()
                        .map(Sentence::verdict)
                        .map(verdict -> verdict.outcome())
                        .toList();
    }

    @Test
    void madeUpNumbersDecideIt() {
        assertThat(judged(Map.of("matched", 0.2, "parted late", 0.1), 1))
                .containsExactly(Outcome.SUPPORTED, Outcome.SUPPORTED);
        assertThat(judged(Map.of("matched", 0.9, "parted late", 0.8), 1))
                .containsExactly(Outcome.REFUTED, Outcome.REFUTED);
        assertThat(judged(Map.of("matched", 0.2, "shuffled", 0.2, "parted late", 0.1), 1))
                .as("any order would do")
                .containsExactly(Outcome.INCONCLUSIVE, Outcome.SUPPORTED);
        assertThat(judged(Map.of("matched", 0.2, "parted late", 0.1), 0.9))
                .as("networks that do not fit have no minimum to connect")
                .containsExactly(Outcome.INCONCLUSIVE, Outcome.INCONCLUSIVE);
    }
}
