package io.orrery.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.Images.Color;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {
    @TempDir
    Path folder;

    @Test
    void greySamplesAreReadAsTheyAre() throws IOException {
        write("cat/a.png", grey(2, 3, 0, 50, 100, 150, 200, 255));
        write("cat/b.png", grey(2, 3, 1, 1, 1, 1, 1, 1));
        write("dog/a.png", grey(2, 3, 255, 0, 0, 0, 0, 0));
        Files.writeString(folder.resolve("dog/notes.txt"), "not an image");
        Dataset data = images(OptionalInt.empty(), Color.AUTO, 0).load(1);
        assertThat(data.exampleShape()).isEqualTo(Shape.of(1, 2, 3));
        assertThat(data.classNames()).containsExactly("cat", "dog");
        assertThat(data.train().labels()).containsExactly(0, 0, 1);
        assertThat(Arrays.copyOf(data.train().inputs().singles(), 6))
                .containsExactly(0, 50 / 255f, 100 / 255f, 150 / 255f, 200 / 255f, 1);
        assertThat(data.files()).containsOnlyKeys("cat/ (2 images)", "dog/ (1 images)");
    }

    @Test
    void colourComesChannelAfterChannel() throws IOException {
        write("a/1.png", colour(1, 2, 0xff0000, 0x00ff33));
        write("b/1.png", grey(1, 2, 51, 255));
        float[] pixels = images(OptionalInt.empty(), Color.AUTO, 0)
                .load(1)
                .train()
                .inputs()
                .singles();
        assertThat(pixels).containsExactly(1, 0, 0, 1, 0, 0.2f, 0.2f, 1, 0.2f, 1, 0.2f, 1);
        float[] luma = images(OptionalInt.empty(), Color.GREY, 0)
                .load(1)
                .train()
                .inputs()
                .singles();
        assertThat(luma[0]).isCloseTo(0.299f, within(1e-7f));
        assertThat(luma[1]).isCloseTo(0.587f + 0.114f * 0.2f, within(1e-7f));
        assertThat(luma[3]).isEqualTo(1);
    }

    @Test
    void jpegIsRead() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.createDirectories(folder.resolve("b"));
        BufferedImage flat = colour(8, 8, new int[64]);
        for (int i = 0; i < 64; i++) {
            flat.setRGB(i % 8, i / 8, 0x808080);
        }
        ImageIO.write(flat, "jpg", folder.resolve("a/1.jpg").toFile());
        ImageIO.write(flat, "jpg", folder.resolve("b/1.JPEG").toFile());
        Dataset data = images(OptionalInt.empty(), Color.AUTO, 0).load(1);
        assertThat(data.exampleShape()).isEqualTo(Shape.of(3, 8, 8));
        assertThat(data.train().inputs().singles()[5]).isCloseTo(128 / 255f, within(2 / 255f));
    }

    @Test
    void trainAndTestFoldersAreKeptApart() throws IOException {
        write("train/x/1.png", grey(1, 1, 10));
        write("train/y/1.png", grey(1, 1, 20));
        write("test/x/1.png", grey(1, 1, 30));
        write("test/y/1.png", grey(1, 1, 40));
        Dataset data = images(OptionalInt.empty(), Color.AUTO, 0.5).load(1);
        assertThat(data.train().count()).isEqualTo(2);
        assertThat(data.test().orElseThrow().inputs().singles()).containsExactly(30 / 255f, 40 / 255f);
        write("test/z/1.png", grey(1, 1, 40));
        refused(images(OptionalInt.empty(), Color.AUTO, 0.5), "no such class among the training images; found [x, y]");
    }

    @Test
    void aFractionIsCutOffWithoutATestFolder() throws IOException {
        for (int i = 0; i < 8; i++) {
            write("x/" + i + ".png", grey(1, 1, i));
            write("y/" + i + ".png", grey(1, 1, 100 + i));
        }
        Dataset data = images(OptionalInt.empty(), Color.AUTO, 0.25).load(1);
        assertThat(data.train().countsPerClass(2)).containsExactly(6, 6);
        assertThat(data.test().orElseThrow().countsPerClass(2)).containsExactly(2, 2);
    }

    @Test
    void shrinkingAveragesWhatAPixelCovers() {
        Image image = new Image(1, 2, 4, new float[] {0, 1, 2, 3, 4, 5, 6, 7});
        assertThat(image.scaled(1, 2).values()).containsExactly((0 + 1 + 4 + 5) / 4f, (2 + 3 + 6 + 7) / 4f);
        // 3 columns into 2: each new one covers one and a half.
        Image three = new Image(1, 1, 3, new float[] {3, 6, 9});
        assertThat(three.scaled(1, 2).values()[0]).isCloseTo(4, within(1e-6f));
        assertThat(three.scaled(1, 2).values()[1]).isCloseTo(8, within(1e-6f));
    }

    @Test
    void enlargingInterpolatesBetweenPixelCentres() {
        Image two = new Image(1, 1, 2, new float[] {0, 4});
        assertThat(two.scaled(1, 4).values()).containsExactly(0, 1, 3, 4);
        Image one = new Image(3, 1, 1, new float[] {1, 2, 3});
        assertThat(one.scaled(2, 1).values()).containsExactly(1, 1, 2, 2, 3, 3);
    }

    @Test
    void sizesMustAgreeUnlessOneIsGiven() throws IOException {
        write("x/1.png", grey(2, 2, 1, 2, 3, 4));
        write("y/1.png", grey(1, 2, 1, 2));
        refused(images(OptionalInt.empty(), Color.AUTO, 0), "y/1.png: 1 x 2 pixels, but ");
        refused(images(OptionalInt.empty(), Color.AUTO, 0), "has 2 x 2; set data.size to scale all images");
        assertThat(images(OptionalInt.of(3), Color.AUTO, 0).load(1).exampleShape())
                .isEqualTo(Shape.of(1, 3, 3));
        refused(images(OptionalInt.of(0), Color.AUTO, 0), "data.size must be from 1 to 4096 pixels, found 0");
    }

    @Test
    void damageAndEmptinessAreNamed() throws IOException {
        refused(Images.defaults(), "source images needs its files: give their folder with --set data.dir=FOLDER");
        refused(
                images(OptionalInt.empty(), Color.AUTO, 0),
                "no class folders; expected one folder of images per class");
        write("x/1.png", grey(2, 2, 1, 2, 3, 4));
        Files.createDirectories(folder.resolve("y"));
        refused(images(OptionalInt.empty(), Color.AUTO, 0), "y: empty class: no PNG or JPEG images in it");
        Files.writeString(folder.resolve("y/1.png"), "not an image");
        refused(images(OptionalInt.empty(), Color.AUTO, 0), "y/1.png: not a readable image; expected PNG or JPEG");
        byte[] good = Files.readAllBytes(folder.resolve("x/1.png"));
        Files.write(folder.resolve("y/1.png"), Arrays.copyOf(good, 45));
        refused(images(OptionalInt.empty(), Color.AUTO, 0), "y/1.png: not a readable image (");
        // A damaged width of 2^30 in the header must fail before memory is taken.
        byte[] wide = good.clone();
        wide[16] = 0x40;
        Files.write(folder.resolve("y/1.png"), wide);
        refused(images(OptionalInt.empty(), Color.AUTO, 0), "y/1.png: ");
    }

    /** 21 x 21 random pixels take many blocks: half of the file holds half of them, and the decoder makes up the rest. */
    @Test
    void imagesThatEndEarlyAndInksAreRefused() throws IOException {
        BufferedImage noise = new BufferedImage(21, 21, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 441; i++) {
            noise.setRGB(i % 21, i / 21, i * 0x2f51a3 & 0xffffff);
        }
        Files.createDirectories(folder.resolve("x"));
        Path file = folder.resolve("x/1.jpg");
        ImageIO.write(noise, "jpg", file.toFile());
        byte[] good = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(good, good.length - 100));
        refused(
                images(OptionalInt.empty(), Color.AUTO, 0),
                "1.jpg: the file ends before the image does; copy it again");
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(output);
            Raster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null);
            writer.write(null, new IIOImage(inks, null, null), null);
        }
        refused(images(OptionalInt.empty(), Color.AUTO, 0), "1.jpg: four inks (CMYK); save it as RGB");
    }

    /** {@code getRGB} would make 188 of 128: it takes grey samples for linear light. */
    @Test
    void greyWithOpacityStaysGrey() throws IOException {
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                true,
                false,
                Transparency.TRANSLUCENT,
                DataBuffer.TYPE_BYTE);
        BufferedImage image = new BufferedImage(model, model.createCompatibleWritableRaster(1, 2), false, null);
        image.getRaster().setPixel(0, 0, new int[] {128, 255});
        image.getRaster().setPixel(0, 1, new int[] {128, 51});
        write("x/1.png", image);
        write("y/1.png", grey(2, 1, 1, 2));
        Dataset data = images(OptionalInt.empty(), Color.AUTO, 0).load(1);
        assertThat(data.exampleShape()).isEqualTo(Shape.of(1, 2, 1));
        assertThat(Arrays.copyOf(data.train().inputs().singles(), 2)).containsExactly(128 / 255f, 0.2f * (128 / 255f));
    }

    private Images images(OptionalInt size, Color color, double testFraction) {
        return new Images(Optional.of(folder.toString()), size, color, testFraction);
    }

    private static void refused(DataSource source, String message) {
        assertThatThrownBy(() -> source.load(1)).isInstanceOf(UserError.class).hasMessageContaining(message);
    }

    private void write(String name, BufferedImage image) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        ImageIO.write(image, "png", path.toFile());
    }

    private static BufferedImage grey(int height, int width, int... levels) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < levels.length; i++) {
            image.getRaster().setSample(i % width, i / width, 0, levels[i]);
        }
        return image;
    }

    private static BufferedImage colour(int height, int width, int... colours) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < colours.length; i++) {
            image.setRGB(i % width, i / width, colours[i]);
        }
        return image;
    }
}
