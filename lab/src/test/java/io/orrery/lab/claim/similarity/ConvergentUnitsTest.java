package io.orrery.lab.claim.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.MadeUpResults;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.compute.Results;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.study.StudyListener;
import io.orrery.lab.theory.units.Standardized;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConvergentUnitsTest {
    private final ConvergentUnits claim = new ConvergentUnits();

    private static Matrix units(int draw) {
        return Standardized.of(new Matrix(200, 6, RandomStream.of(1, "units").normals(draw, 1200)));
    }

    /** The same units in another order. */
    private static Matrix permuted(Matrix units) {
        double[] values = new double[units.values().length];
        for (int row = 0; row < units.rows(); row++) {
            for (int unit = 0; unit < 6; unit++) {
                values[row * 6 + (unit + 2) % 6] = units.at(row, unit);
            }
        }
        return new Matrix(units.rows(), 6, values);
    }

    @Test
    void aPermutedCopyIsMatchedUnitByUnit() {
        assertThat(UnitMatches.matched(units(0), permuted(units(0))))
                .containsExactly(new double[] {1, 1, 1, 1, 1, 1}, within(1e-12));
        assertThat(Arrays.stream(UnitMatches.matched(units(0), units(1))))
                .allMatch(correlation -> Math.abs(correlation) < 0.3);
    }

    /** Six pairs of copies are six even clusters; two networks whose units are alike within each and not between are two of one kind. */
    @Test
    void evennessOfCopiesIsOneAndOfStrangersNothing() {
        assertThat(UnitMatches.balance(units(0), permuted(units(0)), 6)).isEqualTo(1);
        assertThat(UnitMatches.balance(common(0), common(1), 2)).isZero();
    }

    private static Matrix common(int draw) {
        double[] shared = RandomStream.of(2, "shared").normals(draw, 200);
        Matrix own = units(10 + draw);
        double[] values = own.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.3 * values[i] + shared[i / 6];
        }
        return Standardized.of(new Matrix(200, 6, values));
    }

    @Test
    void madeUpNumbersSupportAndRefuteIt() {
        assertThat(outcomes(true, 1)).containsOnly(Outcome.SUPPORTED);
        assertThat(outcomes(false, 1)).containsOnly(Outcome.REFUTED);
    }

    @Test
    void whatUntrainedNetworksShowAsWellLeavesThemOpen() {
        assertThat(outcomes("second hidden layers", 1)).containsOnly(Outcome.INCONCLUSIVE);
    }

    @Test
    void networksThatHaveNotLearnedAreNotJudged() {
        assertThat(outcomes(true, 0.5)).containsOnly(Outcome.INCONCLUSIVE);
    }

    /** Through runs, at a small size: with the networks' own units in order, shuffled, and of a network with itself. */
    @Test
    void networksAreExaminedAsTheCardSays(@TempDir Path book) {
        List<String> small = List.of("stop.steps=20", "data.test=60", "data.train=100");
        Evidence evidence = new ClaimRunner(book, 1, Map.of())
                .run(claim, Scale.QUICK, new Alterations(small, Optional.of("2001-2002")), StudyListener.SILENT)
                .orElseThrow()
                .evidence();
        double[] own = evidence.arm("a network and itself").last("unit-matches.balance");
        double[] correlations = evidence.arm("a network and itself").lastVectors("unit-matches.correlations")[0];
        assertThat(own).containsOnly(1);
        assertThat(correlations).hasSize(32);
        assertThat(correlations[0]).isCloseTo(1, within(1e-9));
        assertThat(evidence.arm("first hidden layers").lastVectors("unit-matches.correlations")[0])
                .hasSize(64);
        assertThat(evidence.arm("examples shuffled").last("unit-matches.correlation")[0])
                .isLessThan(evidence.arm("second hidden layers").last("unit-matches.correlation")[0]);
    }

    private List<Outcome> outcomes(boolean effect, double accuracy) {
        return outcomes(effect ? "second hidden layers$" : "none", accuracy);
    }

    /** With the effect in all arms whose name begins with a pattern. */
    private List<Outcome> outcomes(String pattern, double accuracy) {
        Judgement judged = claim.judge(MadeUpResults.of(
                claim,
                (arm, _, seed) ->
                        made(arm, seed, Pattern.compile(pattern).matcher(arm).lookingAt()),
                Map.of("loss.accuracy@train", accuracy)));
        return judged.sentences().stream()
                .map(sentence -> sentence.verdict().outcome())
                .toList();
    }

    private static Results made(String arm, int seed, boolean trained) {
        double noise = 0.002 * (seed - 5.5);
        boolean shuffled = arm.startsWith("examples shuffled");
        double matched = shuffled ? 0.05 : trained ? 0.6 : 0.2;
        return Results.none()
                .with("correlation", matched + noise)
                .with("unmatched", arm.equals("a network and itself") ? 0 : trained ? 0.3 + noise : 1)
                .with("predicted", trained ? 0.8 + noise : 0)
                .with("balance", trained ? 0.8 + noise : 0.1 + noise)
                .with("correlations", matched)
                .with("explained", matched);
    }
}
