package io.orrery.lab.theory;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;

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

    /**
     * The simplex frame sqrt(K / (K - 1)) (I - 1 1^T / K), rows of unit norm with cosines -1 / (K - 1), in the first K of
     * {@code width} dimensions (Papyan, Han and Donoho 2020). Every collapse metric of it is 0.
     */
    public static Matrix simplexFrame(int classes, int width) {
        if (classes < 2 || width < classes) {
            throw new IllegalArgumentException("expected at least two classes and as many dimensions, found " + classes
                    + " classes and " + width + " dimensions");
        }
        Matrix frame = Matrix.zeros(classes, width);
        double scale = Math.sqrt(classes / (classes - 1.0));
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                frame.values()[i * width + j] = scale * ((i == j ? 1 : 0) - 1.0 / classes);
            }
        }
        return frame;
    }

    /**
     * ||h - (V h) V|| / ||h||, the sine between a feature and the last layer V, ||V|| = 1, of a binary network. The flow of V
     * driven by this example alone is 2 rho (1 - rho m) times y h - m V, m = y V h; with decay 1 - rho m is not 0, so that V stands
     * still under every single example only if all these sines are 0: features parallel to the classifier, NC3 (4.1, derived).
     */
    public static double misalignment(double[] feature, double[] lastLayer) {
        int width = feature.length;
        double output = Products.dot(lastLayer, 0, feature, 0, width);
        double[] rest = new double[width];
        for (int j = 0; j < width; j++) {
            rest[j] = feature[j] - output * lastLayer[j];
        }
        return Math.sqrt(Products.dot(rest, 0, rest, 0, width) / Products.dot(feature, 0, feature, 0, width));
    }
}
