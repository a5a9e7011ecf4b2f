package io.orrery.lab.fuzz;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.file.Safetensors;
import io.orrery.lab.file.Tensor;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.PyTorchWeights;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.text.Json;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Every reader of files from outside, with small sound files. */
final class Readers {
    private static final String SPEC = """
            name: fuzzed
            seeds: [1, 2-3]
            data: &d {source: csv, file: table.csv, label: y, standardize: per-feature, batchSize: 4}
            model: {kind: cnn, channels: [2, 3], normalization: batch, dropout: 0.1}
            loss: {kind: square}
            optimizer: {kind: sgd, learningRate: 1e-3, momentum: 0.9}
            schedule: {kind: cosine, warmup: 3}
            stop: {epochs: 2}
            measure: {instruments: [loss, norms], every: 2}
            grid:
              decay.lambda: [0, 1e-4]
              optimizer.learningRate: [1e-3, 0.1]
            """;

    private Readers() {}

    static List<Fuzzed> all() {
        try {
            return List.of(
                    spec(),
                    assignment(),
                    json(),
                    csv(),
                    csvCompressed(),
                    idx(),
                    idxCompressed(),
                    cifar(),
                    png(),
                    jpeg(),
                    safetensors());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Fuzzed spec() {
        return of(
                "spec",
                Map.of("a.yaml", utf8(SPEC)),
                folder -> SpecDocument.read(folder.resolve("a.yaml")).study(Instruments.names()));
    }

    private static Fuzzed assignment() {
        return of(
                "set",
                Map.of("a", utf8("model={kind: mlp, widths: [3, 4]}"), "b", utf8("grid.optimizer.learningRate=[1, 2]")),
                folder -> {
                    String text = new String(Files.readAllBytes(folder.resolve("a")), StandardCharsets.UTF_8);
                    String more = new String(Files.readAllBytes(folder.resolve("b")), StandardCharsets.UTF_8);
                    SpecDocument.of(SPEC, "spec")
                            .with(text)
                            .with(more)
                            .withSeeds("3")
                            .study(Instruments.names());
                });
    }

    private static Fuzzed json() {
        return of("json", Map.of("a", utf8("{\"a\": [1, -2.5e3, true, null, \"x\\u00e9\\n\"], \"b\": {}}")), folder -> {
            try {
                Json.parse(Files.readString(folder.resolve("a"), StandardCharsets.ISO_8859_1))
                        .write();
            } catch (Json.SyntaxException refused) {
                throw new UserError("refused", refused);
            }
        });
    }

    private static final String TABLE =
            "x,\"name, long\",y\n1,2.5,cat\n-3e2,0,dog\n4,5,cat\n6,7,dog\n0.1,1,cat\n2,2,dog\n";

    private static Fuzzed csv() {
        return of("csv", Map.of("a.csv", utf8(TABLE), "b.csv", utf8(TABLE.replace(',', ';'))), folder -> {
            data("csv, label: y, file: '" + folder.resolve("a.csv") + "'").load(1);
            data("csv, separator: ';', file: '" + folder.resolve("b.csv") + "'").load(1);
        });
    }

    private static Fuzzed csvCompressed() throws IOException {
        return of(
                "csv.gz",
                Map.of("a.csv.gz", gzip(utf8(TABLE))),
                folder ->
                        data("csv, file: '" + folder.resolve("a.csv.gz") + "'").load(1));
    }

    private static Fuzzed idx() {
        Map<String, byte[]> files = Map.of(
                "train-images-idx3-ubyte", idx(2051, 4, 2, 3),
                "train-labels-idx1-ubyte", idx(2049, 4),
                "t10k-images-idx3-ubyte", idx(2051, 2, 2, 3),
                "t10k-labels-idx1-ubyte", idx(2049, 2));
        return of("idx", files, folder -> data("idx, dir: '" + folder + "'").load(1));
    }

    private static Fuzzed idxCompressed() throws IOException {
        Map<String, byte[]> files = Map.of(
                "train-images-idx3-ubyte.gz", gzip(idx(2051, 4, 2, 3)),
                "train-labels-idx1-ubyte.gz", gzip(idx(2049, 4)),
                "t10k-images-idx3-ubyte.gz", gzip(idx(2051, 2, 2, 3)),
                "t10k-labels-idx1-ubyte.gz", gzip(idx(2049, 2)));
        return of("idx.gz", files, folder -> data("idx, dir: '" + folder + "'").load(1));
    }

    /** A header of a magic number and sizes, then small numbers. */
    private static byte[] idx(int magic, int... sizes) {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + count).putInt(magic);
        for (int size : sizes) {
            bytes.putInt(size);
        }
        for (int i = 0; i < count; i++) {
            bytes.put((byte) (i % 3));
        }
        return bytes.array();
    }

    private static Fuzzed cifar() {
        byte[] records = new byte[4 * 3074];
        for (int i = 0; i < records.length; i++) {
            records[i] = (byte) (i % 3074 < 2 ? i / 3074 : i % 7);
        }
        return of(
                "cifar",
                Map.of("train.bin", records, "test.bin", records),
                folder -> data("cifar100, classes: [0, 1, 2, 3], dir: '" + folder + "'")
                        .load(1));
    }

    private static Fuzzed png() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        int[] types = {
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_INT_RGB,
            BufferedImage.TYPE_BYTE_INDEXED,
            BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_4BYTE_ABGR,
            BufferedImage.TYPE_BYTE_BINARY
        };
        for (int i = 0; i < types.length; i++) {
            files.put((i % 2 == 0 ? "cat/" : "dog/") + i + ".png", picture(types[i], "png"));
        }
        return new Fuzzed(
                "png",
                files,
                Readers::withChecksums,
                folder -> data("images, dir: '" + folder + "'").load(1));
    }

