package io.orrery.lab.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.DataSpecBuilder;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.data.picture.JpegBytes;
import io.orrery.lab.data.picture.Picture;
import io.orrery.lab.data.picture.PictureDamage;
import io.orrery.lab.data.picture.PictureHeader;
import io.orrery.lab.data.picture.Pictures;
import io.orrery.lab.data.picture.PngBytes;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.source.DataSource;
import io.orrery.lab.data.source.Images;
import io.orrery.lab.data.source.Images.Color;
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
        Picture image = new Picture(1, 2, 4, new double[] {0, 1, 2, 3, 4, 5, 6, 7});
        assertThat(image.scaled(1, 2).values()).containsExactly((0 + 1 + 4 + 5) / 4.0, (2 + 3 + 6 + 7) / 4.0);
        // 3 columns into 2: each new one covers one and a half.
        Picture three = new Picture(1, 1, 3, new double[] {3, 6, 9});
        assertThat(three.scaled(1, 2).values()[0]).isCloseTo(4, within(1e-12));
        assertThat(three.scaled(1, 2).values()[1]).isCloseTo(8, within(1e-12));
    }

    @Test
    void enlargingInterpolatesBetweenPixelCentres() {
        Picture two = new Picture(1, 1, 2, new double[] {0, 4});
        assertThat(two.scaled(1, 4).values()).containsExactly(0, 1, 3, 4);
        Picture one = new Picture(3, 1, 1, new double[] {1, 2, 3});
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

    /** ImageNet's and torchvision's layout: nothing is cut off the training images. */
    @Test
    void valBesideTrainIsHeldOut() throws IOException {
        for (String name : new String[] {"train/x", "train/y", "val/x", "val/y"}) {
            write(name + "/1.png", grey(1, 1, name.startsWith("val") ? 200 : 10));
        }
        Dataset data = images(OptionalInt.empty(), Color.AUTO, 0.5).load(1);
        assertThat(data.train().count()).isEqualTo(2);
        assertThat(data.test().orElseThrow().inputs().singles()).containsExactly(200 / 255f, 200 / 255f);
        assertThat(data.validation()).isEmpty();
        assertThat(data.ledger().lines()).contains("  this is the test split: there is no test/");
        write("test/x/1.png", grey(1, 1, 90));
        write("test/y/1.png", grey(1, 1, 90));
        Dataset three = images(OptionalInt.empty(), Color.AUTO, 0.5).load(1);
        assertThat(three.test().orElseThrow().inputs().singles()).containsExactly(90 / 255f, 90 / 255f);
        assertThat(three.validation().orElseThrow().inputs().singles()).containsExactly(200 / 255f, 200 / 255f);
        assertThat(three.ledger().lines()).contains("  this is the validation split");
        assertThat(three.files())
                .containsOnlyKeys(
                        "train/x/ (1 images)",
                        "train/y/ (1 images)",
                        "test/x/ (1 images)",
                        "test/y/ (1 images)",
                        "val/x/ (1 images)",
                        "val/y/ (1 images)");
    }

    @Test
    void aFoldersValidationSplitGoesThroughTheTransforms() throws IOException {
        for (String split : new String[] {"train", "val", "test"}) {
            for (String name : new String[] {"5", "6", "7"}) {
                write(split + "/" + name + "/1.png", grey(1, 1, name.charAt(0)));
            }
        }
        DataSpec spec = DataSpecBuilder.of(images(OptionalInt.empty(), Color.AUTO, 0))
                .classes(7, 5)
                .build();
        Dataset data = spec.load(1);
        Split validation = data.validation().orElseThrow();
        assertThat(validation.labels()).containsExactly(1, 0);
        assertThat(validation.inputs().singles()).containsExactly('5' / 255f, '7' / 255f);
        DataSpec cut = DataSpecBuilder.of(images(OptionalInt.empty(), Color.AUTO, 0))
                .validation(1)
                .build();
        assertThatThrownBy(() -> cut.load(1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("data.validation: the files already have a validation split of 3 examples");
    }

    @Test
    void foldersInAClassFolderBelongToIt() throws IOException {
        write("cat/0.png", grey(1, 1, 1));
        write("cat/session2/day1/1.png", grey(1, 1, 2));
        write("cat/session2/0.png", grey(1, 1, 3));
        write("dog/0.png", grey(1, 1, 4));
        Dataset data = images(OptionalInt.empty(), Color.AUTO, 0).load(1);
        assertThat(data.train().labels()).containsExactly(0, 0, 0, 1);
        assertThat(data.train().inputs().singles()).containsExactly(1 / 255f, 3 / 255f, 2 / 255f, 4 / 255f);
    }

    @Test
    void whatIsNotReadIsCounted() throws IOException {
        write("cat/0.png", grey(1, 1, 1));
        write("dog/0.png", grey(1, 1, 1));
        write("dog/deep/1.JPE", grey(1, 1, 1));
        for (String other :
                new String[] {"cat/a.webp", "dog/b.webp", "dog/deep/c.txt", "dog/README", "stray.png", "cat/._0.png"}) {
            Files.writeString(folder.resolve(other), "x");
        }
        Files.writeString(folder.resolve("cat/Thumbs.db"), "x");
        Files.createSymbolicLink(folder.resolve("dog/gone.png"), folder.resolve("nowhere.png"));
        Dataset data = images(OptionalInt.empty(), Color.AUTO, 0).load(1);
        assertThat(data.ledger().lines())
                .containsExactly(
                        folder + ": 11 files found = 3 used + 1 refused + 7 left out",
                        "  refused 1: links that point at nothing",
                        "  left out 1: .txt is not read, only .png, .jpg and .jpeg",
                        "  left out 2: .webp is not read, only .png, .jpg and .jpeg",
                        "  left out 2: hidden, or left behind by the system",
                        "  left out 1: in no class folder, such as stray.png",
                        "  left out 1: names without ending are not read, only .png, .jpg and .jpeg");
        Files.delete(folder.resolve("cat/0.png"));
        refused(
                images(OptionalInt.empty(), Color.AUTO, 0),
                "cat: empty class: no PNG or JPEG images in it; found, in all classes: 1 links that point at nothing");
    }

    @Test
    void aClassMayBeCalledTrain() throws IOException {
        for (String name : new String[] {"bus", "test", "train", "val"}) {
            write(name + "/0.png", grey(1, 1, 1));
        }
        assertThat(images(OptionalInt.empty(), Color.AUTO, 0).load(1).classNames())
                .containsExactly("bus", "test", "train", "val");
        // Also where its images lie deeper, like those of the other classes.
        Files.delete(folder.resolve("train/0.png"));
        write("train/fast/0.png", grey(1, 1, 1));
        assertThat(images(OptionalInt.empty(), Color.AUTO, 0).load(1).train().count())
                .isEqualTo(4);
    }

    @Test
    void splitsMayBeCalledOtherwise() throws IOException {
        for (String name : new String[] {"Training/x", "Training/y", "Testing/x", "Testing/y", "extra/more"}) {
            write(name + "/0.png", grey(1, 1, 1));
        }
        Dataset data = images(OptionalInt.empty(), Color.AUTO, 0).load(1);
        assertThat(data.train().count()).isEqualTo(2);
        assertThat(data.test().orElseThrow().count()).isEqualTo(2);
        assertThat(data.ledger().lines()).contains("  left out 1: in extra/, which is no split");
    }

    /** Ten folders deep in the wrong place, splits would be taken for classes. */
    @Test
    void layoutsThatCanBeReadInTwoWaysAreRefused() throws IOException {
        write("training_set/cat/0.png", grey(1, 1, 1));
        write("training_set/dog/0.png", grey(1, 1, 1));
        refused(
                images(OptionalInt.empty(), Color.AUTO, 0),
                "its only folder training_set holds folders, no images: are these the classes?");
        write("test_set/cat/0.png", grey(1, 1, 1));
        write("test_set/dog/0.png", grey(1, 1, 1));
        refused(
                images(OptionalInt.empty(), Color.AUTO, 0),
                "test_set, training_set hold folders, no images: splits, or classes?");
        write("cat/0.png", grey(1, 1, 1));
        refused(images(OptionalInt.empty(), Color.AUTO, 0), "test_set: holds folders called as those beside it");
    }

    @Test
    void splitsWithoutClassFoldersAreRefused() throws IOException {
        write("train/cat.1.png", grey(1, 1, 1));
        write("test/1.png", grey(1, 1, 1));
        refused(
                images(OptionalInt.empty(), Color.AUTO, 0),
                "found test, train, whose names are those of splits; expected train with a folder of images per class in it");
    }

    /** A Mac writes an accent as a letter of its own; the same class comes from a Linux machine in the test split. */
    @Test
    void composedAndDecomposedNamesAreOneClass() throws IOException {
        write("train/caf\u00e9/0.png", grey(1, 1, 1));
        write("train/tea/0.png", grey(1, 1, 1));
        write("test/cafe\u0301/0.png", grey(1, 1, 1));
        write("test/tea/0.png", grey(1, 1, 1));
        Dataset data = images(OptionalInt.empty(), Color.AUTO, 0).load(1);
        assertThat(data.classNames()).containsExactly("caf\u00e9", "tea");
        assertThat(data.test().orElseThrow().labels()).containsExactly(0, 1);
        write("train/cafe\u0301/1.png", grey(1, 1, 1));
        Dataset both = images(OptionalInt.empty(), Color.AUTO, 0).load(1);
        assertThat(both.train().labels()).containsExactly(0, 0, 1);
        assertThat(both.ledger().lines())
                .contains(
                        "  two folders whose names differ in composed and decomposed letters only are one class: caf\u00e9");
    }

    @Test
    void linksThatLeadBackAreRefused() throws IOException {
        write("cat/0.png", grey(1, 1, 1));
        Files.createSymbolicLink(folder.resolve("cat/again"), folder.resolve("cat"));
        refused(images(OptionalInt.empty(), Color.AUTO, 0), "again: a link that leads back to a folder around it");
    }

    @Test
    void turnedImagesAreTurnedAndCounted() throws IOException {
        byte[] turned = new PngBytes(1, 2, 8, 0, 0)
                .chunk("eXIf", JpegBytes.exifTiff(6, true))
                .pixels(new int[][] {{10, 20}}, 1, 8, false, 0);
        write("x/0.png", grey(2, 1, 10, 20));
        Files.createDirectories(folder.resolve("y"));
        Files.write(folder.resolve("y/0.png"), turned);
        Dataset data = images(OptionalInt.empty(), Color.AUTO, 0).load(1);
        assertThat(data.train().inputs().singles()).containsExactly(10 / 255f, 20 / 255f, 10 / 255f, 20 / 255f);
        assertThat(data.ledger().lines()).contains("  1 image was turned as its EXIF orientation says");
    }

    /** What a file is called says nothing about what it is. */
    @Test
    void onlyPngAndJpegAreRead() throws IOException {
        write("x/0.jpg", grey(1, 1, 77));
        Files.createDirectories(folder.resolve("y"));
        byte[] gif = {
            'G', 'I', 'F', '8', '9', 'a', 1, 0, 1, 0, 0, 0, 0, ',', 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 'D', 1, 0, ';'
        };
        Files.write(folder.resolve("y/0.png"), gif);
        refused(
                images(OptionalInt.empty(), Color.AUTO, 0),
                "y/0.png: not a readable image; expected PNG or JPEG, found GIF; convert it to PNG");
        write("y/0.png", grey(1, 1, 78));
        assertThat(images(OptionalInt.empty(), Color.AUTO, 0)
                        .load(1)
                        .train()
                        .inputs()
                        .singles())
                .containsExactly(77 / 255f, 78 / 255f);
    }

    /** 240 images of 4096 x 4096 x 3 fit neither a heap nor an array: refused from headers alone, which hold next to no pixels. */
    @Test
    void totalsAreCheckedBeforeAnythingIsDecoded() throws IOException {
        byte[] huge = new PngBytes(4096, 4096, 8, 2, 0)
                .chunk("IDAT", PngBytes.deflated(new byte[9]))
                .end();
        for (int i = 0; i < 240; i++) {
            Path path = folder.resolve((i % 2 == 0 ? "x/" : "y/") + i + ".png");
            Files.createDirectories(path.getParent());
            Files.write(path, huge);
        }
        refused(
                images(OptionalInt.empty(), Color.AUTO, 0),
                "240 examples of 50,331,648 numbers need 48,318 MB, but the heap has ");
    }

    /** 8192 x 8192 x (2 x 3 + 2) numbers of 8 bytes are 4,295 MB. */
    @Test
    void aPictureThatTheHeapCannotDecodeIsRefused() throws PictureDamage {
        PictureHeader header = Pictures.header(new PngBytes(8192, 8192, 8, 2, 0)
                .chunk("IDAT", PngBytes.deflated(new byte[9]))
                .end());
        assertThatThrownBy(() -> ImageFolder.checkMemory(Path.of("a.png"), header, 1_000_000_000))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "a.png: 8192 x 8192 pixels need about 4,295 MB to be decoded, but the heap has 1,000 MB; make the"
                                + " picture smaller, or give more with ORRERY_JAVA_FLAGS=-Xmx7g");
        ImageFolder.checkMemory(Path.of("a.png"), header, 5_000_000_000L);
    }

    /** A pixel is its sample over the largest one, rounded once: 50 / 255 is no single-precision number. */
    @Test
    void inputsOfDoubleRunsAreRoundedToDouble() throws IOException {
        write("x/0.png", grey(1, 2, 50, 255));
        write("y/0.png", grey(1, 2, 7, 0));
        DataSpec spec =
                DataSpecBuilder.of(images(OptionalInt.empty(), Color.AUTO, 0)).build();
        assertThat(spec.load(1, Precision.DOUBLE).train().inputs().doubles())
                .containsExactly(50 / 255.0, 1, 7 / 255.0, 0);
        DatasetCache cache = new DatasetCache();
        assertThat(cache.load(spec, 1, Precision.DOUBLE).train().inputs().doubles())
                .containsExactly(50 / 255.0, 1, 7 / 255.0, 0);
        assertThat(cache.load(spec, 1, Precision.SINGLE).train().inputs().singles())
                .containsExactly(50 / 255f, 1, 7 / 255f, 0);
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
        assertThat(Arrays.copyOf(data.train().inputs().singles(), 2))
                .containsExactly(128 / 255f, (float) (0.2 * (128 / 255.0)));
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
