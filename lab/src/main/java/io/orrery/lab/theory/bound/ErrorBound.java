package io.orrery.lab.theory.bound;

import io.orrery.lab.math.Descriptive;
import java.util.Arrays;
import java.util.Optional;

/**
 * A bound on the error on new examples.
 *
 * @param margin the margin it was taken at
 * @param ramp share of the training margins below it
 * @param gap what the bound adds
 */
public record ErrorBound(double margin, double ramp, double gap) {
    /** The confidence parameter of the published evaluation (Galanti et al. 2023): bounds hold with probability 1 - 1e-3. */
    public static final double DELTA = 1e-3;

    /**
     * A bound at a quantile of the training margins (0 for the smallest). Empty where that margin is not above 0: there is no
     * bound then, rather than a large one.
     *
     * @param margins of the outputs g on the training set: true output minus the largest other
     */
    public static Optional<ErrorBound> at(
            Bound bound, BoundInput input, double[] margins, double quantile, double delta) {
        double margin = Descriptive.quantile(margins, quantile);
        if (!(margin > 0)) {
            return Optional.empty();
        }
        return Optional.of(new ErrorBound(margin, below(margins, margin), bound.gap(input, margin, delta)));
    }

    /** Share of margins below one; the ramp loss is already 0 at the margin itself. */
    public static double below(double[] margins, double margin) {
        return (double) Arrays.stream(margins).filter(each -> each < margin).count() / margins.length;
    }

    /** The bound on the error. */
    public double error() {
        return ramp + gap;
    }

    /** Whether it says nothing: an error is never above 1. */
    public boolean vacuous() {
        return !(error() < 1);
    }
}
