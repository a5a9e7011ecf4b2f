package io.orrery.lab.theory.kernel;

/**
 * Square windows over square images, without padding: where a convolution looks.
 *
 * @param side of the images, in positions
 * @param size of a window
 * @param stride from one window to the next
 */
public record Windows(int side, int size, int stride) {
    /** The side of the result. */
    public int result() {
        return (side - size) / stride + 1;
    }

    /** How many positions a window has. */
    public int offsets() {
        return size * size;
    }

    /** How many windows so many rows (images times positions) have. */
    int count(int rows) {
        return rows / (side * side) * result() * result();
    }

    /** The row that a window looks at; rows and windows count images, then down, then across. */
    public int row(int window, int offset) {
        int across = result();
        int image = window / (across * across);
        int y = window / across % across * stride + offset / size;
        int x = window % across * stride + offset % size;
        return (image * side + y) * side + x;
    }
}
