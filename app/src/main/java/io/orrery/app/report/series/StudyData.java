package io.orrery.app.report.series;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The readings of a study by setting and series. */
public final class StudyData {
    private final List<RecordedRun> runs;
    private final List<Instrument> instruments;
    private final List<GridPoint> settings;
    private final Map<RecordedRun, Map<SeriesKey, Trace>> traces = new java.util.IdentityHashMap<>();
    private final List<SeriesKey> keys;

    /** Sorts what these runs measured. */
    public StudyData(List<RecordedRun> runs) {
        this(runs, Instruments.all());
    }

    /** Of runs that were measured with other instruments than the registered ones. */
    public StudyData(List<RecordedRun> runs, List<Instrument> instruments) {
        this.runs = runs;
        this.instruments = instruments;
        this.settings = GridPoint.of(runs);
        Set<SeriesKey> seen = new LinkedHashSet<>();
        for (RecordedRun run : runs) {
            Map<SeriesKey, Trace> ofRun = traces(run);
            traces.put(run, ofRun);
            seen.addAll(ofRun.keySet());
        }
        this.keys = List.copyOf(seen);
    }

    /** The runs, as they were given. */
    public List<RecordedRun> runs() {
        return runs;
    }

    /** The instruments that this version knows, in the order of reports. */
    public List<Instrument> instruments() {
        return instruments;
    }

    /** The settings that occur. */
    public List<GridPoint> settings() {
        return settings;
    }

    /** Every series that any run has, in order of first appearance. */
    public List<SeriesKey> keys() {
        return keys;
    }

    /** The runs of a setting that have a series, in order of seeds as given. */
    public List<Trace> traces(SeriesKey key, GridPoint setting) {
        List<Trace> found = new ArrayList<>();
        for (RecordedRun run : setting.runs()) {
            Trace trace = ofRun(run).get(key);
            if (trace != null) {
                found.add(trace);
            }
        }
        return found;
    }

    /** Every run's series. */
    public List<Trace> traces(SeriesKey key) {
        return settings.stream().flatMap(s -> traces(key, s).stream()).toList();
    }

    /** Whether all readings of a series are single numbers. */
    public boolean scalar(SeriesKey key) {
        return traces(key).stream().allMatch(Trace::scalar);
    }

    private Map<SeriesKey, Trace> ofRun(RecordedRun run) {
        return traces.getOrDefault(run, Map.of());
    }

    private static Map<SeriesKey, Trace> traces(RecordedRun run) {
        Map<SeriesKey, TreeMap<Long, double[]>> readings = new LinkedHashMap<>();
        for (Measurement m : run.measurements()) {
            if (!m.values().isEmpty()) {
                // A step read twice (resumed from a checkpoint) has the same bits both times.
                readings.computeIfAbsent(SeriesKey.of(m), key -> new TreeMap<>())
                        .put(
                                m.step(),
                                m.values().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray());
            }
        }
        Map<SeriesKey, Trace> traces = new LinkedHashMap<>();
        readings.forEach((key, byStep) -> traces.put(
                key,
                new Trace(
                        run,
                        byStep.keySet().stream().mapToLong(Long::longValue).toArray(),
                        byStep.values().toArray(new double[0][]))));
        return traces;
    }
}
