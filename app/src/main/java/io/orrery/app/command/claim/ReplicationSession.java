package io.orrery.app.command.claim;

import io.orrery.app.command.common.Interruption;
import io.orrery.app.terminal.JsonEvents;
import io.orrery.app.terminal.Terminal;
import io.orrery.lab.UserError;
import io.orrery.lab.book.verdict.PublishedVerdict;
import io.orrery.lab.book.verdict.Replication;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.study.StudyListener;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges claims again and again on disjoint blocks of seeds that nobody has looked at, and counts the verdicts. */
final class ReplicationSession {
    /** The first seed: far from those that are judged, piloted or were spent. */
    static final long FIRST = 20_001;

    private final ClaimRunner runner;
    private final Terminal terminal;
    private final boolean json;
    private final String command;
    private final JsonEvents events;

    /**
     * A session.
     *
     * @param command goes on with it after an interruption
     */
    ReplicationSession(ClaimRunner runner, Terminal terminal, boolean json, String command) {
        this.runner = runner;
        this.terminal = terminal;
        this.json = json;
        this.command = command;
        this.events = new JsonEvents(terminal.out());
    }

    /**
     * Counts, and adds each count to the verdict that is published.
     *
     * @param blocks how many
     * @return the exit code
     * @throws UserError if no verdict of a claim is published yet
     */
    int run(ClaimRequest request, int blocks, Optional<Publishing> publishing) {
        publishing.ifPresent(place -> request.claims().forEach(claim -> published(claim, request, place)));
        try (Interruption _ = new Interruption(terminal, command, runner::requestStop)) {
            for (Claim claim : request.claims()) {
                Optional<Replication> counted = count(claim, request, blocks);
                if (counted.isEmpty()) {
                    return Interruption.CODE;
                }
                publishing.ifPresent(place -> {
                    PublishedVerdict there = published(claim, request, place);
                    new PublishedVerdict(there.verdict(), there.commit(), there.protocol(), there.cpuSeconds(), counted)
                            .write(place.folder());
                });
            }
        }
        return 0;
    }

    private PublishedVerdict published(Claim claim, ClaimRequest request, Publishing place) {
        String id = claim.card().id();
        PublishedVerdict there = place.read(id, request.scale().text())
                .orElseThrow(() -> new UserError("--replicate: " + place.folder() + " holds no verdict of " + id
                        + " to which the count could be added; first: orrery claim " + id + " --publish "
                        + place.folder()));
        if (!there.protocol().equals(runner.protocol(claim, request.scale(), Alterations.NONE))) {
            throw new UserError("--replicate: the verdict of " + id + " in " + place.folder()
                    + " is of another protocol than this build's; publish it anew first");
        }
        return there;
    }

    /** Empty if a stop was asked for. */
    private Optional<Replication> count(Claim claim, ClaimRequest request, int blocks) {
        int seeds = claim.protocol(request.scale()).seeds();
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        for (int block = 0; block < blocks; block++) {
            long first = FIRST + (long) block * seeds;
            Alterations fresh = new Alterations(
                    request.alterations().assignments(), Optional.of(first + "-" + (first + seeds - 1)));
            Optional<ClaimResult> result = runner.run(claim, request.scale(), fresh, StudyListener.SILENT);
            if (result.isEmpty()) {
                return Optional.empty();
            }
            Outcome outcome = result.get().verdict().outcome();
            counts.merge(outcome, 1, Integer::sum);
            say(claim, block, blocks, fresh, outcome, result.get().verdict().reason());
        }
        Replication counted = new Replication(
                counts.getOrDefault(Outcome.SUPPORTED, 0),
                counts.getOrDefault(Outcome.REFUTED, 0),
                counts.getOrDefault(Outcome.INCONCLUSIVE, 0),
                FIRST,
                seeds);
        if (!json) {
            terminal.out().println(terminal.bold(claim.card().id() + ": " + counted.text()));
        }
        return Optional.of(counted);
    }

    private void say(Claim claim, int block, int blocks, Alterations fresh, Outcome outcome, String reason) {
        String seeds = fresh.seeds().orElse("");
        if (json) {
            events.emit(JsonEvents.event("replication")
                    .put("claim", claim.card().id())
                    .put("block", block + 1)
                    .put("seeds", seeds)
                    .put("verdict", outcome.name())
                    .put("reason", reason));
        } else {
            List<String> parts =
                    List.of("block " + (block + 1) + " of " + blocks, "seeds " + seeds, outcome.word(), reason);
            terminal.out().println("  " + String.join("  ", parts));
        }
    }
}
