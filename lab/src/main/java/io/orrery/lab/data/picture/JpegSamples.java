package io.orrery.lab.data.picture;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes JPEG by the JDK's decoder (libjpeg 6b), which is given nothing to guess at and converts no colours. Colours are then
 * converted as libjpeg does (jdcolor.c), in its fixed-point numbers, so that values equal djpeg's. libjpeg 6b repeats chroma
 * rows where they are halved without the columns; libjpeg-turbo interpolates them (jdsample.c, h1v2_fancy_upsample), and so
 * does this.
 */
final class JpegSamples {
    private static final int SCALE_BITS = 16;
    private static final int HALF = 1 << (SCALE_BITS - 1);
    /** 1.40200, 1.77200, 0.71414 and 0.34414 in units of 2^-16. */
    private static final int RED_OF_CR = 91881;

    private static final int BLUE_OF_CB = 116130;
    private static final int GREEN_OF_CR = 46802;
    private static final int GREEN_OF_CB = 22554;
    private static final int CENTRE = 128;

    private JpegSamples() {}

    /** The picture as stored, not turned. */
    static Picture decode(JpegFile jpeg) throws PictureDamage {
        List<String> warnings = new ArrayList<>();
        Raster raster = raster(jpeg, warnings);
        for (String warning : warnings) {
            check(warning);
        }
        int height = jpeg.header().storedHeight();
        int width = jpeg.header().storedWidth();
        if (raster.getNumBands() != jpeg.components() || raster.getHeight() != height || raster.getWidth() != width) {
            throw JpegFile.damage("its pixels are not what its header says");
        }
        int plane = height * width;
        int[][] samples = new int[jpeg.components()][];
        for (int band = 0; band < samples.length; band++) {
            samples[band] = raster.getSamples(0, 0, width, height, band, (int[]) null);
        }
        if (jpeg.chromaRowsHalved()) {
            samples[1] = interpolatedRows(samples[1], height, width);
            samples[2] = interpolatedRows(samples[2], height, width);
        }
        if (jpeg.components() == 3 && jpeg.luma()) {
            toColours(samples);
        }
        double[] values = new double[samples.length * plane];
        for (int channel = 0; channel < samples.length; channel++) {
            for (int i = 0; i < plane; i++) {
                values[channel * plane + i] = samples[channel][i] / 255.0;
            }
        }
        return new Picture(samples.length, height, width, values);
    }

    private static Raster raster(JpegFile jpeg, List<String> warnings) throws PictureDamage {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (MemoryCacheImageInputStream stream =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg.bare()))) {
            reader.setInput(stream, true, true);
            reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
            return reader.readRaster(0, null);
        } catch (IOException | RuntimeException damaged) {
            // The JDK's decoder reports damage in all kinds of exceptions; whichever it is, the file is what it cannot
            // read.
            throw new PictureDamage(
                    "not a readable image (JPEG: " + damaged.getMessage() + "); get the file again", damaged);
        } finally {
            reader.dispose();
        }
    }

    /** The decoder only warns of damage and makes up the rest. Bytes between the last pixel and the end mean no damage. */
    private static void check(String warning) throws PictureDamage {
        String text = warning.toLowerCase(Locale.ROOT);
        if (text.contains("premature end")) {
            throw new PictureDamage("the file ends before the image does; copy it again");
        }
        if (!text.contains("extraneous bytes before marker 0xd9")) {
            throw JpegFile.damage(warning);
        }
    }

    /** Rows that came twice each become three quarters of themselves and one of the neighbour, rounded as libjpeg-turbo does. */
    private static int[] interpolatedRows(int[] repeated, int height, int width) {
        int[] rows = new int[repeated.length];
        int last = (height - 1) / 2;
        for (int y = 0; y < height; y++) {
            int own = y / 2;
            boolean upper = y % 2 == 0;
            int other = Math.clamp(upper ? own - 1 : own + 1, 0, last);
            int bias = upper ? 1 : 2;
            for (int x = 0; x < width; x++) {
                rows[y * width + x] = (3 * repeated[2 * own * width + x] + repeated[2 * other * width + x] + bias) >> 2;
            }
        }
        return rows;
    }

    private static void toColours(int[][] samples) {
        for (int i = 0; i < samples[0].length; i++) {
            int luma = samples[0][i];
            int cb = samples[1][i] - CENTRE;
            int cr = samples[2][i] - CENTRE;
            samples[0][i] = Math.clamp(luma + ((RED_OF_CR * cr + HALF) >> SCALE_BITS), 0, 255);
            samples[1][i] = Math.clamp(luma + ((HALF - GREEN_OF_CB * cb - GREEN_OF_CR * cr) >> SCALE_BITS), 0, 255);
            samples[2][i] = Math.clamp(luma + ((BLUE_OF_CB * cb + HALF) >> SCALE_BITS), 0, 255);
        }
    }
}
