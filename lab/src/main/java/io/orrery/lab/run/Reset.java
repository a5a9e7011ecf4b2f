package io.orrery.lab.run;

import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.State;
import io.orrery.lab.UserError;
import io.orrery.lab.data.task.TasksSpec;
import io.orrery.lab.model.Initial;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.text.Nearest;
import io.orrery.lab.train.step.Learner;
import io.orrery.lab.train.step.NetworkRole;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/** What begins anew with a task: layers are drawn again from streams of that task, what steps remember begins as it did. */
record Reset(Spec spec, Network network, Learner learner, long seed) {
    /**
     * Refuses names that the network does not have.
     *
     * @throws UserError naming the key
     */
    static void check(TasksSpec tasks, Network network) {
        List<String> layers = network.layers().stream().map(WeightLayer::name).toList();
        List<String> valid = new ArrayList<>(layers);
        valid.add(TasksSpec.ALL);
        valid.add(TasksSpec.OPTIMIZER);
        for (String name : tasks.reset()) {
            if (!valid.contains(name)) {
                throw new UserError(
                        "tasks.reset: there is no '" + name + "' to begin anew; " + Nearest.hint(name, valid));
            }
        }
        for (String name : tasks.frozen()) {
            if (!layers.contains(name)) {
                throw new UserError("tasks.frozen: the network has no layer with weights called " + name + "; "
                        + Nearest.hint(name, layers));
            }
        }
    }

    /** Resets a state before the first update of a task. */
    void apply(State state, int task) {
        List<String> reset = spec.tasks().reset();
        boolean all = reset.contains(TasksSpec.ALL);
        boolean layers = network.layers().stream().anyMatch(layer -> reset.contains(layer.name()));
        if (all || layers) {
            redraw(state, task, all, reset);
        }
        if (all || reset.contains(TasksSpec.OPTIMIZER)) {
            learner.memory().forEach((name, shape) -> state.write(name, new double[shape.count()]));
            learner.initial(seed).forEach(state::write);
        }
    }

    private void redraw(State state, int task, boolean all, List<String> reset) {
        long drawn = RandomStream.key(seed, "task/" + task);
        SequencedMap<String, double[]> fresh = Initial.of(network, drawn);
        for (Parameter parameter : network.parameters()) {
            if (all || reset.contains(parameter.layer())) {
                write(state, fresh, parameter.name());
            }
        }
        for (WeightLayer layer : network.layers()) {
            if (!all && reset.contains(layer.name())) {
                layer.normalization().ifPresent(norm -> {
                    write(state, fresh, norm.mean().name());
                    write(state, fresh, norm.variance().name());
                });
            }
        }
        if (all) {
            network.statistics().forEach(statistic -> write(state, fresh, statistic.name()));
            learner.others().stream()
                    .filter(other -> other.role().change() != NetworkRole.Change.NONE)
                    .forEach(other -> Initial.of(other.network(), drawn).forEach(state::write));
        }
    }

    private static void write(State state, SequencedMap<String, double[]> fresh, String name) {
        double[] values = fresh.get(name);
        if (values == null) {
            throw new IllegalStateException("no initial values of " + name);
        }
        state.write(name, values);
    }
}
