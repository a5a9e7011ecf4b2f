package io.orrery.lab.file;

import io.orrery.lab.UserError;
import io.orrery.lab.text.Json;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A safetensors file (Hugging Face, format of 2022): the length of a header (8 bytes, little-endian), the header in JSON
 * with type, shape and place of every array and a map of texts, then the arrays without gaps. PyTorch and others read it.
 *
 * @param tensors the arrays by name, in the order of their places
 * @param metadata texts by name
 */
public record Safetensors(SequencedMap<String, Tensor> tensors, Map<String, String> metadata) {
    private static final String METADATA = "__metadata__";
    private static final int LENGTH_BYTES = 8;
    private static final long MOST_HEADER_BYTES = 100_000_000;

    /** Copies both maps and keeps their order. */
    public Safetensors {
        tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Reads a file.
     *
     * @throws UserError if it cannot be read or is not a sound safetensors file
     */
    public static Safetensors read(Path file) {
        try (FileChannel channel = open(file)) {
            Header header = header(file, channel);
            requireMemory(file, channel.size() - header.data);
            SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
            for (Entry entry : header.entries) {
                ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(entry.end - entry.begin));
                fill(channel, bytes, header.data + entry.begin);
                tensors.put(entry.name, new Tensor(entry.type, entry.shape, bytes));
            }
            return new Safetensors(tensors, header.metadata);
        } catch (IOException failed) {
            throw Disk.cannotRead(file, failed);
        }
    }

    /**
     * Reads only the texts of a file; lengths and places are checked as by {@link #read}.
     *
     * @throws UserError if it cannot be read or is not a sound safetensors file
     */
    public static Map<String, String> metadata(Path file) {
        try (FileChannel channel = open(file)) {
            return header(file, channel).metadata;
        } catch (IOException failed) {
            throw Disk.cannotRead(file, failed);
        }
    }

    /**
     * Writes a file in one instant (see the lab book's rules): a crash leaves the old file or the new one.
     *
     * @throws UserError if it cannot be written
     */
    public void write(Path file) {
        byte[] header = headerText().getBytes(StandardCharsets.UTF_8);
        // Spaces fill the header up so that the arrays start at a multiple of 8, as other readers map them.
        int padded = (header.length + 7) / 8 * 8;
        ByteBuffer start = ByteBuffer.allocate(LENGTH_BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(padded).put(header);
        while (start.hasRemaining()) {
            start.put((byte) ' ');
        }
        Disk.replace(file, channel -> {
            Disk.write(channel, start.flip());
            for (Tensor tensor : tensors.values()) {
                Disk.write(channel, tensor.bytes().duplicate().rewind());
            }
        });
    }

    private String headerText() {
        Json.Fields fields = Json.object();
        if (!metadata.isEmpty()) {
            fields.put(METADATA, Json.texts(metadata));
        }
        long begin = 0;
        for (var entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            long end = begin + tensor.bytes().limit();
            fields.put(
                    entry.getKey(),
                    Json.object()
                            .put("dtype", tensor.type().name())
                            .put(
                                    "shape",
                                    Json.array(tensor.shape().stream()
                                            .map(Json::number)
                                            .toList()))
                            .put("data_offsets", Json.array(List.of(Json.number(begin), Json.number(end)))));
            begin = end;
        }
        return fields.write();
    }

    /** A pipe would keep us waiting, a device has no end. */
    private static FileChannel open(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new UserError(file + ": expected a safetensors file, found "
                    + (Files.isDirectory(file) ? "a folder" : "a pipe or device"));
        }
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    private static void requireMemory(Path file, long bytes) {
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > 0.9 * heap) {
            throw new UserError(file + ": its arrays take " + (bytes >> 20) + " MB, but Java may use " + (heap >> 20)
                    + " MB; give it more with ORRERY_JAVA_FLAGS=-Xmx...");
        }
    }

    private record Entry(String name, Tensor.Type type, List<Long> shape, long begin, long end) {}

    private record Header(long data, List<Entry> entries, Map<String, String> metadata) {}

