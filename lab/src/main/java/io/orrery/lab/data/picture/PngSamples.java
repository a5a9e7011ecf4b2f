package io.orrery.lab.data.picture;

/** Turns the compressed rows of a PNG into pixels, one row at a time. */
final class PngSamples {
    /** First column and row, and steps between columns and rows, of Adam7's passes. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] PLAIN = {{0, 0, 1, 1}};

    private final Png png;
    private final int height;
    private final int width;
    private final int channels;
    private final double[] values;
    private final double white;

    private PngSamples(Png png) {
        this.png = png;
        this.height = png.header().storedHeight();
        this.width = png.header().storedWidth();
        this.channels = png.header().channels();
        this.values = new double[channels * height * width];
        this.white = (1 << png.depth()) - 1;
    }

    /** The picture as stored, not turned. */
    static Picture decode(Png png) throws PictureDamage {
        PngSamples samples = new PngSamples(png);
        samples.read();
        return new Picture(samples.channels, samples.height, samples.width, samples.values);
    }

    private void read() throws PictureDamage {
        int bits = png.samples() * png.depth();
        int pixelBytes = Math.max(1, bits / 8);
        try (PngRows rows = new PngRows(png)) {
            for (int[] pass : png.interlaced() ? ADAM7 : PLAIN) {
                int columns = (width - pass[0] + pass[2] - 1) / pass[2];
                int lines = (height - pass[1] + pass[3] - 1) / pass[3];
                if (columns == 0 || lines == 0) {
                    continue;
                }
                byte[] before = new byte[(int) (((long) columns * bits + 7) / 8)];
                byte[] row = new byte[before.length];
                for (int i = 0; i < lines; i++) {
                    rows.next(row, before, pixelBytes);
                    write(row, pass[1] + i * pass[3], pass[0], pass[2], columns);
                    byte[] spare = before;
                    before = row;
                    row = spare;
                }
            }
            rows.end();
        }
    }

    private void write(byte[] row, int y, int firstColumn, int step, int columns) throws PictureDamage {
        int samples = png.samples();
        int[] pixel = new int[samples];
        for (int i = 0; i < columns; i++) {
            for (int s = 0; s < samples; s++) {
                pixel[s] = sample(row, i * samples + s);
            }
            int at = y * width + firstColumn + i * step;
            if (png.colour() == Png.PALETTE) {
                entry(pixel[0], at);
            } else {
                double opaque = opacity(pixel);
                for (int channel = 0; channel < channels; channel++) {
                    values[channel * height * width + at] = opaque * (pixel[channel] / white);
                }
            }
        }
    }

    private void entry(int index, int at) throws PictureDamage {
        if (3 * index >= png.palette().length) {
            throw Png.damage("a pixel has colour " + index + " of a palette of " + png.palette().length / 3);
        }
        byte[] opacities = png.transparent();
        double opaque = index < opacities.length ? (opacities[index] & 0xff) / 255.0 : 1;
        for (int channel = 0; channel < channels; channel++) {
            values[channel * height * width + at] = opaque * ((png.palette()[3 * index + channel] & 0xff) / 255.0);
        }
    }

    private double opacity(int[] pixel) {
        return switch (png.colour()) {
            case Png.GREY_WITH_OPACITY, Png.TRUE_COLOUR_WITH_OPACITY -> pixel[pixel.length - 1] / white;
            default -> isTransparent(pixel) ? 0 : 1;
        };
    }

    /** Whether a grey or colour is the one that the file calls transparent. */
    private boolean isTransparent(int[] pixel) {
        byte[] transparent = png.transparent();
        if (transparent.length == 0) {
            return false;
        }
        int mask = (1 << png.depth()) - 1;
        for (int s = 0; s < pixel.length; s++) {
            int value = ((transparent[2 * s] & 0xff) << 8) | (transparent[2 * s + 1] & 0xff);
            if (pixel[s] != (value & mask)) {
                return false;
            }
        }
        return true;
    }

    private int sample(byte[] row, int index) {
        return switch (png.depth()) {
            case 16 -> ((row[2 * index] & 0xff) << 8) | (row[2 * index + 1] & 0xff);
            case 8 -> row[index] & 0xff;
            default -> {
                int perByte = 8 / png.depth();
                int shift = 8 - png.depth() * (index % perByte + 1);
                yield ((row[index / perByte] & 0xff) >> shift) & ((1 << png.depth()) - 1);
            }
        };
    }
}
