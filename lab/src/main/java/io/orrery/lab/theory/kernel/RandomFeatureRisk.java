package io.orrery.lab.theory.kernel;

import io.orrery.lab.math.Bisection;
import io.orrery.lab.spec.Serves;
import java.util.function.DoubleUnaryOperator;

/**
 * The risk of ridge regression on Gaussian random features, in the limit of many of everything (Simon, Karkada, Ghosh and Belkin
 * 2024, arXiv 2311.14646, whose abstract was read; the equations are from memory, held against simulation here). Inputs are
 * z ~ N(0, 1) in each of many directions, targets y = sum v_i z_i + noise, features f_j = sum_i sqrt(lambda_i) z_i F_ij with
 * F_ij ~ N(0, 1/k); weights minimize the sum of squared errors plus the ridge times their squared norm.
 *
 * @param samples n
 * @param features k, which may be infinite: kernel ridge regression
 * @param eigenvalues lambda_i
 * @param targets v_i
 * @param noise the variance of the noise
 */
@Serves("002-040")
public record RandomFeatureRisk(double samples, double features, double[] eigenvalues, double[] targets, double noise) {
    private static final double LOWEST = StrictMath.log(1e-12);
    private static final double HIGHEST = StrictMath.log(1e6);
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /**
     * kappa, the level that eigenvalues are held against: (n - z)(k - z) kappa = k ridge with z = sum lambda_i / (lambda_i + kappa)
     * below n and k.
     *
     * @param ridge above 0
     */
    public double level(double ridge) {
        double least = Math.min(samples, features);
        DoubleUnaryOperator room = logarithm -> least - filled(StrictMath.exp(logarithm));
        double low = room.applyAsDouble(LOWEST) >= 0 ? LOWEST : Bisection.root(room, LOWEST, HIGHEST);
        DoubleUnaryOperator balance = logarithm -> {
            double kappa = StrictMath.exp(logarithm);
            double z = filled(kappa);
            double share = Double.isInfinite(features) ? 1 : (features - z) / features;
            return (samples - z) * share * kappa - ridge;
        };
        return StrictMath.exp(Bisection.root(balance, low, HIGHEST));
    }

    /** The mean squared error on new inputs, noise included. */
    public double testError(double ridge) {
        double kappa = level(ridge);
        double z = filled(kappa);
        double q = 0;
        for (double eigenvalue : eigenvalues) {
            q += square(eigenvalue / (eigenvalue + kappa));
        }
        boolean kernel = Double.isInfinite(features);
        double spread = kernel ? q / samples : (q * (features - 2 * z) + z * z) / (samples * (features - q));
        double share = kernel ? 1 : (features - z) / (features - q);
        double error = noise;
        for (int i = 0; i < eigenvalues.length; i++) {
            double left = kappa / (eigenvalues[i] + kappa);
            error += (left - left * eigenvalues[i] / (eigenvalues[i] + kappa) * share) * square(targets[i]);
        }
        return error / (1 - spread);
    }

    /** The ridge with the smallest error, by golden section over its logarithm from 1e-8 to 100, to 1e-6. */
    public double bestRidge() {
        double low = StrictMath.log(1e-8);
        double high = StrictMath.log(100);
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double atLeft = testError(StrictMath.exp(left));
        double atRight = testError(StrictMath.exp(right));
        while (high - low > 1e-6) {
            if (atLeft <= atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = testError(StrictMath.exp(left));
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = testError(StrictMath.exp(right));
            }
        }
        return StrictMath.exp((low + high) / 2);
    }

    /** z: how many directions are learned. */
    private double filled(double kappa) {
        double sum = 0;
        for (double eigenvalue : eigenvalues) {
            sum += eigenvalue / (eigenvalue + kappa);
        }
        return sum;
    }

    private static double square(double x) {
        return x * x;
    }
}
