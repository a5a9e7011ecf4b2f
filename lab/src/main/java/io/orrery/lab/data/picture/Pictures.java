package io.orrery.lab.data.picture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads PNG and JPEG, told apart by their first bytes, whatever a file is called. Values are the stored samples divided by the
 * largest possible one: gamma, chromaticities and colour profiles are not applied (nor do libpng, djpeg and what builds on them
 * apply them unasked). Transparent parts turn black in proportion. The orientation entry of EXIF is obeyed.
 */
public final class Pictures {
    /** The most pixels of one picture: 8192 x 8192. */
    static final long MOST_PIXELS = 1L << 26;

    private static final int[] PNG = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int[] JPEG = {0xff, 0xd8, 0xff};

    private Pictures() {}

    /**
     * Size, channels and orientation, without decoding.
     *
     * @throws PictureDamage if the bytes are no PNG or JPEG, or their structure is damaged
     */
    public static PictureHeader header(byte[] file) throws PictureDamage {
        return isPng(file) ? Png.parse(file).header() : jpeg(file).header();
    }

    /**
     * Decodes all pixels, turned upright.
     *
     * @throws PictureDamage also if pixels are missing or damaged
     */
    public static Picture decode(byte[] file) throws PictureDamage {
        if (isPng(file)) {
            Png png = Png.parse(file);
            return png.header().orientation().upright(PngSamples.decode(png));
        }
        JpegFile jpeg = jpeg(file);
        return jpeg.header().orientation().upright(JpegSamples.decode(jpeg));
    }

    private static JpegFile jpeg(byte[] file) throws PictureDamage {
        if (!startsWith(file, JPEG)) {
            throw new PictureDamage("not a readable image; expected PNG or JPEG, found " + found(file));
        }
        return JpegFile.parse(file);
    }

    /** Refuses sizes that no example has, before anything of that size is allocated. */
    static void checkSize(long height, long width) throws PictureDamage {
        if (height < 1 || width < 1) {
            throw new PictureDamage(height + " x " + width + " pixels: the header is damaged; get the file again");
        }
        if (height * width > MOST_PIXELS) {
            throw new PictureDamage(width + " x " + height + " pixels are too many for an example, at most "
                    + MOST_PIXELS + "; make it smaller, or get the file again if it is not so large");
        }
    }

    private static boolean isPng(byte[] file) {
        return startsWith(file, PNG);
    }

    private static boolean startsWith(byte[] file, int[] magic) {
        if (file.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((file[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static String found(byte[] file) {
        if (file.length == 0) {
            return "an empty file";
        }
        String start = new String(Arrays.copyOf(file, 12), StandardCharsets.ISO_8859_1);
        if (start.startsWith("GIF8")) {
            return "GIF; convert it to PNG";
        }
        if (start.startsWith("BM")) {
            return "BMP; convert it to PNG";
        }
        if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
            return "WebP; convert it to PNG";
        }
        if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
            return "TIFF; convert it to PNG";
        }
        if (start.startsWith("ftyp", 4)) {
            return "HEIC, AVIF or a film; convert it to PNG";
        }
        return "something else";
    }
}
