package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.file.Disk;
import io.orrery.lab.file.FileStamp;
import io.orrery.lab.run.RunEnd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What earlier lists found, so that a book of ten thousand runs is listed without reading them all again: a file
 * {@code list.index} in the book that can be deleted at any time. A run is taken from it only if none of its files has changed
 * since; only runs of which there is nothing to remark are kept in it. A damaged or strange index counts as none.
 */
final class ListIndex {
    static final String FILE = "list.index";
    private static final long MAGIC = 0x4f525259_49583032L;

    private ListIndex() {}

    /**
     * What is known of a run.
     *
     * @param seen the files that it rests on, below the run's folder, and how they were
     */
    record Entry(ListedRun run, Map<String, FileStamp> seen) {
        /** Whether all files are as they were. */
        boolean holds(Path folder) {
            return seen.entrySet().stream()
                    .allMatch(
                            file -> FileStamp.of(folder.resolve(file.getKey())).equals(file.getValue()));
        }
    }

    /** How the files of a run are now, if all of them have been left alone for a while. */
    static Optional<Map<String, FileStamp>> stamps(RunFolder folder, long now) {
        Map<String, FileStamp> seen = new LinkedHashMap<>();
        Path path = folder.path();
        List<Path> files = new ArrayList<>(List.of(path, folder.identity(), folder.log(), folder.checkpointFolder()));
        files.addAll(folder.checkpoints().values());
        for (Path file : files) {
            FileStamp stamp = FileStamp.of(file);
            if (!stamp.settled(now)) {
                return Optional.empty();
            }
            seen.put(path.relativize(file).toString(), stamp);
        }
        return Optional.of(seen);
    }

    /** The index of a book by the runs' folders; empty if there is none that can be read. */
    static Map<String, Entry> read(Path book) {
        try {
            byte[] all = Files.readAllBytes(book.resolve(FILE));
            if (all.length < Long.BYTES) {
                return Map.of();
            }
            byte[] content = Arrays.copyOf(all, all.length - Long.BYTES);
            DataInputStream tail = new DataInputStream(new ByteArrayInputStream(all, content.length, Long.BYTES));
            if (tail.readLong() != checksum(content)) {
                return Map.of();
            }
            return entries(new DataInputStream(new ByteArrayInputStream(content)));
        } catch (IOException | IllegalArgumentException none) {
            return Map.of();
        }
    }

    /** Writes the index if that can be done: a book that may only be read is listed too. */
    static void write(Path book, Map<String, Entry> entries) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeLong(MAGIC);
            out.writeInt(entries.size());
            for (Entry entry : entries.values()) {
                write(entry, out);
            }
            out.writeLong(checksum(bytes.toByteArray()));
            Disk.replaceTogether(book.resolve(FILE), bytes.toByteArray());
        } catch (IOException | UserError unwritable) {
            // Only time is lost.
        }
    }

    private static void write(Entry entry, DataOutputStream out) throws IOException {
        ListedRun run = entry.run;
        out.writeUTF(run.study());
        out.writeUTF(run.folder());
        out.writeUTF(run.key());
        out.writeLong(run.seed());
        out.writeInt(run.setting().size());
        for (var setting : run.setting().entrySet()) {
            out.writeUTF(setting.getKey());
            out.writeUTF(setting.getValue());
        }
        out.writeUTF(run.set());
        out.writeUTF(run.started());
        out.writeUTF(run.status().map(RunEnd.Status::name).orElse(""));
        out.writeLong(run.steps());
        out.writeUTF(run.digest());
        out.writeInt(entry.seen.size());
        for (var file : entry.seen.entrySet()) {
            out.writeUTF(file.getKey());
            out.writeLong(file.getValue().size());
            out.writeLong(file.getValue().modified());
            out.writeLong(file.getValue().changed());
            out.writeLong(file.getValue().key());
        }
    }

    private static Map<String, Entry> entries(DataInputStream in) throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (in.readLong() != MAGIC) {
            return entries;
        }
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            Entry entry = entry(in);
            entries.put(entry.run.folder(), entry);
        }
        return entries;
    }

    private static Entry entry(DataInputStream in) throws IOException {
        String study = in.readUTF();
        String folder = in.readUTF();
        String key = in.readUTF();
        long seed = in.readLong();
        Map<String, String> setting = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            setting.put(in.readUTF(), in.readUTF());
        }
        String set = in.readUTF();
        String started = in.readUTF();
        String status = in.readUTF();
        long steps = in.readLong();
        String digest = in.readUTF();
        Map<String, FileStamp> seen = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            seen.put(in.readUTF(), new FileStamp(in.readLong(), in.readLong(), in.readLong(), in.readLong()));
        }
        ListedRun run = new ListedRun(
                study,
                folder,
                key,
                seed,
                setting,
                set,
                started,
                status.isEmpty() ? Optional.empty() : Optional.of(RunEnd.Status.valueOf(status)),
                steps,
                digest,
                Optional.empty(),
                List.of());
        return new Entry(run, seen);
    }

    private static long checksum(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return crc.getValue();
    }
}
