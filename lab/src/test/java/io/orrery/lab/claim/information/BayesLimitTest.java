package io.orrery.lab.claim.information;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.information.ShallowTeacher.Data;
import io.orrery.lab.claim.information.ShallowTeacher.Teachers;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.math.Cholesky;
import io.orrery.lab.math.GaussHermite;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Normal;
import io.orrery.lab.study.StudyListener;
import io.orrery.lab.theory.EquivalentLinearModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BayesLimitTest {
    @TempDir
    Path book;

    private final BayesLimit claim = new BayesLimit();

    @Test
    void targetsAreTheTeachersByPlainLoops() {
        Teachers teachers = Teachers.of(4, 3, 6, 5, 0.04);
        Data data = teachers.data(4, "training", 7);
        double[] noise = RandomStream.of(4, "training noise").normals(0, 21);
        for (int row = 0; row < 7; row++) {
            for (int teacher = 0; teacher < 3; teacher++) {
                double value = 0;
                for (int unit = 0; unit < 6; unit++) {
                    double sum = 0;
                    for (int i = 0; i < 5; i++) {
                        sum += teachers.weights().at(unit, i) * data.inputs().at(row, i);
                    }
                    double u = sum / Math.sqrt(5);
                    value += teachers.signs().at(unit, teacher) * (2 * Normal.cumulative(u * Math.sqrt(2)) - 1);
                }
                assertThat(data.targets().at(row, teacher))
                        .isCloseTo(value / Math.sqrt(6) + 0.2 * noise[row * 3 + teacher], within(1e-12));
            }
        }
        assertThat(teachers.signs().values()).containsOnly(1, -1);
    }

    /** For two inputs of squared norm d the kernel is a mean over two correlated normals. */
    @Test
    void theKernelIsTheMeanOverHiddenUnits() {
        Matrix inputs = new Matrix(2, 2, new double[] {1, 1, Math.sqrt(1.5), -Math.sqrt(0.5)});
        double correlation = (Math.sqrt(1.5) - Math.sqrt(0.5)) / 2;
        double mean = GaussHermite.of(64)
                .mean(
                        (u, v) -> (2 * Normal.cumulative(u * Math.sqrt(2)) - 1)
                                * (2 * Normal.cumulative(v * Math.sqrt(2)) - 1),
                        correlation);
        assertThat(ShallowTeacher.kernel(inputs, inputs).at(0, 1)).isCloseTo(mean, within(1e-9));
    }

    /** Ridge regression is the posterior mean of the linear process, by a kernel of examples in place of a matrix of inputs. */
    @Test
    void ridgeRegressionIsTheLinearModelsPosterior() {
        EquivalentLinearModel model = EquivalentLinearModel.ofErrorFunction(0.1);
        Teachers teachers = Teachers.of(6, 2, 20, 4, 0.1);
        Data training = teachers.data(6, "training", 9);
        Data test = teachers.data(6, "test", 11);
        Matrix kernel = linear(model, training.inputs(), training.inputs());
        for (int i = 0; i < 9; i++) {
            kernel.values()[i * 9 + i] += model.variance();
        }
        Matrix weights = Cholesky.of(kernel).solve(training.targets());
        Matrix across = linear(model, test.inputs(), training.inputs());
        for (int teacher = 0; teacher < 2; teacher++) {
            double error = 0;
            for (int row = 0; row < 11; row++) {
                double predicted = 0;
                for (int i = 0; i < 9; i++) {
                    predicted += across.at(row, i) * weights.at(i, teacher);
                }
                error += Math.pow(predicted - test.targets().at(row, teacher), 2) / 11;
            }
            assertThat(ShallowTeacher.ridge(training, test, model)[teacher]).isCloseTo(error, within(1e-12));
        }
    }

    @Test
    void theSameBitsTwice() {
        Setting setting = Setting.empty()
                .with("inputs", 5)
                .with("hidden", 10)
                .with("noise", 0.1)
                .with("ratio", 4)
                .with("teachers", 2)
                .with("tests", 20)
                .with("width", 3)
                .with("steps", 40)
                .with("rate", 0.1);
        assertThat(ShallowTeacher.examples(setting)).containsExactly(3, 5, 10, 20);
        assertThat(new ShallowTeacher().compute(4, setting)).isEqualTo(new ShallowTeacher().compute(4, setting));
    }

    /** The narrow teacher's numbers in place of the wide one's refute it. */
    @Test
    void itIsJudgedAndCanBeRefuted() {
        Alterations small = new Alterations(
                List.of("hidden=3", "inputs=10", "ratio=80", "steps=40", "width=4", "tests=200", "teachers=20"),
                Optional.of("12"));
        Evidence evidence = new ClaimRunner(book, 2, Map.of())
                .run(claim, Scale.QUICK, small, StudyListener.SILENT)
                .orElseThrow()
                .evidence();
        assertThat(claim.judge(evidence).treatment().findings())
                .filteredOn(finding -> finding.name().startsWith("the wide teacher's own process"))
                .hasSize(4)
                .last()
                .extracting(Finding::outcome)
                .isEqualTo(Outcome.REFUTED);
        Evidence missing = new Evidence(
                Scale.QUICK,
                evidence.arms().stream()
                        .map(arm -> new ArmRuns(
                                claim.protocol(Scale.QUICK)
                                        .arms()
                                        .get(arm.name().startsWith("wide") ? 0 : 1),
                                arm.ran(),
                                List.of()))
                        .toList());
        assertThat(claim.judge(missing).verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    private static Matrix linear(EquivalentLinearModel model, Matrix left, Matrix right) {
        double[] values = new double[left.rows() * right.rows()];
        for (int i = 0; i < left.rows(); i++) {
            for (int j = 0; j < right.rows(); j++) {
                for (int k = 0; k < left.columns(); k++) {
                    values[i * right.rows() + j] +=
                            model.slope() * model.slope() * left.at(i, k) * right.at(j, k) / left.columns();
                }
            }
        }
        return new Matrix(left.rows(), right.rows(), values);
    }
}
