package io.orrery.lab.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.Digest;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.lab.UserError;
import io.orrery.lab.book.BookExamples;
import io.orrery.lab.book.Checkpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
    @TempDir
    Path folder;

    /** A file as the format's description lays it out: length, header, data. */
    private Path file(String header, byte[] data) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(
                folder.resolve("w.safetensors"),
                bytes.putLong(text.length).put(text).put(data).array());
    }

    private void refused(String header, int dataBytes, String message) throws IOException {
        Path file = file(header, new byte[dataBytes]);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(UserError.class)
                .hasMessage(file + " is not a sound safetensors file: " + message);
    }

    @Test
    void readsAFileLaidOutByHand() throws IOException {
        // 1.5 = 3fc00000; -2 = c0000000 in single; 1.5 = 3e00 in half; -2 = c000 in bfloat16; 7 as I64.
        byte[] data = {0, 0, (byte) 0xc0, 0x3f, 0, 0, 0, (byte) 0xc0, 0, 0x3e, 0, (byte) 0xc0, 7, 0, 0, 0, 0, 0, 0, 0};
        String header = "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"a.weight\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
                + "\"h\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[8,10]},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[10,12]},"
                + "\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[12,20]},"
                + "\"none\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[20,20]}}   ";
        Safetensors read = Safetensors.read(file(header, data));
        assertThat(read.metadata()).isEqualTo(Map.of("format", "pt"));
        assertThat(read.tensors().keySet()).containsExactly("a.weight", "h", "b", "n", "none");
        assertThat(tensor(read, "a.weight").doubles("x")).containsExactly(1.5, -2);
        assertThat(tensor(read, "a.weight").shape()).containsExactly(1L, 2L);
        assertThat(tensor(read, "h").doubles("x")).containsExactly(1.5);
        assertThat(tensor(read, "b").doubles("x")).containsExactly(-2);
        assertThat(tensor(read, "none").doubles("x")).isEmpty();
        assertThatThrownBy(() -> tensor(read, "n").doubles("w.safetensors: n"))
                .isInstanceOf(UserError.class)
                .hasMessage("w.safetensors: n has elements of type I64, expected F32, F64, F16 or BF16");
    }

    private static Tensor tensor(Safetensors file, String name) {
        return Objects.requireNonNull(file.tensors().get(name), name);
    }

    @Test
    void writesTheLayoutThatOthersRead() throws IOException {
        LinkedHashMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("w", Tensor.of(List.of(2L), new float[] {9, 1.5f, -2}, 1, 2));
        tensors.put("d", Tensor.of(List.of(), new double[] {1}, 0, 1));
        Path file = folder.resolve("out.safetensors");
        new Safetensors(tensors, Map.of("k", "v")).write(file);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong(0);
        assertThat(length % 8).isZero();
        assertThat(new String(bytes.array(), 8, length, StandardCharsets.UTF_8).strip())
                .isEqualTo(
                        "{\"__metadata__\":{\"k\":\"v\"},\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                                + "\"d\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[8,16]}}");
        assertThat(bytes.getFloat(8 + length)).isEqualTo(1.5f);
        assertThat(bytes.getFloat(12 + length)).isEqualTo(-2f);
        assertThat(bytes.getDouble(16 + length)).isEqualTo(1.0);
        assertThat(bytes.limit()).isEqualTo(24 + length);
        assertThat(tensor(Safetensors.read(file), "d").doubles("d")).containsExactly(1.0);
    }

    @Test
    void damagedFilesAreNamedWithWhatIsWrong() throws IOException {
        String one = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        refused(one, 7, "expected " + (8 + one.length() + 8) + " bytes, found " + (8 + one.length() + 7));
        refused(one, 9, "expected " + (8 + one.length() + 8) + " bytes, found " + (8 + one.length() + 9));
        refused("[]", 0, "its header is not an object");
        refused("{x}", 0, "its header is not JSON: expected a key in double quotes at character 1, found 'x'");
        refused("{\"a\":3}", 0, "the header's entry 'a' is not an object");
        refused("{\"__metadata__\":{\"a\":3}}", 0, "its header holds 3 where a text was expected");
        refused(one.replace("F32", "F31"), 8, "array 'a' has the unknown type F31");
        refused(one.replace("[2]", "[3]"), 8, "array 'a' of F32 and shape [3] has 8 bytes, which does not fit");
        refused(one.replace("[2]", "[-2]"), 8, "array 'a' has a shape that is not made of whole numbers");
        refused(
                one.replace("[2]", "[4294967296, 4294967296, 4294967296]"),
                8,
                "array 'a' of F32 and shape [4294967296, " + "4294967296, 4294967296] has 8 bytes, which does not fit");
        refused(one.replace("\"shape\":[2],", ""), 8, "array 'a' has no shape");
        refused(one.replace("[0,8]", "[8,0]"), 8, "array 'a' has data_offsets [8, 0], expected [begin, end]");
        refused(
                one.replace("[0,8]", "[4,12]"),
                12,
                "array 'a' begins at byte 4 of the data, expected 0: arrays overlap or " + "leave a gap");
        String two = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}";
        refused(two, 12, "array 'b' begins at byte 4 of the data, expected 8: arrays overlap or leave a gap");
        Path tiny = Files.write(folder.resolve("t"), new byte[3]);
        assertThatThrownBy(() -> Safetensors.read(tiny)).hasMessageEndingWith("expected at least 8 bytes, found 3");
        Path claims = Files.write(folder.resolve("c"), new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, 0});
        assertThatThrownBy(() -> Safetensors.read(claims))
                .hasMessageEndingWith("it claims a header of 18446744073709551615 bytes in a file of 9");
        assertThatThrownBy(() -> Safetensors.read(folder.resolve("none")))
                .isInstanceOf(UserError.class)
                .hasMessage("cannot read " + folder.resolve("none") + ": there is no such file");
    }

    @Test
    void aCheckpointKeepsEveryBitInBothPrecisions() {
        for (Precision precision : Precision.values()) {
            Path file = folder.resolve("step-5.safetensors");
            State state = BookExamples.state(precision, 0.1);
            Checkpoint.write(file, 5, 2, 77, state, Map.of("look", "3"));
            Checkpoint read = Checkpoint.read(file);
            State restored = BookExamples.state(precision, 8);
            read.restore(restored);
            assertThat(Digest.of(restored)).isEqualTo(Digest.of(state));
            assertThat(restored.singles()).isEqualTo(state.singles());
            assertThat(restored.doubles()).isEqualTo(state.doubles());
            assertThat(List.of(read.step(), read.ordinal(), read.logOffset())).containsExactly(5L, 2L, 77L);
            assertThat(read.cursor()).isEqualTo(Map.of("look", "3"));
        }
    }

    @Test
    void aCheckpointWithAnyByteFlippedOrMissingIsRefused() throws IOException {
        Path file = folder.resolve("step-5.safetensors");
        Checkpoint.write(file, 5, 2, 77, BookExamples.state(Precision.SINGLE, 0.1), Map.of("look", "3"));
        byte[] all = Files.readAllBytes(file);
        for (int at = 0; at < all.length; at++) {
            byte[] bytes = all.clone();
            bytes[at] ^= 1;
            // A space that fills the header up may become another white space only by other flips: 0x20 to 0x21 is
            // none.
            Files.write(file, bytes);
            assertThatThrownBy(() -> Checkpoint.read(file)).as("flip at %s", at).isInstanceOf(UserError.class);
            Files.write(file, Arrays.copyOf(all, at));
            assertThatThrownBy(() -> Checkpoint.read(file)).as("cut at %s", at).isInstanceOf(UserError.class);
        }
    }

    @Test
    void aCheckpointOfAnotherModelIsRefused() throws IOException {
        Path file = folder.resolve("step-5.safetensors");
        Checkpoint.write(file, 5, 2, 77, BookExamples.state(Precision.SINGLE, 0.1), Map.of());
        Checkpoint checkpoint = Checkpoint.read(file);
        assertThatThrownBy(() -> checkpoint.restore(BookExamples.state(Precision.DOUBLE, 0)))
                .isInstanceOf(UserError.class)
                .hasMessage(file + ": the array 'layers.0.weight' is F32 [2, 3]; the run needs F64 [2, 3]");
        LinkedHashMap<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("other", Shape.of(3));
        assertThatThrownBy(() -> checkpoint.restore(new State(new StateLayout(Precision.SINGLE, shapes))))
                .isInstanceOf(UserError.class)
                .hasMessage(file + " holds the arrays layers.0.weight, step; the run needs other");
        new Safetensors(new LinkedHashMap<>(), Map.of()).write(file);
        assertThatThrownBy(() -> Checkpoint.read(file))
                .hasMessage(file + " is a safetensors file but not a checkpoint: it has no sha256");
    }

    @Test
    void failuresOfTheDiskSayWhatToDo() {
        Path file = Path.of("book/x");
        assertThat(Disk.cannotWrite(file, new java.nio.file.FileSystemException("x", null, "No space left on device")))
                .hasMessage(
                        "cannot write book/x: No space left on device; free some space, then go on with 'resume'; what "
                                + "was written so far is kept");
        assertThat(Disk.cannotWrite(file, new java.nio.file.FileSystemException("x", null, "Read-only file system")))
                .hasMessage(
                        "cannot write book/x: Read-only file system; choose a place where you may write; that of the lab book is set by --out or ORRERY_BOOK");
        assertThat(Disk.cannotWrite(file, new java.nio.file.AccessDeniedException("x")))
                .hasMessage(
                        "cannot write book/x: permission denied; choose a place where you may write; that of the lab book is set by --out or ORRERY_BOOK");
    }
}
