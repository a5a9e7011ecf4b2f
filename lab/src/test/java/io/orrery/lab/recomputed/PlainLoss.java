package io.orrery.lab.recomputed;

import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.set.Targets;
import io.orrery.lab.train.loss.LossSpec;
import java.util.Arrays;

/** The data loss of one example with its derivative, its targets, and what is decided. */
final class PlainLoss {
    private final LossSpec spec;
    private final TargetKind kind;
    private final boolean bits;
    private final int classes;

    /** A number and its derivative. */
    record Dual(double value, double slope) {}

    PlainLoss(LossSpec spec, TargetKind kind) {
        this.spec = spec;
        this.kind = kind;
        this.bits = kind instanceof TargetKind.Bits;
        this.classes = kind.classes();
    }

    /** Whether targets are classes or bits. */
    boolean labelled() {
        return kind instanceof TargetKind.Classes || bits;
    }

    boolean single() {
        return spec.kind() == LossSpec.Kind.SQUARE && spec.targets() == LossSpec.Targets.SINGLE;
    }

    int outputs() {
        return switch (kind) {
            case TargetKind.Classes _, TargetKind.Bits _ -> single() ? 1 : classes;
            case TargetKind.Reals reals -> reals.outputs().size();
            case TargetKind.Tokens tokens -> tokens.positions() * tokens.vocabulary();
            case TargetKind.None _ -> 1;
        };
    }

    /** Whether the square loss asks for 0 and 1 rather than -1 and +1. */
    boolean zeroOne() {
        return spec.kind() == LossSpec.Kind.SQUARE && spec.targets() == LossSpec.Targets.ONE_HOT;
    }

    boolean wanted(int label, int output) {
        if (bits) {
            return (label >> output & 1) == 1;
        }
        return single() ? label == 1 : label == output;
    }

    private double target(int label, int output) {
        boolean minus = spec.kind() == LossSpec.Kind.SQUARE && spec.targets() != LossSpec.Targets.ONE_HOT;
        return wanted(label, output) ? 1 : minus ? -1 : 0;
    }

    /** Above it an output with a question of its own says yes. */
    double threshold() {
        return bits && zeroOne() ? 0.5 : 0;
    }

    Dual of(Signal outputs, Targets targets, int row) {
        return switch (kind) {
            case TargetKind.Reals _ -> square(outputs, targets, row);
            case TargetKind.Tokens tokens -> overMarked(outputs, tokens, targets, row);
            default -> of(outputs, targets.labels()[row]);
        };
    }

    private Dual square(Signal outputs, Targets targets, int row) {
        double value = 0;
        double slope = 0;
        for (int k = 0; k < outputs(); k++) {
            double error = outputs.value()[k] - real(targets, row, k);
            value += error * error;
            slope += 2 * error * outputs.slope()[k];
        }
        double factor = (spec.reduction() == LossSpec.Reduction.MEAN ? 1.0 / outputs() : 1) * (spec.half() ? 0.5 : 1);
        return new Dual(factor * value, factor * slope);
    }

    private static Dual overMarked(Signal outputs, TargetKind.Tokens kind, Targets targets, int row) {
        double value = 0;
        double slope = 0;
        int marked = 0;
        for (int p = 0; p < kind.positions(); p++) {
            int token = token(targets, row * kind.positions() + p);
            if (token >= 0) {
                int from = p * kind.vocabulary();
                int to = from + kind.vocabulary();
                Dual one = crossEntropy(
                        Arrays.copyOfRange(outputs.value(), from, to),
                        Arrays.copyOfRange(outputs.slope(), from, to),
                        token);
                value += one.value();
                slope += one.slope();
                marked++;
            }
        }
        return new Dual(value / marked, slope / marked);
    }

    private static double real(Targets targets, int row, int output) {
        var values = ((Targets.Real) targets).values();
        return values.get(row * values.shape().size(1) + output);
    }

    private static int token(Targets targets, int place) {
        return ((Targets.Whole) targets).values()[place];
    }

