package io.orrery.lab.claim.transformer;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.TransformerSignal;
import java.util.List;

/** Sizes of tokens and gradients in random transformers, and of the change that one step makes. */
final class TransformerSignals implements Computation {
    static final String NAME = "transformer-signals";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public String about() {
        return "random transformers with normalization before each part, on tokens that share one direction: mean squares of tokens, their"
                + " mean cosine, mean squared norms of gradients before the first part and after each, and by how much one step on"
                + " a matrix changes what it gives, means over transformers";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("width", "the width of the residual stream", 4, 2048),
                Parameter.whole("heads", "the number of heads, a divisor of the width", 1, 64),
                Parameter.whole("blocks", "the number of blocks", 1, 50),
                Parameter.real("attention", "the gain of the attention's values, 0 for no attention", 0, 10),
                Parameter.whole("tokens", "the number of tokens", 2, 64),
                Parameter.real("cosine", "the cosine of any two tokens at the start", 0, 0.99),
                Parameter.whole("draws", "the number of transformers that are averaged", 1, 1000));
    }

    @Override
    public Results compute(long seed, Setting setting) {
        int width = setting.whole("width");
        int blocks = setting.whole("blocks");
        int tokens = setting.whole("tokens");
        int draws = setting.whole("draws");
        int places = 2 * blocks + 1;
        double[] squares = new double[places];
        double[] cosines = new double[places];
        double[] gradients = new double[places];
        double bySigns = 0;
        double byGradient = 0;
        for (int draw = 0; draw < draws; draw++) {
            RandomTransformer transformer = new RandomTransformer(
                    RandomStream.of(seed, "weights"),
                    6L * blocks * draw,
                    width,
                    setting.whole("heads"),
                    blocks,
                    setting.get("attention"));
            List<Matrix> course = transformer.forward(tokens(seed, draw, tokens, width, setting.get("cosine")));
            Matrix last = new Matrix(
                    tokens, width, RandomStream.of(seed, "gradient").normals(draw, Math.multiplyExact(tokens, width)));
            for (int i = 0; i < last.values().length; i++) {
                last.values()[i] /= Math.sqrt(width);
            }
            List<Matrix> back = transformer.backward(course, last);
            for (int place = 0; place < places; place++) {
                Matrix gram = Products.outerGram(course.get(place));
                squares[place] += Products.squaredNorm(course.get(place)) / tokens / width / draws;
                cosines[place] += meanOffDiagonal(TransformerSignal.cosines(gram)) / draws;
                gradients[place] += Products.squaredNorm(back.get(place)) / tokens / draws;
            }
            bySigns += meanSquare(transformer.update(course, last, true)) / draws;
            byGradient += meanSquare(transformer.update(course, last, false)) / draws;
        }
        return Results.none()
                .with("squares", squares)
                .with("cosines", cosines)
                .with("gradients", gradients)
                .with("update-by-signs", Math.sqrt(bySigns))
                .with("update-by-gradient", Math.sqrt(byGradient));
    }

    /** Tokens of mean square 1: a common normal vector and one of their own, so that any two have the cosine in the mean. */
    static Matrix tokens(long seed, int draw, int tokens, int width, double cosine) {
        double[] common = RandomStream.of(seed, "common").normals(draw, width);
        double[] values = RandomStream.of(seed, "tokens").normals(draw, Math.multiplyExact(tokens, width));
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sqrt(cosine) * common[i % width] + Math.sqrt(1 - cosine) * values[i];
        }
        return new Matrix(tokens, width, values);
    }

    private static double meanSquare(Matrix matrix) {
        return Products.squaredNorm(matrix) / matrix.values().length;
    }

    /** The mean of all elements off the diagonal of a square matrix. */
    static double meanOffDiagonal(Matrix square) {
        int size = square.rows();
        double sum = 0;
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                sum += a == b ? 0 : square.at(a, b);
            }
        }
        return sum / size / (size - 1);
    }
}
