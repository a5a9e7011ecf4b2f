package io.orrery.lab.book;

import io.orrery.lab.observe.Measurement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The readings of a run as they come, of which each series keeps a bounded number: all of them while they are few, then every
 * second, every fourth and so on, with the first and the last. Which are kept depends on their number alone.
 */
final class ThinnedSeries {
    /** Numbers that a series may keep. */
    static final int MOST_NUMBERS = 4096;
    /** Readings that a series of long vectors keeps at least. */
    private static final int LEAST_READINGS = 32;

    private record Key(String instrument, String quantity, String layer, String split) {}

    private record Kept(long order, Measurement measurement) {}

    private final Map<Key, Series> series = new LinkedHashMap<>();
    private long order;

    void add(Measurement measurement) {
        Key key = new Key(measurement.instrument(), measurement.quantity(), measurement.layer(), measurement.split());
        series.computeIfAbsent(key, _ -> new Series()).add(new Kept(order++, measurement));
    }

    /** What was kept, in the order in which it came. */
    List<Measurement> measurements() {
        return series.values().stream()
                .flatMap(one -> one.all().stream())
                .sorted(Comparator.comparingLong(Kept::order))
                .map(Kept::measurement)
                .toList();
    }

    /** For people: what was left out, if anything was. */
    Optional<String> note() {
        int stride = series.values().stream().mapToInt(one -> one.stride).max().orElse(1);
        long thinned = series.values().stream().filter(one -> one.stride > 1).count();
        return stride == 1
                ? Optional.empty()
                : Optional.of("of " + thinned + " of " + series.size() + " series, which have more than " + MOST_NUMBERS
                        + " numbers, only every second reading or fewer is shown (at the least every " + stride
                        + "th), and the last; 'export' writes all");
    }

    private static final class Series {
        private List<Kept> kept = new ArrayList<>();
        private Optional<Kept> last = Optional.empty();
        private int stride = 1;
        private long seen;
        private long numbers;

        void add(Kept reading) {
            last = Optional.of(reading);
            if (seen++ % stride != 0) {
                return;
            }
            kept.add(reading);
            numbers += reading.measurement.values().size();
            if (numbers > MOST_NUMBERS && kept.size() > LEAST_READINGS) {
                halve();
            }
        }

        private void halve() {
            List<Kept> half = new ArrayList<>();
            for (int i = 0; i < kept.size(); i += 2) {
                half.add(kept.get(i));
            }
            kept = half;
            numbers = half.stream()
                    .mapToLong(one -> one.measurement.values().size())
                    .sum();
            stride *= 2;
        }

        List<Kept> all() {
            List<Kept> all = new ArrayList<>(kept);
            last.filter(reading -> reading.order > all.getLast().order).ifPresent(all::add);
            return all;
        }
    }
}
