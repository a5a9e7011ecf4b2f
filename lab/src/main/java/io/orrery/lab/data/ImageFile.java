package io.orrery.lab.data;

import io.orrery.lab.UserError;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG and JPEG files. Grey stays grey, other images become red, green and blue; transparent parts turn black. A file
 * that ends early is refused, though decoders fill up what is missing.
 */
final class ImageFile {
    private static final long MOST_PIXELS = 1L << 26;
    private static final String JPEG = "jpeg";
    private static final int CMYK_INKS = 4;
    private static final int GREY_AND_OPACITY = 2;

    private ImageFile() {}

    /**
     * Decodes a file.
     *
     * @throws UserError with the file's name if it is no readable image
     */
    static DataFile.Read<Image> read(Path path) {
        return DataFile.read(path, ImageFile::decode);
    }

    private static Image decode(DataFile file) throws IOException {
        try (MemoryCacheImageInputStream stream = new MemoryCacheImageInputStream(file.content())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new UserError(file.path() + ": not a readable image; expected PNG or JPEG");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS) {
                    throw new UserError(file.path() + ": " + reader.getWidth(0) + " x " + reader.getHeight(0)
                            + " pixels are too many for an example");
                }
                List<String> warnings = new ArrayList<>();
                reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
                BufferedImage decoded = reader.read(0);
                if (warnings.stream().anyMatch(ImageFile::endsEarly)) {
                    throw new UserError(file.path() + ": the file ends before the image does; copy it again");
                }
                if (JPEG.equalsIgnoreCase(reader.getFormatName())
                        && decoded.getRaster().getNumBands() == CMYK_INKS) {
                    throw new UserError(file.path() + ": four inks (CMYK); save it as RGB");
                }
                return image(decoded);
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
            // Decoders report damage in all these ways.
            throw new UserError(
                    file.path() + ": not a readable image (" + damaged.getMessage() + "); expected PNG or JPEG",
                    damaged);
        }
    }

    /** The JPEG decoder only warns of it. */
    private static boolean endsEarly(String warning) {
        return warning.toLowerCase(Locale.ROOT).contains("premature end");
    }

    private static Image image(BufferedImage decoded) {
        int height = decoded.getHeight();
        int width = decoded.getWidth();
        boolean palette = decoded.getColorModel() instanceof IndexColorModel;
        if (!palette && decoded.getRaster().getNumBands() <= GREY_AND_OPACITY) {
            return grey(decoded.getRaster(), height, width);
        }
        int plane = height * width;
        float[] values = new float[3 * plane];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int colour = decoded.getRGB(x, y);
                float opaque = (colour >>> 24) / 255f;
                for (int channel = 0; channel < 3; channel++) {
                    int level = colour >>> (16 - 8 * channel) & 0xff;
                    values[channel * plane + y * width + x] = opaque * (level / 255f);
                }
            }
        }
        return new Image(3, height, width, values);
    }

    /** The samples themselves: {@code getRGB} would apply a grey colour space's gamma. */
    private static Image grey(Raster raster, int height, int width) {
        float white = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        boolean transparent = raster.getNumBands() == GREY_AND_OPACITY;
        float[] values = new float[height * width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float opaque = transparent ? raster.getSample(x, y, 1) / white : 1;
                values[y * width + x] = opaque * (raster.getSample(x, y, 0) / white);
            }
        }
        return new Image(1, height, width, values);
    }
}
