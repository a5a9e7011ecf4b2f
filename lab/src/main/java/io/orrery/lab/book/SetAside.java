package io.orrery.lab.book;

import io.orrery.lab.file.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Files of a run that a recovery could not use. They are never deleted but moved into a folder beside the run's files whose
 * name says when and why, {@code set-aside-20261129T011500Z-log-damaged}; it is made with the first of them.
 */
public final class SetAside {
    private static final String PREFIX = "set-aside-";
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path run;
    private final String name;
    private Optional<Path> folder = Optional.empty();

    /**
     * Nothing yet.
     *
     * @param run folder of the run
     * @param why in two or three words joined by hyphens
     */
    public SetAside(Path run, String why) {
        this.run = run;
        this.name = PREFIX + WHEN.format(Instant.now()) + "-" + why;
    }

    /** What earlier recoveries of a run set aside. */
    static List<Path> in(Path run) {
        return RunFolder.list(run).stream()
                .filter(path -> path.getFileName().toString().startsWith(PREFIX))
                .toList();
    }

    /** Where it lies, if anything was set aside. */
    public Optional<Path> folder() {
        return folder;
    }

    /** Moves a file or folder of the run out of the way; nothing if there is none. */
    public void move(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        Path target = place().resolve(file.getFileName());
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw Disk.cannotWrite(target, failed);
        }
    }

    /** Keeps the content of a file that is about to be replaced. */
    void keep(Path file) {
        Path target = place().resolve(file.getFileName());
        try {
            try {
                Files.createLink(target, file);
            } catch (IOException | UnsupportedOperationException noLinks) {
                // Not every file system has links; a copy keeps the content as well.
                Files.copy(file, target);
            }
        } catch (IOException failed) {
            throw Disk.cannotWrite(target, failed);
        }
    }

    private Path place() {
        Path made = folder.orElseGet(() -> {
            Path free = run.resolve(name);
            for (int i = 2; Files.exists(free); i++) {
                free = run.resolve(name + "-" + i);
            }
            return Disk.folder(free);
        });
        folder = Optional.of(made);
        return made;
    }
}
