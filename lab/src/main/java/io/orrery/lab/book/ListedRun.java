package io.orrery.lab.book;

import io.orrery.lab.train.RunEnd;
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

    static ListedRun of(BookedRun run, RunCheck check) {
        return new ListedRun(
                run.study(),
                run.folderName(),
                run.key(),
                run.seed(),
                run.setting(),
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
