package io.orrery.lab.judge.criterion;

/** Which way a quantity goes as its driver grows. */
public enum Direction {
    INCREASING,
    DECREASING;

    /** 1 for increasing, -1 for decreasing. */
    public int sign() {
        return this == INCREASING ? 1 : -1;
    }

    /** As {@code increasing}. */
    public String word() {
        return this == INCREASING ? "increasing" : "decreasing";
    }
}
