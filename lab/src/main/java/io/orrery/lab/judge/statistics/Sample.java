package io.orrery.lab.judge.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * How many units a finding rests on, and which gave nothing.
 *
 * @param unit what was counted, in the plural: {@code seeds}, {@code settings}
 * @param size how many there were
 * @param missing places, from 0, of those without a finite number
 * @param flaw why the rest may not be used either; empty if they may
 */
public record Sample(String unit, int size, List<Integer> missing, String flaw) {
    /** Fewest units that carry an outcome. */
    public static final int MINIMUM = 5;

    public Sample {
        missing = List.copyOf(missing);
    }

    /** How many gave numbers. */
    public int used() {
        return size - missing.size();
    }

    /** Whether enough is there to say anything but INCONCLUSIVE. */
    public boolean isEnough() {
        return used() >= MINIMUM && flaw.isEmpty();
    }

    /** As {@code 10 seeds} or {@code 8 of 10 seeds}. */
    public String text() {
        return (missing.isEmpty() ? "" : used() + " of ") + size + " " + unit;
    }

    /** What is wrong with it, in sentences; empty if nothing is. */
    public String complaint() {
        List<String> sentences = new ArrayList<>();
        if (!missing.isEmpty()) {
            List<String> places =
                    missing.stream().map(place -> Plain.ordinal(place + 1)).toList();
            sentences.add("no finite number from the " + Plain.list(places) + " of " + size + " " + unit);
        }
        if (!flaw.isEmpty()) {
            sentences.add(flaw);
        }
        if (used() < MINIMUM) {
            sentences.add("at least " + MINIMUM + " " + unit + " are needed");
        }
        return String.join("; ", sentences);
    }
}