    private static Header header(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < LENGTH_BYTES) {
            throw damaged(file, "expected at least " + LENGTH_BYTES + " bytes, found " + size);
        }
        ByteBuffer number = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        fill(channel, number, 0);
        long length = number.getLong(0);
        if (length < 2 || length > size - LENGTH_BYTES || length > MOST_HEADER_BYTES) {
            ForeignWeights.refuse(file, number.array());
            throw damaged(
                    file, "it claims a header of " + Long.toUnsignedString(length) + " bytes in a file of " + size);
        }
        ByteBuffer text = ByteBuffer.allocate(Math.toIntExact(length));
        fill(channel, text, LENGTH_BYTES);
        try {
            Json parsed = Json.parse(
                    StandardCharsets.UTF_8.newDecoder().decode(text.rewind()).toString());
            return places(file, parsed, LENGTH_BYTES + length, size);
        } catch (Json.SyntaxException | java.nio.charset.CharacterCodingException notJson) {
            throw damaged(file, "its header is not JSON: " + notJson.getMessage());
        }
    }

    private static Header places(Path file, Json json, long data, long size) {
        if (!(json instanceof Json.Fields fields)) {
            throw damaged(file, "its header is not an object");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        fields.values().forEach((name, value) -> {
            if (!(value instanceof Json.Fields parts)) {
                throw damaged(file, "the header's entry '" + name + "' is not an object");
            }
            if (name.equals(METADATA)) {
                parts.values().forEach((key, text) -> metadata.put(key, text(file, text)));
            } else {
                entries.add(entry(file, name, parts));
            }
        });
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long end = 0;
        for (Entry entry : entries) {
            if (entry.begin != end) {
                throw damaged(
                        file,
                        "array '" + entry.name + "' begins at byte " + entry.begin + " of the data, expected " + end
                                + ": arrays overlap or leave a gap");
            }
            end = entry.end;
        }
        if (data + end != size) {
            throw damaged(file, "expected " + (data + end) + " bytes, found " + size);
        }
        return new Header(data, entries, metadata);
    }

    private static Entry entry(Path file, String name, Json.Fields parts) {
        String typeName = text(file, parts.get("dtype").orElse(new Json.Null()));
        Tensor.Type type = List.of(Tensor.Type.values()).stream()
                .filter(candidate -> candidate.name().equals(typeName))
                .findFirst()
                .orElseThrow(() -> damaged(file, "array '" + name + "' has the unknown type " + typeName));
        List<Long> shape = numbers(file, name, parts, "shape");
        List<Long> offsets = numbers(file, name, parts, "data_offsets");
        if (offsets.size() != 2 || offsets.get(1) < offsets.get(0)) {
            throw damaged(file, "array '" + name + "' has data_offsets " + offsets + ", expected [begin, end]");
        }
        long bytes = offsets.get(1) - offsets.get(0);
        long expected = type.bytes();
        try {
            for (long axis : shape) {
                expected = Math.multiplyExact(expected, axis);
            }
        } catch (ArithmeticException overflow) {
            expected = -1;
        }
        if (bytes != expected || bytes > Integer.MAX_VALUE - 64) {
            throw damaged(
                    file,
                    "array '" + name + "' of " + type + " and shape " + shape + " has " + bytes + " bytes"
                            + (bytes == expected ? ", more than fit one array" : ", which does not fit"));
        }
        return new Entry(name, type, shape, offsets.get(0), offsets.get(1));
    }

    private static List<Long> numbers(Path file, String name, Json.Fields parts, String key) {
        List<Long> numbers = new ArrayList<>();
        if (!(parts.get(key).orElse(new Json.Null()) instanceof Json.Items items)) {
            throw damaged(file, "array '" + name + "' has no " + key);
        }
        for (Json item : items.values()) {
            if (!(item instanceof Json.Number number) || !number.literal().matches("[0-9]{1,18}")) {
                throw damaged(file, "array '" + name + "' has a " + key + " that is not made of whole numbers");
            }
            numbers.add(number.asLong());
        }
        return numbers;
    }

    private static String text(Path file, Json json) {
        if (json instanceof Json.Text(String value)) {
            return value;
        }
        throw damaged(file, "its header holds " + json.write() + " where a text was expected");
    }

    private static void fill(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new EOFException("it ended while it was read");
            }
            at += read;
        }
        buffer.rewind();
    }

    private static UserError damaged(Path file, String what) {
        return new UserError(file + " is not a sound safetensors file: " + what);
    }
}
