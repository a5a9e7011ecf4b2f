package io.orrery.lab.data.picture;

/**
 * What the beginning of a file promises, before a pixel is decoded.
 *
 * @param storedHeight rows in the file, before turning
 * @param storedWidth columns in the file, before turning
 * @param grey whether the picture has one channel: its kind is grey, or its palette holds nothing but greys
 * @param orientation how the picture is to be turned
 */
public record PictureHeader(int storedHeight, int storedWidth, boolean grey, Orientation orientation) {
    /** Rows after turning. */
    public int height() {
        return orientation.exchangesSides() ? storedWidth : storedHeight;
    }

    /** Columns after turning. */
    public int width() {
        return orientation.exchangesSides() ? storedHeight : storedWidth;
    }

    /** Channels after decoding: 1 or 3. */
    public int channels() {
        return grey ? 1 : 3;
    }
}
