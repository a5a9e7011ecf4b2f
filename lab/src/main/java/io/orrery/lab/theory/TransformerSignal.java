package io.orrery.lab.theory;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.Cholesky;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import java.util.ArrayList;
import java.util.List;

/**
 * Means of inner products of tokens, forward and backward, in a random and infinitely wide transformer with normalization before each part
 * (setting of Dinan, Yaida and Zhang 2023, arXiv 2304.02034; derived). V_ab is the inner product of tokens a and b of the residual stream
 * over the width, c_ab = V_ab / sqrt(V_aa V_bb) what normalization leaves of it. A head's logits are normal with covariance c_ad c_be,
 * A their softmax by rows. The attention adds values E[A c A^T] to V, values being the product of the gains of the value and output
 * matrices; the two-layer part with ReLU adds mlp E[relu(u_a) relu(u_b)], u normal with covariance c, mlp being the product of its two gains.
 *
 * <p>Backward, with G_ab the inner product of the gradients at tokens a and b, attention adds to G_bb', over sqrt(V_bb V_b'b'), values times
 * E[A^T G A]_bb' through the values, G_bb' E tr(D_b c D_b' c) through the queries and sum_aa' G_aa' c_aa' E[D_a c D_a']_bb' through
 * the keys, where D_a = diag(A_a) - A_a A_a^T is the softmax's derivative at row a; the other part adds mlp G_bb' P(u_b > 0, u_b' > 0).
 * Means over A are taken over draws.
 *
 * @param values the product of the gains of values and outputs
 * @param mlp the product of the gains of the two-layer part
 * @param draws of logits over which means are taken
 */
public record TransformerSignal(double values, double mlp, int draws) {
    /**
     * V before the first part and after each, attention and two-layer part in turns.
     *
     * @param start V of the input
     * @param blocks the number of pairs of parts
     */
    public List<Matrix> forward(Matrix start, int blocks) {
        List<Matrix> grams = new ArrayList<>(List.of(start));
        for (int part = 0; part < 2 * blocks; part++) {
            Matrix now = grams.getLast();
            Matrix cosines = cosines(now);
            Matrix added = part % 2 == 0 ? attended(cosines, part) : rectified(cosines);
            grams.add(Products.combination(1, now, part % 2 == 0 ? values : mlp, added));
        }
        return grams;
    }

    /**
     * The mean squared norm of a token's gradient before the first part and after each, for independent gradients of norm 1 at the end.
     *
     * @param grams V as {@link #forward} gives it
     * @param throughLogits whether gradients through queries and keys count, or those through values alone
     */
    public double[] backward(List<Matrix> grams, boolean throughLogits) {
        int last = grams.size() - 1;
        int tokens = grams.getFirst().rows();
        double[] norms = new double[grams.size()];
        Matrix gradients = Matrix.zeros(tokens, tokens);
        for (int token = 0; token < tokens; token++) {
            gradients.values()[token * tokens + token] = 1;
        }
        norms[last] = 1;
        for (int part = last - 1; part >= 0; part--) {
            Matrix cosines = cosines(grams.get(part));
            Matrix added = part % 2 == 0
                    ? attendedBack(cosines, gradients, part, throughLogits)
                    : rectifiedBack(cosines, gradients);
            double[] next = gradients.values().clone();
            for (int a = 0; a < tokens; a++) {
                for (int b = 0; b < tokens; b++) {
                    double scale =
                            Math.sqrt(grams.get(part).at(a, a) * grams.get(part).at(b, b));
                    next[a * tokens + b] += (part % 2 == 0 ? values : mlp) * added.at(a, b) / scale;
                }
            }
            gradients = new Matrix(tokens, tokens, next);
            for (int token = 0; token < tokens; token++) {
                norms[part] += gradients.at(token, token) / tokens;
            }
        }
        return norms;
    }

