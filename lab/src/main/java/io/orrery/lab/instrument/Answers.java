package io.orrery.lab.instrument;

import io.orrery.engine.state.SharedArray;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.set.Targets;
import io.orrery.lab.math.Largest;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.loss.LossSpec;

/**
 * What a network answers on a probe, read with the coding of its targets: one output per class, a single output (positive
 * for class 1), or one output per bit.
 */
public final class Answers {
    private final Probe probe;
    private final boolean bits;
    private final boolean plusMinus;
    private final boolean zeroOne;

    public Answers(Observation observation, Probe probe) {
        Spec spec = observation.spec();
        this.probe = probe;
        this.bits = observation.target() instanceof TargetKind.Bits;
        this.plusMinus =
                spec.loss().kind() == LossSpec.Kind.SQUARE && spec.loss().targets() != LossSpec.Targets.ONE_HOT;
        this.zeroOne = spec.loss().kind() == LossSpec.Kind.SQUARE && !plusMinus;
    }

    /** Whether each output answers a question of its own. */
    boolean bits() {
        return bits;
    }

    /** The decided class of an example: the largest output (the lowest index among equals), or the side of its threshold that a single one is on. */
    public int decision(int example) {
        Matrix outputs = probe.outputs();
        if (outputs.columns() == 1) {
            return outputs.at(example, 0) > threshold() ? 1 : 0;
        }
        return Largest.inRow(outputs, example);
    }

    /**
     * Margins of the outputs g: g[y] - max of the others; y g for a single output with y = +1 for class 1 and -1 for class 0;
     * for bits one per example and output, the signed distance from the threshold (1/2 between the square loss's targets 0 and 1, else 0).
     */
    public double[] margins() {
        int examples = probe.outputs().rows();
        int outputs = probe.outputs().columns();
        double[] margins = new double[bits ? examples * outputs : examples];
        for (int n = 0; n < examples; n++) {
            if (bits) {
                for (int k = 0; k < outputs; k++) {
                    margins[n * outputs + k] = sign(n, k) * (probe.outputs().at(n, k) - threshold());
                }
            } else if (outputs == 1) {
                margins[n] = (probe.labels()[n] == 1 ? 1 : -1) * probe.outputs().at(n, 0);
            } else {
                margins[n] = againstOthers(n);
            }
        }
        return margins;
    }

    /** Mean over examples of the inner product of targets of the square loss and outputs. */
    public double targetsTimesOutputs() {
        double sum = 0;
        Matrix outputs = probe.outputs();
        for (int n = 0; n < outputs.rows(); n++) {
            double example = 0;
            for (int k = 0; k < outputs.columns(); k++) {
                example += target(n, k) * outputs.at(n, k);
            }
            sum += example;
        }
        return sum / outputs.rows();
    }

    /** Above it an output that answers a question of its own says yes. */
    private double threshold() {
        return bits && zeroOne ? 0.5 : 0;
    }

    private double target(int example, int output) {
        if (probe.targets() instanceof Targets.Real(SharedArray values)) {
            return values.get(example * probe.outputs().columns() + output);
        }
        double sign = sign(example, output);
        return plusMinus || probe.outputs().columns() == 1 && !bits ? sign : (sign + 1) / 2;
    }

    private double sign(int example, int output) {
        int label = probe.labels()[example];
        boolean wanted =
                bits ? (label >> output & 1) == 1 : probe.outputs().columns() == 1 ? label == 1 : label == output;
        return wanted ? 1 : -1;
    }

    private double againstOthers(int example) {
        int label = probe.labels()[example];
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < probe.outputs().columns(); k++) {
            double value = probe.outputs().at(example, k);
            if (k != label && !(value <= largest)) {
                largest = value;
            }
        }
        return probe.outputs().at(example, label) - largest;
    }
}
