package io.orrery.lab.claim.trial;

import io.orrery.lab.setup.SeedList;
import java.util.List;
import java.util.stream.LongStream;

/** What a verdict counts for, by the seeds that it rests on: thresholds must not have been chosen in their sight. */
public enum Standing {
    /** Seeds that nobody looked at before the thresholds were frozen. */
    RECORD(""),
    /** Seeds that were judged or piloted before the judge was mended: their outcomes were known when thresholds were chosen. */
    SPENT("spent seeds, not a verdict of record: thresholds were chosen with their outcomes known"),
    /** Seeds on which thresholds are calibrated. */
    PILOT("pilot seeds, not a verdict of record: they are for choosing protocols and thresholds");

    /** The first of the seeds that are judged unless others are asked for. */
    public static final long FIRST = 2001;

    private static final long PILOTS = 3001;
    private static final long LAST_PILOT = 3999;
    private static final List<List<Long>> WAS_SEEN =
            List.of(List.of(1L, 10L), List.of(101L, 105L), List.of(1000L, 1009L));

    private final String remark;

    Standing(String remark) {
        this.remark = remark;
    }

    /** What is to be said beside the verdict; empty for one of record. */
    public String remark() {
        return remark;
    }

    /** Whether the lab book keeps it. */
    public boolean isBooked() {
        return this == RECORD;
    }

    /** Of the seeds that were run: spent if one of them is, else pilot if one of them is. */
    static Standing of(List<Long> seeds) {
        if (seeds.stream().anyMatch(Standing::isSpent)) {
            return SPENT;
        }
        return seeds.stream().anyMatch(seed -> seed >= PILOTS && seed <= LAST_PILOT) ? PILOT : RECORD;
    }

    /** The seeds of a protocol that asks for a number of them. */
    static List<Long> judged(int count) {
        return LongStream.range(FIRST, FIRST + count).boxed().toList();
    }

    /** The seeds of {@code --seeds}: a count n means the first n that are judged, a list such as 1,2,5-9 itself. */
    static List<Long> given(String seeds) {
        List<Long> parsed = SeedList.parse(seeds, "--seeds " + seeds + ": ");
        return seeds.strip().matches("[0-9]+") ? judged(parsed.size()) : parsed;
    }

    private static boolean isSpent(long seed) {
        return WAS_SEEN.stream().anyMatch(range -> range.getFirst() <= seed && seed <= range.getLast());
    }
}
