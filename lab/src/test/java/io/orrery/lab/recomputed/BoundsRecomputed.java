package io.orrery.lab.recomputed;

import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.model.ModelSpec.Activation;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.layer.Conv;
import io.orrery.lab.model.layer.Dense;
import io.orrery.lab.model.layer.Layer;
import io.orrery.lab.model.layer.Local;
import io.orrery.lab.model.layer.MaxPool;
import io.orrery.lab.model.layer.Residual;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bounds of section 6 of the core theory (B1 to B9), formula by formula. */
final class BoundsRecomputed implements Recomputation {
    private static final double DELTA = 1e-3;
    private static final double LN_2 = StrictMath.log(2);

    @Override
    public String instrument() {
        return "bounds";
    }

    /** A bound's complexity at a margin, and what it adds to the error. */
    private interface Gap {
        double at(double margin);
    }

    private record Pair(Gap complexity, Gap gap) {}

    @Override
    public void expect(Moment moment, Expected expected) {
        if (!moment.data.target().labels()) {
            return;
        }
        Map<SplitName, Double> errors = new LinkedHashMap<>();
        for (SplitName name : List.of(SplitName.TRAIN, SplitName.TEST)) {
            moment.split(name).ifPresent(split -> {
                double error = 1 - LossRecomputed.scores(moment, name, split)[1];
                if (!Double.isNaN(error)) {
                    errors.put(name, error);
                    expected.leftover("error", "", name.text(), 1, error);
                }
            });
        }
        if (errors.size() == 2) {
            expected.leftover("gap", "", "", 1, errors.get(SplitName.TEST) - errors.get(SplitName.TRAIN));
        }
        List<Layer> architecture =
                moment.spec.model().architecture().layers(moment.data.exampleShape(), moment.loss.outputs());
        boolean lipschitz = lipschitz(moment, architecture);
        if (!lipschitz || !(moment.data.target() instanceof TargetKind.Classes)) {
            return;
        }
        boolean homogeneous = moment.homogeneous() && architecture.stream().noneMatch(MaxPool.class::isInstance);
        double[] margins =
                MarginsRecomputed.margins(moment, moment.probe(SplitName.TRAIN).orElseThrow());
        double least = Arrays.stream(margins).min().orElseThrow();
        double tenth = PlainAlgebra.quantile(margins, 0.1);
        expected.leftover("margin-minimum", "", "train", 1, least);
        expected.leftover("margin-quantile-10", "", "train", 1, tenth);
        expected.number("ramp-quantile-10", "", "train", below(margins, tenth));
        Map<String, Pair> bounds = new Formulas(moment).bounds(homogeneous);
        bounds.forEach((name, pair) -> {
            expected.number(name, "", "train", pair.complexity().at(1));
            double best = Double.POSITIVE_INFINITY;
            if (least > 0) {
                best = pair.gap().at(least);
                expected.number(name + "-minimum", "", "train", best);
            }
            if (tenth > 0) {
                double error = below(margins, tenth) + pair.gap().at(tenth);
                best = Math.min(best, error);
                expected.number(name + "-quantile-10", "", "train", error);
                expected.number(name + "-vacuous", "", "train", best < 1 ? 0 : 1);
            }
        });
    }

    private static double below(double[] margins, double margin) {
        return (double) Arrays.stream(margins).filter(each -> each < margin).count() / margins.length;
    }

    /** Whether the network is a chain of linear maps and Lipschitz functions that are 0 at 0. */
    private static boolean lipschitz(Moment moment, List<Layer> architecture) {
        boolean zeroAtZero = switch (moment.spec.model().activation()) {
            case RELU, LEAKY, LINEAR, TANH, GELU -> true;
            case SIGMOID, SOFTPLUS -> false;
        };
        boolean biased = moment.trained().stream().anyMatch(name -> name.endsWith(".bias"));
        boolean overlapping = architecture.stream()
                .anyMatch(layer ->
                        layer instanceof Residual || layer instanceof MaxPool pool && pool.stride() < pool.kernel());
        return zeroAtZero && !biased && !overlapping && moment.spec.model().normalization() != Normalization.BATCH;
    }

    /** The formulas for one network and its training inputs. */
    private static final class Formulas {
        private final Moment moment;
        private final double n;
        private final double k;
        private final int depth;
        private final double features;
        private double inputFrobenius;
        private double largestRow;
        private double largestEntry;
        private double largestFeature;
        private double largestLocation;
        private final double[][][] weights;
        private final double[][][] initial;

