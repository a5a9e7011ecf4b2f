package io.orrery.lab.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * What tells whether a file is the one that was seen before, without reading it: size, when content and entry were last
 * changed, and the number by which the file system knows it. Nobody can set the second time back.
 *
 * @param size bytes; -1 if there is no such file
 * @param modified nanoseconds since 1970
 * @param changed the same of the file system's entry, 0 where it is not known
 * @param key the file system's number of the file, 0 where it is not known
 */
public record FileStamp(long size, long modified, long changed, long key) {
    private static final FileStamp NONE = new FileStamp(-1, 0, 0, 0);
    private static final long SETTLED_NANOS = 3_000_000_000L;

    public static FileStamp of(Path file) {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                Map<String, Object> unix = Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino");
                return new FileStamp(
                        (long) unix.getOrDefault("size", -1L),
                        nanos((FileTime) unix.getOrDefault("lastModifiedTime", FileTime.fromMillis(0))),
                        nanos((FileTime) unix.getOrDefault("ctime", FileTime.fromMillis(0))),
                        (long) unix.getOrDefault("ino", 0L));
            }
            BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(basic.size(), nanos(basic.lastModifiedTime()), 0, 0);
        } catch (IOException none) {
            return NONE;
        }
    }

    /** What the file system calls the file: the same text for the same file; empty if there is none. */
    public static String key(Path file) {
        try {
            return "file "
                    + Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException none) {
            return "";
        }
    }

    /**
     * Whether the file was left alone for so long that a later change cannot have the same times: file systems count them in
     * steps of up to two seconds.
     *
     * @param now nanoseconds since 1970
     */
    public boolean settled(long now) {
        return now - Math.max(modified, changed) > SETTLED_NANOS;
    }

    private static long nanos(FileTime time) {
        return time.to(java.util.concurrent.TimeUnit.NANOSECONDS);
    }
}
