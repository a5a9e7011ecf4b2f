package io.orrery.lab.claim.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.study.StudyListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TransformerInitTest {
    private static final RandomStream WEIGHTS = RandomStream.of(2, "weights");

    @TempDir
    Path book;

    private final TransformerInit claim = new TransformerInit();

    @Test
    void gradientsFollowCentralDifferences() {
        RandomTransformer transformer = new RandomTransformer(WEIGHTS, 0, 8, 2, 2, 1.5);
        Matrix tokens = drawn("tokens", 3, 8);
        Matrix last = drawn("last", 3, 8);
        Matrix gradient =
                transformer.backward(transformer.forward(tokens), last).getFirst();
        for (int i = 0; i < 24; i++) {
            double step = 1e-6;
            double slope =
                    (loss(transformer, moved(tokens, i, step), last) - loss(transformer, moved(tokens, i, -step), last))
                            / (2 * step);
            assertThat(gradient.values()[i]).isCloseTo(slope, within(1e-7));
        }
    }

    /** Two tokens, width 4, two heads, by plain loops on the same weights. */
    @Test
    void attentionByPlainLoops() {
        Matrix tokens = drawn("tokens", 2, 4);
        Matrix after =
                new RandomTransformer(WEIGHTS, 0, 4, 2, 1, 1).forward(tokens).get(1);
        double[][] normal = new double[2][4];
        for (int a = 0; a < 2; a++) {
            double mean = 0;
            double square = 0;
            for (int i = 0; i < 4; i++) {
                mean += tokens.at(a, i) / 4;
            }
            for (int i = 0; i < 4; i++) {
                square += Math.pow(tokens.at(a, i) - mean, 2) / 4;
            }
            for (int i = 0; i < 4; i++) {
                normal[a][i] = (tokens.at(a, i) - mean) / Math.sqrt(square);
            }
        }
        double[][] query = times(normal, 0);
        double[][] key = times(normal, 1);
        double[][] value = times(normal, 2);
        double[][] read = new double[2][4];
        for (int head = 0; head < 2; head++) {
            for (int a = 0; a < 2; a++) {
                double[] weights = new double[2];
                for (int b = 0; b < 2; b++) {
                    double logit =
                            query[a][2 * head] * key[b][2 * head] + query[a][2 * head + 1] * key[b][2 * head + 1];
                    weights[b] = Math.exp(logit / Math.sqrt(2));
                }
                for (int i = 2 * head; i < 2 * head + 2; i++) {
                    read[a][i] = (weights[0] * value[0][i] + weights[1] * value[1][i]) / (weights[0] + weights[1]);
                }
            }
        }
        double[][] added = times(read, 3);
        for (int a = 0; a < 2; a++) {
            for (int i = 0; i < 4; i++) {
                assertThat(after.at(a, i)).isCloseTo(tokens.at(a, i) + added[a][i], within(1e-12));
            }
        }
    }

    /** A step by the gradient on the first matrix changes what it gives by N N^T times the gradient there. */
    @Test
    void anUpdateByPlainLoops() {
        RandomTransformer transformer = new RandomTransformer(WEIGHTS, 0, 4, 1, 1, 0);
        Matrix tokens = drawn("tokens", 3, 4);
        Matrix last = drawn("last", 3, 4);
        Matrix normal = RandomTransformer.normalized(tokens);
        double[] first = WEIGHTS.normals(4, 32);
        double[] second = WEIGHTS.normals(5, 32);
        double[][] back = new double[3][8];
        for (int token = 0; token < 3; token++) {
            for (int unit = 0; unit < 8; unit++) {
                double sum = 0;
                for (int i = 0; i < 4; i++) {
                    sum += normal.at(token, i) * first[i * 8 + unit] / 2;
                    back[token][unit] += last.at(token, i) * second[unit * 4 + i] / Math.sqrt(8);
                }
                back[token][unit] = sum > 0 ? back[token][unit] : 0;
            }
        }
        List<Matrix> course = transformer.forward(tokens);
        Matrix byGradient = transformer.update(course, last, false);
        Matrix bySigns = transformer.update(course, last, true);
        for (int token = 0; token < 3; token++) {
            for (int unit = 0; unit < 8; unit++) {
                double plain = 0;
                double signs = 0;
                for (int i = 0; i < 4; i++) {
                    double gradient = 0;
                    for (int other = 0; other < 3; other++) {
                        gradient += normal.at(other, i) * back[other][unit];
                    }
                    plain += normal.at(token, i) * gradient;
                    signs += normal.at(token, i) * Math.signum(gradient);
                }
                assertThat(byGradient.at(token, unit)).isCloseTo(plain, within(1e-12));
                assertThat(bySigns.at(token, unit)).isCloseTo(signs, within(1e-12));
            }
        }
    }

    @Test
    void headsMustDivideTheWidth() {
        assertThatThrownBy(() -> new RandomTransformer(WEIGHTS, 0, 6, 4, 1, 1))
                .isInstanceOf(UserError.class)
                .hasMessage("width=6 heads=4: expected a width that the number of heads divides; change one of them");
    }

    @Test
    void theSameBitsTwice() {
        Setting setting = Setting.empty()
                .with("width", 8)
                .with("heads", 2)
                .with("blocks", 2)
                .with("attention", 1)
                .with("tokens", 3)
                .with("cosine", 0.2)
                .with("draws", 2);
        assertThat(new TransformerSignals().compute(3, setting))
                .isEqualTo(new TransformerSignals().compute(3, setting));
    }

    /** Of widths that are all the same a step by signs cannot change more. */
    @Test
    void itIsJudgedAndCanBeRefuted() {
        Alterations small = new Alterations(List.of("blocks=1", "tokens=3", "draws=1", "heads=2"), Optional.of("8"));
        Evidence evidence = new ClaimRunner(book, 2, Map.of())
                .run(claim, Scale.QUICK, small, StudyListener.SILENT)
                .orElseThrow()
                .evidence();
        assertThat(claim.judge(evidence).verdict().outcome()).isNotEqualTo(Outcome.REFUTED);
        ArmRuns narrow = evidence.arms().getFirst();
        Evidence same = new Evidence(
                Scale.QUICK,
                claim.protocol(Scale.QUICK).arms().stream()
                        .map(arm -> new ArmRuns(arm, narrow.ran(), narrow.runs()))
                        .toList());
        assertThat(claim.judge(same).verdict().outcome()).isEqualTo(Outcome.REFUTED);
    }

    private static double[][] times(double[][] rows, int step) {
        double[] weights = WEIGHTS.normals(step, 16);
        double[][] result = new double[rows.length][4];
        for (int row = 0; row < rows.length; row++) {
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    result[row][j] += rows[row][i] * weights[i * 4 + j] / 2;
                }
            }
        }
        return result;
    }

    private static double loss(RandomTransformer transformer, Matrix tokens, Matrix last) {
        return Products.inner(transformer.forward(tokens).getLast(), last);
    }

    private static Matrix moved(Matrix matrix, int at, double by) {
        double[] values = matrix.values().clone();
        values[at] += by;
        return new Matrix(matrix.rows(), matrix.columns(), values);
    }

    private static Matrix drawn(String name, int rows, int columns) {
        return new Matrix(rows, columns, RandomStream.of(2, name).normals(0, rows * columns));
    }
}
