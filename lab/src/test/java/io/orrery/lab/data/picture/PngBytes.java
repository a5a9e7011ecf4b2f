package io.orrery.lab.data.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes PNG files by hand, in every kind that the format has, for tests. */
public final class PngBytes {
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** The signature and a header. */
    public PngBytes(int height, int width, int depth, int colour, int interlace) {
        bytes.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) depth)
                        .put((byte) colour)
                        .put((byte) 0)
                        .put((byte) 0)
                        .put((byte) interlace)
                        .array());
    }

    /** Adds a chunk with its checksum. */
    public PngBytes chunk(String type, byte... content) {
        ByteBuffer chunk = ByteBuffer.allocate(content.length + 12);
        chunk.putInt(content.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(content);
        CRC32 checksum = new CRC32();
        checksum.update(chunk.array(), 4, content.length + 4);
        chunk.putInt((int) checksum.getValue());
        bytes.writeBytes(chunk.array());
        return this;
    }

    /**
     * Adds the pixels and the end.
     *
     * @param samples [height][width * samples per pixel]
     * @param filter 0 to 4, or 5 for all in turn
     */
    public byte[] pixels(int[][] samples, int perPixel, int depth, boolean interlaced, int filter) {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        int height = samples.length;
        int width = samples[0].length / perPixel;
        for (int[] pass : interlaced ? ADAM7 : new int[][] {{0, 0, 1, 1}}) {
            byte[] before = {};
            int number = 0;
            for (int y = pass[1]; y < height && pass[0] < width; y += pass[3]) {
                int columns = (width - pass[0] + pass[2] - 1) / pass[2];
                byte[] row = new byte[(columns * perPixel * depth + 7) / 8];
                for (int i = 0; i < columns; i++) {
                    for (int s = 0; s < perPixel; s++) {
                        put(row, i * perPixel + s, depth, samples[y][(pass[0] + i * pass[2]) * perPixel + s]);
                    }
                }
                byte[] above = before.length == 0 ? new byte[row.length] : before;
                int kind = filter == 5 ? number++ % 5 : filter;
                raw.write(kind);
                raw.writeBytes(filtered(row, above, kind, Math.max(1, perPixel * depth / 8)));
                before = row;
            }
        }
        byte[] packed = deflated(raw.toByteArray());
        int half = packed.length / 2;
        chunk("IDAT", java.util.Arrays.copyOf(packed, half));
        chunk("IDAT", java.util.Arrays.copyOfRange(packed, half, packed.length));
        return end();
    }

    /** Adds the end only. */
    public byte[] end() {
        return chunk("IEND").bytes.toByteArray();
    }

    /** What a chunk IDAT holds. */
    public static byte[] deflated(byte[] raw) {
        Deflater deflater = new Deflater();
        deflater.setInput(raw);
        deflater.finish();
        byte[] packed = new byte[raw.length + 100];
        int length = deflater.deflate(packed);
        deflater.end();
        return java.util.Arrays.copyOf(packed, length);
    }

    private static void put(byte[] row, int index, int depth, int value) {
        if (depth == 16) {
            row[2 * index] = (byte) (value >> 8);
            row[2 * index + 1] = (byte) value;
        } else {
            int bit = index * depth;
            row[bit / 8] |= (byte) (value << 8 - depth - bit % 8);
        }
    }

    private static byte[] filtered(byte[] row, byte[] above, int kind, int step) {
        byte[] out = new byte[row.length];
        for (int i = 0; i < row.length; i++) {
            int a = i < step ? 0 : row[i - step] & 0xff;
            int b = above[i] & 0xff;
            int c = i < step ? 0 : above[i - step] & 0xff;
            int p = a + b - c;
            int paeth = Math.abs(p - a) <= Math.abs(p - b) && Math.abs(p - a) <= Math.abs(p - c)
                    ? a
                    : Math.abs(p - b) <= Math.abs(p - c) ? b : c;
            int predicted = switch (kind) {
                case 1 -> a;
                case 2 -> b;
                case 3 -> (a + b) / 2;
                case 4 -> paeth;
                default -> 0;
            };
            out[i] = (byte) (row[i] - predicted);
        }
        return out;
    }
}
