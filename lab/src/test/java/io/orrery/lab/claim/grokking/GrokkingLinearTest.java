package io.orrery.lab.claim.grokking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.UserError;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.compute.ComputationRunner;
import io.orrery.lab.compute.ComputedRun;
import io.orrery.lab.compute.Evaluation;
import io.orrery.lab.compute.ResultBook;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.study.StudyListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GrokkingLinearTest {
    private static final Alterations SMALL = new Alterations(List.of("inputs=40", "draws=2"), Optional.of("6"));

    @TempDir
    Path book;

    private final GrokkingLinear claim = new GrokkingLinear();

    /** The short cut through eigenvectors against gradient descent step by step, on examples and weights as they are. */
    @Test
    void theEigenbasisGivesTheDescentItself() {
        int inputs = 12;
        int examples = 17;
        double rate = 0.02;
        LinearDescent.Course course =
                LinearDescent.Course.of(3, 2, inputs, examples, rate).get(1);
        Matrix x = LinearDescent.Course.inputs(3, inputs, examples);
        double[] d = LinearDescent.Course.difference(3, 1, inputs);
        for (int step = 0; step <= 60; step++) {
            double[] gradient = new double[inputs];
            double loss = 0;
            int right = 0;
            for (int row = 0; row < examples; row++) {
                double error = 0;
                for (int i = 0; i < inputs; i++) {
                    error += x.at(row, i) * d[i];
                }
                loss += error * error / examples;
                right += error * error < 0.1 ? 1 : 0;
                for (int i = 0; i < inputs; i++) {
                    gradient[i] += 2 * error * x.at(row, i) / examples;
                }
            }
            double norm = 0;
            for (int i = 0; i < inputs; i++) {
                norm += d[i] * d[i];
                d[i] -= rate * gradient[i];
            }
            assertThat(course.trainingLoss(step)).isCloseTo(loss, within(1e-13));
            assertThat(course.testLoss(step)).isCloseTo(norm, within(1e-13));
            assertThat(course.trainingAccuracy(step, 0.1)).isCloseTo(right / (double) examples, within(1e-15));
        }
    }

    @Test
    void oneAndTwoThreadsGiveTheSameBits() {
        Setting setting = Setting.empty()
                .with("inputs", 30)
                .with("draws", 2)
                .with("rate", 0.01)
                .with("tolerance", 1e-3)
                .with("lambda", 0.5);
        assertThat(results(2, setting)).isEqualTo(results(1, setting)).hasSize(4);
    }

    private List<Results> results(int threads, Setting setting) {
        List<Evaluation> evaluations = LongStream.rangeClosed(1, 4)
                .mapToObj(seed -> new Evaluation(new LinearDescent(), seed, setting))
                .toList();
        return new ComputationRunner(new ResultBook(book.resolve("threads-" + threads)), threads, StudyListener.SILENT)
                .run(evaluations).stream()
                        .map(run -> ((ComputedRun.Done) run).kept().results())
                        .toList();
    }

    @Test
    void itIsJudgedAndReadAgain() throws IOException {
        ClaimRunner runner = new ClaimRunner(book, 2, Map.of());
        ClaimResult first = run(runner, SMALL);

        assertThat(first.isComputed()).isTrue();
        assertThat(first.seeds()).isEqualTo(6);
        assertThat(first.beyond()).isEmpty();
        assertThat(first.alreadyDone()).isZero();
        assertThat(first.judgement().headline().verdict().outcome()).isEqualTo(Outcome.SUPPORTED);
        ClaimResult second = run(runner, SMALL);
        assertThat(second.alreadyDone()).isEqualTo(36);
        assertThat(second.verdict()).isEqualTo(first.verdict());
        try (Stream<Path> files = Files.list(runner.claims().resolve("computed"))) {
            assertThat(files).hasSize(36);
        }
        runner.forget(claim, Scale.QUICK, SMALL);
        assertThat(run(runner, SMALL).alreadyDone()).isZero();
    }

    @Test
    void anInterruptedClaimHasNoVerdictAndGoesOn() {
        ClaimRunner stopped = new ClaimRunner(book, 1, Map.of());
        Optional<ClaimResult> none = stopped.run(claim, Scale.QUICK, SMALL, new Stopping(stopped));
        assertThat(none).isEmpty();

        ClaimResult result = run(new ClaimRunner(book, 2, Map.of()), SMALL);
        assertThat(result.alreadyDone()).isEqualTo(1);
    }

    @Test
    void withManyExamplesEverywhereNothingIsSupported() {
        Alterations removed = new Alterations(List.of("inputs=40", "draws=1", "lambda=0.05"), Optional.of("6"));
        ClaimResult result = run(new ClaimRunner(book, 2, Map.of()), removed);

        assertThat(result.beyond()).containsExactly("lambda=0.05");
        assertThat(result.judgement().verdict().outcome()).isEqualTo(Outcome.REFUTED);
        assertThat(result.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    /** A student that generalizes as soon as it fits refutes the source's sentence; a delay of twice the law ours. */
    @Test
    void madeUpNumbersCanRefuteIt() {
        ClaimRunner runner = new ClaimRunner(book, 2, Map.of());
        Evidence evidence = run(runner, SMALL).evidence();
        Judgement swapped = claim.judge(new Evidence(
                Scale.QUICK,
                evidence.arms().stream()
                        .map(arm -> arm.name().equals("lambda 0.9")
                                ? new ArmRuns(
                                        claim.protocol(Scale.QUICK).arms().get(3),
                                        arm.ran(),
                                        evidence.arm("lambda 0.05").runs())
                                : arm)
                        .toList()));
        assertThat(swapped.headline().verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    @Test
    void whatItDoesNotDependOnCannotBeSet() {
        ClaimRunner runner = new ClaimRunner(book, 1, Map.of());
        assertThatThrownBy(() -> runner.plan(claim, Scale.QUICK, set("decay.lambda=0")))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "--set decay.lambda=0: the claim grokking-linear is computed, nothing is trained, so it has no"
                                + " spec; it can be changed in lambda, inputs, draws, rate, tolerance");
        assertThatThrownBy(() -> runner.plan(claim, Scale.QUICK, set("lamda=0.4")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("did you mean 'lambda'?");
        assertThatThrownBy(() -> runner.plan(claim, Scale.QUICK, set("inputs=2.5")))
                .isInstanceOf(UserError.class)
                .hasMessage("--set inputs=2.5: the number of inputs must be a whole number from 20 to 2000");
        assertThat(runner.evaluations(claim, Scale.QUICK, set("lambda=0.4"))).hasSize(10);
        assertThat(runner.evaluations(claim, Scale.QUICK, new Alterations(List.of(), Optional.of("3001-3002"))))
                .hasSize(12);
    }

    private static Alterations set(String assignment) {
        return new Alterations(List.of(assignment), Optional.empty());
    }

    private ClaimResult run(ClaimRunner runner, Alterations alterations) {
        return runner.run(claim, Scale.QUICK, alterations, StudyListener.SILENT).orElseThrow();
    }
}
