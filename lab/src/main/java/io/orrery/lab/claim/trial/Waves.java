package io.orrery.lab.claim.trial;

import io.orrery.engine.state.Digest;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.examine.Inspection;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.setup.RunParent;
import io.orrery.lab.setup.RunParents;
import io.orrery.lab.setup.RunPlan;
import io.orrery.lab.setup.StudyPlan;
import io.orrery.lab.study.RunOutcome;
import io.orrery.lab.study.RunStates;
import io.orrery.lab.study.StudyRunner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/**
 * The runs of a protocol in waves: first those that start from their initialization, then those that start from what was just
 * trained. The id of a run depends on the state that it starts from, so it is known only then.
 */
final class Waves {
    private final Prepared prepared;
    private final ClaimBook book;
    private final DatasetCache datasets;
    /** Digests of states by run and step: several arms ask for the same. */
    private final Map<String, String> digests = new HashMap<>();

    Waves(Prepared prepared, ClaimBook book, DatasetCache datasets) {
        this.prepared = prepared;
        this.book = book;
        this.datasets = datasets;
    }

    /**
     * What became of the runs.
     *
     * @param orphans runs that cannot begin, because the one that they start from diverged
     */
    record Trained(Map<Key, RunOutcome> outcomes, Set<Key> orphans) {}

    /**
     * Trains what is missing, wave by wave.
     *
     * @param study trains one wave
     * @return empty if it was stopped before all came to their end
     * @throws RuntimeException the first failure
     */
    Optional<Trained> train(Function<StudyPlan, List<RunOutcome>> study) {
        Map<Key, RunOutcome> outcomes = new LinkedHashMap<>();
        Set<Key> orphans = new LinkedHashSet<>();
        for (Map<Key, RunPlan> wave = wave(outcomes, orphans); !wave.isEmpty(); wave = wave(outcomes, orphans)) {
            List<RunOutcome> ended = study.apply(prepared.study(List.copyOf(wave.values())));
            List<Key> keys = List.copyOf(wave.keySet());
            for (int i = 0; i < ended.size(); i++) {
                outcomes.put(keys.get(i), ended.get(i));
            }
            ended.stream()
                    .flatMap(outcome -> outcome.failure().stream())
                    .findFirst()
                    .ifPresent(failure -> {
                        throw failure;
                    });
            if (ended.stream().anyMatch(Waves::unfinished)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Trained(outcomes, orphans));
    }

    /**
     * What the lab book knows of the runs.
     *
     * @param runs all but those whose parent it does not hold, which have no id yet
     * @param trained those that came to their end
     */
    record Known(List<RunIdentity> runs, Trained trained) {}

    /** The runs as far as the lab book knows them. */
    Known known() {
        Map<Key, RunOutcome> outcomes = new LinkedHashMap<>();
        Set<Key> orphans = new LinkedHashSet<>();
        List<RunIdentity> known = new ArrayList<>();
        for (Map<Key, RunPlan> wave = wave(outcomes, orphans); !wave.isEmpty(); wave = wave(outcomes, orphans)) {
            List<RunIdentity> runs = StudyRunner.identify(prepared.study(List.copyOf(wave.values())), datasets);
            List<Key> keys = List.copyOf(wave.keySet());
            for (int i = 0; i < runs.size(); i++) {
                RunIdentity run = runs.get(i);
                known.add(run);
                Optional<BookedRun> finished = book.runs().finished(ClaimBook.RUNS, run.id());
                if (finished.isEmpty()) {
                    orphans.add(keys.get(i));
                } else {
                    outcomes.put(keys.get(i), found(run, finished.get()));
                }
            }
        }
        return new Known(known, new Trained(outcomes, orphans));
    }

    private RunOutcome found(RunIdentity run, BookedRun booked) {
        return new RunOutcome(
                run, booked.key(), book.runs().end(booked), new LinkedHashMap<>(), true, Optional.empty());
    }

    /** The runs that can begin now, with what they start from. */
    private Map<Key, RunPlan> wave(Map<Key, RunOutcome> outcomes, Set<Key> orphans) {
        Map<Key, RunPlan> wave = new LinkedHashMap<>();
        prepared.runs().forEach((key, plan) -> {
            if (outcomes.containsKey(key) || orphans.contains(key)) {
                return;
            }
            if (key.from().values().stream().anyMatch(link -> lost(link.parent(), outcomes, orphans))) {
                orphans.add(key);
            } else if (key.from().values().stream().allMatch(link -> outcomes.containsKey(link.parent()))) {
                wave.put(key, new RunPlan(plan.spec(), plan.seed(), plan.setting(), parents(key, outcomes)));
            }
        });
        return wave;
    }

    /** Whether nothing can start from a run. */
    private static boolean lost(Key run, Map<Key, RunOutcome> outcomes, Set<Key> orphans) {
        return orphans.contains(run)
                || Optional.ofNullable(outcomes.get(run))
                        .filter(Waves::diverged)
                        .isPresent();
    }

    private RunParents parents(Key key, Map<Key, RunOutcome> outcomes) {
        SequencedMap<String, RunParent> parents = new LinkedHashMap<>();
        key.from()
                .forEach((role, link) -> parents.put(
                        role,
                        parent(
                                link,
                                Optional.ofNullable(outcomes.get(link.parent())).orElseThrow())));
        return new RunParents(parents);
    }

    private RunParent parent(Key.Link link, RunOutcome outcome) {
        Inspection.At state = state(outcome, link.step());
        return new RunParent(state.run(), state.step(), state.stateDigest(), link.memory());
    }

    /**
     * A state of a run that was trained.
     *
     * @param wanted updates done; empty for its end
     * @throws UserError if it did not come that far
     */
    Inspection.At state(RunOutcome outcome, OptionalLong wanted) {
        RunEnd end = outcome.end().orElseThrow();
        long step = wanted.orElse(end.steps());
        return new Inspection.At(
                outcome.run().id(),
                step,
                step == end.steps()
                        ? end.stateDigest()
                        : digests.computeIfAbsent(outcome.run().id() + " " + step, _ -> digest(outcome, step)));
    }

    /** Where the states of the runs are. */
    RunStates states() {
        return new RunStates(book.runs(), ClaimBook.RUNS, datasets);
    }

    private String digest(RunOutcome outcome, long step) {
        BookedRun run = book.runs()
                .finished(ClaimBook.RUNS, outcome.run().id())
                .orElseThrow(() -> new UserError(
                        "the lab book lost the run " + outcome.run().id()));
        try (Workers workers = Workers.single()) {
            return Digest.of(states().at(run, OptionalLong.of(step), workers).state());
        }
    }

    static boolean diverged(RunOutcome outcome) {
        return outcome.end()
                .filter(end -> end.status() == RunEnd.Status.DIVERGED)
                .isPresent();
    }

    private static boolean unfinished(RunOutcome outcome) {
        return outcome.end()
                .map(end -> end.status() == RunEnd.Status.INTERRUPTED)
                .orElse(true);
    }
}
