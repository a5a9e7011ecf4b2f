package io.orrery.lab.theory.collapse;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;

/**
 * What neural-collapse metrics tend to for square loss on one-hot targets without a bias in the last layer, where features are free
 * variables that decay as the weights do, classes are balanced and the minimum is reached: weights become an orthogonal frame,
 * centred class means a simplex (Zhou et al. 2022; Dang et al. 2023, section 4.2 of the core theory). There the K directions of the
 * targets, that of their common mean among them, cost the same. The features of a network are not free: what all examples have in
 * common (inputs that are not centred, hidden biases, ReLU) makes the direction of the common mean longer in features and shorter in the
 * weights, whose rows then come nearer to a simplex than to an orthogonal frame. With a bias that does not decay that direction
 * costs nothing, and they become a simplex.
 */
public final class CollapseTheory {
    private CollapseTheory() {}

    /**
     * The least self-duality ||W / ||W|| - M / ||M|| ||^2 of given rows W with any centred means M: 2 - 2 ||P W|| / ||W||, where P
     * takes the mean row away. Centred means see P W alone: <W, M> = <P W, M> <= ||P W|| ||M||, with equality where M is a positive
     * multiple of P W, which is where the centred metric is 0. This holds for all weights; {@link #selfDualityPlateau} is its value for
     * orthogonal rows of equal norms.
     *
     * @param rows one per class, not all zero
     */
    public static double selfDualityFloor(Matrix rows) {
        return 2 - 2 * Products.norm(Products.centred(rows)) / Products.norm(rows);
    }

    /**
     * Self-duality of an orthogonal frame of weights with a simplex of means: 2 - 2 sqrt((K - 1) / K). No floor of the raw metric: a
     * network whose rows add up to less than orthogonal ones do falls below, to its {@link #selfDualityFloor}.
     */
    public static double selfDualityPlateau(int classes) {
        return 2 - 2 * Math.sqrt((classes - 1.0) / classes);
    }

    /** Maximal-angle metric of an orthogonal frame of weights: 1 / (K - 1). Rows that are not orthogonal may be above or below. */
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
