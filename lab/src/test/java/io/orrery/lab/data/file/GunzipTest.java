package io.orrery.lab.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Precision;
import io.orrery.lab.UserError;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GunzipTest {
    @TempDir
    Path folder;

    @Test
    void membersFollowOneAnother() throws IOException {
        Random random = new Random(3);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (int length : new int[] {0, 1, 100_000, 65_536, 0, 300_000}) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            plain.write(bytes);
            packed.write(gzip(bytes));
        }
        assertThat(unpacked(packed.toByteArray())).isEqualTo(plain.toByteArray());
        packed.write(new byte[70_000]);
        assertThat(unpacked(packed.toByteArray())).isEqualTo(plain.toByteArray());
    }

    @Test
    void headersMayHoldNamesCommentsAndMore() throws IOException {
        byte[] simple = gzip("text".getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 0, 3});
        header.write(new byte[] {3, 0, 'a', 'b', 'c'});
        header.write("name.csv\0a comment\0".getBytes(StandardCharsets.ISO_8859_1));
        CRC32 sum = new CRC32();
        sum.update(header.toByteArray());
        header.write((int) sum.getValue() & 0xff);
        header.write((int) sum.getValue() >>> 8 & 0xff);
        byte[] whole = joined(header.toByteArray(), Arrays.copyOfRange(simple, 10, simple.length));
        assertThat(unpacked(whole)).asString(StandardCharsets.UTF_8).isEqualTo("text");
        whole[12] = 'x';
        assertThatThrownBy(() -> unpacked(whole))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("header");
    }

    @Test
    void everyFlippedBitIsFoundOrChangesNothing() throws IOException {
        byte[] text = "1,2,x\n3,4,y\n".repeat(20).getBytes(StandardCharsets.UTF_8);
        byte[] packed = joined(gzip(text), gzip(text));
        byte[] whole = joined(text, text);
        for (int bit = 0; bit < 8 * packed.length; bit++) {
            byte[] damaged = packed.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            byte[] found;
            try {
                found = unpacked(damaged);
            } catch (IOException refused) {
                continue;
            }
            assertThat(found).as("bit %d", bit).isEqualTo(whole);
        }
        for (int length = 1; length < packed.length; length++) {
            byte[] cut = Arrays.copyOf(packed, length);
            if (length != packed.length / 2) {
                assertThatThrownBy(() -> unpacked(cut)).as("%d bytes", length).isInstanceOf(IOException.class);
            }
        }
        assertThatThrownBy(() -> unpacked(joined(packed, new byte[] {0, 0, 1}))).hasMessageContaining("bytes after");
    }

    @Test
    void whatUnpacksToTooMuchIsRefusedWithTheKey() throws IOException {
        Path bomb = folder.resolve("zeros.csv.gz");
        Files.write(bomb, gzip("1,2\n".repeat(1_000_000).getBytes(StandardCharsets.UTF_8)));
        assertThat(Files.size(bomb)).isLessThan(20_000);
        FilesRead one = new FilesRead(3, FilesRead.Progress.SILENT, Precision.DOUBLE);
        assertThatThrownBy(() -> DataFile.read(bomb, one, file -> file.content().readAllBytes()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("unpacks to more than 3 MB")
                .hasMessageContaining("data.unpackedMegabytes");
        assertThat(DataFile.read(
                                bomb,
                                new FilesRead(4, FilesRead.Progress.SILENT, Precision.DOUBLE),
                                file -> file.content().readAllBytes())
                        .value())
                .hasSize(4_000_000);
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        try (Gunzip in = new Gunzip(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
