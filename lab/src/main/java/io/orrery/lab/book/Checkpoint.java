package io.orrery.lab.book;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.State;
import io.orrery.engine.state.StateLayout;
import io.orrery.lab.UserError;
import io.orrery.lab.file.Safetensors;
import io.orrery.lab.file.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A point of a run from which it can go on to the same bits: a safetensors file with every array of the state, and as its
 * texts the step, the trainer's cursor, where the log ended, and a SHA-256 of all of it.
 */
public final class Checkpoint {
    private static final String SHA = "sha256";
    private static final String CURSOR = "cursor.";

    private final Path file;
    private final Safetensors content;

    private Checkpoint(Path file, Safetensors content) {
        this.file = file;
        this.content = content;
    }

    /**
     * Writes a checkpoint.
     *
     * @param ordinal how many checkpoints of the run came before it
     * @param logOffset where the log ended when the state was that of the step
     */
    public static void write(
            Path file, long step, long ordinal, long logOffset, State state, Map<String, String> cursor) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        StateLayout layout = state.layout();
        for (String name : layout.names()) {
            List<Long> shape = sizes(layout.shape(name));
            int offset = layout.offset(name);
            int count = layout.shape(name).count();
            tensors.put(
                    name,
                    layout.precision() == Precision.SINGLE
                            ? Tensor.of(shape, state.singles(), offset, count)
                            : Tensor.of(shape, state.doubles(), offset, count));
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("step", Long.toString(step));
        metadata.put("ordinal", Long.toString(ordinal));
        metadata.put("logOffset", Long.toString(logOffset));
        cursor.forEach((key, value) -> metadata.put(CURSOR + key, value));
        metadata.put(SHA, digest(tensors, metadata));
        new Safetensors(tensors, metadata).write(file);
    }

    /**
     * Reads a checkpoint and holds it in memory.
     *
     * @throws UserError if it cannot be read, is damaged, or is no checkpoint
     */
    public static Checkpoint read(Path file) {
        Safetensors content = Safetensors.read(file);
        String recorded = content.metadata().getOrDefault(SHA, "");
        if (recorded.isEmpty()) {
            throw new UserError(file + " is a safetensors file but not a checkpoint: it has no " + SHA);
        }
        if (!recorded.equals(digest(content.tensors(), content.metadata()))) {
            throw new UserError(file + " is damaged: its content does not have the SHA-256 that was recorded");
        }
        return new Checkpoint(file, content);
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** Updates done before it. */
    public long step() {
        return number(content.metadata(), "step", file);
    }

    /** What the trainer asked to keep beside the state. */
    public Map<String, String> cursor() {
        Map<String, String> cursor = new LinkedHashMap<>();
        content.metadata().forEach((key, value) -> {
            if (key.startsWith(CURSOR)) {
                cursor.put(key.substring(CURSOR.length()), value);
            }
        });
        return Collections.unmodifiableMap(cursor);
    }

    /** The arrays by name. */
    public SequencedMap<String, Tensor> tensors() {
        return content.tensors();
    }

    public long ordinal() {
        return number(content.metadata(), "ordinal", file);
    }

    public long logOffset() {
        return number(content.metadata(), "logOffset", file);
    }

    static long number(Map<String, String> metadata, String key, Path file) {
        String text = metadata.getOrDefault(key, "");
        if (!text.matches("[0-9]{1,18}")) {
            throw new UserError(file + " is not a checkpoint: its " + key + " is '" + text + "'");
        }
        return Long.parseLong(text);
    }

    /**
     * Puts every array into a state, bit for bit.
     *
     * @throws UserError if the state has other arrays, shapes or another precision
     */
    public void restore(State state) {
        StateLayout layout = state.layout();
        if (!new TreeSet<>(layout.names()).equals(new TreeSet<>(tensors().keySet()))) {
            throw new UserError(file + " holds the arrays "
                    + String.join(", ", tensors().keySet()) + "; the run needs " + String.join(", ", layout.names()));
        }
        Tensor.Type type = layout.precision() == Precision.SINGLE ? Tensor.Type.F32 : Tensor.Type.F64;
        tensors().forEach((name, tensor) -> {
            if (tensor.type() != type || !tensor.shape().equals(sizes(layout.shape(name)))) {
                throw new UserError(file + ": the array '" + name + "' is " + tensor.described() + "; the run needs "
                        + type + " " + layout.shape(name));
            }
            ByteBuffer bytes = tensor.bytes().duplicate().rewind().order(ByteOrder.LITTLE_ENDIAN);
            if (type == Tensor.Type.F32) {
                bytes.asFloatBuffer().get(state.singles(), layout.offset(name), tensor.count());
            } else {
                bytes.asDoubleBuffer().get(state.doubles(), layout.offset(name), tensor.count());
            }
        });
    }

    private static List<Long> sizes(Shape shape) {
        return Arrays.stream(shape.sizes()).mapToObj(size -> (long) size).toList();
    }

    private static String digest(Map<String, Tensor> tensors, Map<String, String> metadata) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(metadata).forEach((key, value) -> {
                if (!key.equals(SHA)) {
                    update(digest, key);
                    update(digest, value);
                }
            });
            new TreeMap<>(tensors).forEach((name, tensor) -> {
                update(digest, name);
                update(digest, tensor.described());
                digest.update(tensor.bytes().duplicate().rewind());
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }
}
