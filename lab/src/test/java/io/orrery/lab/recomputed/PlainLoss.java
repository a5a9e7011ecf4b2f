package io.orrery.lab.recomputed;

import io.orrery.lab.train.LossSpec;

/** The data loss of one example with its derivative, its targets, and what is decided. */
final class PlainLoss {
    private final LossSpec spec;
    private final boolean bits;
    private final int classes;

    /** A number and its derivative. */
    record Dual(double value, double slope) {}

    PlainLoss(LossSpec spec, boolean bits, int classes) {
        this.spec = spec;
        this.bits = bits;
        this.classes = classes;
    }

    boolean single() {
        return spec.kind() == LossSpec.Kind.SQUARE && spec.targets() == LossSpec.Targets.SINGLE;
    }

    int outputs() {
        return single() ? 1 : classes;
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

    double target(int label, int output) {
        boolean minus = spec.kind() == LossSpec.Kind.SQUARE && spec.targets() != LossSpec.Targets.ONE_HOT;
        return wanted(label, output) ? 1 : minus ? -1 : 0;
    }

    /** Above it an output with a question of its own says yes. */
    double threshold() {
        return bits && zeroOne() ? 0.5 : 0;
    }

    Dual of(Signal outputs, int label) {
        if (spec.kind() == LossSpec.Kind.CROSS_ENTROPY && !bits) {
            return crossEntropy(outputs, label);
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

    private static Dual crossEntropy(Signal outputs, int label) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double g : outputs.value()) {
            largest = Math.max(largest, g);
        }
        double sum = 0;
        double slope = 0;
        for (int k = 0; k < outputs.value().length; k++) {
            double exp = StrictMath.exp(outputs.value()[k] - largest);
            sum += exp;
            slope += exp * outputs.slope()[k];
        }
        return new Dual(StrictMath.log(sum) + largest - outputs.value()[label], slope / sum - outputs.slope()[label]);
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

    boolean right(double[] outputs, int label) {
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
