package io.orrery.lab.data.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Makes JPEG files, and takes them apart, for tests. */
public final class JpegBytes {
    private JpegBytes() {}

    /** A picture of the given colours (0xRRGGBB), row after row, under a JFIF header. */
    public static byte[] of(int height, int width, int... colours) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < height * width; i++) {
            image.setRGB(i % width, i / width, colours[i % colours.length]);
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "jpg", bytes);
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Without its first segment, the JFIF header. */
    public static byte[] withoutJfif(byte[] jpeg) {
        int length = ByteBuffer.wrap(jpeg).getShort(4);
        byte[] bare = new byte[jpeg.length - length - 2];
        bare[0] = jpeg[0];
        bare[1] = jpeg[1];
        System.arraycopy(jpeg, 4 + length, bare, 2, bare.length - 2);
        return bare;
    }

    /** With a segment of its own after the first two bytes. */
    public static byte[] with(byte[] jpeg, int marker, byte... content) {
        ByteBuffer more = ByteBuffer.allocate(jpeg.length + content.length + 4);
        more.put(jpeg, 0, 2).put((byte) 0xff).put((byte) marker).putShort((short) (content.length + 2));
        return more.put(content).put(jpeg, 2, jpeg.length - 2).array();
    }

    /** With components 1, 2, 3 called otherwise, in the frame and in a scan of all three. */
    public static byte[] renamed(byte[] jpeg, int... names) {
        byte[] copy = jpeg.clone();
        int frame = marker(copy, 0xc0);
        int scan = marker(copy, 0xda);
        for (int i = 0; i < 3; i++) {
            copy[frame + 10 + 3 * i] = (byte) names[i];
            copy[scan + 5 + 2 * i] = (byte) names[i];
        }
        return copy;
    }

    /** The content of APP1 with an orientation, in either byte order. */
    public static byte[] exif(int orientation, boolean little) {
        byte[] tiff = exifTiff(orientation, little);
        byte[] content =
                Arrays.copyOf("Exif\0\0".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), 6 + tiff.length);
        System.arraycopy(tiff, 0, content, 6, tiff.length);
        return content;
    }

    /** A TIFF header with an orientation behind another entry. */
    public static byte[] exifTiff(int orientation, boolean little) {
        ByteBuffer tiff = ByteBuffer.allocate(38);
        tiff.order(little ? java.nio.ByteOrder.LITTLE_ENDIAN : java.nio.ByteOrder.BIG_ENDIAN);
        tiff.putShort((short) (little ? 0x4949 : 0x4d4d))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 2);
        tiff.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(7);
        tiff.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        return tiff.array();
    }

    /** Where a marker's 0xff is. */
    public static int marker(byte[] jpeg, int marker) {
        for (int at = 2; at < jpeg.length; at += 2 + (ByteBuffer.wrap(jpeg).getShort(at + 2) & 0xffff)) {
            if ((jpeg[at + 1] & 0xff) == marker) {
                return at;
            }
        }
        throw new IllegalArgumentException("no marker " + marker);
    }
}
