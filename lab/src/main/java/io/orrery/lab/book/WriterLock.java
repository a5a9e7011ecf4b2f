package io.orrery.lab.book;

import io.orrery.lab.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Sees to it that a run has one writer. The operating system lets go of it when the process ends, however it ends. */
final class WriterLock implements AutoCloseable {
    private final FileChannel channel;

    private WriterLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a run.
     *
     * @throws UserError if another writer has it
     */
    static WriterLock take(Path file, String run) {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException failed) {
            throw Disk.cannotWrite(file, failed);
        }
        WriterLock lock = new WriterLock(channel);
        try {
            FileLock taken = channel.tryLock();
            if (taken != null) {
                return lock;
            }
        } catch (OverlappingFileLockException ours) {
            // Another writer in this process: refused like one in another process.
        } catch (IOException failed) {
            lock.close();
            throw Disk.cannotWrite(file, failed);
        }
        lock.close();
        throw new UserError("the run " + run + " is being written by another process (it holds " + file
                + "); wait for it or stop it");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException released) {
            // The lock ends with the process at the latest.
        }
    }
}
