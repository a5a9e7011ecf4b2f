package io.orrery.lab.theory.signal;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;

/**
 * The covariance V = X X^T / n between tokens in a deep network of shaped attention, X' = sqrt(1 - m) X + sqrt(m) A X W / sqrt(n)
 * with A = I + softmax(Y / (t sqrt(n n_k))) - 1 1^T / T, as both depth and width n grow, in time depth / n (Noci et al. 2023, arXiv
 * 2306.17759, whose abstract was read; drift and covariance are derived from A to second order in 1 / sqrt(n)).
 *
 * @param mix m, the squared weight of the attention branch, from 0 to 1
 * @param temperature t, above 0
 */
public record ShapedAttentionSde(double mix, double temperature) {
    /**
     * The drift per unit of time: (m / t^2) (V tr(V Vc) / T^2 + (D + D^T) / (2 T)) with Vc = C V C, C = I - 1 1^T / T,
     * D_ab = V_aa sum_v s_v V_vb and s_v = Vc_vv - tr(Vc) / T.
     */
    public Matrix drift(Matrix covariance) {
        int tokens = covariance.rows();
        Matrix centred = centred(covariance);
        double trace = 0;
        for (int v = 0; v < tokens; v++) {
            trace += centred.at(v, v) / tokens;
        }
        double[] pull = new double[tokens];
        for (int b = 0; b < tokens; b++) {
            for (int v = 0; v < tokens; v++) {
                pull[b] += (centred.at(v, v) - trace) * covariance.at(v, b);
            }
        }
        double common = Products.inner(covariance, centred) / (tokens * tokens);
        double factor = mix / (temperature * temperature);
        double[] drift = new double[tokens * tokens];
        for (int a = 0; a < tokens; a++) {
            for (int b = 0; b < tokens; b++) {
                double both = covariance.at(a, a) * pull[b] + covariance.at(b, b) * pull[a];
                drift[a * tokens + b] = factor * (covariance.at(a, b) * common + both / (2 * tokens));
            }
        }
        return new Matrix(tokens, tokens, drift);
    }

    /**
     * One Euler-Maruyama step. With V = L L^T and standard normal G, H [T, T] the noise is sqrt(m (2 - m)) L (G + G^T) / sqrt(2) L^T
     * plus m / (T t) times L H (V C L)^T and its transpose: covariances m (2 - m) (V_ad V_bw + V_aw V_bd) and
     * m^2 / (T t)^2 (V_ad K_bw + V_aw K_bd + V_bd K_aw + V_bw K_ad), K = V Vc V.
     */
    public Matrix step(Matrix covariance, double time, Matrix first, Matrix second) {
        int tokens = covariance.rows();
        Matrix root = root(covariance);
        Matrix symmetric = Products.combination(Math.sqrt(0.5), first, Math.sqrt(0.5), Products.transposed(first));
        Matrix plain = Products.timesTransposed(Products.times(root, symmetric), root);
        Matrix right = Products.times(covariance, Products.centred(root));
        Matrix attention = Products.timesTransposed(Products.times(root, second), right);
        double ofAttention = mix / (tokens * temperature);
        double ofPlain = Math.sqrt(mix * (2 - mix));
        Matrix drift = drift(covariance);
        double[] next = new double[tokens * tokens];
        for (int a = 0; a < tokens; a++) {
            for (int b = 0; b < tokens; b++) {
                double noise = ofPlain * plain.at(a, b) + ofAttention * (attention.at(a, b) + attention.at(b, a));
                next[a * tokens + b] = covariance.at(a, b) + time * drift.at(a, b) + Math.sqrt(time) * noise;
            }
        }
        return new Matrix(tokens, tokens, next);
    }

    /** A lower triangular root of a covariance; directions without variance, and below rounding, get none. */
    public static Matrix root(Matrix covariance) {
        int size = covariance.rows();
        double[] lower = new double[size * size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column <= row; column++) {
                double left =
                        covariance.at(row, column) - Products.dot(lower, row * size, lower, column * size, column);
                double pivot = lower[column * size + column];
                if (column < row) {
                    lower[row * size + column] = pivot > 0 ? left / pivot : 0;
                } else {
                    lower[row * size + row] = left > 1e-13 * covariance.at(row, row) ? Math.sqrt(left) : 0;
                }
            }
        }
        return new Matrix(size, size, lower);
    }

    /** C V C. */
    private static Matrix centred(Matrix covariance) {
        return Products.centred(Products.transposed(Products.centred(covariance)));
    }
}
