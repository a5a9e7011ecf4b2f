package io.orrery.lab.theory;

import io.orrery.lab.math.Normal;
import java.util.function.DoubleUnaryOperator;

/**
 * Full-batch gradient descent on a linear student of a linear teacher with one output, Gaussian inputs of variance 1 and no
 * decay (Levi, Beck and Bar-Sinai 2023, arXiv 2310.16441). With D the student less the teacher, E ||D(0)||^2 = 1, the losses
 * are L_tr = D^T S D and L_gen = ||D||^2, S = X^T X / N; a step is D - 2 eta S D. Averaged over the Marchenko-Pastur law of
 * the eigenvalues nu of S at lambda = inputs / examples, in the flow of time t = steps:
 * L_tr = E[nu exp(-4 eta nu t)], L_gen = E[exp(-4 eta nu t)].
 *
 * <p>With nu = 1 + lambda + 2 sqrt(lambda) cos(theta) the density becomes 2 sin^2(theta) / (pi nu) on 0..pi (derived), a smooth
 * periodic function on which the midpoint rule converges faster than any power; for lambda > 1 there is an atom 1 - 1/lambda at 0.
 *
 * @param lambda inputs per example, above 0
 * @param rate the learning rate eta
 */
public record LinearTeacherStudent(double lambda, double rate) {
    private static final int NODES = 20001;
    private static final int HALVINGS = 200;

    /** The share of D(0) that no example sees: 1 - 1/lambda, or 0 if there are at least as many examples as inputs. */
    public double unseen() {
        return Math.max(0, 1 - 1 / lambda);
    }

    /** The mean training loss after a time in steps. */
    public double trainingLoss(double time) {
        return average(time, nu -> nu);
    }

    /** The mean test loss after a time in steps. */
    public double testLoss(double time) {
        return average(time, _ -> 1) + unseen();
    }

    /** E[weight(nu) exp(-4 eta nu t)] over the eigenvalues above 0. */
    private double average(double time, DoubleUnaryOperator weight) {
        double sum = 0;
        for (int node = 0; node < NODES; node++) {
            double theta = StrictMath.PI * (node + 0.5) / NODES;
            double sine = StrictMath.sin(theta);
            double nu = 1 + lambda + 2 * Math.sqrt(lambda) * StrictMath.cos(theta);
            sum += 2 * sine * sine / nu * weight.applyAsDouble(nu) * StrictMath.exp(-4 * rate * nu * time);
        }
        return sum / NODES;
    }

    /**
     * The share of examples whose squared error is below a tolerance if errors are normal with the loss as their variance:
     * Erf(sqrt(tolerance / (2 loss))).
     */
    public static double accuracy(double loss, double tolerance) {
        return 2 * Normal.cumulative(Math.sqrt(tolerance / loss)) - 1;
    }

    /** The accuracy Erf(sqrt 2), about 95%, that is reached when the loss is a quarter of the tolerance. */
    public static double fitted() {
        return accuracy(0.25, 1);
    }

    /** Steps until the training loss is a quarter of the tolerance. */
    public double trainingTime(double tolerance) {
        return time(this::trainingLoss, tolerance / 4);
    }

    /** Steps until the test loss is a quarter of the tolerance; NaN if it never is. */
    public double testTime(double tolerance) {
        return unseen() >= tolerance / 4 ? Double.NaN : time(this::testLoss, tolerance / 4);
    }

    /** Steps by which test accuracy is later than training accuracy. */
    public double delay(double tolerance) {
        return testTime(tolerance) - trainingTime(tolerance);
    }

    /**
     * The same as the tolerance goes to 0, for lambda below 1: ln(1 / (1 - sqrt lambda)) / (2 eta (1 - sqrt lambda)^2). Derived: both
     * losses then come from nu near its lowest value n = (1 - sqrt lambda)^2, where L_gen = L_tr / n and both fall as exp(-4 eta n t).
     */
    public double smallToleranceDelay() {
        double gap = 1 - Math.sqrt(lambda);
        return StrictMath.log(1 / gap) / (2 * rate * gap * gap);
    }

    /** The first time at which a loss that never rises is at most a level. */
    private static double time(DoubleUnaryOperator loss, double level) {
        if (loss.applyAsDouble(0) <= level) {
            return 0;
        }
        double high = 1;
        while (loss.applyAsDouble(high) > level) {
            high *= 2;
        }
        double low = high / 2 < 1 ? 0 : high / 2;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high || high - low < 1e-9 * high) {
                break;
            }
            if (loss.applyAsDouble(middle) > level) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
