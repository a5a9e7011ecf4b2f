package io.orrery.lab.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.judge.JudgeCalibration.Rates;
import io.orrery.lab.judge.JudgeCalibration.SimulatedArm;
import io.orrery.lab.judge.criterion.Comparison;
import io.orrery.lab.judge.criterion.Correlation;
import io.orrery.lab.judge.criterion.Direction;
import io.orrery.lab.judge.criterion.Level;
import io.orrery.lab.judge.criterion.Proportion;
import io.orrery.lab.judge.criterion.Trend;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.judge.statistics.Values;
import io.orrery.lab.math.Normal;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The judge's own errors on simulated measurements: 2000 each, so that a rate of 2.5% is known to 0.35%. */
class JudgeCalibrationTest {
    private static final double[] DRIVER = {1, 2, 4, 8};

    @Test
    void atTheThresholdItErrsInTwoAndAHalfPercentEachWay() {
        for (int seeds : new int[] {5, 10}) {
            Rates rates = JudgeCalibration.of(
                            seeds,
                            SimulatedArm.of(3, 0.7),
                            values -> Ruling.of(Level.of("it", "", values, Threshold.atMost(3))))
                    .rates();
            assertThat(rates.supported()).isBetween(0.015, 0.035);
            assertThat(rates.refuted()).isBetween(0.015, 0.035);
        }
    }

    @Test
    void withoutAnEffectARatioIsNotSupported() {
        Rates rates = ratios(1).rates();

        assertThat(rates.supported()).isLessThan(0.05);
        assertThat(rates.refuted()).isGreaterThan(0.5);
    }

    @Test
    void atTheThresholdARatioIsRarelySupported() {
        assertThat(ratios(0.5).rates().supported()).isBetween(0.015, 0.035);
    }

    @Test
    void withTheEffectARatioIsSupported() {
        assertThat(ratios(0.15).rates().supported()).isGreaterThan(0.9);
    }

    @Test
    void aTrendOfNoiseIsNotSupported() {
        assertThat(trend(0).rates().supported()).isLessThan(0.01);
        assertThat(steps(0).rates().supported()).isLessThan(0.05);
    }

    @Test
    void coarseRankTrendsOfNoiseAreNotSupported() {
        for (int driverValues : new int[] {2, 3}) {
            double[] driver = java.util.Arrays.copyOf(DRIVER, driverValues);
            JudgeCalibration noise = new JudgeCalibration(
                    5,
                    arms(0).subList(0, driverValues),
                    values -> Ruling.of(Trend.of("it", "driver", driver, values)
                            .monotone("", Direction.INCREASING, Threshold.atLeast(0.3))));
            assertThat(noise.rates().supported()).isLessThan(0.05);
        }
    }

    @Test
    void welchErrsInTwoAndAHalfPercentEachWay() {
        List<SimulatedArm> arms = List.of(SimulatedArm.of(0, 1), SimulatedArm.of(0, 4));
        Rates rates = new JudgeCalibration(
                        5,
                        arms,
                        values -> Ruling.of(Comparison.unpairedDifference(
                                "", "", Values.of("a", values[0]), Values.of("b", values[1]), Threshold.atMost(0))))
                .rates();

        assertThat(rates.supported()).isBetween(0.015, 0.035);
        assertThat(rates.refuted()).isBetween(0.015, 0.035);
    }

    @Test
    void sharesOfSeedsErrRarely() {
        JudgeCalibration half = JudgeCalibration.of(
                10,
                SimulatedArm.of(0, 1),
                values ->
                        Ruling.of(Proportion.of("it happens", "", values, value -> value > 0, Threshold.atLeast(0.5))));

        assertThat(half.rates().supported()).isLessThan(0.025);
    }

    @Test
    void aTrendIsSupported() {
        assertThat(trend(2).rates().supported()).isGreaterThan(0.9);
        assertThat(steps(3.5).rates().supported()).isGreaterThan(0.9);
    }

    @Test
    void equivalenceNeedsPrecision() {
        Threshold one = Threshold.within(0.95, 1.05);
        SimulatedArm arm = SimulatedArm.of(1, 0.02);
        assertThat(JudgeCalibration.of(10, arm, values -> Ruling.of(Level.of("it", "", values, one)))
                        .rates()
                        .supported())
                .isGreaterThan(0.9);
        assertThat(JudgeCalibration.of(10, arm.at(1.05), values -> Ruling.of(Level.of("it", "", values, one)))
                        .rates()
                        .supported())
                .isLessThan(0.05);
    }

