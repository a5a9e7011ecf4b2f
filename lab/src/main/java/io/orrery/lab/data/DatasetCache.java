package io.orrery.lab.data;

import io.orrery.engine.graph.Precision;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.source.DataSource;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Loads each data set once for all runs of a study, and converts it once to each precision. Thread-safe: a second thread that wants the same data waits for the
 * first. Data that no run holds may be forgotten when memory is short, and is loaded again.
 */
public final class DatasetCache {
    private record RawKey(DataSource source, long seed, Precision least) {}

    private record Key(DataSpec spec, long seed, Precision least) {}

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

        /** What was found, and whether others may find it too. */
        private record Found(Dataset data, boolean shared) {}

        /** The same, but what is large beside the heap is not held. */
        synchronized Found find(Supplier<Dataset> load) {
            Dataset known = held.get();
            if (known != null) {
                return new Found(known, true);
            }
            Dataset loaded = load.get();
            if (COPIES * bytes(loaded) > Runtime.getRuntime().maxMemory()) {
                return new Found(loaded, false);
            }
            held = new SoftReference<>(loaded);
            return new Found(loaded, true);
        }

        private static long bytes(Dataset data) {
            long bytes = 0;
            for (SplitName name : SplitName.values()) {
                bytes += data.split(name).map(Split::bytes).orElse(0L);
            }
            return bytes;
        }
    }

    /** What was read, what becomes of it, and one more in the precision of the run. */
    private static final long COPIES = 3;

    private final Map<Object, Slot> slots = new HashMap<>();
    private final FilesRead.Progress progress;

    /** Reads files in silence. */
    public DatasetCache() {
        this(FilesRead.Progress.SILENT);
    }

    /** Tells somebody when files take long to read. */
    public DatasetCache(FilesRead.Progress progress) {
        this.progress = progress;
    }

    /**
     * The same as {@link DataSpec#load}, shared.
     *
     * @throws io.orrery.lab.UserError as {@link DataSpec#load}; the next call tries again
     */
    public Dataset load(DataSpec spec, long runSeed) {
        return atLeast(spec, runSeed, Precision.SINGLE);
    }

    /**
     * The same in the precision of a run: runs on the same data share one copy of it.
     *
     * @throws io.orrery.lab.UserError as {@link DataSpec#load}
     */
    public Dataset load(DataSpec spec, long runSeed, Precision precision) {
        Dataset loaded = atLeast(spec, runSeed, precision);
        Key key = new Key(spec.withoutBatches(), spec.dataSeed(runSeed), precision);
        return slot(new ConvertedKey(key, precision)).get(() -> loaded.in(precision));
    }

    private Dataset atLeast(DataSpec spec, long runSeed, Precision least) {
        spec.check();
        long seed = spec.dataSeed(runSeed);
        Key key = new Key(spec.withoutBatches(), seed, least);
        return spec.checkBatch(slot(key).get(() -> loaded(spec, seed, least)));
    }

    /** What was read is kept for other specs, unless it is so large that it is better changed where it lies. */
    private Dataset loaded(DataSpec spec, long seed, Precision least) {
        DataSource source = spec.source();
        Slot kept = slot(new RawKey(source, source.seeded() ? seed : 0, least));
        Slot.Found found = kept.find(() -> spec.raw(seed, least, progress));
        return found.shared() ? spec.transform(found.data(), seed) : Transforms.applyTo(found.data(), spec, seed);
    }

    private synchronized Slot slot(Object key) {
        return slots.computeIfAbsent(key, unused -> new Slot());
    }
}
