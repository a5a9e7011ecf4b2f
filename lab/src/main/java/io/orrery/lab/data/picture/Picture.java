package io.orrery.lab.data.picture;

/**
 * A decoded picture: channel after channel, row after row, in [0, 1].
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 */
public record Picture(int channels, int height, int width, double[] values) {
    private static final double RED = 0.299;
    private static final double GREEN = 0.587;
    private static final double BLUE = 0.114;

    /** With one channel; luma by ITU-R BT.601: 0.299 red + 0.587 green + 0.114 blue. */
    public Picture grey() {
        if (channels == 1) {
            return this;
        }
        int plane = height * width;
        double[] grey = new double[plane];
        for (int i = 0; i < plane; i++) {
            grey[i] = (RED * values[i] + GREEN * values[plane + i] + BLUE * values[2 * plane + i]);
        }
        return new Picture(1, height, width, grey);
    }

    /** With three channels, all the same if there was one. */
    public Picture colour() {
        if (channels == 3) {
            return this;
        }
        double[] three = new double[3 * values.length];
        for (int channel = 0; channel < 3; channel++) {
            System.arraycopy(values, 0, three, channel * values.length, values.length);
        }
        return new Picture(3, height, width, three);
    }

    /**
     * Scaled to another size, each direction on its own: shrinking averages what a pixel covers, enlarging interpolates
     * linearly between pixel centres.
     */
    public Picture scaled(int newHeight, int newWidth) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        double[][] down = weights(height, newHeight);
        double[][] across = weights(width, newWidth);
        double[] scaled = new double[channels * newHeight * newWidth];
        double[] row = new double[width];
        for (int channel = 0; channel < channels; channel++) {
            for (int y = 0; y < newHeight; y++) {
                for (int x = 0; x < width; x++) {
                    row[x] = 0;
                    for (int i = 1; i < down[y].length; i++) {
                        row[x] += down[y][i] * values[(channel * height + (int) down[y][0] + i - 1) * width + x];
                    }
                }
                for (int x = 0; x < newWidth; x++) {
                    double sum = 0;
                    for (int i = 1; i < across[x].length; i++) {
                        sum += across[x][i] * row[(int) across[x][0] + i - 1];
                    }
                    scaled[(channel * newHeight + y) * newWidth + x] = sum;
                }
            }
        }
        return new Picture(channels, newHeight, newWidth, scaled);
    }

    /** For each new pixel the first old one and the weights from there on. */
    private static double[][] weights(int from, int to) {
        double[][] weights = new double[to][];
        double ratio = (double) from / to;
        for (int i = 0; i < to; i++) {
            weights[i] =
                    to <= from ? covered(i * ratio, (i + 1) * ratio, from) : between((i + 0.5) * ratio - 0.5, from);
        }
        return weights;
    }

    private static double[] covered(double start, double end, int from) {
        int first = (int) start;
        int last = Math.min(from, (int) Math.ceil(end)) - 1;
        double[] weights = new double[last - first + 2];
        weights[0] = first;
        for (int j = first; j <= last; j++) {
            weights[j - first + 1] = (Math.min(end, j + 1) - Math.max(start, j)) / (end - start);
        }
        return weights;
    }

    private static double[] between(double centre, int from) {
        double inside = Math.clamp(centre, 0.0, from - 1.0);
        int first = Math.min((int) inside, Math.max(0, from - 2));
        double part = inside - first;
        return from == 1 ? new double[] {0, 1} : new double[] {first, 1 - part, part};
    }
}
