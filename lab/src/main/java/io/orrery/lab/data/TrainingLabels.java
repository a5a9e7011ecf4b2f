package io.orrery.lab.data;

import io.orrery.engine.random.RandomStream;

/** Label noise (core.md, generator G4) and random labels, by the stream {@code labels}. */
final class TrainingLabels {
    private static final long CHOICE = 0;
    private static final long NOISE = 1;
    private static final long RANDOM = 2;

    private TrainingLabels() {}

    /**
     * The training labels after noise: round(q N) labels, chosen at random, are replaced by uniformly random values, which
     * may be the old ones; or all of them for random labels. Returns the given array if nothing is to change.
     *
     * @param values labels are in 0..values-1
     */
    static int[] of(int[] labels, DataSpec spec, int values, long seed) {
        RandomStream random = RandomStream.of(seed, "labels");
        if (spec.randomLabels()) {
            int[] changed = new int[labels.length];
            for (int i = 0; i < changed.length; i++) {
                changed[i] = random.integer(RANDOM, i, values);
            }
            return changed;
        }
        int noisy = (int) Math.round(spec.labelNoise() * labels.length);
        if (noisy == 0) {
            return labels;
        }
        int[] changed = labels.clone();
        int[] order = random.permutation(CHOICE, labels.length);
        for (int i = 0; i < noisy; i++) {
            changed[order[i]] = random.integer(NOISE, order[i], values);
        }
        return changed;
    }
}