    @Test
    void holmKeepsTheFamilysError() {
        SimulatedArm none = SimulatedArm.of(0, 1);
        JudgeCalibration anySupported = new JudgeCalibration(6, List.of(none, none, none, none), values -> {
            Ruling all = Ruling.of(
                    Level.of("a", "", values[0], Threshold.atLeast(0)),
                    Level.of("b", "", values[1], Threshold.atLeast(0)),
                    Level.of("c", "", values[2], Threshold.atLeast(0)),
                    Level.of("d", "", values[3], Threshold.atLeast(0)));
            Outcome any = all.findings().stream().anyMatch(finding -> finding.outcome() == Outcome.SUPPORTED)
                    ? Outcome.SUPPORTED
                    : all.outcome();
            return new Ruling(all.findings(), List.of(), any, "");
        });
        Rates rates = anySupported.rates();

        assertThat(rates.supported()).isLessThan(0.035);
        assertThat(rates.refuted()).isLessThan(0.035);
    }

    @Test
    void pilotValuesGiveCentreAndSpread() {
        SimulatedArm linear = SimulatedArm.fromPilot(new double[] {1, 2, 3}, Average.ARITHMETIC);
        SimulatedArm logarithmic = SimulatedArm.fromPilot(new double[] {1, 10, 100}, Average.GEOMETRIC);

        assertThat(linear).isEqualTo(SimulatedArm.of(2, 1));
        assertThat(logarithmic.centre()).isCloseTo(10, Percentage.withPercentage(1e-10));
        assertThat(logarithmic.spread()).isCloseTo(StrictMath.log(10), Percentage.withPercentage(1e-10));
    }

    @Test
    void calibratedTwiceItIsTheSame() {
        assertThat(ratios(0.5).rates(200, 4)).isEqualTo(ratios(0.5).rates(200, 4));
        assertThat(ratios(0.5).rates(200, 4)).isNotEqualTo(ratios(0.5).rates(200, 5));
    }

    private static JudgeCalibration ratios(double ratio) {
        SimulatedArm without = SimulatedArm.logarithmic(0.08, 0.3);
        return new JudgeCalibration(
                5,
                List.of(without.at(0.08 * ratio), without),
                values -> Ruling.of(Comparison.ratio(
                        "NC1 ratio",
                        "",
                        Values.of("NC1 with decay", values[0]),
                        Values.of("that without", values[1]),
                        Threshold.atMost(0.5))));
    }

    private static JudgeCalibration trend(double step) {
        return new JudgeCalibration(
                5,
                arms(step),
                values -> Ruling.of(Trend.of("it", "driver", DRIVER, values)
                        .monotone("", Direction.INCREASING, Threshold.atLeast(0.4))));
    }

    private static JudgeCalibration steps(double step) {
        return new JudgeCalibration(
                5,
                arms(step),
                values -> Ruling.of(Trend.of("it", "driver", DRIVER, values).ordered("", Direction.INCREASING, 0)));
    }

    private static List<SimulatedArm> arms(double step) {
        return List.of(
                SimulatedArm.of(0, 1),
                SimulatedArm.of(step, 1),
                SimulatedArm.of(2 * step, 1),
                SimulatedArm.of(3 * step, 1));
    }

    /** Where a trend's truth is its threshold it is supported in 2.5% or less: Student's t alone did so in 4 to 34%. */
    @Test
    void rankTrendsAtTheirThresholdErrInTwoAndAHalfPercent() {
        for (int driverValues : new int[] {2, 3, 4, 6}) {
            for (int seeds : new int[] {6, 10}) {
                double step = stepFor(0.5, driverValues);
                Rates rates = rankTrend(driverValues, seeds, step).rates(1000, driverValues);

                assertThat(rates.supported())
                        .as(driverValues + " values, " + seeds + " seeds")
                        .isLessThan(0.035);
                assertThat(rates.refuted())
                        .as(driverValues + " values, " + seeds + " seeds")
                        .isLessThan(0.035);
            }
        }
    }

    @Test
    void aClearRankTrendIsSupported() {
        assertThat(rankTrend(3, 10, stepFor(0.95, 3)).rates(500, 1).supported()).isGreaterThan(0.9);
        assertThat(rankTrend(4, 6, stepFor(0.95, 4)).rates(500, 1).supported()).isGreaterThan(0.9);
    }

