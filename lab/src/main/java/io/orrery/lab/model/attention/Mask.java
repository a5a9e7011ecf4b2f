package io.orrery.lab.model.attention;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;

/**
 * Which positions may be read from which: all, or those up to one's own.
 *
 * @param causal whether position i reads from positions 0 to i alone
 */
public record Mask(boolean causal) {
    /** Low enough that the exponential of any score beside it is exactly 0. */
    private static final double NEVER = -1e9;

    /** Scores [heads, positions, positions] with those that may not be read as good as minus infinity. */
    public Node scores(Node scores) {
        return causal ? scores.add(triangle(scores, 0, NEVER)) : scores;
    }

    /** Weights [heads, positions, positions], those that may not be read set to 0. */
    public Node weights(Node weights) {
        return causal ? weights.multiply(triangle(weights, 1, 0)) : weights;
    }

    private static Node triangle(Node like, double below, double above) {
        int positions = like.shape().size(-1);
        double[] values = new double[positions * positions];
        for (int i = 0; i < positions; i++) {
            for (int j = 0; j < positions; j++) {
                values[i * positions + j] = j <= i ? below : above;
            }
        }
        return like.graph().constant(Shape.of(1, positions, positions), values);
    }
}
