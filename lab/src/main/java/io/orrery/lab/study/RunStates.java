package io.orrery.lab.study;

import io.orrery.engine.state.Digest;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.Checkpoint;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.run.Succession;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.setup.RunParent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * States of finished runs, at their end or at any step before it: those of the nearest checkpoint, gone on from there by the same
 * updates, so bit for bit those that the run had.
 *
 * @param book holds the runs
 * @param study in which they lie, those that they start from among them
 */
public record RunStates(LabBook book, String study, DatasetCache datasets) {
    /**
     * A run at one of its states; to be read only.
     *
     * @param step updates done; empty for all of them
     * @throws UserError if it did not come that far, or no way leads there
     */
    public Trainer at(BookedRun run, OptionalLong step, Workers workers) {
        RunEnd end = book.end(run)
                .filter(ended -> ended.status() == RunEnd.Status.DONE)
                .orElseThrow(() -> new UserError("the run " + run.name() + " did not come to its last step"));
        long wanted = step.orElse(end.steps());
        if (wanted > end.steps()) {
            throw new UserError(
                    "the run " + run.name() + " has no state at step " + wanted + ": it ended at step " + end.steps());
        }
        Trainer trainer = trainer(run.identity(), workers);
        Optional<Checkpoint> nearest = book.checkpointUpTo(run, wanted);
        if (nearest.isEmpty()) {
            begin(run.identity(), Optional.of(run), trainer, workers);
        }
        nearest.ifPresent(point -> trainer.resume(point.step(), point.cursor(), point::restore));
        trainer.advanceTo(wanted);
        if (wanted == end.steps() && !Digest.of(trainer.state()).equals(end.stateDigest())) {
            throw new UserError("the last checkpoint of the run " + run.name()
                    + " does not have the digest that was recorded at its end; run it anew (--again)");
        }
        return trainer;
    }

    /**
     * The same, held against the digest that is known of the state.
     *
     * @throws IllegalStateException if it is another
     */
    public Trainer at(BookedRun run, OptionalLong step, String stateDigest, Workers workers) {
        Trainer trainer = at(run, step, workers);
        if (!Digest.of(trainer.state()).equals(stateDigest)) {
            throw new IllegalStateException("the state of the run " + run.name() + " at step " + trainer.step()
                    + " has the digest " + Digest.of(trainer.state()) + ", and not " + stateDigest);
        }
        return trainer;
    }

    /**
     * Puts the arrays that a run takes over into its trainer; nothing for one that starts from its initialization.
     *
     * @param recorded the run in the lab book, which may hold its start
     * @return whether anything was taken over that the record of the run does not hold yet
     * @throws UserError if the run that it starts from is not in the lab book
     */
    boolean begin(RunIdentity run, Optional<BookedRun> recorded, Trainer trainer, Workers workers) {
        if (run.parents().isEmpty()) {
            return false;
        }
        Optional<Checkpoint> start = recorded.flatMap(known -> book.checkpointUpTo(known, 0));
        if (start.isPresent()) {
            trainer.resume(0, Map.of(), start.get()::restore);
            trainer.begin(Map.of());
            return false;
        }
        SequencedMap<String, double[]> arrays = new LinkedHashMap<>();
        run.parents().byRole().forEach((role, parent) -> arrays.putAll(taken(run, role, parent, workers)));
        trainer.begin(arrays);
        return true;
    }

    private SequencedMap<String, double[]> taken(RunIdentity run, String role, RunParent parent, Workers workers) {
        Optional<BookedRun> from = book.finished(study, parent.run());
        if (from.isEmpty()) {
            throw new UserError("the run " + run.id() + " starts from " + parent.text()
                    + ", which the lab book does not hold any more; run the claim that asks for it again");
        }
        Trainer before = at(from.get(), OptionalLong.of(parent.step()), parent.stateDigest(), workers);
        RunIdentity earlier = from.get().identity();
        return Succession.to(
                        role,
                        run.spec(),
                        datasets.load(run.spec().data(), run.seed(), run.spec().precision()),
                        earlier.spec(),
                        datasets.load(
                                earlier.spec().data(),
                                earlier.seed(),
                                earlier.spec().precision()),
                        parent.memory())
                .arrays(before.state());
    }

    private Trainer trainer(RunIdentity run, Workers workers) {
        return new Trainer(
                run.spec(),
                run.seed(),
                datasets.load(run.spec().data(), run.seed(), run.spec().precision()),
                List.of(),
                workers);
    }
}
