package io.orrery.lab.file;

import io.orrery.lab.UserError;
import io.orrery.lab.text.FileTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** Writing that survives a crash at any instant, and what to tell the user when it cannot be done. */
public final class Disk {
    private Disk() {}

    /** Something that may fail as files do. */
    @FunctionalInterface
    public interface Writing {
        void to(FileChannel channel) throws IOException;
    }

    /** A folder and those above it, made if they are missing. */
    public static Path folder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException failed) {
            throw cannotWrite(folder, failed);
        }
    }

    /**
     * Replaces a file in one instant: readers and crashes see the old content or the new one, never a part. Written to a
     * temporary name, synced, renamed; then the folder is synced, or the new name could be lost with the power.
     */
    public static void replace(Path file, Writing writing) {
        replace(file, file.resolveSibling(file.getFileName() + ".part"), writing);
    }

    /** The same for a text that several processes may write at the same time: each to a temporary name of its own. */
    public static void replaceShared(Path file, String text) {
        replace(file, own(file), channel -> write(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static Path own(Path file) {
        return file.resolveSibling(file.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + ".part");
    }

    private static void replace(Path file, Path temporary, Writing writing) {
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                writing.to(channel);
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (file.toAbsolutePath().getParent() instanceof Path folder) {
                syncFolder(folder);
            }
        } catch (IOException failed) {
            deleteQuietly(temporary);
            throw cannotWrite(file, failed);
        }
    }

    /**
     * The same for a file that can be made again and that several processes may write at the same time: each to a temporary
     * name of its own, without waiting for the disk.
     */
    public static void replaceTogether(Path file, byte[] content) {
        Path temporary = own(file);
        try {
            Files.write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            deleteQuietly(temporary);
            throw cannotWrite(file, failed);
        }
    }

    /** The same for a text. */
    public static void replace(Path file, String text) {
        replace(file, channel -> write(channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** Writes a text that can be made again: it does not wait for the disk. */
    public static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw cannotWrite(file, failed);
        }
    }

    /** Writes all of a buffer at the channel's position. */
    public static void write(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Writes the bytes of a file from one offset to another at the channel's position. */
    public static void copy(Path file, long from, long end, FileChannel to) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = from;
            while (at < end) {
                long copied = in.transferTo(at, end - at, to);
                if (copied <= 0) {
                    throw new IOException("it ended at byte " + at + " while it was copied");
                }
                at += copied;
            }
        }
    }

    /** Moves a file or folder to a free place of the same disk, in one instant. */
    public static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw cannotWrite(to, failed);
        }
    }

    /** Deletes a file that may be gone already. */
    public static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw cannotWrite(file, failed);
        }
    }

    /** Deletes a folder with all it holds; nothing if there is none. */
    public static void deleteTree(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Disk::delete);
        } catch (IOException failed) {
            throw cannotRead(folder, failed);
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException alsoFailed) {
            // Only space is lost, and the first failure is the one to report.
        }
    }

    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            // Windows cannot sync a folder; its renames are journaled.
        }
    }

    /** What to tell the user when a file of the lab book cannot be written. */
    public static UserError cannotWrite(Path file, IOException failure) {
        String reason = FileTrouble.reason(failure);
        String advice = reason.toLowerCase(Locale.ROOT).contains("no space left")
                ? "free some space, then go on with 'resume'; what was written so far is kept"
                : "choose a place where you may write; that of the lab book is set by --out or ORRERY_BOOK";
        return new UserError("cannot write " + file + ": " + reason + "; " + advice, failure);
    }

    /** What to tell the user when a file of the lab book cannot be read. */
    public static UserError cannotRead(Path file, IOException failure) {
        return new UserError("cannot read " + file + ": " + FileTrouble.reason(failure), failure);
    }
}