        Formulas(Moment moment) {
            this.moment = moment;
            this.depth = moment.layers.size();
            this.k = moment.loss.outputs();
            this.weights = new double[depth][][];
            this.initial = new double[depth][][];
            for (int l = 0; l < depth; l++) {
                weights[l] = moment.layers.get(l).rows();
                initial[l] = moment.initialLayers.get(l).rows();
            }
            if (moment.frobenius()) {
                weights[depth - 1] = PlainAlgebra.scaled(moment.array("rho")[0], weights[depth - 1]);
                initial[depth - 1] = PlainAlgebra.scaled(moment.spec.model().initialRho(), initial[depth - 1]);
            }
            Split train = moment.data.train();
            this.n = train.count();
            this.features = moment.data.exampleShape().count();
            int channels = moment.data.exampleShape().rank() == 3
                    ? moment.data.exampleShape().size(0)
                    : 1;
            norms(train, channels);
        }

        private void norms(Split train, int channels) {
            double[] columns = new double[(int) features];
            for (int row = 0; row < train.count(); row++) {
                double[] x = moment.example(train, row);
                largestRow = Math.max(largestRow, PlainAlgebra.norm(x));
                for (int j = 0; j < x.length; j++) {
                    columns[j] += x[j] * x[j];
                    largestEntry = Math.max(largestEntry, Math.abs(x[j]));
                }
            }
            int pixels = columns.length / channels;
            double all = 0;
            for (int pixel = 0; pixel < pixels; pixel++) {
                double location = 0;
                for (int c = 0; c < channels; c++) {
                    location += columns[c * pixels + pixel];
                    largestFeature = Math.max(largestFeature, Math.sqrt(columns[c * pixels + pixel]));
                }
                largestLocation = Math.max(largestLocation, location);
                all += location;
            }
            inputFrobenius = Math.sqrt(all);
            if (moment.layers.getFirst().dense()) {
                largestLocation = all;
            }
        }

        /** By the names of measurements; in the order of the core theory. */
        Map<String, Pair> bounds(boolean homogeneous) {
            Map<String, Pair> bounds = new LinkedHashMap<>();
            if (homogeneous) {
                double product = 1;
                double rowSums = 1;
                for (int l = 0; l < depth; l++) {
                    product *= mapFrobenius(l);
                    rowSums *= Arrays.stream(weights[l])
                            .mapToDouble(
                                    row -> Arrays.stream(row).map(Math::abs).sum())
                            .max()
                            .orElseThrow();
                }
                double products = product;
                double sums = rowSums;
                double paths = paths();
                bounds.put(
                        "neyshabur",
                        rademacher(margin -> k
                                * StrictMath.pow(2, depth - 1)
                                * Math.sqrt(2)
                                * products
                                * largestRow
                                / Math.sqrt(n)
                                / margin));
                bounds.put(
                        "path-norm",
                        rademacher(margin -> k
                                * Math.sqrt(StrictMath.pow(4, depth - 1)
                                        * paths
                                        * paths
                                        * 4
                                        * StrictMath.log(2 * features)
                                        * largestEntry
                                        * largestEntry
                                        / n)
                                / margin));
                bounds.put(
                        "golowich",
                        rademacher(margin ->
                                k / n * products * (1 + Math.sqrt(2 * depth * LN_2)) * inputFrobenius / margin));
                bounds.put(
                        "golowich-row-sums",
                        rademacher(margin -> k
                                * 2
                                / n
                                * sums
                                * Math.sqrt(depth + 1 + StrictMath.log(features))
                                * largestFeature
                                / margin));
                bounds.put("galanti", sparse(true, kernelNorms()));
                bounds.put("galanti-released", sparse(false, kernelNorms()));
                bounds.put("galanti-dense", sparse(1, depth * LN_2, products, inputFrobenius * inputFrobenius));
                bounds.put("pac-bayes", pacBayes());
                double parameters = 0;
                double spectra = 1;
                for (int l = 0; l < depth; l++) {
                    parameters += weights[l].length * weights[l][0].length;
                    spectra *= spectral(l);
                }
                double count = parameters;
                double product2 = spectra;
                Gap distance = margin -> depth * StrictMath.pow(product2 / margin, 1.0 / depth) * Math.sqrt(count / n);
                bounds.put(
                        "long-sedghi",
                        new Pair(distance, margin -> distance.at(margin) + Math.sqrt(StrictMath.log(1 / DELTA) / n)));
            }
            bounds.put("bartlett", rademacher(this::bartlett));
            bounds.put("ledent", rademacher(this::ledent));
            bounds.put("graf", rademacher(this::graf));
            return bounds;
        }

