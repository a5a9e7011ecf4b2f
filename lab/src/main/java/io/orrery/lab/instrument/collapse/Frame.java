package io.orrery.lab.instrument.collapse;

import io.orrery.lab.math.Descriptive;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;

/**
 * How close K vectors are to a frame of equal norms and angles (Papyan, Han and Donoho 2020).
 *
 * @param gram inner products of the vectors, [K, K]
 */
record Frame(Matrix gram) {
    /** The frame of the rows of a matrix. */
    static Frame ofRows(Matrix rows) {
        return new Frame(Products.outerGram(rows));
    }

    /** Sample deviation (K - 1) of the norms over their mean. */
    double equinorm() {
        double[] norms = new double[gram.rows()];
        for (int i = 0; i < norms.length; i++) {
            norms[i] = Math.sqrt(gram.at(i, i));
        }
        return Descriptive.sampleDeviation(norms) / Descriptive.mean(norms);
    }

    /** Population deviation of the cosines of all pairs. */
    double equiangularity() {
        return Descriptive.populationDeviation(offDiagonal());
    }

    /** Mean over pairs of |cosine + 1 / (K - 1)|. */
    double maximalAngle() {
        double sum = 0;
        double[] cosines = offDiagonal();
        for (double cosine : cosines) {
            sum += Math.abs(cosine + 1.0 / (gram.rows() - 1));
        }
        return sum / cosines.length;
    }

    /** Cosines of all pairs, K * K of them by rows. */
    double[] cosines() {
        int count = gram.rows();
        double[] cosines = new double[count * count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                cosines[i * count + j] = cosine(i, j);
            }
        }
        return cosines;
    }

    private double[] offDiagonal() {
        int count = gram.rows();
        double[] cosines = new double[count * (count - 1)];
        int next = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                if (i != j) {
                    cosines[next++] = cosine(i, j);
                }
            }
        }
        return cosines;
    }

    private double cosine(int i, int j) {
        return gram.at(i, j) / Math.sqrt(gram.at(i, i) * gram.at(j, j));
    }
}
