package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.file.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees to it that a run has one writer. The operating system lets go of it when the process ends, however it ends.
 *
 * <p>Its locks belong to the process: a second channel on the same file, opened and closed by a writer that was refused,
 * would give up the lock of the first. So writers of this process are told apart before the file is opened.
 */
final class WriterLock implements AutoCloseable {
    /** Files that this process has locked: one set for all, as the locks are. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private WriterLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock of a run.
     *
     * @throws UserError if another writer has it
     */
    static WriterLock take(Path file, String run) {
        return switch (attempt(file, run)) {
            case Attempt.Ours(WriterLock lock) -> lock;
            case Attempt.Held(UserError by) -> throw by;
        };
    }

    /** What became of asking for a lock. */
    sealed interface Attempt {
        /** It was free. */
        record Ours(WriterLock lock) implements Attempt {}

        /** Another writer has it. */
        record Held(UserError by) implements Attempt {}
    }

    /** Asks for the lock of a run. */
    static Attempt attempt(Path file, String run) {
        Path real = real(file);
        if (!OURS.add(real)) {
            return new Attempt.Held(refused(file, run, "this process already"));
        }
        boolean taken = false;
        try {
            FileChannel channel = FileChannel.open(real, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            WriterLock lock = new WriterLock(real, channel);
            taken = locked(channel);
            if (taken) {
                return new Attempt.Ours(lock);
            }
            channel.close();
        } catch (IOException failed) {
            throw Disk.cannotWrite(file, failed);
        } finally {
            if (!taken) {
                OURS.remove(real);
            }
        }
        return new Attempt.Held(refused(file, run, "another process"));
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException failed) {
            channel.close();
            if (failed instanceof IOException unusable) {
                throw unusable;
            }
            return false;
        }
    }

    /** The same path for the same file, however it was named. */
    private static Path real(Path file) {
        Path absolute = file.toAbsolutePath();
        try {
            return absolute.getParent() instanceof Path folder
                    ? folder.toRealPath().resolve(absolute.getFileName())
                    : absolute;
        } catch (IOException failed) {
            throw Disk.cannotWrite(file, failed);
        }
    }

    private static UserError refused(Path file, String run, String by) {
        return new UserError(
                "the run " + run + " is being written by " + by + " (it holds " + file + "); wait for it or stop it");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException released) {
            // The lock ends with the process at the latest.
        }
        OURS.remove(file);
    }
}
