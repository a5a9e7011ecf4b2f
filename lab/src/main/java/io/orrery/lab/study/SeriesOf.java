package io.orrery.lab.study;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.instrument.Measurement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The finite single numbers of one series of one run, in the order of steps. */
record SeriesOf(List<Measurement> points) {
    /** A series by its name, such as norms.rho or loss.accuracy@train. */
    static SeriesOf of(RecordedRun run, String series) {
        return new SeriesOf(run.measurements().stream()
                .filter(measurement -> measurement.values().size() == 1
                        && Double.isFinite(measurement.value())
                        && measurement.series().equals(series))
                .sorted(Comparator.comparingLong(Measurement::step))
                .toList());
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    /** First value; NaN without any. */
    double first() {
        return points.isEmpty() ? Double.NaN : points.getFirst().value();
    }

    /** Last value; NaN without any. */
    double last() {
        return points.isEmpty() ? Double.NaN : points.getLast().value();
    }

    /** The first value above 0; NaN without any. */
    double firstPositive() {
        return points.stream()
                .mapToDouble(Measurement::value)
                .filter(value -> value > 0)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** The last value at or before half of the last step; NaN without any. */
    double halfway() {
        double value = Double.NaN;
        for (Measurement point : points) {
            value = 2 * point.step() <= points.getLast().step() ? point.value() : value;
        }
        return value;
    }

    /** The value at a step; NaN where there is none. */
    double at(long step) {
        return points.stream()
                .filter(point -> point.step() == step)
                .mapToDouble(Measurement::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** The last step at which this and other series all have values; -1 if there is none. */
    long lastStepWith(SeriesOf... others) {
        return points.reversed().stream()
                .mapToLong(Measurement::step)
                .filter(step -> Arrays.stream(others).noneMatch(other -> Double.isNaN(other.at(step))))
                .findFirst()
                .orElse(-1);
    }
}
