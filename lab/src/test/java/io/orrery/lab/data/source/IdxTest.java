package io.orrery.lab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.SharedData;
import io.orrery.lab.data.file.DataFolder;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeFourFiles() throws IOException {
        write("train-images-idx3-ubyte", images(4, 2, 3));
        write("train-labels-idx1-ubyte", labels(0, 1, 2, 1));
        write("t10k-images-idx3-ubyte.gz", gzip(images(2, 2, 3)));
        write("t10k-labels-idx1-ubyte.gz", gzip(labels(2, 0)));
    }

    @Test
    void readsPlainAndGzip() throws Exception {
        Dataset data = idx().load(1);
        assertThat(data.exampleShape()).isEqualTo(Shape.of(1, 2, 3));
        assertThat(data.classes()).isEqualTo(3);
        assertThat(data.train().labels()).containsExactly(0, 1, 2, 1);
        assertThat(data.test().orElseThrow().labels()).containsExactly(2, 0);
        // Pixel i of a file is i mod 256.
        assertThat(data.train().inputs().singles()[23]).isEqualTo(23 / 255f);
        double[] wide = idx().load(1, new FilesRead(100, FilesRead.Progress.SILENT, Precision.DOUBLE))
                .train()
                .inputs()
                .doubles();
        assertThat(wide[23]).isEqualTo(23 / 255.0);
        byte[] stored = Files.readAllBytes(folder.resolve("t10k-images-idx3-ubyte.gz"));
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(stored));
        assertThat(data.files()).hasSize(4).containsEntry("t10k-images-idx3-ubyte.gz", digest);
    }

    @Test
    void filesMayBeNamedOneByOneWithoutATestSet() {
        Optional<String> none = Optional.empty();
        Idx idx = new Idx(
                none,
                Optional.of(folder.resolve("train-images-idx3-ubyte").toString()),
                Optional.of(folder.resolve("train-labels-idx1-ubyte").toString()),
                none,
                none,
                OptionalInt.of(5));
        Dataset data = idx.load(1);
        assertThat(data.test()).isEmpty();
        assertThat(data.classes()).isEqualTo(5);
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        refused(Idx.defaults(), "source idx needs data.trainImages, or the folder of all four files");
        refused(
                new Idx(
                        Optional.of("/no/such"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty()),
                "/no/such: no such folder; give the folder of the idx files with --set data.dir=FOLDER");
        Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));
        refused(idx(), folder + ": no file t10k-labels-idx1-ubyte or t10k-labels.idx1-ubyte, plain or with .gz");
        refused(
                new Idx(
                        Optional.empty(),
                        Optional.of("/no/images"),
                        Optional.of(folder.resolve("train-labels-idx1-ubyte").toString()),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty()),
                "/no/images: no such file");
    }

    @Test
    void truncatedFilesAreRefused() throws IOException {
        byte[] whole = images(4, 2, 3);
        write("train-images-idx3-ubyte", Arrays.copyOf(whole, whole.length - 1));
        refused(
                idx(),
                "train-images-idx3-ubyte: truncated: 4 images of 2 x 3 pixels needs 24 bytes, found 23; get the file again");
        write("train-images-idx3-ubyte", Arrays.copyOf(whole, 10));
        refused(idx(), "truncated: the header of an IDX image file needs 16 bytes, found 10");
        write("train-labels-idx1-ubyte", Arrays.copyOf(labels(0, 1, 2, 1), 11));
        refused(idx(), "train-labels-idx1-ubyte: truncated: 4 labels needs 4 bytes, found 3");
    }

    @Test
    void oversizedFilesAreRefused() throws IOException {
        byte[] whole = images(4, 2, 3);
        write("train-images-idx3-ubyte", Arrays.copyOf(whole, whole.length + 1));
        refused(idx(), "train-images-idx3-ubyte: longer than its header says (40 bytes unpacked)");
    }

    @Test
    void wrongMagicIsNamed() throws IOException {
        write("train-images-idx3-ubyte", labels(0, 1, 2, 1, 0, 0, 0, 0, 0));
        refused(idx(), "an IDX image file starts with 2051, found 2049; this is a label file");
        write("train-labels-idx1-ubyte", images(4, 2, 3));
        refused(idx(), "an IDX label file starts with 2049, found 2051; this is an image file");
        write("train-labels-idx1-ubyte", new byte[20]);
        refused(idx(), "an IDX label file starts with 2049, found 0; this is no such file, or a damaged one");
    }

    @Test
    void imagesAndLabelsMustBelongTogether() throws IOException {
        write("train-labels-idx1-ubyte", labels(0, 1, 2));
        refused(idx(), "train-images-idx3-ubyte has 4 images, but ");
        write("train-labels-idx1-ubyte", labels(0, 1, 2, 1));
        write("t10k-images-idx3-ubyte.gz", gzip(images(2, 3, 3)));
        refused(idx(), "images of shape [1, 3, 3], but those of ");
    }

    @Test
    void labelsOutOfRangeAreNamed() throws IOException {
        write("t10k-labels-idx1-ubyte.gz", gzip(labels(2, 9)));
        refused(idx(), "t10k-labels-idx1-ubyte.gz: label 1 is 9, out of range 0 to 2");
        write("train-labels-idx1-ubyte", labels(0, 1, 2, 10));
        write("t10k-labels-idx1-ubyte.gz", gzip(labels(2, 0)));
        refused(new Mnist(Optional.of(folder.toString())), "label 3 is 10, out of range 0 to 9");
    }

    /** A header that promises 2 GB must not make us allocate them: the test JVM does not have so much memory to spare. */
    @Test
    void damagedSizesFailBeforeMemoryIsTaken() throws IOException {
        write("train-labels-idx1-ubyte", header(2049, Integer.MAX_VALUE - 100));
        refused(idx(), "truncated: 2147483547 labels needs 2147483547 bytes, found 0");
        write("train-labels-idx1-ubyte", header(2049, -5));
        refused(idx(), "its header says -5 labels; the file is damaged");
        write("train-labels-idx1-ubyte", labels(0, 1, 2, 1));
        write("train-images-idx3-ubyte", header(2051, 4, 1 << 30, 1 << 30));
        refused(idx(), "4 images of 1073741824 x 1073741824 pixels, more than fit one array");
        write("train-images-idx3-ubyte", header(2051, 4, 20_000, 20_000));
        refused(idx(), "truncated: 4 images of 20000 x 20000 pixels needs 1600000000 bytes, found 0");
    }

    @Test
    void gzipDamageIsNamed() throws IOException {
        byte[] packed = gzip(images(2, 2, 3));
        write("t10k-images-idx3-ubyte.gz", Arrays.copyOf(packed, packed.length - 12));
        refused(idx(), "t10k-images-idx3-ubyte.gz: cannot be read to its end (");
        byte[] flipped = packed.clone();
        flipped[packed.length - 6] ^= 1;
        write("t10k-images-idx3-ubyte.gz", flipped);
        refused(idx(), "t10k-images-idx3-ubyte.gz: cannot be read to its end (");
    }

    @Test
    void mnistWithoutAFolderSaysHowToGiveOne() {
        assertThatThrownBy(() -> DataFolder.find(Optional.empty(), Optional.empty(), "mnist"))
                .isInstanceOf(UserError.class)
                .hasMessage("source mnist needs its files: give their folder with --set data.dir=FOLDER, or set"
                        + " ORRERY_DATA to a folder that has mnist/");
        assertThatThrownBy(() -> DataFolder.find(Optional.empty(), Optional.of("/no"), "mnist"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("/no/mnist: no such folder");
    }

    @Test
    void mnistHasTheKnownCounts() {
        Dataset data = new Mnist(Optional.of(SharedData.find("mnist").toString())).load(1);
        assertThat(data.train().countsPerClass(10))
                .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
        assertThat(data.test().orElseThrow().countsPerClass(10))
                .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
        assertThat(data.files())
                .containsEntry(
                        "train-images-idx3-ubyte.gz",
                        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609")
                .containsEntry(
                        "t10k-labels-idx1-ubyte.gz",
                        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");
        // The mean pixel of the training images is the field's well-known 0.1307.
        double sum = 0;
        for (float pixel : data.train().inputs().singles()) {
            sum += pixel;
        }
        assertThat(sum / (60_000 * 784.0)).isBetween(0.13065, 0.13070);
    }

    @Test
    void otherTypesAreSoundFilesOfAnotherKind() throws IOException {
        write("train-labels-idx1-ubyte", header(0x0c01, 2, 1, 2));
        refused(idx(), "train-labels-idx1-ubyte: an IDX file of another type (32-bit integers); labels are read as");
        write("train-labels-idx1-ubyte", header(0x0d01, 2, 1, 2));
        refused(idx(), "of another type (single-precision numbers)");
        write("train-labels-idx1-ubyte", header(0x0804, 2, 1, 2));
        refused(idx(), "an IDX file of 4 dimensions; an IDX label file has 1");
        write("train-labels-idx1-ubyte", header(0x0e00, 2));
        refused(idx(), "this is no such file, or a damaged one");
    }

    private Idx idx() {
        return new Idx(
                Optional.of(folder.toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    private static void refused(DataSource source, String message) {
        assertThatThrownBy(() -> source.load(1)).isInstanceOf(UserError.class).hasMessageContaining(message);
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    private static byte[] header(int... numbers) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int number : numbers) {
            out.writeInt(number);
        }
        return bytes.toByteArray();
    }

    private static byte[] images(int count, int rows, int columns) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(header(2051, count, rows, columns));
        for (int i = 0; i < count * rows * columns; i++) {
            bytes.write(i);
        }
        return bytes.toByteArray();
    }

    private static byte[] labels(int... labels) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(header(2049, labels.length));
        for (int label : labels) {
            bytes.write(label);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void inTheAbsenceOfADataSetItsSampleIsTaken(@TempDir Path data) throws IOException {
        Path sample = Files.createDirectory(data.resolve("cifar10-small"));
        assertThat(DataFolder.find(Optional.empty(), Optional.of(data.toString()), "cifar10"))
                .isEqualTo(sample);

        Path whole = Files.createDirectory(data.resolve("cifar10"));
        assertThat(DataFolder.find(Optional.empty(), Optional.of(data.toString()), "cifar10"))
                .isEqualTo(whole);
    }
}
