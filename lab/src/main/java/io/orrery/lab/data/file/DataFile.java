package io.orrery.lab.data.file;

import io.orrery.lab.UserError;
import io.orrery.lab.text.FileTrouble;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A data file being read from front to back, plain or gzip (told apart by the first bytes, not by the name). Memory grows
 * with what is really there, never with what a header promises. The digest covers the bytes as stored.
 */
public final class DataFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final DigestInputStream stored;
    private final InputStream buffered;
    private final InputStream content;

    private DataFile(Path path, DigestInputStream stored, InputStream buffered, InputStream content) {
        this.path = path;
        this.stored = stored;
        this.buffered = buffered;
        this.content = content;
    }

    /** What reads a file; an {@link IOException} becomes a message with the file's name. */
    public interface Reading<T> {
        T read(DataFile file) throws IOException;
    }

    /** The value read from a file, with the digest of the whole file. */
    public record Read<T>(T value, Path path, String sha256) {
        /** The file's name. */
        String name() {
            return String.valueOf(path.getFileName());
        }

        /** Adds this file to those read before, under its part in the spec: see {@link SourceFile#key}. */
        public T addTo(FilesRead files, String key) {
            files.add(new SourceFile(key, name(), path.toAbsolutePath().toString(), sha256));
            return value;
        }
    }

    /** As below with the usual bounds, in silence. */
    public static <T> Read<T> read(Path path, Reading<T> reading) {
        return read(path, FilesRead.usual(), reading);
    }

    /**
     * Reads a file; {@code reading} calls {@link #end} unless it has read to the end.
     *
     * @throws UserError if the file is missing, unreadable or damaged
     */
    public static <T> Read<T> read(Path path, FilesRead files, Reading<T> reading) {
        if (!Files.exists(path)) {
            throw new UserError(
                    path + ": no such file" + (Files.isSymbolicLink(path) ? "; the link points at nothing" : ""));
        }
        if (!Files.isRegularFile(path)) {
            throw new UserError(path
                    + (Files.isDirectory(path)
                            ? ": a folder; expected a file"
                            : ": a pipe or device, which cannot be read twice; save what it gives in a file"));
        }
        if (!Files.isReadable(path)) {
            throw new UserError(path + ": permission denied; ask its owner, or give a copy");
        }
        try (DataFile file = open(path, files)) {
            T value = reading.read(file);
            return new Read<>(value, path, file.sha256());
        } catch (IOException damaged) {
            throw new UserError(
                    path + ": cannot be read to its end (" + reason(damaged) + "); get the file again", damaged);
        }
    }

    private static String reason(IOException damaged) {
        return damaged.getMessage() == null ? damaged.getClass().getSimpleName() : FileTrouble.reason(damaged);
    }

    private static DataFile open(Path path, FilesRead files) throws IOException {
        DigestInputStream stored = new DigestInputStream(
                new CountedStream(
                        Files.newInputStream(path), new SlowReading(path, Files.size(path), files.progress())),
                digest());
        try {
            BufferedInputStream buffered = new BufferedInputStream(stored, BUFFER);
            buffered.mark(2);
            boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
            buffered.reset();
            InputStream content = gzip
                    ? new CountedStream(new Gunzip(buffered), new UnpackedBound(path, files.mostBytes()))
                    : buffered;
            return new DataFile(path, stored, buffered, content);
        } catch (IOException damaged) {
            stored.close();
            throw damaged;
        }
    }

    /** The path as the user gave it, for messages. */
    public Path path() {
        return path;
    }

    /** The unpacked content. */
    public InputStream content() {
        return content;
    }

    /**
     * The next bytes.
     *
     * @throws UserError if the file ends before
     */
    public byte[] next(int count, String what) throws IOException {
        byte[] bytes = content.readNBytes(count);
        if (bytes.length < count) {
            throw new UserError(path + ": truncated: " + what + " needs " + count + " bytes, found " + bytes.length
                    + "; get the file again");
        }
        return bytes;
    }

    /** Refuses bytes after the expected end. */
    public void end(long expected) throws IOException {
        if (content.read() >= 0) {
            throw new UserError(
                    path + ": longer than its header says (" + expected + " bytes unpacked); get the file again");
        }
    }

    private String sha256() throws IOException {
        buffered.transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(stored.getMessageDigest().digest());
    }

    /** A fresh SHA-256, by which files of data are told apart. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
        stored.close();
    }
}
