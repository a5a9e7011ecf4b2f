package io.orrery.lab.data.picture;

/**
 * How a stored picture lies, by the orientation entry of EXIF 2.3 (tag 0x0112): where the stored first row and first column are
 * in the upright picture.
 */
public enum Orientation {
    /** 1: stored as seen. */
    UPRIGHT(false, false, false),
    /** 2: left and right exchanged. */
    MIRRORED(false, false, true),
    /** 3: upside down. */
    HALF_TURN(false, true, true),
    /** 4: top and bottom exchanged. */
    FLIPPED(false, true, false),
    /** 5: rows and columns exchanged. */
    TRANSPOSED(true, false, false),
    /** 6: to be turned clockwise by a quarter. */
    QUARTER_CLOCKWISE(true, true, false),
    /** 7: rows and columns exchanged along the other diagonal. */
    TRANSVERSED(true, true, true),
    /** 8: to be turned anticlockwise by a quarter. */
    QUARTER_ANTICLOCKWISE(true, false, true);

    private final boolean exchanged;
    private final boolean fromBottom;
    private final boolean fromRight;

    Orientation(boolean exchanged, boolean fromBottom, boolean fromRight) {
        this.exchanged = exchanged;
        this.fromBottom = fromBottom;
        this.fromRight = fromRight;
    }

    /** By the number in EXIF; numbers other than 1 to 8 say nothing: upright. */
    static Orientation of(int number) {
        Orientation[] all = values();
        return number >= 1 && number <= all.length ? all[number - 1] : UPRIGHT;
    }

    /** Whether stored rows become columns. */
    boolean exchangesSides() {
        return exchanged;
    }

    /** The picture as it is to be seen. */
    Picture upright(Picture stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int height = exchanged ? stored.width() : stored.height();
        int width = exchanged ? stored.height() : stored.width();
        int plane = height * width;
        double[] values = new double[stored.values().length];
        for (int channel = 0; channel < stored.channels(); channel++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int row = exchanged ? x : y;
                    int column = exchanged ? y : x;
                    int storedRow = fromBottom ? stored.height() - 1 - row : row;
                    int storedColumn = fromRight ? stored.width() - 1 - column : column;
                    values[channel * plane + y * width + x] =
                            stored.values()[channel * plane + storedRow * stored.width() + storedColumn];
                }
            }
        }
        return new Picture(stored.channels(), height, width, values);
    }
}
