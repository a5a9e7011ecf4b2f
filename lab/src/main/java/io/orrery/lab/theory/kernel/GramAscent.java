package io.orrery.lab.theory.kernel;

import io.orrery.lab.math.Cholesky;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Adam (Kingma and Ba 2015, betas 0.9 and 0.99) up an objective of Gram matrices. Each is C V V^T C^T with C C^T where it started, so
 * that it stays positive and V starts as the identity whatever the scales of the kernel; the rate goes down to 0 as a cosine.
 */
public final class GramAscent {
    private static final double RATE = 0.05;
    private static final double FIRST = 0.9;
    private static final double SECOND = 0.99;

    private GramAscent() {}

    /**
     * Where it ended.
     *
     * @param course the objective before each step and at the end
     * @param slope the largest absolute derivative left by an element of V
     */
    public record Top(List<Matrix> grams, double[] course, double slope) {
        /** The objective at the end. */
        public double value() {
            return course[course.length - 1];
        }
    }

    /** The ascent from Gram matrices that are positive definite. */
    public static Top from(
            List<Matrix> start, Function<List<Matrix>, DeepKernelMachine.Evaluation> objective, int steps) {
        List<Matrix> frames =
                start.stream().map(gram -> Cholesky.of(gram).lower()).toList();
        List<Matrix> free =
                start.stream().map(gram -> Positive.identity(gram.rows())).toList();
        List<double[]> means =
                free.stream().map(one -> new double[one.values().length]).toList();
        List<double[]> squares =
                free.stream().map(one -> new double[one.values().length]).toList();
        double[] course = new double[steps + 1];
        double firstLeft = 1;
        double secondLeft = 1;
        for (int step = 0; step < steps; step++) {
            DeepKernelMachine.Evaluation now = objective.apply(grams(frames, free));
            course[step] = now.value();
            firstLeft *= FIRST;
            secondLeft *= SECOND;
            double rate = RATE * (1 + StrictMath.cos(Math.PI * step / steps)) / 2;
            for (int layer = 0; layer < free.size(); layer++) {
                double[] slopes = slopes(frames.get(layer), free.get(layer), now, layer);
                double[] values = free.get(layer).values();
                double[] mean = means.get(layer);
                double[] square = squares.get(layer);
                for (int i = 0; i < values.length; i++) {
                    mean[i] = FIRST * mean[i] + (1 - FIRST) * slopes[i];
                    square[i] = SECOND * square[i] + (1 - SECOND) * slopes[i] * slopes[i];
                    values[i] += rate * mean[i] / (1 - firstLeft) / (Math.sqrt(square[i] / (1 - secondLeft)) + 1e-8);
                }
            }
        }
        List<Matrix> grams = grams(frames, free);
        DeepKernelMachine.Evaluation end = objective.apply(grams);
        course[steps] = end.value();
        double slope = 0;
        for (int layer = 0; layer < free.size(); layer++) {
            for (double one : slopes(frames.get(layer), free.get(layer), end, layer)) {
                slope = Math.max(slope, Math.abs(one));
            }
        }
        return new Top(grams, course, slope);
    }

    private static List<Matrix> grams(List<Matrix> frames, List<Matrix> free) {
        List<Matrix> grams = new ArrayList<>();
        IntStream.range(0, frames.size())
                .forEach(i -> grams.add(Products.outerGram(Products.times(frames.get(i), free.get(i)))));
        return grams;
    }

    /** The derivative by V: 2 C^T D C V. */
    private static double[] slopes(Matrix frame, Matrix free, DeepKernelMachine.Evaluation now, int layer) {
        Matrix outer = Products.times(now.derivatives().get(layer), Products.times(frame, free));
        Matrix inner = Products.transposedTimes(frame, outer);
        return Products.combination(2, inner, 0, inner).values();
    }
}
