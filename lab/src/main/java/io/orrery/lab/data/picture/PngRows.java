package io.orrery.lab.data.picture;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks the rows of a PNG and undoes their filters. Needs memory for a row only. */
final class PngRows implements AutoCloseable {
    private final Png png;
    private final Inflater inflater = new Inflater();
    private int part;

    PngRows(Png png) {
        this.png = png;
    }

    /**
     * Reads the next row.
     *
     * @param row takes the row's bytes
     * @param before the row above, zeros above the first one
     * @param pixelBytes bytes from one pixel to the next, at least 1
     */
    void next(byte[] row, byte[] before, int pixelBytes) throws PictureDamage {
        byte[] filter = new byte[1];
        fill(filter);
        fill(row);
        switch (filter[0]) {
            case 0 -> {}
            case 1 -> {
                for (int i = pixelBytes; i < row.length; i++) {
                    row[i] += row[i - pixelBytes];
                }
            }
            case 2 -> {
                for (int i = 0; i < row.length; i++) {
                    row[i] += before[i];
                }
            }
            case 3 -> {
                for (int i = 0; i < row.length; i++) {
                    int left = i < pixelBytes ? 0 : row[i - pixelBytes] & 0xff;
                    row[i] += (byte) ((left + (before[i] & 0xff)) >> 1);
                }
            }
            case 4 -> {
                for (int i = 0; i < row.length; i++) {
                    int left = i < pixelBytes ? 0 : row[i - pixelBytes] & 0xff;
                    int corner = i < pixelBytes ? 0 : before[i - pixelBytes] & 0xff;
                    row[i] += (byte) paeth(left, before[i] & 0xff, corner);
                }
            }
            default -> throw Png.damage("a row has filter " + (filter[0] & 0xff) + ", which is none of PNG's");
        }
    }

    /** Refuses pixels after the last row, and verifies the checksum over all. */
    void end() throws PictureDamage {
        byte[] more = new byte[1];
        while (!inflater.finished()) {
            if (inflate(more, 0) > 0) {
                throw Png.damage("it has more pixels than its header says");
            }
        }
    }

    private void fill(byte[] bytes) throws PictureDamage {
        int filled = 0;
        while (filled < bytes.length) {
            if (inflater.finished()) {
                throw Png.damage("it has fewer pixels than its header says");
            }
            filled += inflate(bytes, filled);
        }
    }

    private int inflate(byte[] bytes, int from) throws PictureDamage {
        try {
            int count = inflater.inflate(bytes, from, bytes.length - from);
            if (count == 0 && !inflater.finished()) {
                if (inflater.needsDictionary() || part == png.data().size()) {
                    throw Png.damage("its compressed pixels end too early");
                }
                if (inflater.needsInput()) {
                    Png.Part next = png.data().get(part);
                    inflater.setInput(png.file(), next.offset(), next.length());
                    part++;
                }
            }
            return count;
        } catch (DataFormatException damaged) {
            throw Png.damage("its compressed pixels are damaged: " + damaged.getMessage());
        }
    }

    private static int paeth(int left, int above, int corner) {
        int estimate = left + above - corner;
        int toLeft = Math.abs(estimate - left);
        int toAbove = Math.abs(estimate - above);
        int toCorner = Math.abs(estimate - corner);
        if (toLeft <= toAbove && toLeft <= toCorner) {
            return left;
        }
        return toAbove <= toCorner ? above : corner;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
