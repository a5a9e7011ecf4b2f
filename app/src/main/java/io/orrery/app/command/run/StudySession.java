package io.orrery.app.command.run;

import io.orrery.app.Version;
import io.orrery.app.command.common.Interruption;
import io.orrery.app.command.common.Omissions;
import io.orrery.app.command.common.RunProvenance;
import io.orrery.app.command.common.VectorWarning;
import io.orrery.app.terminal.Durations;
import io.orrery.app.terminal.JsonEvents;
import io.orrery.app.terminal.ProgressDisplay;
import io.orrery.app.terminal.Terminal;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.setup.StudyPlan;
import io.orrery.lab.study.RunOutcome;
import io.orrery.lab.study.StudyListener;
import io.orrery.lab.study.StudyRunner;
import io.orrery.lab.study.Summary;
import io.orrery.lab.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One call of {@code run} or {@code resume} from the first line of progress to the report's path. */
final class StudySession {
    private static final int DONE = 0;
    private static final int DIVERGED = 1;

    private final LabBook book;
    private final Terminal terminal;
    private final boolean json;
    private final int threads;
    private final String command;
    private final JsonEvents events;
    private final long start = System.nanoTime();

    StudySession(LabBook book, Terminal terminal, boolean json, int threads, String command) {
        this.book = book;
        this.terminal = terminal;
        this.json = json;
        this.threads = threads;
        this.command = command;
        this.events = new JsonEvents(terminal.out());
    }

    int run(StudyPlan study, boolean failOnDivergence) {
        return go(
                study.name(),
                study.runs().size(),
                runner -> runner.run(study),
                (recorded, omitted) -> Reports.write(book, study.name(), study.question(), recorded, command, omitted),
                failOnDivergence);
    }

    int resume(String run) {
        BookedRun booked = book.find(run);
        // By the name of its folder, which may have been renamed.
        String study = String.valueOf(booked.studyFolder().getFileName());
        return go(
                study,
                1,
                runner -> List.of(runner.resume(run)),
                (_, _) -> {
                    Omissions omissions = new Omissions();
                    return Reports.again(book, new RunSets(book, omissions).around(booked), command, omissions);
                },
                false);
    }

    private int go(
            String study,
            int runs,
            Function<StudyRunner, List<RunOutcome>> work,
            BiFunction<List<RecordedRun>, List<String>, Path> write,
            boolean failOnDivergence) {
        if (json) {
            events.emit(JsonEvents.event("started")
                    .put("schema", JsonEvents.SCHEMA)
                    .put("version", Version.text())
                    .put("study", study));
        }
        VectorWarning.print();
        StudyListener listener = json ? events : new ProgressDisplay(terminal, runs);
        StudyRunner runner = new StudyRunner(book, threads, RunProvenance.of(threads), listener);
        try (Interruption _ = new Interruption(terminal, command, runner::requestStop)) {
            return conclude(study, work.apply(runner), write, failOnDivergence);
        }
    }

    private int conclude(
            String study,
            List<RunOutcome> outcomes,
            BiFunction<List<RecordedRun>, List<String>, Path> write,
            boolean failOnDivergence) {
        Map<String, BookedRun> booked = new LinkedHashMap<>();
        book.study(study).forEach(run -> booked.put(run.key(), run));
        List<RecordedRun> recorded = new ArrayList<>();
        List<String> omitted = new ArrayList<>();
        for (RunOutcome outcome : outcomes) {
            if (outcome.end().isPresent()) {
                recorded.add(book.overview(Optional.ofNullable(booked.get(outcome.key()))
                        .orElseGet(() -> book.find(study + "/" + outcome.key()))));
            }
            outcome.failure()
                    .ifPresent(failure -> omitted.add(
                            "run " + outcome.key() + " (seed " + outcome.run().seed() + "): " + failure.getMessage()));
        }
        boolean interrupted = outcomes.stream().anyMatch(StudySession::interrupted);
        Optional<Path> report =
                recorded.isEmpty() || interrupted ? Optional.empty() : Optional.of(write.apply(recorded, omitted));
        double seconds = (System.nanoTime() - start) / 1e9;
        if (json) {
            events.emit(finished(outcomes, recorded, report, seconds));
        } else if (!interrupted && !recorded.isEmpty()) {
            conclusion(outcomes, recorded, report, seconds);
        }
        List<RuntimeException> failures =
                outcomes.stream().flatMap(outcome -> outcome.failure().stream()).toList();
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        boolean diverged = outcomes.stream()
                .anyMatch(outcome -> outcome.end().map(RunEnd::status).equals(Optional.of(RunEnd.Status.DIVERGED)));
        return interrupted ? Interruption.CODE : diverged && failOnDivergence ? DIVERGED : DONE;
    }

    /** Whether a run stopped on request or, as others did, was not begun. */
    private static boolean interrupted(RunOutcome outcome) {
        return outcome.failure().isEmpty()
                && outcome.end()
                        .map(end -> end.status() == RunEnd.Status.INTERRUPTED)
                        .orElse(true);
    }

    private void conclusion(
            List<RunOutcome> outcomes, List<RecordedRun> recorded, Optional<Path> report, double seconds) {
        long known = outcomes.stream().filter(RunOutcome::alreadyDone).count();
        if (known > 0) {
            terminal.out()
                    .println(
                            outcomes.size() == 1
                                    ? "The run was in the lab book already and was not run again."
                                    : (known == outcomes.size() ? "All" : known + " of") + " " + outcomes.size()
                                            + " runs were in the lab book already and were not run again.");
        }
        terminal.out().println();
        new SummaryText(terminal).print(Summary.of(recorded));
        terminal.out().println();
        report.ifPresent(path -> terminal.out().println(terminal.bold("Report: " + path)));
        terminal.out().println(Durations.text(seconds) + " in all; lab book " + book.folder());
    }

    private static Json.Fields finished(
            List<RunOutcome> outcomes, List<RecordedRun> recorded, Optional<Path> report, double seconds) {
        List<Json.Fields> runs = new ArrayList<>();
        for (RunOutcome outcome : outcomes) {
            RunIdentity run = outcome.run();
            Json.Fields finals = Json.object();
            recorded.stream()
                    .filter(candidate -> run.ids().contains(candidate.id()))
                    .findFirst()
                    .ifPresent(found -> RunText.finals(found).forEach(finals::put));
            runs.add(Json.object()
                    .put("run", outcome.key())
                    .put("seed", run.seed())
                    .put("setting", Json.texts(run.setting()))
                    .put("status", outcome.failure().isPresent() ? "failed" : RunText.status(outcome.end()))
                    .put("steps", outcome.end().map(RunEnd::steps).orElse(0L))
                    .put("digest", outcome.end().map(RunEnd::digest).orElse(""))
                    .put("stateDigest", outcome.end().map(RunEnd::stateDigest).orElse(""))
                    .put(
                            "message",
                            outcome.failure()
                                    .map(failure -> String.valueOf(failure.getMessage()))
                                    .or(() -> outcome.end().map(RunEnd::message))
                                    .orElse(""))
                    .put("final", finals));
        }
        Json.Fields event = JsonEvents.event("finished").put("runs", Json.array(runs));
        event.put("report", report.<Json>map(path -> Json.text(path.toString())).orElse(new Json.Null()));
        return event.put("seconds", seconds);
    }
}
