package io.orrery.lab.claim.transformer;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.TransformerSignal;
import java.util.ArrayList;
import java.util.List;

/**
 * A random transformer on tokens as rows: attention with several heads and a two-layer part with ReLU in turns, each on normalized
 * tokens and added to them. All weights are normal with variance 1 / fan-in, those of values times a gain.
 */
final class RandomTransformer {
    /** Hidden units of the two-layer part, as a multiple of the width. */
    private static final int WIDER = 2;

    private final List<Part> parts = new ArrayList<>();

    /** One part of a block. */
    private sealed interface Part {}

    /** Four square matrices and the number of heads that share them. */
    private record Attention(Matrix query, Matrix key, Matrix value, Matrix output, int heads) implements Part {}

    /** Two matrices with ReLU between them. */
    private record TwoLayers(Matrix first, Matrix second) implements Part {}

    /**
     * Draws one.
     *
     * @param stream a step for each matrix, from {@code from} on
     * @param heads divides the width
     * @param gain of the attention's values
     */
    RandomTransformer(RandomStream stream, long from, int width, int heads, int blocks, double gain) {
        if (width % heads != 0) {
            throw new UserError("width=" + width + " heads=" + heads
                    + ": expected a width that the number of heads divides; change one of them");
        }
        long step = from;
        for (int block = 0; block < blocks; block++) {
            parts.add(new Attention(
                    drawn(stream, step, width, width, 1),
                    drawn(stream, step + 1, width, width, 1),
                    drawn(stream, step + 2, width, width, gain),
                    drawn(stream, step + 3, width, width, 1),
                    heads));
            parts.add(new TwoLayers(
                    drawn(stream, step + 4, width, WIDER * width, 1),
                    drawn(stream, step + 5, WIDER * width, width, 1)));
            step += 6;
        }
    }

    private static Matrix drawn(RandomStream stream, long step, int rows, int columns, double gain) {
        double[] values = stream.normals(step, Math.multiplyExact(rows, columns));
        double scale = Math.sqrt(gain / rows);
        for (int i = 0; i < values.length; i++) {
            values[i] *= scale;
        }
        return new Matrix(rows, columns, values);
    }

    /** The tokens before the first part and after each. */
    List<Matrix> forward(Matrix tokens) {
        List<Matrix> course = new ArrayList<>(List.of(tokens));
        for (Part part : parts) {
            Matrix normal = normalized(course.getLast());
            Matrix added = switch (part) {
                case Attention attention -> Products.times(mixed(attention, normal), attention.output);
                case TwoLayers layers -> Products.times(relu(Products.times(normal, layers.first)), layers.second);
            };
            course.add(Products.combination(1, course.getLast(), 1, added));
        }
        return course;
    }

    /**
     * The gradients at the tokens before the first part and after each.
     *
     * @param course as {@link #forward} gives it
     * @param last the gradient at the end
     */
    List<Matrix> backward(List<Matrix> course, Matrix last) {
        List<Matrix> gradients = new ArrayList<>(List.of(last));
        for (int at = parts.size() - 1; at >= 0; at--) {
            Matrix tokens = course.get(at);
            Matrix normal = normalized(tokens);
            Matrix above = gradients.getFirst();
            Matrix back = switch (parts.get(at)) {
                case Attention attention -> attentionBack(attention, normal, above);
                case TwoLayers layers -> Products.timesTransposed(firstBack(layers, normal, above), layers.first);
            };
            gradients.addFirst(Products.combination(1, above, 1, normalizedBack(tokens, normal, back)));
        }
        return gradients;
    }

    /**
     * What one step on the first matrix of the last two-layer part does to the numbers that it gives, per unit of the learning rate.
     *
     * @param signs whether the step is by the signs of the gradient, as Adam's first is, or by the gradient
     * @return [tokens, hidden units]
     */
    Matrix update(List<Matrix> course, Matrix last, boolean signs) {
        TwoLayers layers = (TwoLayers) parts.getLast();
        Matrix normal = normalized(course.get(parts.size() - 1));
        Matrix gradient = Products.transposedTimes(normal, firstBack(layers, normal, last));
        if (signs) {
            for (int i = 0; i < gradient.values().length; i++) {
                gradient.values()[i] = Math.signum(gradient.values()[i]);
            }
        }
        return Products.times(normal, gradient);
    }

    private static Matrix firstBack(TwoLayers layers, Matrix normal, Matrix above) {
        Matrix sums = Products.times(normal, layers.first);
        Matrix back = Products.timesTransposed(above, layers.second);
        for (int i = 0; i < back.values().length; i++) {
            back.values()[i] = sums.values()[i] > 0 ? back.values()[i] : 0;
        }
        return back;
    }

