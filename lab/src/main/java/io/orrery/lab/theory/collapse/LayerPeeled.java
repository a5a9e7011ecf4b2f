package io.orrery.lab.theory.collapse;

import io.orrery.lab.theory.collapse.SymmetricLogits.Slope;
import java.util.Arrays;

/**
 * The layer-peeled model under cross-entropy: minimize sum of (n_c / N) CE(W h_c, c) over a last layer and one free feature per
 * class, mean ||w_c||^2 at most E_W and mean ||h_c||^2 at most E_H (Fang, He, Long and Su 2021; section 4.5 of the core theory).
 * K_A majority classes have R times the examples of each of K_B minority classes. From some finite R on, all minority
 * classifiers coincide (minority collapse); counting minority examples r times divides R by r.
 *
 * <p>How it is solved (derived; verified by descent on W and H for small K): with dimension at least K the two constraints
 * together say that the logits Z = H^T W have nuclear norm at most K sqrt(E_W E_H), which makes the problem convex, and its
 * optimum may be taken symmetric within each group. Z is then a number a on differences within the majority, a number b on
 * differences within the minority, and a 2 x 2 matrix Q on the groups' means. Accelerated projected descent on these six numbers
 * ends when the gap to a lower bound (Frank and Wolfe 1956) is small: the loss found is within {@link #GAP} of the least.
 */
public final class LayerPeeled {
    /** The certified distance of a returned loss from the least, relative to the loss. */
    public static final double GAP = 1e-11;

    private static final int MOST_STEPS = 1_000_000;

    private static final int LOOK_EVERY = 20;

    private LayerPeeled() {}

    /**
     * The groups and their constraints.
     *
     * @param majorities K_A, at least 1
     * @param minorities K_B, at least 2
     * @param ratio R = n_A / n_B, positive
     * @param weightEnergy E_W
     * @param featureEnergy E_H
     */
    public record Problem(int majorities, int minorities, double ratio, double weightEnergy, double featureEnergy) {
        /** Refuses groups and energies that make no problem. */
        public Problem {
            if (majorities < 1 || minorities < 2 || !(ratio > 0) || !(weightEnergy > 0) || !(featureEnergy > 0)) {
                throw new IllegalArgumentException(
                        "expected at least 1 majority and 2 minority classes, a positive ratio and positive energies,"
                                + " found " + majorities + ", " + minorities + ", " + ratio + ", " + weightEnergy
                                + " and "
                                + featureEnergy);
            }
        }

        /** The most the nuclear norm of the logits can be: K sqrt(E_W E_H). */
        double radius() {
            return (majorities + minorities) * Math.sqrt(weightEnergy * featureEnergy);
        }

        /** n_B / N. */
        double minorityShare() {
            return 1 / (majorities * ratio + minorities);
        }
    }

    /**
     * The optimum.
     *
     * @param loss mean cross-entropy
     * @param majoritySpread a: differences among majority logits; 0 where majority classifiers coincide
     * @param minoritySpread b: the same for the minority; 0 after minority collapse
     * @param majorityCosine cosine of any two majority classifiers (NaN for a single one)
     * @param minorityCosine cosine of any two minority classifiers: 1 after minority collapse
     * @param crossCosine cosine of a majority and a minority classifier
     * @param multiplier what the loss falls per unit of nuclear norm
     */
    public record Optimum(
            double loss,
            double majoritySpread,
            double minoritySpread,
            double majorityCosine,
            double minorityCosine,
            double crossCosine,
            double multiplier) {}

