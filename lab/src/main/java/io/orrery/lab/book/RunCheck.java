package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.file.FileStamp;
import io.orrery.lab.file.Safetensors;
import io.orrery.lab.run.RunEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a pass over a run's log and its checkpoints' headers finds. Keeps one record in memory, however long the log is.
 *
 * @param end how the run ended; empty while it is under way, after it was killed, or if the log is damaged
 * @param lastStep of the last look; 0 without one
 * @param damage for people: why the measurements cannot be used
 * @param remarks for people: other files that cannot be used, and what earlier recoveries set aside
 */
record RunCheck(Optional<RunEnd> end, long lastStep, Optional<String> damage, List<String> remarks) {
    private static final int TRIES = 3;
    private static final String REMEDY = "; 'resume' sets aside what cannot be used and goes on before it";

    /** Where the log ended when each checkpoint was written, by its file; and what is wrong with the others. */
    private record Offsets(SortedMap<Long, Path> files, List<String> damaged) {}

    /**
     * Checks a run. A writer at work may make a sound log look damaged for a moment: what changed meanwhile is looked at
     * again.
     *
     * @throws UserError if a file cannot be read
     */
    static RunCheck of(RunFolder folder) {
        RunCheck check = once(folder);
        FileStamp before = FileStamp.of(folder.log());
        for (int i = 1; i < TRIES && check.damage.isPresent(); i++) {
            check = once(folder);
            FileStamp now = FileStamp.of(folder.log());
            if (now.equals(before)) {
                break;
            }
            before = now;
        }
        return check;
    }

    /** The same; a folder whose name is not that of its run is remarked upon: its files may belong to different runs. */
    static RunCheck of(RunFolder folder, BookedRun run) {
        RunCheck check = of(folder);
        if (String.valueOf(folder.path().getFileName()).endsWith("-" + run.key())) {
            return check;
        }
        List<String> remarks = new ArrayList<>(check.remarks);
        remarks.add(folder.path() + " is not the name of a folder of the run " + run.key() + ", which "
                + RunFolder.IDENTITY + " names; its other files may be those of another run");
        return new RunCheck(check.end, check.lastStep, check.damage, List.copyOf(remarks));
    }

    private static RunCheck once(RunFolder folder) {
        // Before the log, which only grows: a checkpoint written in between would seem to need more than there is.
        Offsets offsets = offsets(folder);
        List<String> remarks = new ArrayList<>(offsets.damaged);
        SetAside.in(folder.path()).forEach(path -> remarks.add("set aside by a recovery: " + path));
        Path log = folder.log();
        if (!Files.exists(log)) {
            return new RunCheck(Optional.empty(), 0, Optional.of(log + " is missing" + REMEDY), List.copyOf(remarks));
        }
        Last last = new Last();
        Frames.Scan scan = Frames.scan(log, last::frame);
        Optional<String> damage = damage(log, scan, offsets).map(how -> how + (scan.otherVersion() ? "" : REMEDY));
        if (damage.isPresent()) {
            return new RunCheck(Optional.empty(), 0, damage, List.copyOf(remarks));
        }
        try {
            Optional<RunEnd> end = last.end(log);
            if (end.isPresent() && scan.torn() > 0) {
                remarks.add(log + " has " + scan.torn() + " bytes after its end, which are no record");
            }
            end.filter(ended -> ended.status() != RunEnd.Status.DIVERGED
                            && !folder.checkpoints().containsKey(ended.steps()))
                    .ifPresent(ended -> remarks.add(
                            folder.checkpointFolder() + " lacks the checkpoint of the last step, " + ended.steps()));
            return new RunCheck(end, last.step(log), Optional.empty(), List.copyOf(remarks));
        } catch (UserError otherVersion) {
            return new RunCheck(
                    Optional.empty(), 0, Optional.of(String.valueOf(otherVersion.getMessage())), List.copyOf(remarks));
        }
    }

    private static Optional<String> damage(Path log, Frames.Scan scan, Offsets offsets) {
        if (scan.damage().isPresent()) {
            return scan.damage();
        }
        if (scan.end() == 0) {
            return Optional.of(log + " is damaged: it has " + scan.torn() + " bytes, less than the header of a log");
        }
        if (offsets.files.isEmpty()) {
            return Optional.empty();
        }
        long needed = offsets.files.lastKey();
        return needed <= scan.end()
                ? Optional.empty()
                : Optional.of(log + " is damaged: its records end at byte " + scan.end() + ", but they reached byte "
                        + needed + " when "
                        + offsets.files.getOrDefault(needed, log).getFileName() + " was written");
    }

    private static Offsets offsets(RunFolder folder) {
        SortedMap<Long, Path> files = new TreeMap<>();
        List<String> damaged = new ArrayList<>();
        for (Path file : folder.checkpoints().values()) {
            try {
                files.put(Checkpoint.number(Safetensors.metadata(file), "logOffset", file), file);
            } catch (UserError unusable) {
                // A writer may have deleted an old one since the folder was listed.
                if (Files.exists(file)) {
                    damaged.add(String.valueOf(unusable.getMessage()));
                }
            }
        }
        return new Offsets(files, damaged);
    }

    /** Keeps the last look and the last end, and decodes no other. */
    private static final class Last {
        private long lookRecord;
        private byte[] look = {};
        private long endRecord;
        private byte[] end = {};

        void frame(long record, byte[] payload, long unused) {
            if (LogRecord.isLook(payload)) {
                look = payload;
                lookRecord = record;
            } else {
                end = payload;
                endRecord = record;
            }
        }

        long step(Path log) {
            return look.length > 0
                            && RunLog.decode(log, lookRecord, look, new HashMap<>())
                                    instanceof LogRecord.Look(var measurements)
                            && !measurements.isEmpty()
                    ? measurements.getLast().step()
                    : 0;
        }

        Optional<RunEnd> end(Path log) {
            return end.length > 0 && RunLog.decode(log, endRecord, end, Map.of()) instanceof LogRecord.End(RunEnd ended)
                    ? Optional.of(ended)
                    : Optional.empty();
        }
    }
}