        private Pair rademacher(Gap complexity) {
            return new Pair(
                    complexity,
                    margin -> 2 * complexity.at(margin) + 3 * Math.sqrt(StrictMath.log(2 / DELTA) / (2 * n)));
        }

        /** How often a row of the matrix stands in the linear map of whole images. */
        private double copies(int l) {
            return moment.layers.get(l).layer() instanceof Conv
                    ? moment.layers.get(l).positions()
                    : 1;
        }

        private double mapFrobenius(int l) {
            return PlainAlgebra.norm(weights[l]) * Math.sqrt(copies(l));
        }

        /** One block of rows per kernel: a local layer has one for each position. */
        private double[][][] kernels(int l) {
            PlainNetwork.Weighted layer = moment.layers.get(l);
            if (!(layer.layer() instanceof Local)) {
                return new double[][][] {weights[l]};
            }
            double[][][] kernels = new double[layer.positions()][][];
            for (int p = 0; p < kernels.length; p++) {
                kernels[p] = Arrays.copyOfRange(weights[l], p * layer.channels(), (p + 1) * layer.channels());
            }
            return kernels;
        }

        private double kernelNorms() {
            double product = 1;
            for (int l = 0; l < depth; l++) {
                product *= Arrays.stream(kernels(l))
                        .mapToDouble(PlainAlgebra::norm)
                        .max()
                        .orElseThrow();
            }
            return product;
        }

        /**
         * Spectral norm of the map of a dense layer; of a window's the upper bound sqrt(windows over a pixel) ||K||_2, or the map's
         * Frobenius norm if that is less.
         */
        private double spectral(int l) {
            double kernel = Arrays.stream(kernels(l))
                    .mapToDouble(each -> PlainAlgebra.svd(each).values()[0])
                    .max()
                    .orElseThrow();
            return switch (moment.layers.get(l).layer()) {
                case Conv conv -> Math.min(over(conv.kernel(), conv.stride()) * kernel, mapFrobenius(l));
                case Local local -> Math.min(over(local.kernel(), local.stride()) * kernel, mapFrobenius(l));
                case Layer other -> other instanceof Dense ? kernel : Double.NaN;
            };
        }

        private static double over(int kernel, int stride) {
            return Math.ceil((double) kernel / stride);
        }

        private double slope(int l) {
            return l < depth - 1 && moment.spec.model().activation() == Activation.GELU ? 1.129 : 1;
        }

        private double outputs(int l) {
            return moment.layers.get(l).channels()
                    * (double) moment.layers.get(l).positions();
        }

        /** 1^T |W_L| ... |W_1| 1; a channel is one number, the largest where its pixels differ. */
        private double paths() {
            double[] perChannel = {1};
            for (int l = 0; l < depth; l++) {
                PlainNetwork.Weighted layer = moment.layers.get(l);
                double[] next = new double[layer.channels()];
                for (double[][] kernel : kernels(l)) {
                    for (int o = 0; o < next.length; o++) {
                        int each = kernel[o].length / perChannel.length;
                        double sum = 0;
                        for (int i = 0; i < kernel[o].length; i++) {
                            sum += Math.abs(kernel[o][i]) * perChannel[i / each];
                        }
                        next[o] = Math.max(next[o], sum);
                    }
                }
                // Examples are one channel of ones for the first layer, whatever their channels.
                perChannel = next;
            }
            return moment.layers.getLast().positions()
                    * Arrays.stream(perChannel).sum();
        }

        /** Predecessors of an output location: the kernel's pixels, or for a dense layer the locations that it flattens. */
        private double degree(int l) {
            PlainNetwork.Weighted layer = moment.layers.get(l);
            if (!layer.dense()) {
                return layer.area();
            }
            return l == 0
                    ? 1
                    : (double) layer.inputs() / moment.layers.get(l - 1).channels();
        }

        private Pair sparse(boolean last, double rho) {
            double degrees = 1;
            double logarithms = 0;
            double largest = 1;
            for (int l = 0; l < (last ? depth : depth - 1); l++) {
                degrees *= degree(l);
                logarithms += StrictMath.log(degree(l));
                largest = Math.max(largest, degree(l));
            }
            double inRoot = last ? depth * LN_2 + logarithms : depth * StrictMath.log(2 * largest);
            return sparse(degrees, inRoot, rho, largestLocation);
        }

        private Pair sparse(double degrees, double inRoot, double rho, double location) {
            double term = (1 + Math.sqrt(2 * (inRoot + StrictMath.log(k)))) * Math.sqrt(degrees * location) / n;
            return new Pair(margin -> Math.sqrt(2) * rho / margin * term, margin -> {
                double scale = rho / margin;
                return (scale + 1) * 2 * Math.sqrt(2) * term
                        + 3 * Math.sqrt(StrictMath.log(2 * (scale + 2) * (scale + 2) / DELTA) / (2 * n));
            });
        }

