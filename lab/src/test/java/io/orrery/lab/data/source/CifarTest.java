package io.orrery.lab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.SharedData;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {
    @TempDir
    Path folder;

    @Test
    void readsRecordsPlainAndGzip() throws IOException {
        Files.write(folder.resolve("train.bin"), records(1, new int[] {3}, new int[] {9}));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("test.bin.gz")))) {
            out.write(records(1, new int[] {0}));
        }
        Dataset data = cifar10().load(1);
        assertThat(data.exampleShape()).isEqualTo(Shape.of(3, 32, 32));
        assertThat(data.train().labels()).containsExactly(3, 9);
        assertThat(data.test().orElseThrow().labels()).containsExactly(0);
        assertThat(data.classNames().get(3)).isEqualTo("cat");
        // Byte i of a record's pixels is i mod 251: the first of the green plane is 1024 mod 251 = 20.
        assertThat(data.train().inputs().singles()[1024]).isEqualTo(20 / 255f);
        assertThat(data.train().inputs().singles()[3072]).isZero();
        double[] wide = cifar10()
                .load(1, new FilesRead(100, FilesRead.Progress.SILENT, Precision.DOUBLE))
                .train()
                .inputs()
                .doubles();
        assertThat(wide[1024]).isEqualTo(20 / 255.0);
    }

    @Test
    void readsTheFiveBatchesInOrder() throws IOException {
        for (int batch = 1; batch <= 5; batch++) {
            Files.write(folder.resolve("data_batch_" + batch + ".bin"), records(1, new int[] {batch}));
        }
        Files.write(folder.resolve("test_batch.bin"), records(1, new int[] {7}));
        assertThat(cifar10().load(1).train().labels()).containsExactly(1, 2, 3, 4, 5);
        Files.delete(folder.resolve("data_batch_2.bin"));
        refused(cifar10(), "only 4 of the files data_batch_1.bin to data_batch_5.bin");
    }

    @Test
    void readsBothLabelsOfCifar100() throws IOException {
        Files.write(folder.resolve("train.bin"), records(2, new int[] {19, 99}, new int[] {4, 50}));
        Files.write(folder.resolve("test.bin"), records(2, new int[] {0, 1}));
        Optional<String> dir = Optional.of(folder.toString());
        assertThat(new Cifar100(dir, Cifar100.Level.FINE).load(1).train().labels())
                .containsExactly(99, 50);
        Dataset coarse = new Cifar100(dir, Cifar100.Level.COARSE).load(1);
        assertThat(coarse.train().labels()).containsExactly(19, 4);
        assertThat(coarse.train().inputs().singles()[1024]).isEqualTo(20 / 255f);
    }

    @Test
    void damageIsNamed() throws IOException {
        byte[] good = records(1, new int[] {3});
        Files.write(folder.resolve("test.bin"), good);
        refused(cifar10(), folder + ": no file train.bin or data_batch_1.bin, plain or with .gz");
        Files.write(folder.resolve("train.bin"), Arrays.copyOf(good, 3000));
        refused(cifar10(), "train.bin: truncated: record 0 has 3000 of 3073 bytes");
        Files.write(folder.resolve("train.bin"), records(1, new int[] {10}));
        refused(cifar10(), "train.bin: the label of record 0 is 10, out of range 0 to 9; is it a CIFAR-10 file?");
        Files.write(folder.resolve("train.bin"), new byte[0]);
        refused(cifar10(), "train.bin: empty; expected records of 3073 bytes");
    }

    @Test
    void theSmallSampleHasTheKnownCounts() {
        Dataset data = new Cifar10(Optional.of(SharedData.find("cifar10-small").toString())).load(1);
        assertThat(data.train().countsPerClass(10)).containsOnly(500);
        assertThat(data.test().orElseThrow().countsPerClass(10)).containsOnly(100);
        assertThat(data.files())
                .containsEntry("train.bin.gz", "798292a6fe931ee15967e3303f22fda64d47f66d1d57cf809289a27a51edd2a9")
                .containsEntry("test.bin.gz", "d9f71ae554b4e034c35a0e2318e0b50127ac77e8f60f08cc714605d468e6b657");
    }

    private Cifar10 cifar10() {
        return new Cifar10(Optional.of(folder.toString()));
    }

    private static void refused(DataSource source, String message) {
        assertThatThrownBy(() -> source.load(1)).isInstanceOf(UserError.class).hasMessageContaining(message);
    }

    /** Records with the given label bytes and pixels i mod 251. */
    private static byte[] records(int labelBytes, int[]... labels) {
        int size = labelBytes + 3072;
        byte[] bytes = new byte[labels.length * size];
        for (int record = 0; record < labels.length; record++) {
            for (int i = 0; i < size; i++) {
                bytes[record * size + i] = (byte) (i < labelBytes ? labels[record][i] : (i - labelBytes) % 251);
            }
        }
        return bytes;
    }
}
