package io.orrery.app.command.claim;

import io.orrery.app.command.common.Interruption;
import io.orrery.app.report.claim.ClaimPages;
import io.orrery.app.terminal.Durations;
import io.orrery.app.terminal.JsonEvents;
import io.orrery.app.terminal.ProgressDisplay;
import io.orrery.app.terminal.Terminal;
import io.orrery.lab.UserError;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Claims;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.claim.trial.PublishedVerdicts;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.study.StudyListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One call of {@code claim} from the first line of progress to the path of the summary page. */
final class ClaimSession {
    private static final int DONE = 0;
    private static final int REFUTED = 1;

    private final ClaimRunner runner;
    private final Terminal terminal;
    private final boolean json;
    private final String command;
    private final Optional<Publishing> publishing;
    private final JsonEvents events;
    private final ClaimText text;
    private final long start = System.nanoTime();
    private final List<ClaimResult> results = new ArrayList<>();
    private final List<RuntimeException> failures = new ArrayList<>();

    /**
     * A session.
     *
     * @param command goes on with it after an interruption
     * @param publishing where verdicts are handed on too
     */
    ClaimSession(ClaimRunner runner, Terminal terminal, boolean json, String command, Optional<Publishing> publishing) {
        this.runner = runner;
        this.terminal = terminal;
        this.json = json;
        this.command = command;
        this.publishing = publishing;
        this.events = new JsonEvents(terminal.out());
        this.text = new ClaimText(terminal);
    }

    /**
     * Judges the claims one after the other. Where several were asked for, one that fails does not keep the others from being
     * judged.
     *
     * @return the exit code
     * @throws RuntimeException the first failure, if a claim that was named failed or none could be judged
     */
    int run(ClaimRequest request) {
        if (json) {
            events.emit(ClaimEvents.started(request));
        }
        try (Interruption _ = new Interruption(terminal, command, runner::requestStop)) {
            if (request.again()) {
                forget(request);
            }
            boolean interrupted = false;
            for (int i = 0; i < request.claims().size() && !interrupted; i++) {
                interrupted = !judge(request, i);
            }
            return conclude(request, interrupted);
        }
    }

    /** All before the first: claims share runs, and what one of them has just run anew the next need not run again. */
    private void forget(ClaimRequest request) {
        for (Claim claim : request.claims()) {
            try {
                runner.forget(claim, request.scale(), request.alterations());
            } catch (RuntimeException refused) {
                if (!request.everything()) {
                    throw refused;
                }
                // It is met again, and told, when the claim is run.
            }
        }
    }

    /** Whether the claim came to an end, with a verdict or without. */
    private boolean judge(ClaimRequest request, int place) {
        Claim claim = request.claims().get(place);
        try {
            int runs = runner.count(claim, request.scale(), request.alterations());
            Optional<ClaimResult> result =
                    runner.run(claim, request.scale(), request.alterations(), listener(request, place, runs));
            if (result.isEmpty()) {
                return false;
            }
            Path page = ClaimPages.write(result.get(), runner.folder(claim, request.scale(), request.alterations()));
            results.add(result.get());
            publishing.ifPresent(publisher -> publisher.add(claim, result.get(), runner));
            say(request, place, result.get(), page);
        } catch (RuntimeException failure) {
            failures.add(failure);
            if (json) {
                events.emit(ClaimEvents.failed(claim.card().id(), request.scale(), failure));
            } else if (request.claims().size() > 1) {
                terminal.out()
                        .println(text.line(
                                claim.card().id(),
                                failure,
                                place + 1,
                                request.claims().size(),
                                width(request)));
            }
        }
        return true;
    }

    private StudyListener listener(ClaimRequest request, int place, int runs) {
        if (json) {
            return events;
        }
        int claims = request.claims().size();
        String title = (claims == 1 ? "" : (place + 1) + " of " + claims + "  ")
                + request.claims().get(place).card().id();
        return ProgressDisplay.titled(title, terminal, runs);
    }

    private void say(ClaimRequest request, int place, ClaimResult result, Path page) {
        if (json) {
            events.emit(ClaimEvents.verdict(result, page));
        } else if (request.everything()) {
            terminal.out().println(text.line(result, place + 1, request.claims().size(), width(request)));
        } else {
            text.whole(result, page).forEach(terminal.out()::println);
            if (result.alterations().none()) {
                PublishedVerdicts.OF_BUILD
                        .of(result.card().id(), result.scale())
                        .ifPresent(published -> text.beside(result, published).forEach(terminal.out()::println));
            }
            terminal.out().println();
        }
    }

    private int conclude(ClaimRequest request, boolean interrupted) {
        ClaimSummary summary = new ClaimSummary(results, failures.size(), interrupted);
        Optional<Path> report = results.isEmpty()
                ? Optional.empty()
                : Optional.of(ClaimPages.writeSummary(runner.claims(), Claims.all()));
        double seconds = (System.nanoTime() - start) / 1e9;
        if (json) {
            events.emit(ClaimEvents.finished(summary, seconds, report));
        } else if (!results.isEmpty()) {
            if (request.everything() || request.claims().size() > 1) {
                terminal.out().println();
                text.summary(summary).forEach(terminal.out()::println);
            }
            report.ifPresent(path -> terminal.out().println(terminal.bold("All claims: " + path)));
            terminal.out().println(Durations.text(seconds) + " in all");
        }
        if (interrupted) {
            return Interruption.CODE;
        }
        boolean ours = failures.stream().anyMatch(failure -> !(failure instanceof UserError));
        if (ours || !failures.isEmpty() && (!request.everything() || results.isEmpty())) {
            throw failures.stream()
                    .filter(failure -> !ours || !(failure instanceof UserError))
                    .findFirst()
                    .orElseThrow();
        }
        return summary.count(Outcome.REFUTED) > 0 ? REFUTED : DONE;
    }

    private static int width(ClaimRequest request) {
        return request.claims().stream()
                .mapToInt(claim -> claim.card().id().length())
                .max()
                .orElse(0);
    }
}
