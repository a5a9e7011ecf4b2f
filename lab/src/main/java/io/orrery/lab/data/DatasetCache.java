package io.orrery.lab.data;

import io.orrery.engine.graph.Precision;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Loads each data set once for all runs of a study, and converts it once to each precision. Thread-safe: a second thread that wants the same data waits for the
 * first. Data that no run holds may be forgotten when memory is short, and is loaded again.
 */
public final class DatasetCache {
    private record RawKey(DataSource source, long seed) {}

    private record Key(DataSpec spec, long seed) {}

    private record ConvertedKey(Key key, Precision precision) {}

    private static final class Slot {
        private SoftReference<Dataset> held = new SoftReference<>(null);

        synchronized Dataset get(Supplier<Dataset> load) {
            Dataset known = held.get();
            if (known != null) {
                return known;
            }
            Dataset loaded = load.get();
            held = new SoftReference<>(loaded);
            return loaded;
        }
    }

    private final Map<Object, Slot> slots = new HashMap<>();

    /**
     * The same as {@link DataSpec#load}, shared.
     *
     * @throws io.orrery.lab.UserError as {@link DataSpec#load}; the next call tries again
     */
    public Dataset load(DataSpec spec, long runSeed) {
        spec.check();
        long seed = spec.dataSeed(runSeed);
        Key key = new Key(spec.withoutBatches(), seed);
        return spec.checkBatch(slot(key).get(() -> spec.transform(raw(spec.source(), seed), seed)));
    }

    /**
     * The same in the precision of a run: runs on the same data share one copy of it.
     *
     * @throws io.orrery.lab.UserError as {@link DataSpec#load}
     */
    public Dataset load(DataSpec spec, long runSeed, Precision precision) {
        Dataset loaded = load(spec, runSeed);
        Key key = new Key(spec.withoutBatches(), spec.dataSeed(runSeed));
        return slot(new ConvertedKey(key, precision)).get(() -> loaded.in(precision));
    }

    private Dataset raw(DataSource source, long seed) {
        return slot(new RawKey(source, source.seeded() ? seed : 0)).get(() -> source.load(seed));
    }

    private synchronized Slot slot(Object key) {
        return slots.computeIfAbsent(key, unused -> new Slot());
    }
}
