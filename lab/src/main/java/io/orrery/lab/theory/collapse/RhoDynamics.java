package io.orrery.lab.theory.collapse;

/**
 * The single scale rho of a homogeneous network g = rho f under square loss and weight decay (Poggio and Liao 2021; Xu,
 * Rangamani, Banburski, Liao, Galanti and Poggio 2023; equations 2.1 to 2.15 of the project's core theory).
 *
 * <p>For binary networks {@code mu} and {@code secondMoment} are the mean and the mean square of the normalized margins; for
 * K outputs they are a = mean of y^T f and b = mean of ||f||^2 (2.11). The loss is the mean square error plus lambda rho^2;
 * a data term with another factor w is covered by dividing lambda (and multiplying time) by w and w.
 */
public final class RhoDynamics {
    private RhoDynamics() {}

    /** d rho / dt = 2 mu - 2 rho (M + lambda) (2.3). */
    public static double rate(double rho, double mu, double secondMoment, double lambda) {
        return 2 * mu - 2 * rho * (secondMoment + lambda);
    }

    /** rho_eq = mu / (M + lambda) (2.8). */
    public static double equilibrium(double mu, double secondMoment, double lambda) {
        return mu / (secondMoment + lambda);
    }

    /** 2 (M + lambda) t: how many times over the distance to the equilibrium has shrunk by e with directions frozen (2.7). */
    public static double relaxation(double secondMoment, double lambda, double time) {
        return 2 * (secondMoment + lambda) * time;
    }

    /** rho(t) with directions frozen: rho_eq + (rho(0) - rho_eq) exp(-2 (M + lambda) t) (2.7). */
    public static double at(double time, double initial, double mu, double secondMoment, double lambda) {
        double equilibrium = equilibrium(mu, secondMoment, lambda);
        return equilibrium + (initial - equilibrium) * StrictMath.exp(-relaxation(secondMoment, lambda, time));
    }

    /**
     * rho after explicit steps of the rate with directions frozen: rho_eq + (rho(0) - rho_eq) (1 - 2 eta (M + lambda))^steps,
     * exact for the discrete rule of 2.5 (derived: the rate is affine in rho). It settles if eta < 1 / (M + lambda).
     */
    public static double afterSteps(
            long steps, double stepSize, double initial, double mu, double secondMoment, double lambda) {
        double equilibrium = equilibrium(mu, secondMoment, lambda);
        double factor = 1 - relaxation(secondMoment, lambda, stepSize);
        return equilibrium + (initial - equilibrium) * StrictMath.pow(factor, steps);
    }

    /** rho at steps 0 to {@code steps} of the explicit rule with directions frozen (2.5), one addition at a time. */
    public static double[] trajectory(
            int steps, double stepSize, double initial, double mu, double secondMoment, double lambda) {
        double[] path = new double[steps + 1];
        path[0] = initial;
        for (int step = 0; step < steps; step++) {
            path[step + 1] = path[step] + stepSize * rate(path[step], mu, secondMoment, lambda);
        }
        return path;
    }

    /** The step size that 2.5 advises: min(0.05, 1 / rho(0)), since curvature in the directions grows like rho^2. */
    public static double advisedStep(double initial) {
        return Math.min(0.05, 1 / initial);
    }

    /** Mean square loss plus lambda rho^2 at any rho: 1 - 2 rho mu + rho^2 (M + lambda) (2.2). */
    public static double loss(double rho, double mu, double secondMoment, double lambda) {
        return 1 - 2 * rho * mu + rho * rho * (secondMoment + lambda);
    }

    /**
     * The Lagrange multiplier nu = rho mu - rho^2 M of ||V_k|| = 1, the same for every layer (2.5). At the equilibrium it is
     * lambda rho_eq^2.
     */
    public static double multiplier(double rho, double mu, double secondMoment) {
        return rho * mu - rho * rho * secondMoment;
    }

    /** The least loss over rho, decay included: 1 - mu^2 / (M + lambda) (2.9). */
    public static double minimalLoss(double mu, double secondMoment, double lambda) {
        return 1 - mu * mu / (secondMoment + lambda);
    }

    /** With equal margins mu, outputs stop short of their targets by lambda / (mu^2 + lambda) (2.10). */
    public static double quasiInterpolationGap(double mu, double lambda) {
        return lambda / (mu * mu + lambda);
    }

    /**
     * The product of norms at a stationary point of plain weight decay, where all {@code layers} layers have equal norms:
     * the largest root of mu - rho M = lambda rho^(2/layers - 1), from (2.15) with g = rho f. 0 if decay leaves no root.
     */
    public static double balancedEquilibrium(double mu, double secondMoment, double lambda, int layers) {
        double power = 2.0 / layers - 1;
        if (layers == 1 || lambda == 0) {
            return Math.max(0, equilibrium(mu, secondMoment, lambda));
        }
        // The left side minus the right is concave for powers in (-1, 0]: the largest root lies right of its maximum.
        double low = power == 0 ? 0 : StrictMath.pow(secondMoment / (-lambda * power), 1 / (power - 1));
        double high = mu / secondMoment;
        if (!(high > low) || excess(low, mu, secondMoment, lambda, power) < 0) {
            return 0;
        }
        for (int i = 0; i < 200; i++) {
            double middle = low + (high - low) / 2;
            if (excess(middle, mu, secondMoment, lambda, power) >= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double excess(double rho, double mu, double secondMoment, double lambda, double power) {
        return mu - rho * secondMoment - lambda * StrictMath.pow(rho, power);
    }
}
