package io.orrery.lab.judge;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.judge.statistics.Average;
import io.orrery.lab.math.Descriptive;
import java.util.List;
import java.util.function.Function;

/**
 * How often a claim's judge errs: simulated measurements, independent and normal on their scale, are judged many times.
 * Without the effect it must say SUPPORTED at most 5% of the time; with the effect that the claim's source reports, at least
 * 90%, at the claim's own number of seeds and pilot spread.
 *
 * <p>Arms are drawn independently. Where pairing matters, draw the seeds' ratios or differences: one arm with their pilot
 * spread, the other with spread 0.
 *
 * @param seeds values per arm
 * @param arms how each arm's values are drawn
 * @param judge the claim's judge: values {@code [arm][seed]} to a ruling
 */
public record JudgeCalibration(int seeds, List<SimulatedArm> arms, Function<double[][], Ruling> judge) {
    /** Enough that a rate near 5% is known to half a percent. */
    public static final int SIMULATIONS = 2000;

    public JudgeCalibration {
        arms = List.copyOf(arms);
    }

    /**
     * One arm's values.
     *
     * @param centre their mean; on {@link Average#GEOMETRIC} their median
     * @param spread standard deviation over seeds; on {@link Average#GEOMETRIC} that of the natural logarithms
     */
    public record SimulatedArm(double centre, double spread, Average average) {
        /** Values as they are. */
        public static SimulatedArm of(double centre, double spread) {
            return new SimulatedArm(centre, spread, Average.ARITHMETIC);
        }

        /** Positive values, whose logarithms have the spread. */
        public static SimulatedArm logarithmic(double median, double spread) {
            return new SimulatedArm(median, spread, Average.GEOMETRIC);
        }

        /** The centre and spread of pilot values. */
        public static SimulatedArm fromPilot(double[] values, Average average) {
            double[] scaled = average.to(values);
            return new SimulatedArm(
                    average.from(Descriptive.shiftedMean(scaled)), Descriptive.sampleDeviation(scaled), average);
        }

        /** The same spread around another centre. */
        public SimulatedArm at(double otherCentre) {
            return new SimulatedArm(otherCentre, spread, average);
        }

        double value(double normal) {
            return average.from(average.to(centre) + spread * normal);
        }
    }

    /** Shares of the outcomes among the simulations. */
    public record Rates(int simulations, double supported, double refuted, double inconclusive) {}

    /** One arm, such as the ratio of each seed. */
    public static JudgeCalibration of(int seeds, SimulatedArm arm, Function<double[], Ruling> judge) {
        return new JudgeCalibration(seeds, List.of(arm), values -> judge.apply(values[0]));
    }

    /** {@link #rates(int, long)} of {@link #SIMULATIONS} simulations. */
    public Rates rates() {
        return rates(SIMULATIONS, 1);
    }

    /** The rates among simulations drawn from the stream {@code judge/calibration} of a number. */
    public Rates rates(int simulations, long drawnFrom) {
        RandomStream random = RandomStream.of(drawnFrom, "judge/calibration");
        int[] counts = new int[Outcome.values().length];
        for (int simulation = 0; simulation < simulations; simulation++) {
            double[] normals = random.normals(simulation, arms.size() * seeds);
            double[][] values = new double[arms.size()][seeds];
            for (int arm = 0; arm < values.length; arm++) {
                for (int seed = 0; seed < seeds; seed++) {
                    values[arm][seed] = arms.get(arm).value(normals[arm * seeds + seed]);
                }
            }
            counts[judge.apply(values).outcome().ordinal()]++;
        }
        double all = simulations;
        return new Rates(
                simulations,
                counts[Outcome.SUPPORTED.ordinal()] / all,
                counts[Outcome.REFUTED.ordinal()] / all,
                counts[Outcome.INCONCLUSIVE.ordinal()] / all);
    }
}
