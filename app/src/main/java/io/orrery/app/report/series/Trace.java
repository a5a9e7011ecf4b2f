package io.orrery.app.report.series;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.run.RunEnd;
import java.util.Arrays;

/**
 * One series of one run.
 *
 * @param steps increasing
 * @param values the reading at each step: one number, or a vector
 */
public record Trace(RecordedRun run, long[] steps, double[][] values) {
    /** Whether every reading is a single number. */
    boolean scalar() {
        return Arrays.stream(values).allMatch(v -> v.length == 1);
    }

    /** The single number read at a step, NaN if there was no reading or it was a vector. */
    public double at(long step) {
        int i = Arrays.binarySearch(steps, step);
        return i >= 0 && values[i].length == 1 ? values[i][0] : Double.NaN;
    }

    /** The vector read at a step, empty if there was no reading. */
    public double[] vectorAt(long step) {
        int i = Arrays.binarySearch(steps, step);
        return i >= 0 ? values[i] : new double[0];
    }

    /** The last single number that is finite, NaN if there is none. */
    public double lastFinite() {
        for (int i = values.length - 1; i >= 0; i--) {
            if (values[i].length == 1 && Double.isFinite(values[i][0])) {
                return values[i][0];
            }
        }
        return Double.NaN;
    }

    /** The last reading, NaN if it was a vector. */
    public double last() {
        return at(steps[steps.length - 1]);
    }

    /** Whether the run diverged. */
    public boolean diverged() {
        return run.end()
                .map(RunEnd::status)
                .filter(RunEnd.Status.DIVERGED::equals)
                .isPresent();
    }
}
