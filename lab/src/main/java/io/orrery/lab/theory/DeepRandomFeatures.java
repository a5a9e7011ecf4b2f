package io.orrery.lab.theory;

import io.orrery.lab.math.Bisection;
import io.orrery.lab.math.GaussHermite;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.SymmetricEigen;
import java.util.function.DoubleUnaryOperator;

/**
 * The test error of ridge regression on the last layer of a random network with frozen weights, by Gaussian features of the same covariance
 * (Schroeder, Cui, Dmitriev and Loureiro 2023, arXiv 2302.00401; derived). With features phi of covariance Omega and covariance psi with the
 * target y, n examples and the penalty lambda |w|^2 beside the sum of squared errors, kappa solves n - lambda / kappa = tr Omega R, R =
 * (Omega + kappa)^-1, and the error is (E y^2 - psi.R psi - kappa psi.R^2 psi) / (1 - tr(Omega R)^2 / n).
 *
 * @param eigenvalues of Omega
 * @param along squares of psi along the eigenvectors of Omega
 */
public record DeepRandomFeatures(double[] eigenvalues, double[] along) {
    private static final GaussHermite QUADRATURE = GaussHermite.of(64);

    /**
     * Of a network with an odd activation on normal inputs of variance 1 and a target beta.x + noise. A layer of weights W sees sums of
     * covariance S = W Omega W^T and of the mean variance q; to first order its activation is slope(q) times the sum and noise of its own.
     *
     * @param weights of each layer, [units, inputs]
     * @param beta of the target
     * @param activation and its derivative
     * @param withOwnNoise false for the wrong law of a linear network, in which an activation is its slope times the sum alone
     */
    public static DeepRandomFeatures of(
            Iterable<Matrix> weights,
            double[] beta,
            DoubleUnaryOperator activation,
            DoubleUnaryOperator derivative,
            boolean withOwnNoise) {
        int inputs = beta.length;
        Matrix covariance = Matrix.zeros(inputs, inputs);
        for (int i = 0; i < inputs; i++) {
            covariance.values()[i * inputs + i] = 1;
        }
        Matrix target = new Matrix(inputs, 1, beta.clone());
        for (Matrix layer : weights) {
            int units = layer.rows();
            Matrix sums = Products.timesTransposed(Products.times(layer, covariance), layer);
            double variance = 0;
            for (int unit = 0; unit < units; unit++) {
                variance += sums.at(unit, unit) / units;
            }
            double deviation = Math.sqrt(variance);
            double slope = QUADRATURE.mean(u -> derivative.applyAsDouble(deviation * u));
            double square = QUADRATURE.mean(u -> {
                double value = activation.applyAsDouble(deviation * u);
                return value * value;
            });
            double[] next = sums.values().clone();
            for (int i = 0; i < next.length; i++) {
                next[i] *= slope * slope;
            }
            for (int unit = 0; unit < units; unit++) {
                next[unit * units + unit] += withOwnNoise ? square - slope * slope * variance : 0;
            }
            covariance = new Matrix(units, units, next);
            double[] seen = Products.times(layer, target).values();
            for (int unit = 0; unit < units; unit++) {
                seen[unit] *= slope;
            }
            target = new Matrix(units, 1, seen);
        }
        SymmetricEigen eigen = SymmetricEigen.of(covariance);
        double[] along = Products.times(eigen.vectors(), target).values();
        for (int i = 0; i < along.length; i++) {
            along[i] *= along[i];
        }
        return new DeepRandomFeatures(eigen.values(), along);
    }

    /**
     * The mean squared error in test, the target's noise included.
     *
     * @param examples n
     * @param penalty lambda, above 0
     * @param variance E y^2
     */
    public double error(int examples, double penalty, double variance) {
        double largest = (penalty + trace()) / examples;
        double kappa = Bisection.root(k -> examples - penalty / k - freedom(k), penalty / (2 * examples), 2 * largest);
        double explained = 0;
        double squares = 0;
        for (int i = 0; i < eigenvalues.length; i++) {
            double inverse = 1 / (eigenvalues[i] + kappa);
            explained += along[i] * (inverse + kappa * inverse * inverse);
            squares += eigenvalues[i] * eigenvalues[i] * inverse * inverse;
        }
        return (variance - explained) / (1 - squares / examples);
    }

    /** tr Omega (Omega + kappa)^-1: how many directions are used. */
    private double freedom(double kappa) {
        double sum = 0;
        for (double eigenvalue : eigenvalues) {
            sum += eigenvalue / (eigenvalue + kappa);
        }
        return sum;
    }

    private double trace() {
        double sum = 0;
        for (double eigenvalue : eigenvalues) {
            sum += eigenvalue;
        }
        return sum;
    }
}
