package io.orrery.engine.kernel;

import io.orrery.engine.graph.Window;

/**
 * What a pooling works on: row-major planes (batch times channels of them) and the windows that slide over each.
 *
 * @param height rows of a plane
 * @param width columns of a plane
 */
public record PoolingSizes(int planes, int height, int width, Window window) {
    private static final Window HALVING = Window.square(2, 2, 0);

    /** Rows of windows. */
    public int outputHeight() {
        return window.outputHeight(height);
    }

    /** Windows of a row. */
    public int outputWidth() {
        return window.outputWidth(width);
    }

    /** Pixels of a plane. */
    public int pixels() {
        return height * width;
    }

    /** Windows of a plane. */
    public int windows() {
        return outputHeight() * outputWidth();
    }

    /** Whether windows are 2 x 2, side by side, without padding: the one kind of pooling that most networks have. */
    boolean isHalving() {
        return window.equals(HALVING);
    }
}