    /** What the heads read, before the output matrix. */
    private static Matrix mixed(Attention attention, Matrix normal) {
        Matrix query = Products.times(normal, attention.query);
        Matrix key = Products.times(normal, attention.key);
        Matrix value = Products.times(normal, attention.value);
        Matrix mixed = Matrix.zeros(normal.rows(), normal.columns());
        for (int head = 0; head < attention.heads; head++) {
            Matrix read = Products.times(weights(attention, query, key, head), head(value, head, attention.heads));
            paste(read, mixed, head);
        }
        return mixed;
    }

    private static Matrix weights(Attention attention, Matrix query, Matrix key, int head) {
        Matrix logits = Products.timesTransposed(head(query, head, attention.heads), head(key, head, attention.heads));
        double scale = 1 / Math.sqrt(query.columns() / (double) attention.heads);
        for (int i = 0; i < logits.values().length; i++) {
            logits.values()[i] *= scale;
        }
        return TransformerSignal.softmax(logits);
    }

    private static Matrix attentionBack(Attention attention, Matrix normal, Matrix above) {
        Matrix query = Products.times(normal, attention.query);
        Matrix key = Products.times(normal, attention.key);
        Matrix value = Products.times(normal, attention.value);
        Matrix back = Products.timesTransposed(above, attention.output);
        int heads = attention.heads;
        double scale = 1 / Math.sqrt(query.columns() / (double) heads);
        Matrix queryBack = Matrix.zeros(normal.rows(), normal.columns());
        Matrix keyBack = Matrix.zeros(normal.rows(), normal.columns());
        Matrix valueBack = Matrix.zeros(normal.rows(), normal.columns());
        for (int head = 0; head < heads; head++) {
            Matrix weights = weights(attention, query, key, head);
            Matrix read = head(back, head, heads);
            paste(Products.transposedTimes(weights, read), valueBack, head);
            Matrix slopes = Products.timesTransposed(read, head(value, head, heads));
            for (int row = 0; row < slopes.rows(); row++) {
                int from = row * slopes.columns();
                double mean = Products.dot(weights.values(), from, slopes.values(), from, slopes.columns());
                for (int i = from; i < from + slopes.columns(); i++) {
                    slopes.values()[i] = scale * weights.values()[i] * (slopes.values()[i] - mean);
                }
            }
            paste(Products.times(slopes, head(key, head, heads)), queryBack, head);
            paste(Products.transposedTimes(slopes, head(query, head, heads)), keyBack, head);
        }
        Matrix sum = Products.combination(
                1,
                Products.timesTransposed(queryBack, attention.query),
                1,
                Products.timesTransposed(keyBack, attention.key));
        return Products.combination(1, sum, 1, Products.timesTransposed(valueBack, attention.value));
    }

    /** Each row less its mean, over its deviation. */
    static Matrix normalized(Matrix tokens) {
        int width = tokens.columns();
        double[] values = new double[tokens.values().length];
        for (int row = 0; row < tokens.rows(); row++) {
            double[] token = tokens.row(row);
            double mean = mean(token);
            double deviation = deviation(token);
            for (int i = 0; i < width; i++) {
                values[row * width + i] = (token[i] - mean) / deviation;
            }
        }
        return new Matrix(tokens.rows(), width, values);
    }

    private static Matrix normalizedBack(Matrix tokens, Matrix normal, Matrix back) {
        int width = tokens.columns();
        double[] values = new double[back.values().length];
        for (int row = 0; row < tokens.rows(); row++) {
            double deviation = deviation(tokens.row(row));
            double mean = mean(back.row(row));
            double along = Products.dot(normal.values(), row * width, back.values(), row * width, width) / width;
            for (int i = 0; i < width; i++) {
                values[row * width + i] = (back.at(row, i) - mean - along * normal.at(row, i)) / deviation;
            }
        }
        return new Matrix(tokens.rows(), width, values);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / values.length);
    }

    private static Matrix relu(Matrix sums) {
        double[] values = new double[sums.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(0, sums.values()[i]);
        }
        return new Matrix(sums.rows(), sums.columns(), values);
    }

    /** The columns of one head. */
    private static Matrix head(Matrix whole, int head, int heads) {
        int width = whole.columns() / heads;
        double[] values = new double[whole.rows() * width];
        for (int row = 0; row < whole.rows(); row++) {
            System.arraycopy(whole.values(), row * whole.columns() + head * width, values, row * width, width);
        }
        return new Matrix(whole.rows(), width, values);
    }

    private static void paste(Matrix part, Matrix whole, int head) {
        for (int row = 0; row < part.rows(); row++) {
            System.arraycopy(
                    part.values(),
                    row * part.columns(),
                    whole.values(),
                    row * whole.columns() + head * part.columns(),
                    part.columns());
        }
    }
}