    /** V_ab / sqrt(V_aa V_bb). */
    public static Matrix cosines(Matrix gram) {
        int size = gram.rows();
        double[] cosines = new double[size * size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                cosines[a * size + b] = a == b ? 1 : gram.at(a, b) / Math.sqrt(gram.at(a, a) * gram.at(b, b));
            }
        }
        return new Matrix(size, size, cosines);
    }

    private Matrix attended(Matrix cosines, int part) {
        Matrix sum = Matrix.zeros(cosines.rows(), cosines.rows());
        for (Matrix attention : attentions(cosines, part)) {
            Matrix mixed = Products.timesTransposed(Products.times(attention, cosines), attention);
            sum = Products.combination(1, sum, 1.0 / draws, mixed);
        }
        return sum;
    }

    private Matrix attendedBack(Matrix cosines, Matrix gradients, int part, boolean throughLogits) {
        int tokens = cosines.rows();
        double[] sum = new double[tokens * tokens];
        for (Matrix attention : attentions(cosines, part)) {
            Matrix throughValues = Products.times(Products.transposedTimes(attention, gradients), attention);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += throughValues.values()[i] / draws;
            }
            if (throughLogits) {
                addThroughLogits(sum, attention, cosines, gradients);
            }
        }
        return new Matrix(tokens, tokens, sum);
    }

    private void addThroughLogits(double[] sum, Matrix attention, Matrix cosines, Matrix gradients) {
        int tokens = cosines.rows();
        List<Matrix> slopes = new ArrayList<>();
        List<Matrix> turned = new ArrayList<>();
        for (int a = 0; a < tokens; a++) {
            slopes.add(slope(attention.row(a)));
            turned.add(Products.times(slopes.getLast(), cosines));
        }
        for (int a = 0; a < tokens; a++) {
            for (int b = 0; b < tokens; b++) {
                double gradient = gradients.at(a, b) / draws;
                Matrix right = Products.transposed(turned.get(b));
                sum[a * tokens + b] += gradient * Products.inner(turned.get(a), right);
                Matrix between = Products.times(turned.get(a), slopes.get(b));
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += gradient * cosines.at(a, b) * between.values()[i];
                }
            }
        }
    }

    private static Matrix slope(double[] row) {
        int size = row.length;
        double[] slope = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                slope[i * size + j] = (i == j ? row[i] : 0) - row[i] * row[j];
            }
        }
        return new Matrix(size, size, slope);
    }

    /** Softmax of drawn logits B Z B^T, B B^T = c. */
    private List<Matrix> attentions(Matrix cosines, int part) {
        int tokens = cosines.rows();
        Matrix factor = Cholesky.of(cosines).lower();
        RandomStream stream = RandomStream.of(part, "logits of the law");
        List<Matrix> attentions = new ArrayList<>();
        for (int draw = 0; draw < draws; draw++) {
            Matrix drawn = new Matrix(tokens, tokens, stream.normals(draw, tokens * tokens));
            attentions.add(softmax(Products.timesTransposed(Products.times(factor, drawn), factor)));
        }
        return attentions;
    }

    /** Each row's exponentials over their sum. */
    public static Matrix softmax(Matrix logits) {
        double[] values = new double[logits.values().length];
        for (int row = 0; row < logits.rows(); row++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int column = 0; column < logits.columns(); column++) {
                largest = Math.max(largest, logits.at(row, column));
            }
            double sum = 0;
            for (int column = 0; column < logits.columns(); column++) {
                values[row * logits.columns() + column] = StrictMath.exp(logits.at(row, column) - largest);
                sum += values[row * logits.columns() + column];
            }
            for (int column = 0; column < logits.columns(); column++) {
                values[row * logits.columns() + column] /= sum;
            }
        }
        return new Matrix(logits.rows(), logits.columns(), values);
    }

    /** E relu(u_a) relu(u_b) (Cho and Saul 2009). */
    private static Matrix rectified(Matrix cosines) {
        double[] values = new double[cosines.values().length];
        for (int i = 0; i < values.length; i++) {
            double c = Math.clamp(cosines.values()[i], -1.0, 1.0);
            values[i] = (Math.sqrt(1 - c * c) + c * (StrictMath.PI - StrictMath.acos(c))) / (2 * StrictMath.PI);
        }
        return new Matrix(cosines.rows(), cosines.columns(), values);
    }

    private static Matrix rectifiedBack(Matrix cosines, Matrix gradients) {
        double[] values = new double[cosines.values().length];
        for (int i = 0; i < values.length; i++) {
            double c = Math.clamp(cosines.values()[i], -1.0, 1.0);
            values[i] = gradients.values()[i] * (StrictMath.PI - StrictMath.acos(c)) / (2 * StrictMath.PI);
        }
        return new Matrix(cosines.rows(), cosines.columns(), values);
    }
}
