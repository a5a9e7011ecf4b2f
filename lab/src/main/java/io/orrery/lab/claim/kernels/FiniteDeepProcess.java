package io.orrery.lab.claim.kernels;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.Cholesky;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.kernel.DeepKernelMachine;
import io.orrery.lab.theory.kernel.GramAscent;
import io.orrery.lab.theory.kernel.GramKernel;
import java.util.ArrayList;
import java.util.List;

/** The posterior of a finite deep Gaussian process by Langevin steps with Metropolis' correction, beside the limit's Gram matrices. */
final class FiniteDeepProcess implements Computation {
    static final String NAME = "finite-deep-process";

    private static final int DIMENSIONS = 5;
    private static final int ASCENT = 600;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public String about() {
        return "features of a deep Gaussian process with Gaussian kernels, of so many features a layer, given targets seen as often as a"
                + " layer has features over its weight: Gram matrices of the draws of a Langevin chain beside those of the deep kernel"
                + " machine and of infinite width";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("points", "the number of examples", 1, 20),
                Parameter.whole("layers", "the number of layers of features", 1, 4),
                Parameter.whole("width", "the number of features of a layer", 8, 4096),
                Parameter.real("weight", "nu, features of a layer over how often the targets are seen", 1e-3, 1e6),
                Parameter.real("noise", "the variance of the noise on targets", 1e-4, 10),
                Parameter.whole(
                        "steps", "the number of Langevin steps, of which a fifth are not counted", 10, 1_000_000));
    }

    /** Examples of standard normal inputs and targets. */
    static DeepKernelMachine machine(long seed, Setting setting) {
        int points = setting.whole("points");
        Matrix inputs =
                new Matrix(points, DIMENSIONS, RandomStream.of(seed, "inputs").normals(0, points * DIMENSIONS));
        Matrix gram = Products.outerGram(inputs);
        Matrix targets = new Matrix(points, 1, RandomStream.of(seed, "targets").normals(0, points));
        return new DeepKernelMachine(
                GramKernel.GAUSSIAN,
                Products.combination(1.0 / DIMENSIONS, gram, 0, gram),
                targets,
                setting.get("noise"),
                setting.get("weight"),
                setting.whole("layers"));
    }

    @Override
    public Results compute(long seed, Setting setting) {
        DeepKernelMachine machine = machine(seed, setting);
        List<Matrix> fixed = machine.fixed();
        GramAscent.Top top = machine.maximum(ASCENT);
        Chain chain = new Chain(machine, seed, setting.whole("width"));
        int steps = setting.whole("steps");
        int first = steps / 5;
        for (int step = 0; step < first; step++) {
            chain.step(step, true);
        }
        Moments moments = new Moments(fixed, top.grams());
        chain.accepted = 0;
        for (int step = first; step < steps; step++) {
            chain.step(step, false);
            moments.add(chain.grams);
        }
        Results results = Results.none()
                .with("slope", top.slope())
                .with("learned", largest(top.grams(), fixed))
                .with("accepted", chain.accepted / (double) (steps - first))
                .with("apart", largest(moments.mean(), top.grams()))
                .with("apart-fixed", largest(moments.mean(), fixed))
                .with("distance", moments.distance(true))
                .with("distance-fixed", moments.distance(false))
                .with("spread", moments.spread());
        return results.with("limit-gram", top.grams().getLast().values())
                .with("fixed-gram", fixed.getLast().values())
                .with("mean-gram", moments.mean().getLast().values());
    }

    /** The largest difference of an element in any layer, over the largest element of the second. */
    static double largest(List<Matrix> one, List<Matrix> other) {
        double worst = 0;
        for (int layer = 0; layer < one.size(); layer++) {
            double difference = 0;
            double size = 0;
            for (int i = 0; i < one.get(layer).values().length; i++) {
                double value = other.get(layer).values()[i];
                difference = Math.max(difference, Math.abs(one.get(layer).values()[i] - value));
                size = Math.max(size, Math.abs(value));
            }
            worst = Math.max(worst, difference / size);
        }
        return worst;
    }

    /** Sums over draws. */
    private static final class Moments {
        private final List<Matrix> fixed;
        private final List<Matrix> limit;
        private final List<double[]> sums;
        private double toFixed;
        private double toLimit;
        private double squares;
        private int count;

        Moments(List<Matrix> fixed, List<Matrix> limit) {
            this.fixed = fixed;
            this.limit = limit;
            sums = fixed.stream().map(gram -> new double[gram.values().length]).toList();
        }

        void add(List<Matrix> grams) {
            count++;
            for (int layer = 0; layer < grams.size(); layer++) {
                double[] values = grams.get(layer).values();
                double[] sum = sums.get(layer);
                for (int i = 0; i < values.length; i++) {
                    sum[i] += values[i];
                    squares += values[i] * values[i];
                    toFixed += square(values[i] - fixed.get(layer).values()[i]);
                    toLimit += square(values[i] - limit.get(layer).values()[i]);
                }
            }
        }

        List<Matrix> mean() {
            List<Matrix> means = new ArrayList<>();
            for (int layer = 0; layer < sums.size(); layer++) {
                Matrix sum =
                        new Matrix(fixed.get(layer).rows(), fixed.get(layer).columns(), sums.get(layer));
                means.add(Products.combination(1.0 / count, sum, 0, sum));
            }
            return means;
        }

        /** The root of the mean square of the distance of a draw from the limit or the fixed matrices, over the norm of these. */
        double distance(boolean fromLimit) {
            List<Matrix> grams = fromLimit ? limit : fixed;
            double norm = grams.stream().mapToDouble(Products::squaredNorm).sum();
            return Math.sqrt((fromLimit ? toLimit : toFixed) / count / norm);
        }

        /** The root of the mean square of the distance of a draw from the mean draw, over the norm of the limit. */
        double spread() {
            double mean = mean().stream().mapToDouble(Products::squaredNorm).sum();
            double norm = limit.stream().mapToDouble(Products::squaredNorm).sum();
            return Math.sqrt((squares / count - mean) / norm);
        }

        private static double square(double x) {
            return x * x;
        }
    }

    /**
     * The chain. Features of layer l are C_l Z_l with C_l C_l^T the kernel of infinite width, which makes the directions alike; Z starts as draws
     * of N(0, 1), and the length of a step is led to an acceptance of 0.57 before draws count.
     */
    static final class Chain {
        private final DeepKernelMachine machine;
        private final long seed;
        private final int width;
        private final List<Matrix> frames;
        private List<Matrix> free;
        private Point now;
        private double length;
        private List<Matrix> grams;
        private int accepted;

        Chain(DeepKernelMachine machine, long seed, int width) {
            this.machine = machine;
            this.seed = seed;
            this.width = width;
            frames = machine.fixed().stream()
                    .map(gram -> Cholesky.of(gram).lower())
                    .toList();
            free = draws("start", 0);
            now = point(free);
            grams = now.grams;
            length = 0.5;
        }

        /** Log density and its derivative by Z. */
        record Point(double density, List<Matrix> slopes, List<Matrix> grams) {}

        void step(int step, boolean adapt) {
            List<Matrix> noise = draws("noise", step + 1);
            List<Matrix> next = new ArrayList<>();
            for (int layer = 0; layer < free.size(); layer++) {
                Matrix drifted = Products.combination(1, free.get(layer), length * length / 2, now.slopes.get(layer));
                next.add(Products.combination(1, drifted, length, noise.get(layer)));
            }
            Point there = point(next);
            double logRatio = there.density - now.density;
            for (int layer = 0; layer < free.size(); layer++) {
                Matrix back = Products.combination(
                        1,
                        Products.combination(1, free.get(layer), -1, next.get(layer)),
                        -length * length / 2,
                        there.slopes.get(layer));
                logRatio -= Products.squaredNorm(back) / (2 * length * length);
                logRatio += Products.squaredNorm(noise.get(layer)) / 2;
            }
            boolean accept = StrictMath.log(RandomStream.of(seed, "accept").uniform(step, 0)) < logRatio;
            if (accept) {
                free = next;
                now = there;
                grams = there.grams;
                accepted++;
            }
            if (adapt) {
                length *= StrictMath.exp((accept ? 0.43 : -0.57) / Math.sqrt(1 + step / 10.0));
            }
        }

        private List<Matrix> draws(String what, int step) {
            List<Matrix> draws = new ArrayList<>();
            for (int layer = 0; layer < frames.size(); layer++) {
                int points = frames.get(layer).rows();
                double[] values = RandomStream.of(seed, what + "/" + layer).normals(step, points * width);
                draws.add(new Matrix(points, width, values));
            }
            return draws;
        }

        /** The Gram matrices of the features now. */
        List<Matrix> grams() {
            return grams;
        }

        /** The derivative by Z of N f(G) with G = C Z Z^T C^T / width is 2 N / width C^T D C Z. */
        Point point(List<Matrix> at) {
            List<Matrix> features = new ArrayList<>();
            List<Matrix> made = new ArrayList<>();
            for (int layer = 0; layer < at.size(); layer++) {
                Matrix feature = Products.times(frames.get(layer), at.get(layer));
                Matrix gram = Products.outerGram(feature);
                features.add(feature);
                made.add(Products.combination(1.0 / width, gram, 0, gram));
            }
            DeepKernelMachine.Evaluation evaluation = machine.density(made);
            double copies = width / machine.weight();
            List<Matrix> slopes = new ArrayList<>();
            for (int layer = 0; layer < at.size(); layer++) {
                Matrix pull = Products.transposedTimes(
                        frames.get(layer), evaluation.derivatives().get(layer));
                Matrix slope = Products.times(pull, features.get(layer));
                slopes.add(Products.combination(2 / machine.weight(), slope, 0, slope));
            }
            return new Point(copies * evaluation.value(), slopes, made);
        }
    }
}
