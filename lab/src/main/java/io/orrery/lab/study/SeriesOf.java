package io.orrery.lab.study;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.observe.Measurement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The readings of one series of one run that are single numbers, in the order of steps. NaN and infinities are kept: a last
 * reading that is not finite is not replaced by an earlier one.
 */
record SeriesOf(List<Reading> readings) {
    /** A single number and the step at which it was read. */
    record Reading(long step, double value) {}

    /** Where no half of the run is meant: a middle reading lies between these shares of the last step. */
    private static final double EARLIEST_MIDDLE = 0.25;

    private static final double LATEST_MIDDLE = 0.75;

    /** A series by its name, such as norms.rho or loss.accuracy@train. */
    static SeriesOf of(RecordedRun run, String series) {
        Map<Long, Double> bySteps = new TreeMap<>();
        for (Measurement measurement : run.measurements()) {
            if (measurement.values().size() == 1 && measurement.series().equals(series)) {
                bySteps.put(measurement.step(), measurement.value());
            }
        }
        return of(bySteps);
    }

    /** The mean of several series at the steps at which all of them were read. */
    static SeriesOf mean(RecordedRun run, List<String> series) {
        List<SeriesOf> all = series.stream().map(name -> of(run, name)).toList();
        Map<Long, Double> means = new TreeMap<>();
        for (Reading reading :
                all.isEmpty() ? List.<Reading>of() : all.getFirst().readings()) {
            if (all.stream().allMatch(one -> one.has(reading.step()))) {
                means.put(
                        reading.step(),
                        all.stream()
                                .mapToDouble(one -> one.at(reading.step()))
                                .average()
                                .orElse(Double.NaN));
            }
        }
        return of(means);
    }

    private static SeriesOf of(Map<Long, Double> bySteps) {
        List<Reading> readings = new ArrayList<>();
        bySteps.forEach((step, value) -> readings.add(new Reading(step, value)));
        return new SeriesOf(List.copyOf(readings));
    }

    boolean isEmpty() {
        return readings.isEmpty();
    }

    /** The first reading; NaN at step -1 without any. */
    Reading first() {
        return readings.isEmpty() ? none() : readings.getFirst();
    }

    /** The last reading; NaN at step -1 without any. */
    Reading last() {
        return readings.isEmpty() ? none() : readings.getLast();
    }

    /**
     * The reading nearest to half of the last step, the first and the last one apart; NaN at step -1 if none lies between a
     * quarter and three quarters.
     */
    Reading middle() {
        double half = last().step() / 2.0;
        return readings.stream()
                .skip(1)
                .limit(Math.max(0, readings.size() - 2))
                .filter(reading ->
                        reading.step() >= 2 * EARLIEST_MIDDLE * half && reading.step() <= 2 * LATEST_MIDDLE * half)
                .min(Comparator.comparingDouble(reading -> Math.abs(reading.step() - half)))
                .orElse(none());
    }

    /** Whether all readings are the same number. */
    boolean isConstant() {
        return readings.stream().mapToDouble(Reading::value).distinct().count() == 1;
    }

    /** The value at a step; NaN where there is none. */
    double at(long step) {
        return readings.stream()
                .filter(reading -> reading.step() == step)
                .mapToDouble(Reading::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** The last step at which this and another series both have finite values; -1 if there is none. */
    long lastStepWith(SeriesOf other) {
        return readings.reversed().stream()
                .filter(reading -> Double.isFinite(reading.value()) && Double.isFinite(other.at(reading.step())))
                .mapToLong(Reading::step)
                .findFirst()
                .orElse(-1);
    }

    private boolean has(long step) {
        return readings.stream().anyMatch(reading -> reading.step() == step);
    }

    private static Reading none() {
        return new Reading(-1, Double.NaN);
    }
}
