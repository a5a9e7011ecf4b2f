package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.file.Disk;
import io.orrery.lab.file.Safetensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds where an interrupted run goes on: at the newest checkpoint that is sound and whose part of the log is whole. The
 * log goes on from there, so that what follows is recorded once. Sound records after the checkpoint are measured again, to
 * the same bits; a damaged log and checkpoints that cannot be used are set aside, never deleted.
 */
final class Resumption {
    private final BookedRun run;
    private final RunFolder folder;
    private final WriterLock lock;
    private final List<String> notes = new ArrayList<>();

    private Resumption(BookedRun run, WriterLock lock) {
        this.run = run;
        this.folder = new RunFolder(run.folder());
        this.lock = lock;
    }

    /**
     * Opens a run for going on.
     *
     * @throws UserError if another version wrote its log; then nothing is touched
     */
    static RunStart.Resumed of(BookedRun run, WriterLock lock) {
        return new Resumption(run, lock).resume();
    }

    /** What the log is found to be. */
    private record Log(Optional<Frames.Scan> scan, Set<Long> ends) {
        boolean damaged() {
            return scan.map(found -> found.damage().isPresent() || found.end() == 0)
                    .orElse(true);
        }
    }

    private RunStart.Resumed resume() {
        Map<Long, Path> files = new LinkedHashMap<>();
        folder.checkpoints().reversed().forEach(files::put);
        Map<Path, Long> offsets = offsets(files.values());
        Log log = log(Set.copyOf(offsets.values()));
        SetAside aside = new SetAside(run.folder(), why(log));
        Optional<Checkpoint> newest = Optional.empty();
        for (Map.Entry<Long, Path> entry : files.entrySet()) {
            newest = sound(entry.getKey(), entry.getValue(), log);
            if (newest.isPresent()) {
                break;
            }
            aside.move(entry.getValue());
        }
        RunLog open = open(log, newest, aside);
        aside.folder().ifPresent(place -> notes.add("what could not be used was set aside: " + place));
        RunWriter writer = new RunWriter(run, lock, open);
        newest.ifPresent(point -> writer.after(point.step(), point.ordinal()));
        return new RunStart.Resumed(new ResumePoint(run.identity(), newest, List.copyOf(notes)), writer);
    }

    private static String why(Log log) {
        return log.scan.isEmpty() ? "log-missing" : log.damaged() ? "log-damaged" : "checkpoint-damaged";
    }

    private static Map<Path, Long> offsets(Iterable<Path> files) {
        Map<Path, Long> offsets = new LinkedHashMap<>();
        for (Path file : files) {
            try {
                offsets.put(file, Checkpoint.number(Safetensors.metadata(file), "logOffset", file));
            } catch (UserError damaged) {
                // Said when it is passed over.
                continue;
            }
        }
        return offsets;
    }

    private Log log(Set<Long> wanted) {
        Path file = folder.log();
        if (!Files.exists(file)) {
            notes.add(file + " is missing");
            return new Log(Optional.empty(), Set.of());
        }
        Set<Long> ends = new HashSet<>();
        if (wanted.contains((long) Frames.HEADER_BYTES)) {
            ends.add((long) Frames.HEADER_BYTES);
        }
        Frames.Scan scan = Frames.scan(file, (_, _, end) -> {
            if (wanted.contains(end)) {
                ends.add(end);
            }
        });
        if (scan.otherVersion()) {
            throw new UserError(scan.damage().orElse("") + "; go on with the build that wrote it, or run it anew in"
                    + " another lab book (--out)");
        }
        scan.damage().ifPresent(notes::add);
        if (scan.end() == 0) {
            notes.add(file + " is damaged: it has " + scan.torn() + " bytes, less than the header of a log");
        }
        return new Log(Optional.of(scan), ends);
    }

    private Optional<Checkpoint> sound(long step, Path file, Log log) {
        try {
            Checkpoint checkpoint = Checkpoint.read(file);
            if (checkpoint.step() != step) {
                notes.add(file + " holds step " + checkpoint.step() + "; passed over");
                return Optional.empty();
            }
            long offset = checkpoint.logOffset();
            if (log.ends.contains(offset)) {
                return Optional.of(checkpoint);
            }
            notes.add(file + " needs " + offset + " sound bytes of the log, which has "
                    + log.scan.map(Frames.Scan::end).orElse(0L) + "; passed over");
        } catch (UserError damaged) {
            notes.add(damaged.getMessage() + "; passed over");
        }
        return Optional.empty();
    }

    /** The log, cut back to the checkpoint; a damaged one is set aside and its sound part copied. */
    private RunLog open(Log log, Optional<Checkpoint> newest, SetAside aside) {
        Path file = folder.log();
        long offset = newest.map(Checkpoint::logOffset).orElse((long) Frames.HEADER_BYTES);
        if (log.scan.isEmpty()) {
            return RunLog.create(file);
        }
        if (log.damaged()) {
            aside.keep(file);
            long whole = Math.max(Frames.HEADER_BYTES, offset);
            Disk.replace(file, to -> {
                Disk.write(to, Frames.header());
                Disk.copy(file, Frames.HEADER_BYTES, whole, to);
            });
        }
        return RunLog.continueAt(file, offset);
    }
}
