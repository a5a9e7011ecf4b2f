package io.orrery.lab.math;

import java.util.Arrays;

/**
 * The singular values of a matrix with the measures of rank taken from them.
 *
 * <p>They are square roots of the eigenvalues of the smaller Gram matrix. That loses half the digits: values below about
 * 1e-7 of the largest are noise, four orders under the tolerance 1e-3 at which ranks are counted.
 *
 * @param values singular values in descending order, min(rows, columns) of them
 */
public record Spectrum(double[] values) {
    /** The spectrum of a matrix. */
    public static Spectrum of(Matrix matrix) {
        return ofGram(Products.smallerGram(matrix));
    }

    /** The spectrum of a matrix whose Gram matrix is given. */
    public static Spectrum ofGram(Matrix gram) {
        double[] values = SymmetricEigen.valuesOf(gram);
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sqrt(Math.max(0, values[i]));
        }
        return new Spectrum(values);
    }

    /** Frobenius norm of the matrix. */
    public double frobenius() {
        return Math.sqrt(squares());
    }

    /** Spectral norm of the matrix. */
    public double largest() {
        return values.length == 0 ? 0 : values[0];
    }

    /**
     * Number of singular values above a tolerance relative to the Frobenius norm (Galanti et al. 2025, code of the low-rank
     * study; the usual tolerance is 1e-3).
     */
    public int rank(double tolerance) {
        double limit = tolerance * frobenius();
        return (int) Arrays.stream(values).filter(value -> value > limit).count();
    }

    /** Squared Frobenius norm over squared spectral norm; between 1 and the rank. NaN for a matrix of zeros. */
    public double stableRank() {
        return squares() / (largest() * largest());
    }

    /** exp of the entropy of values / sum of values (Roy and Vetterli 2007). NaN for a matrix of zeros. */
    public double effectiveRank() {
        double sum = Arrays.stream(values).sum();
        double entropy = 0;
        for (double value : values) {
            double share = value / sum;
            if (share != 0) {
                entropy -= share * StrictMath.log(share);
            }
        }
        return StrictMath.exp(entropy);
    }

    private double squares() {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }
}