        private Pair pacBayes() {
            double width = 0;
            double product = 1;
            double ranks = 0;
            for (int l = 0; l < depth; l++) {
                width = Math.max(width, outputs(l));
                product *= spectral(l) * spectral(l);
                ranks += mapFrobenius(l) * mapFrobenius(l) / (spectral(l) * spectral(l));
            }
            double squared =
                    largestRow * largestRow * depth * depth * width * StrictMath.log(depth * width) * product * ranks;
            return new Pair(
                    margin -> Math.sqrt(squared / (margin * margin * n)),
                    margin -> Math.sqrt((squared + StrictMath.log(depth * n / DELTA)) / (margin * margin * n)));
        }

        private double lipschitzProduct() {
            double product = 1;
            for (int l = 0; l < depth; l++) {
                product *= slope(l) * spectral(l);
            }
            return product;
        }

        private double rowNorms(double[][] rows) {
            return Arrays.stream(rows).mapToDouble(PlainAlgebra::norm).sum();
        }

        private double twoThirds(double x) {
            return StrictMath.pow(x, 2.0 / 3);
        }

        private double bartlett(double margin) {
            double sum = 0;
            double entries = 0;
            for (int l = 0; l < depth; l++) {
                double change = copies(l) * rowNorms(PlainAlgebra.sum(weights[l], -1, initial[l]));
                sum += twoThirds(change / spectral(l));
                // The map's inputs are the outputs of the layer before, which a pooling only averages.
                double inputs = moment.layers.get(l).dense() || l == 0
                        ? moment.layers.get(l).inputs()
                        : outputs(l - 1);
                entries = Math.max(entries, inputs * outputs(l));
            }
            double complexity = lipschitzProduct() * StrictMath.pow(sum, 1.5);
            return 4 / n
                    + 36
                            * inputFrobenius
                            * StrictMath.log(n)
                            * Math.sqrt(StrictMath.log(2 * entries))
                            * complexity
                            / (margin * n);
        }

        private double ledent(double margin) {
            double[] lipschitz = new double[depth];
            double product = 1;
            for (int l = 0; l < depth; l++) {
                lipschitz[l] = l == depth - 1
                        ? Arrays.stream(weights[l])
                                .mapToDouble(PlainAlgebra::norm)
                                .max()
                                .orElseThrow()
                        : slope(l) * spectral(l);
                product *= lipschitz[l];
            }
            double sum = 0;
            double gamma = 0;
            double width = 0;
            for (int l = 0; l < depth; l++) {
                double[][] change = PlainAlgebra.sum(weights[l], -1, initial[l]);
                double distance = l == depth - 1 ? PlainAlgebra.norm(change) * Math.sqrt(copies(l)) : rowNorms(change);
                double term = largestRow / margin * product / lipschitz[l] * distance * Math.sqrt(copies(l));
                sum += twoThirds(term);
                gamma = Math.max(gamma, term * outputs(l));
                width = Math.max(width, outputs(l));
            }
            double logarithm = StrictMath.log(32 * gamma * n * n + 7 * width * n) / LN_2;
            return 4 / n + 768 * StrictMath.pow(sum, 1.5) * Math.sqrt(logarithm) * StrictMath.log(n) / Math.sqrt(n);
        }

        private double graf(double margin) {
            double sum = 0;
            double most = 0;
            for (int l = 0; l < depth; l++) {
                double[][] change = PlainAlgebra.sum(weights[l], -1, initial[l]);
                int area = moment.layers.get(l).area();
                double distance = 0;
                for (double[] row : change) {
                    for (int pixel = 0; pixel < area; pixel++) {
                        double square = 0;
                        for (int i = pixel; i < row.length; i += area) {
                            square += row[i] * row[i];
                        }
                        distance += Math.sqrt(square);
                    }
                }
                double capacity = 4
                        / margin
                        * inputFrobenius
                        / Math.sqrt(n)
                        * lipschitzProduct()
                        * distance
                        / (slope(l) * spectral(l));
                sum += twoThirds(capacity);
                most = Math.max(most, change.length * (double) change[0].length);
            }
            return 4 / n
                    + 12
                            * StrictMath.log(n)
                            / Math.sqrt(n)
                            * Math.sqrt(StrictMath.log(2 * most))
                            * StrictMath.pow(sum, 1.5);
        }
    }
}
