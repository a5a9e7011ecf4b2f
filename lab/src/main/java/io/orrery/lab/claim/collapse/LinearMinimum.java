package io.orrery.lab.claim.collapse;

import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.data.source.FreeFeatures;
import io.orrery.lab.theory.collapse.DeepCrossEntropy;
import io.orrery.lab.theory.collapse.DeepLinear;
import io.orrery.lab.theory.collapse.LayerPeeled;
import io.orrery.lab.train.loss.LossSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The geometry of a minimum of linear layers on free features, where theory has it: for square loss and any class sizes, for
 * cross-entropy and equal classes (simplex and polygon), and for cross-entropy with one layer on shared features of two sizes of classes.
 *
 * @param cosines of the last layer's rows, pairs (0, 1), (0, 2), ... (1, 2), ...
 * @param classifiers norms of the last layer's rows
 * @param entering norms of what enters the last layer, class by class
 * @param features singular values of the features, one for each class, falling
 * @param layers singular values of every layer above them
 * @param objective loss and decay together
 * @param anyOrder whether which classes stand beside each other is left open, so that only all cosines together are known
 */
record LinearMinimum(
        double[] cosines,
        double[] classifiers,
        double[] entering,
        double[] features,
        double[] layers,
        double objective,
        boolean anyOrder) {
    /** The minima of what an arm trained, local ones beside the global one; none if theory has none. */
    static List<LinearMinimum> of(ArmRuns arm) {
        double weights = FreeFeatureProtocols.weightDecay(arm);
        double features = FreeFeatureProtocols.featureDecay(arm);
        if (!(arm.spec().data().source() instanceof FreeFeatures source) || !(weights > 0 && features > 0)) {
            return List.of();
        }
        int[] sizes = FreeFeatureProtocols.classSizes(arm);
        int layers = layers(arm);
        if (arm.spec().loss().kind() == LossSpec.Kind.SQUARE) {
            return source.shared() ? List.of() : List.of(orthogonal(sizes, layers, weights, features));
        }
        if (source.shared()) {
            return layers == 1 ? twoGroups(sizes, weights, features).stream().toList() : List.of();
        }
        return Arrays.stream(sizes).distinct().count() == 1
                ? equalClasses(new DeepCrossEntropy.Problem(sizes.length, sizes[0], layers, weights, features))
                : List.of();
    }

    private static LinearMinimum orthogonal(int[] sizes, int layers, double weights, double features) {
        DeepLinear.Minimum minimum = DeepLinear.minimum(sizes, layers, weights, features);
        int classes = sizes.length;
        double[] values = minimum.singularValues();
        double[] lengths =
                Arrays.stream(minimum.squaredFeatures()).map(Math::sqrt).toArray();
        return new LinearMinimum(
                new double[classes * (classes - 1) / 2],
                values,
                perClass(classes, c -> lengths[c] * Math.pow(values[c], layers - 1.0)),
                falling(perClass(classes, c -> Math.sqrt(sizes[c]) * lengths[c])),
                falling(values),
                minimum.loss(),
                false);
    }

    /** The simplex and, for several layers and more than three classes, the polygon in a plane. */
    private static List<LinearMinimum> equalClasses(DeepCrossEntropy.Problem problem) {
        LinearMinimum simplex = of(problem, DeepCrossEntropy.simplex(problem));
        return problem.classes() < 4 || problem.layers() == 1
                ? List.of(simplex)
                : List.of(simplex, of(problem, DeepCrossEntropy.polygon(problem)));
    }

    private static LinearMinimum of(DeepCrossEntropy.Problem problem, DeepCrossEntropy.Minimum minimum) {
        int classes = problem.classes();
        double[] around = minimum.cosines();
        double[] cosines = IntStream.range(0, classes)
                .boxed()
                .flatMapToDouble(i -> IntStream.range(i + 1, classes).mapToDouble(j -> around[j - i - 1]))
                .toArray();
        double feature = Math.sqrt(minimum.squaredFeature());
        double ofFeatures = feature * Math.sqrt((double) classes * problem.perClass() / minimum.dimensions());
        return new LinearMinimum(
                cosines,
                perClass(classes, _ -> Math.sqrt(minimum.squaredWeight())),
                perClass(classes, _ -> feature * Math.pow(minimum.singularValue(), problem.layers() - 1.0)),
                perClass(classes, c -> c < minimum.dimensions() ? ofFeatures : 0),
                perClass(classes, c -> c < minimum.dimensions() ? minimum.singularValue() : 0),
                minimum.objective(),
                minimum.dimensions() < classes - 1);
    }

    /** Classes in falling order of their sizes, of which there are two. */
    private static Optional<LinearMinimum> twoGroups(int[] sizes, double weights, double features) {
        int classes = sizes.length;
        int large = sizes[0];
        int small = sizes[classes - 1];
        int majorities =
                (int) Arrays.stream(sizes).takeWhile(size -> size == large).count();
        boolean two = Arrays.stream(sizes).skip(majorities).allMatch(size -> size == small);
        if (!two || large <= small || classes - majorities < 2) {
            return Optional.empty();
        }
        LayerPeeled.Decayed minimum =
                LayerPeeled.decayed(majorities, classes - majorities, (double) large / small, weights, features);
        double[] cosines = IntStream.range(0, classes)
                .boxed()
                .flatMapToDouble(i -> IntStream.range(i + 1, classes)
                        .mapToDouble(j -> j < majorities
                                ? minimum.optimum().majorityCosine()
                                : i < majorities
                                        ? minimum.optimum().crossCosine()
                                        : minimum.optimum().minorityCosine()))
                .toArray();
        return Optional.of(new LinearMinimum(
                cosines,
                perClass(
                        classes,
                        c -> Math.sqrt(
                                c < majorities ? minimum.squaredMajorityWeight() : minimum.squaredMinorityWeight())),
                perClass(
                        classes,
                        c -> Math.sqrt(
                                c < majorities ? minimum.squaredMajorityFeature() : minimum.squaredMinorityFeature())),
                minimum.features(),
                minimum.weights(),
                minimum.objective(),
                false));
    }

    /** M: linear layers on the features, which are the first layer. */
    private static int layers(ArmRuns arm) {
        return Math.max(1, arm.spec().decay().perLayer().size() - 1);
    }

    private static double[] falling(double[] values) {
        return DoubleStream.of(values)
                .map(value -> -value)
                .sorted()
                .map(value -> -value)
                .toArray();
    }

    private static double[] perClass(int classes, IntToDoubleFunction number) {
        return IntStream.range(0, classes).mapToDouble(number).toArray();
    }
}
