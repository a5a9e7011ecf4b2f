package io.orrery.lab.book;

import io.orrery.lab.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds where an interrupted run goes on: at the newest checkpoint that is sound and whose part of the log is whole. The
 * log is cut back to it, so that what follows is recorded once.
 */
final class Resumption {
    private Resumption() {}

    static RunStart.Resumed of(BookedRun run, WriterLock lock) {
        RunFolder folder = new RunFolder(run.folder());
        List<String> notes = new ArrayList<>();
        Frames.Contents log = Files.exists(folder.log())
                ? Frames.read(folder.log())
                : new Frames.Contents(List.of(), List.of(), 0, Optional.of(folder.log() + " is missing"));
        log.damage().ifPresent(notes::add);
        for (Map.Entry<Long, Path> entry :
                new TreeMap<>(folder.checkpoints()).descendingMap().entrySet()) {
            Optional<Checkpoint> checkpoint = sound(entry.getKey(), entry.getValue(), log, notes);
            if (checkpoint.isPresent()) {
                RunLog open = RunLog.continueAt(folder.log(), checkpoint.get().logOffset());
                RunWriter writer = new RunWriter(run, lock, open)
                        .after(checkpoint.get().step(), checkpoint.get().ordinal());
                return new RunStart.Resumed(new ResumePoint(run.identity(), checkpoint, List.copyOf(notes)), writer);
            }
        }
        RunWriter writer = new RunWriter(run, lock, RunLog.create(folder.log()));
        folder.checkpoints().values().forEach(Disk::delete);
        return new RunStart.Resumed(new ResumePoint(run.identity(), Optional.empty(), List.copyOf(notes)), writer);
    }

    private static Optional<Checkpoint> sound(long step, Path file, Frames.Contents log, List<String> notes) {
        try {
            Checkpoint checkpoint = Checkpoint.read(file);
            if (checkpoint.step() != step) {
                notes.add(file + " holds step " + checkpoint.step() + "; passed over");
                return Optional.empty();
            }
            long offset = checkpoint.logOffset();
            if (log.ends().contains(offset)) {
                return Optional.of(checkpoint);
            }
            notes.add(file + " needs " + offset + " sound bytes of the log, which has " + log.end() + "; passed over");
        } catch (UserError damaged) {
            notes.add(damaged.getMessage() + "; passed over");
        }
        return Optional.empty();
    }
}
