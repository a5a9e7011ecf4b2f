package io.orrery.app.report.series;

import io.orrery.lab.observe.Measurement;

/** What a series of readings is of, see {@link Measurement}. Layer and split are empty where none applies. */
public record SeriesKey(String instrument, String quantity, String layer, String split) {
    /** The series to which a reading belongs. */
    public static SeriesKey of(Measurement measurement) {
        return new SeriesKey(
                measurement.instrument(), measurement.quantity(), measurement.layer(), measurement.split());
    }
}
