package io.orrery.lab.examine;

import io.orrery.engine.worker.Workers;
import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.data.task.SingleTask;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.study.RunStates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * An examination of certain states of runs of a lab book: with them it is a function of seed and setting, computed, kept and
 * resumed as any other.
 *
 * @param states what it looks at, in the order in which the examination takes them
 * @param source where the states are
 */
public record Inspection(Examination examination, List<At> states, RunStates source) implements Computation {
    /** Copies the states. */
    public Inspection {
        states = List.copyOf(states);
    }

    /**
     * A state of a run.
     *
     * @param run by its id
     * @param stateDigest digest of the whole state
     */
    public record At(String run, long step, String stateDigest) {
        private String text() {
            return run + " at step " + step + " state " + stateDigest;
        }
    }

    @Override
    public String name() {
        return examination.name();
    }

    @Override
    public int version() {
        return examination.version();
    }

    @Override
    public String about() {
        return examination.about();
    }

    @Override
    public List<Parameter> parameters() {
        return examination.parameters();
    }

    @Override
    public List<String> of() {
        return states.stream().map(At::text).toList();
    }

    @Override
    public Results compute(long seed, Setting setting) {
        try (Workers workers = Workers.single()) {
            List<Examined> networks = new ArrayList<>();
            for (At at : states) {
                networks.add(examined(at, workers));
            }
            return examination.examine(networks, seed, setting);
        }
    }

    private Examined examined(At at, Workers workers) {
        BookedRun run = source.book()
                .finished(source.study(), at.run())
                .orElseThrow(() -> new IllegalStateException("the lab book lost the run " + at.run()));
        Trainer trainer = source.at(run, OptionalLong.of(at.step()), at.stateDigest(), workers);
        Spec spec = run.identity().spec();
        if (!(spec.tasks().sequence() instanceof SingleTask)) {
            throw new UserError(
                    "tasks: an examination looks at a network on the data of its run, and a run with several"
                            + " tasks has others in each; examine a run of one task");
        }
        SequencedMap<String, double[]> arrays = new LinkedHashMap<>();
        trainer.network()
                .arrays()
                .keySet()
                .forEach(name -> arrays.put(name, trainer.state().read(name)));
        return new Examined(
                spec,
                run.seed(),
                at.step(),
                trainer.network(),
                source.datasets().load(spec.data(), run.seed(), spec.precision()),
                arrays,
                workers);
    }
}
