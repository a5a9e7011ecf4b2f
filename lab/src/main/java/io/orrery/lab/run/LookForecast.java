package io.orrery.lab.run;

import io.orrery.lab.observe.Extent;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.LookBudget.Part;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What the looks of a whole run record.
 *
 * @param looks how many there are
 * @param numbers that they record in all
 * @param bytes that their records take in all
 */
public record LookForecast(long looks, long numbers, long bytes) {
    private static final int THOROUGH = 0;
    private static final int USUAL = 1;

    /** What one look of an instrument records. */
    private record Size(long numbers, long bytes) {}

    static LookForecast of(Trainer trainer, LookSchedule schedule, ToLongFunction<List<Measurement>> bytes) {
        LookBudget budget = trainer.budget(schedule);
        LookBudget probes = onProbes(budget);
        Map<String, Size> thorough = sizes(trainer, probes, THOROUGH, bytes);
        Map<String, Size> usual = sizes(trainer, probes, USUAL, bytes);
        long overhead = bytes.applyAsLong(List.of());
        int looks = schedule.steps().length;
        long numbers = 0;
        long all = 0;
        for (int index = 0; index < looks; index++) {
            boolean last = index == looks - 1;
            Map<String, Size> sizes = last || budget.thorough(index) ? thorough : usual;
            for (Instrument instrument : trainer.instruments()) {
                if (last || budget.due(instrument, index)) {
                    Size size = sizes.getOrDefault(instrument.name(), new Size(0, 0));
                    numbers += size.numbers;
                    all += size.bytes;
                }
            }
            all += overhead;
        }
        return new LookForecast(looks, numbers, all);
    }

    /** Two looks on the fewest examples: a thorough one and a usual one. */
    private static LookBudget onProbes(LookBudget budget) {
        Map<Part, BitSet> shown = new HashMap<>();
        for (Part part : budget.shown().keySet()) {
            BitSet looks = new BitSet();
            looks.set(THOROUGH);
            looks.set(USUAL, part != Part.Shared.THOROUGH);
            shown.put(part, looks);
        }
        return new LookBudget(shown, List.of(Extent.PROBE, Extent.PROBE), budget.costs());
    }

    private static Map<String, Size> sizes(
            Trainer trainer, LookBudget budget, int index, ToLongFunction<List<Measurement>> bytes) {
        TimedLooks.Occasion look = new TimedLooks.Occasion(trainer.step(), index, false);
        Map<String, List<Measurement>> readings = new TimedLooks(trainer.observer(), trainer.instruments(), budget)
                .look(look, trainer.learningRate(), new LinkedHashMap<>()).stream()
                        .collect(Collectors.groupingBy(Measurement::instrument));
        long overhead = bytes.applyAsLong(List.of());
        Map<String, Size> sizes = new HashMap<>();
        readings.forEach((instrument, measurements) -> sizes.put(
                instrument,
                new Size(
                        measurements.stream()
                                .mapToLong(measurement -> measurement.values().size())
                                .sum(),
                        bytes.applyAsLong(measurements) - overhead)));
        return sizes;
    }
}