    /** The global optimum. ArithmeticException if the gap stays above {@link #GAP}, as for energies in the hundreds. */
    public static Optimum optimum(Problem problem) {
        SymmetricLogits logits = solved(problem, false);
        // (Z^T Z)^(1/2) is proportional to the Gram matrix of the classifiers.
        double[] root = logits.gramRoot();
        double a = Math.abs(logits.majority());
        double b = Math.abs(logits.minority());
        int countA = problem.majorities();
        int countB = problem.minorities();
        double squareA = majoritySquare(logits);
        double squareB = minoritySquare(logits);
        return new Optimum(
                logits.crossEntropy(problem.ratio()).loss(),
                logits.majority(),
                logits.minority(),
                countA == 1 ? Double.NaN : (root[0] - a) / countA / squareA,
                (root[2] - b) / countB / squareB,
                root[1] / Math.sqrt((double) countA * countB) / Math.sqrt(squareA * squareB),
                multiplier(problem, logits));
    }

    /**
     * Where decay takes the place of the constraints: the minimum of mean CE + (lambdaW / 2) ||W||^2 + (lambdaH / 2) ||H||^2 with one
     * feature for each class.
     *
     * @param optimum the optimum of the constraints that hold with equality at this minimum; its loss is without decay
     * @param squaredMajorityWeight ||w_c||^2 of a majority class
     * @param squaredMinorityWeight the same of a minority class
     * @param squaredMajorityFeature ||h_c||^2 of a majority class
     * @param squaredMinorityFeature the same of a minority class
     * @param weights singular values of the last layer, falling
     * @param features those of the class features
     * @param objective cross-entropy and decay together
     */
    public record Decayed(
            Optimum optimum,
            double squaredMajorityWeight,
            double squaredMinorityWeight,
            double squaredMajorityFeature,
            double squaredMinorityFeature,
            double[] weights,
            double[] features,
            double objective) {}

    /**
     * The minimum under decay. The least decay of weights and features that give one product of logits is sqrt(lambdaW lambdaH) times
     * its nuclear norm (as in 4.2), so it is the optimum of the radius at which the loss falls by so much per unit of nuclear norm;
     * there W^T W = sqrt(lambdaH / lambdaW) (Z^T Z)^(1/2) for classifiers, and the same of features turned around. ArithmeticException
     * if decay leaves nothing.
     */
    public static Decayed decayed(int majorities, int minorities, double ratio, double lambdaW, double lambdaH) {
        double price = Math.sqrt(lambdaW * lambdaH);
        int classes = majorities + minorities;
        double low = 0;
        double high = 1;
        // The loss is convex in the logits: what it falls per unit of nuclear norm falls with the radius.
        while (multiplier(energy(majorities, minorities, ratio, high)) > price) {
            low = high;
            high *= 2;
        }
        while (high - low > 1e-9 * high) {
            double middle = low + (high - low) / 2;
            if (multiplier(energy(majorities, minorities, ratio, middle)) > price) {
                low = middle;
            } else {
                high = middle;
            }
            if (high * classes < 1e-6) {
                throw new ArithmeticException("decay of " + lambdaW + " and " + lambdaH + " leaves no logits");
            }
        }
        Problem problem = energy(majorities, minorities, ratio, high);
        SymmetricLogits logits = solved(problem, false);
        double turned = Math.sqrt(lambdaH / lambdaW);
        double[] values = logits.singularValues();
        Optimum optimum = optimum(problem);
        return new Decayed(
                optimum,
                turned * majoritySquare(logits),
                turned * minoritySquare(logits),
                majoritySquare(logits.transposed()) / turned,
                minoritySquare(logits.transposed()) / turned,
                Arrays.stream(values).map(value -> Math.sqrt(turned * value)).toArray(),
                Arrays.stream(values).map(value -> Math.sqrt(value / turned)).toArray(),
                optimum.loss() + price * Arrays.stream(values).sum());
    }

    /** The problem of E_W = E_H = energy, whose radius is K times it. */
    private static Problem energy(int majorities, int minorities, double ratio, double energy) {
        return new Problem(majorities, minorities, ratio, energy, energy);
    }

    private static double multiplier(Problem problem) {
        return multiplier(problem, solved(problem, false));
    }