    /** How many questions of an example there are, and how many of them are answered right. */
    int[] answered(double[] outputs, Targets targets, int row) {
        return switch (kind) {
            case TargetKind.Classes _, TargetKind.Bits _ ->
                new int[] {1, right(outputs, targets.labels()[row]) ? 1 : 0};
            case TargetKind.Reals _, TargetKind.None _ -> new int[] {0, 0};
            case TargetKind.Tokens tokens -> {
                int[] answered = new int[2];
                for (int p = 0; p < tokens.positions(); p++) {
                    int token = token(targets, row * tokens.positions() + p);
                    if (token >= 0) {
                        answered[0]++;
                        double own = outputs[p * tokens.vocabulary() + token];
                        boolean right = true;
                        for (int v = 0; v < tokens.vocabulary(); v++) {
                            double other = outputs[p * tokens.vocabulary() + v];
                            right &= v < token ? other < own : other <= own;
                        }
                        answered[1] += right ? 1 : 0;
                    }
                }
                yield answered;
            }
        };
    }

    /** What the square loss wants of an output. */
    double target(Targets targets, int row, int output) {
        return kind instanceof TargetKind.Reals ? real(targets, row, output) : target(targets.labels()[row], output);
    }

    private Dual of(Signal outputs, int label) {
        if (spec.kind() == LossSpec.Kind.CROSS_ENTROPY && !bits) {
            return crossEntropy(outputs.value(), outputs.slope(), label);
        }
        double value = 0;
        double slope = 0;
        for (int k = 0; k < outputs(); k++) {
            double g = outputs.value()[k];
            double target = target(label, k);
            if (spec.kind() == LossSpec.Kind.SQUARE) {
                value += (g - target) * (g - target);
                slope += 2 * (g - target) * outputs.slope()[k];
            } else {
                value += StrictMath.log1p(StrictMath.exp(g)) - target * g;
                slope += (1 / (1 + StrictMath.exp(-g)) - target) * outputs.slope()[k];
            }
        }
        double factor = (spec.reduction() == LossSpec.Reduction.MEAN ? 1.0 / outputs() : 1)
                * (spec.half() && spec.kind() == LossSpec.Kind.SQUARE ? 0.5 : 1);
        return new Dual(factor * value, factor * slope);
    }

    private static Dual crossEntropy(double[] outputs, double[] slopes, int label) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double g : outputs) {
            largest = Math.max(largest, g);
        }
        double sum = 0;
        double slope = 0;
        for (int k = 0; k < outputs.length; k++) {
            double exp = StrictMath.exp(outputs[k] - largest);
            sum += exp;
            slope += exp * slopes[k];
        }
        return new Dual(StrictMath.log(sum) + largest - outputs[label], slope / sum - slopes[label]);
    }

    /** The decided class; for several bits -1. */
    int decided(double[] outputs) {
        if (bits && classes > 1) {
            return -1;
        }
        if (outputs.length == 1) {
            return outputs[0] > threshold() ? 1 : 0;
        }
        int best = 0;
        for (int k = 1; k < outputs.length; k++) {
            best = outputs[k] > outputs[best] ? k : best;
        }
        return best;
    }

    private boolean right(double[] outputs, int label) {
        if (!bits) {
            return decided(outputs) == label;
        }
        boolean right = true;
        for (int k = 0; k < classes; k++) {
            right &= outputs[k] > threshold() == wanted(label, k);
        }
        return right;
    }

    /** True output minus the largest other; y g for one output; for bits the signed distance of each from its threshold. */
    double[] margins(double[] outputs, int label) {
        if (bits) {
            double[] margins = new double[classes];
            for (int k = 0; k < classes; k++) {
                margins[k] = (wanted(label, k) ? 1 : -1) * (outputs[k] - threshold());
            }
            return margins;
        }
        if (outputs.length == 1) {
            return new double[] {(label == 1 ? 1 : -1) * outputs[0]};
        }
        double other = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < outputs.length; k++) {
            other = k == label ? other : Math.max(other, outputs[k]);
        }
        return new double[] {outputs[label] - other};
    }
}
