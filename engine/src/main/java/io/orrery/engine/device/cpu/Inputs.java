package io.orrery.engine.device.cpu;

import io.orrery.engine.graph.ElementType;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.Storage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The inputs of one execution: which there are, which have been given, and whose memory they use. */
public final class Inputs {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private boolean allSet;

    Inputs(List<Storage> storages) {
        for (int i = 0; i < storages.size(); i++) {
            if (storages.get(i) instanceof Storage.InputArray array) {
                entries.put(array.label(), new Entry(array, i));
            }
        }
    }

    /** One input. */
    static final class Entry {
        private enum Memory {
            NONE,
            OWN,
            LENT
        }

        private final Storage.InputArray array;
        private final int storage;
        private Memory memory = Memory.NONE;

        Entry(Storage.InputArray array, int storage) {
            this.array = array;
            this.storage = storage;
        }

        int storage() {
            return storage;
        }

        int length() {
            return array.length();
        }

        /** Makes the input use memory of the execution; returns whether it must be allocated now. */
        boolean claim() {
            boolean isNew = memory != Memory.OWN;
            memory = Memory.OWN;
            return isNew;
        }

        /** Makes the input use somebody else's memory. */
        void lend() {
            memory = Memory.LENT;
        }

        void requireLength(int found) {
            if (found != array.length()) {
                throw new IllegalArgumentException("input '" + array.label() + "' of shape " + array.shape() + " needs "
                        + array.length() + " values, found " + found);
            }
        }

        void requireRange(int found, int from) {
            if (from < 0 || from > found - array.length()) {
                throw new IllegalArgumentException("input '" + array.label() + "' of shape " + array.shape() + " needs "
                        + array.length() + " values from position " + from + ", found " + found + " in all");
            }
        }

        void requireShape(Shape found) {
            if (!found.equals(array.shape())) {
                throw new IllegalArgumentException(
                        "input '" + array.label() + "' has shape " + array.shape() + ", found an array " + found);
            }
        }
    }

    Entry of(String label, ElementType type) {
        Entry entry = entries.get(label);
        if (entry == null) {
            throw new IllegalArgumentException(
                    "the plan has no input '" + label + "'; it has " + String.join(", ", entries.keySet()));
        }
        if (entry.array.type() != type) {
            throw new IllegalArgumentException(
                    "input '" + label + "' holds " + Outputs.name(entry.array.type()) + ", not " + Outputs.name(type));
        }
        return entry;
    }

    /** Refuses to run before every input was given. */
    void requireAllSet() {
        if (!allSet) {
            String missing = entries.values().stream()
                    .filter(entry -> entry.memory == Entry.Memory.NONE)
                    .map(entry -> "'" + entry.array.label() + "' " + entry.array.shape())
                    .collect(Collectors.joining(", "));
            if (!missing.isEmpty()) {
                throw new IllegalStateException("inputs were not set before the run: " + missing);
            }
            allSet = true;
        }
    }
}
