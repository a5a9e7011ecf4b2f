package io.orrery.lab.book;

import io.orrery.lab.run.RunEnd;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run in the list of a lab book.
 *
 * @param study its study as recorded
 * @param folder names of the study's and the run's folder, joined by a slash
 * @param set the set that it belongs to, see {@link RunSet#group}
 * @param started when the command was given that began it, empty if nobody noted it
 * @param status how it ended; empty while it is under way or after it was killed, or if it is damaged
 * @param steps updates done at the end, or at the last look
 * @param digest of the parameters at the end, empty without one
 * @param damage for people: why its measurements cannot be used
 * @param remarks for people: other files that cannot be used, and what recoveries set aside
 */
public record ListedRun(
        String study,
        String folder,
        String key,
        long seed,
        Map<String, String> setting,
        String set,
        String started,
        Optional<RunEnd.Status> status,
        long steps,
        String digest,
        Optional<String> damage,
        List<String> remarks) {

    /** Copies the collections and keeps their order. */
    public ListedRun {
        setting = Collections.unmodifiableMap(new LinkedHashMap<>(setting));
        remarks = List.copyOf(remarks);
    }

    /** What sorts it into a set. */
    public RunSet.Mark mark() {
        return new RunSet.Mark(set, setting, started);
    }

    static ListedRun of(BookedRun run, RunCheck check) {
        RunSet.Mark mark = RunSet.Mark.of(run);
        return new ListedRun(
                run.study(),
                run.folderName(),
                run.key(),
                run.seed(),
                run.setting(),
                mark.id(),
                mark.started(),
                check.end().map(RunEnd::status),
                check.end().map(RunEnd::steps).orElse(check.lastStep()),
                check.end().map(RunEnd::digest).orElse(""),
                check.damage(),
                check.remarks());
    }

    /** Name of the study's folder, which a user may have renamed. */
    public String studyFolder() {
        return folder.substring(0, folder.indexOf('/'));
    }
}