    private static Fuzzed jpeg() throws IOException {
        Map<String, byte[]> files = Map.of(
                "cat/0.jpg", picture(BufferedImage.TYPE_INT_RGB, "jpg"),
                "dog/1.jpg", picture(BufferedImage.TYPE_BYTE_GRAY, "jpg"),
                "dog/2.jpeg", picture(BufferedImage.TYPE_INT_RGB, "jpg"));
        return of("jpeg", files, folder -> data("images, dir: '" + folder + "'").load(1));
    }

    private static byte[] picture(int type, String format) throws IOException {
        BufferedImage image = new BufferedImage(5, 4, type);
        for (int i = 0; i < 20; i++) {
            image.setRGB(i % 5, i / 5, 0xff000000 | i * 0x0a0b0c);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    /** A PNG file whose chunks have the checksums that their bytes ask for, as far as there are chunks. */
    private static byte[] withChecksums(byte[] damaged) {
        byte[] bytes = damaged.clone();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int at = 8;
        while (at + 12 <= bytes.length) {
            int length = buffer.getInt(at);
            if (length < 0 || length > bytes.length - at - 12) {
                return bytes;
            }
            CRC32 crc = new CRC32();
            crc.update(bytes, at + 4, 4 + length);
            buffer.putInt(at + 8 + length, (int) crc.getValue());
            at += 12 + length;
        }
        return bytes;
    }

    private static Fuzzed safetensors() throws IOException {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("layers.0.weight", Tensor.of(List.of(3L, 2L), new float[] {1, 2, 3, 4, 5, 6}, 0, 6));
        tensors.put("layers.1.weight", Tensor.of(List.of(2L, 3L), new double[] {1, 2, 3, 4, 5, 6}, 0, 6));
        Path file = Files.createTempFile("sound", ".safetensors");
        new Safetensors(tensors, Map.of("format", "pt")).write(file);
        byte[] sound = Files.readAllBytes(file);
        Files.delete(file);
        ModelSpec model = SpecDocument.of("model: {kind: mlp, widths: [3]}", "spec")
                .spec()
                .model();
        Network network = Network.of(model, Shape.of(2), 2);
        return of("safetensors", Map.of("w", sound), folder -> {
            Safetensors.metadata(folder.resolve("w"));
            PyTorchWeights.read(network, folder.resolve("w"), "model.weights");
        });
    }

    private static DataSpec data(String source) {
        return SpecDocument.of("data: {batchSize: 1, source: " + source + "}", "spec")
                .spec()
                .data();
    }

    private static Fuzzed of(String name, Map<String, byte[]> files, Fuzzed.Reading reading) {
        return new Fuzzed(name, new java.util.TreeMap<>(files), UnaryOperator.identity(), reading);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
            zipped.write(bytes);
        }
        return out.toByteArray();
    }
}