    /** The element of (Z^T Z)^(1/2) that belongs to a majority class and itself. */
    private static double majoritySquare(SymmetricLogits logits) {
        int count = logits.majorities();
        return (logits.gramRoot()[0] + (count - 1) * Math.abs(logits.majority())) / count;
    }

    private static double minoritySquare(SymmetricLogits logits) {
        int count = logits.minorities();
        return (logits.gramRoot()[2] + (count - 1) * Math.abs(logits.minority())) / count;
    }

    /**
     * R_0: the least ratio at which all minority classifiers coincide, to a relative 1e-6. Minority classifiers coincide where
     * n_B / N is at most the multiplier of the problem with b = 0 (derived: with b = 0 the slope of the loss along b is n_B / N).
     */
    public static double collapseRatio(int majorities, int minorities, double weightEnergy, double featureEnergy) {
        double low = 0;
        double high = 1;
        while (!collapsed(new Problem(majorities, minorities, high, weightEnergy, featureEnergy))) {
            low = high;
            high *= 2;
        }
        while (high - low > 1e-6 * high) {
            double middle = low + (high - low) / 2;
            if (collapsed(new Problem(majorities, minorities, middle, weightEnergy, featureEnergy))) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /**
     * N^2 lambdaW lambdaH: with decay of weights and of each example's feature, mean CE + (lambdaW / 2) ||W||^2 + (lambdaH / 2)
     * ||H||^2, the classifiers of equally small classes coincide if each has at most so many examples. The same number as
     * under square loss (4.5), where they vanish (derived like {@link #collapseRatio}; verified by descent).
     */
    public static double collapsingSize(int examples, double lambdaW, double lambdaH) {
        return FreeFeatureMinimum.collapsingSize(examples, lambdaW, lambdaH);
    }

    private static boolean collapsed(Problem problem) {
        SymmetricLogits logits = solved(problem, true);
        return problem.minorityShare() <= multiplier(problem, logits);
    }

    /** At the optimum the gradient is -multiplier times a matrix whose inner product with the logits is their nuclear norm. */
    private static double multiplier(Problem problem, SymmetricLogits logits) {
        return -logits.inner(slope(problem, logits, false).gradient()) / problem.radius();
    }

    /** Projected descent with Nesterov's momentum, started afresh where it points uphill (O'Donoghue and Candes 2015). */
    private static SymmetricLogits solved(Problem problem, boolean withoutMinority) {
        // The Hessian of log-sum-exp is at most 1/2.
        double step = 2 / (problem.minorityShare() * Math.max(1, problem.ratio()));
        SymmetricLogits now = SymmetricLogits.zero(problem.majorities(), problem.minorities());
        SymmetricLogits ahead = now;
        double momentum = 1;
        for (int i = 0; i < MOST_STEPS; i++) {
            if (i % LOOK_EVERY == 0) {
                Slope slope = slope(problem, now, withoutMinority);
                double gap = now.inner(slope.gradient())
                        + problem.radius() * slope.gradient().spectralNorm();
                if (gap <= GAP * slope.loss()) {
                    return now;
                }
            }
            SymmetricLogits downhill = slope(problem, ahead, withoutMinority).gradient();
            SymmetricLogits next = ahead.plus(-step, downhill).projected(problem.radius());
            SymmetricLogits move = next.plus(-1, now);
            if (ahead.plus(-1, next).inner(move) > 0) {
                momentum = 1;
                ahead = next;
            } else {
                double following = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
                ahead = next.plus((momentum - 1) / following, move);
                momentum = following;
            }
            now = next;
        }
        throw new ArithmeticException(
                "the layer-peeled optimum was not reached within " + MOST_STEPS + " steps: " + problem);
    }

    private static Slope slope(Problem problem, SymmetricLogits logits, boolean withoutMinority) {
        Slope slope = logits.crossEntropy(problem.ratio());
        return withoutMinority ? new Slope(slope.loss(), slope.gradient().withMinority(0)) : slope;
    }
}
