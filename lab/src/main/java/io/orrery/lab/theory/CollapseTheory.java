package io.orrery.lab.theory;

/**
 * What neural-collapse metrics tend to for square loss on one-hot targets without a bias in the last layer: weights become an
 * orthogonal frame, centred class means a simplex (Zhou et al. 2022; Dang et al. 2023, section 4.2 of the core theory).
 */
public final class CollapseTheory {
    private CollapseTheory() {}

    /**
     * Self-duality of an orthogonal frame of weights with a simplex of means: 2 - 2 sqrt((K - 1) / K). The raw metric cannot
     * fall below this without a bias; the centred one tends to 0.
     */
    public static double selfDualityPlateau(int classes) {
        return 2 - 2 * Math.sqrt((classes - 1.0) / classes);
    }

    /** Maximal-angle metric of an orthogonal frame of weights: 1 / (K - 1). */
    public static double orthogonalFrameAngle(int classes) {
        return 1.0 / (classes - 1);
    }
}