    /** Seeds whose data tie noise and error now this way, now that: over all seeds there is no association. */
    @Test
    void settingsThatShareSeedsAreNotIndependent() {
        for (int settings : new int[] {8, 27}) {
            for (int seeds : new int[] {5, 10}) {
                double supported = association(settings, seeds, 0, 1, 1000);
                assertThat(supported)
                        .as(settings + " settings, " + seeds + " seeds")
                        .isLessThanOrEqualTo(0.05);
            }
        }
        assertThat(association(27, 10, 0, 0, 500)).isLessThanOrEqualTo(0.05);
    }

    @Test
    void anAssociationInEverySeedIsSupported() {
        assertThat(association(27, 10, -1, 0.4, 300)).isGreaterThan(0.9);
        assertThat(association(8, 10, -1, 0.2, 300)).isGreaterThan(0.9);
    }

    /** Values on a grid as coarse as their spread. */
    @Test
    void tiesDoNotRaiseTheErrors() {
        for (int seeds : new int[] {6, 10}) {
            Rates rates = JudgeCalibration.of(
                            seeds,
                            SimulatedArm.of(3, 1),
                            values -> Ruling.of(Level.of(
                                    "it",
                                    "",
                                    java.util.Arrays.stream(values)
                                            .map(Math::rint)
                                            .toArray(),
                                    Threshold.atMost(3))))
                    .rates();
            assertThat(rates.supported()).isLessThan(0.035);
            assertThat(rates.refuted()).isLessThan(0.035);
        }
    }

    /** Two values on either side of the limit, as often the one as the other: all alike by chance in 2^-n. */
    @Test
    void valuesThatAreAllAlikeByChanceSupportNothingMoreOftenThanTheirSigns() {
        for (int seeds : new int[] {5, 6, 8, 10}) {
            Rates rates = JudgeCalibration.of(
                            seeds,
                            SimulatedArm.of(0, 1),
                            values -> Ruling.of(Level.of(
                                    "it",
                                    "",
                                    java.util.Arrays.stream(values)
                                            .map(Math::signum)
                                            .toArray(),
                                    Threshold.atMost(0))))
                    .rates();
            assertThat(rates.supported()).isLessThanOrEqualTo(0.05);
            assertThat(rates.refuted()).isLessThanOrEqualTo(0.05);
            assertThat(seeds > 5 || rates.supported() == 0).isTrue();
        }
    }

    private static JudgeCalibration rankTrend(int driverValues, int seeds, double step) {
        double[] driver = IntStream.range(0, driverValues).asDoubleStream().toArray();
        return new JudgeCalibration(
                seeds,
                IntStream.range(0, driverValues)
                        .mapToObj(i -> SimulatedArm.of(i * step, 1))
                        .toList(),
                values -> Ruling.of(Trend.of("it", "driver", driver, values)
                        .monotone("", Direction.INCREASING, Threshold.atLeast(0.5))));
    }

    /** Equal steps beside noise of 1 for which two values d steps apart are in order with chance F(d step / root 2). */
    private static double stepFor(double trend, int driverValues) {
        double low = 0;
        double high = 20;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            double sum = 0;
            for (int apart = 1; apart < driverValues; apart++) {
                sum += (driverValues - apart) * (2 * Normal.cumulative(apart * middle / Math.sqrt(2)) - 1);
            }
            if (sum / (driverValues * (driverValues - 1) / 2.0) < trend) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Share of simulations in which a falling association is supported: slopes of single seeds spread about their mean. */
    private static double association(int settings, int seeds, double slope, double spread, int simulations) {
        RandomStream random = RandomStream.of(settings * 100L + seeds, "judge/clusters");
        int supported = 0;
        for (int simulation = 0; simulation < simulations; simulation++) {
            double[] normals = random.normals(simulation, seeds * (1 + settings));
            double[][] x = new double[settings][seeds];
            double[][] y = new double[settings][seeds];
            for (int seed = 0; seed < seeds; seed++) {
                double own = slope + spread * normals[seed];
                for (int i = 0; i < settings; i++) {
                    double place = i / (settings - 1.0) - 0.5;
                    x[i][seed] = place;
                    y[i][seed] = own * place + 0.3 * normals[seeds + seed * settings + i];
                }
            }
            Finding found = Correlation.ofRanks("x", "y", "", x, y, Average.ARITHMETIC, Threshold.atMost(0));
            supported += found.outcome() == Outcome.SUPPORTED ? 1 : 0;
        }
        return supported / (double) simulations;
    }
}
