package io.orrery.lab.recomputed;

/** One instrument's quantities once more, by plain loops from their definitions. */
interface Recomputation {
    /** The instrument's name. */
    String instrument();

    /** Everything that it should read of a run at a step, and nothing else. */
    void expect(Moment moment, Expected expected);
}
