package io.orrery.lab.run;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.State;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDifferences;
import io.orrery.lab.setup.SpecText;
import io.orrery.lab.text.Json;
import io.orrery.lab.train.step.Learner;
import io.orrery.lab.train.step.RoleNetwork;
import io.orrery.lab.train.update.Update;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What a run takes over from the one that it starts from: every array of the same name and shape. Only the last layer with
 * weights may differ; what of it has no counterpart begins afresh.
 *
 * @param role of the network that starts; empty for the main one
 * @param taken names of the arrays that are taken over, without the role
 * @param afresh names of the arrays that begin as the run's own initialization has them
 */
public record Succession(String role, List<String> taken, List<String> afresh) {
    /** Keys of the model that say how arrays begin, or what only training does; two networks may differ in them. */
    private static final Set<String> OF_THE_START = Set.of(
            "initialization", "initialScale", "initialScales", "initialRho", "outputBias", "dropout", "projection");

    /** Copies the lists. */
    public Succession {
        taken = List.copyOf(taken);
        afresh = List.copyOf(afresh);
    }

    /**
     * The succession of a network of any role.
     *
     * @param role of the network that starts; empty for the main one
     * @throws UserError as {@link #of} and {@link #ofRole}
     */
    public static Succession to(
            String role, Spec heir, Dataset heirData, Spec parent, Dataset parentData, boolean memory) {
        return role.isEmpty()
                ? of(heir, heirData, parent, parentData, memory)
                : ofRole(role, heir, heirData, parent, parentData, memory);
    }

    /**
     * The succession of two runs.
     *
     * @param heir what starts, with its data
     * @param parent what it starts from, with its data
     * @param memory whether what the optimizer and the rule remember is asked for too
     * @throws UserError if the networks differ in more than the last layer, or the memory cannot be taken over
     */
    public static Succession of(Spec heir, Dataset heirData, Spec parent, Dataset parentData, boolean memory) {
        if (heir.model().weights().isPresent()) {
            throw new UserError(
                    "model.weights: a run that starts from another one takes its weights from there; leave it out");
        }
        requireSamePrecision(heir, parent);
        requireSameFunction(
                "model",
                heir.model(),
                parent.model(),
                "; only the last layer may differ, and it does by the data's classes");
        Learner after = Learners.of(heir, heirData).of(0);
        Learner before = Learners.of(parent, parentData).of(0);
        Succession networks = networks(after.network(), before.network());
        if (memory && heir.rule().remembersExamples() && !heir.data().equals(parent.data())) {
            throw new UserError(
                    "it asks for what the rule remembers of each training example, and its data are others than"
                            + " those of the run that it starts from; take the weights without the memory");
        }
        return memory ? networks.withMemory(heir, after, before) : networks;
    }

    /**
     * The succession of a network of another role: it takes all arrays of the main network of the other run, which must be the same.
     *
     * @throws UserError if the rule has no such network, or it is not the one that the other run trained
     */
    public static Succession ofRole(
            String role, Spec heir, Dataset heirData, Spec parent, Dataset parentData, boolean memory) {
        RoleNetwork network = Learners.of(heir, heirData).of(0).others().stream()
                .filter(other -> other.role().role().equals(role))
                .findFirst()
                .orElseThrow(() -> new UserError("rule.kind: its rule has no network of the role '" + role + "'"));
        if (memory) {
            throw new UserError("the network of the role " + role
                    + " takes over parameters and statistics alone; leave the memory of the optimizer out");
        }
        String key = network.role().key();
        if (network.role().model().weights().isPresent()) {
            throw new UserError(network.weightsKey() + ": a network that starts from another run takes its weights from"
                    + " there; leave it out");
        }
        requireSamePrecision(heir, parent);
        requireSameFunction(key, network.role().model(), parent.model(), "");
        Map<String, Shape> known =
                Learners.of(parent, parentData).of(0).network().arrays();
        Map<String, Shape> own = network.alone().arrays();
        if (!own.equals(known)) {
            throw new UserError(key + ": its arrays are " + own + ", those of the run that it starts from are " + known
                    + "; the data must have the same inputs and outputs");
        }
        return new Succession(role, List.copyOf(own.keySet()), List.of());
    }

    /** The arrays that are taken over, of the state that they are taken from, by the names that they have in the heir. */
    public SequencedMap<String, double[]> arrays(State from) {
        SequencedMap<String, double[]> arrays = new LinkedHashMap<>();
        taken.forEach(name -> arrays.put(Network.named(role, name), from.read(name)));
        return arrays;
    }

    /** For people: what begins afresh, if anything does. */
    public String text() {
        return taken.size() + " arrays are taken over"
                + (afresh.isEmpty() ? "" : "; these begin afresh: " + String.join(", ", afresh));
    }

    private static void requireSamePrecision(Spec heir, Spec parent) {
        if (heir.precision() != parent.precision()) {
            throw new UserError("precision: expected that of the run it starts from, "
                    + parent.precision().name().toLowerCase(java.util.Locale.ROOT) + ", found "
                    + heir.precision().name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    private static void requireSameFunction(String block, ModelSpec heir, ModelSpec parent, String remark) {
        SpecDifferences model = SpecDifferences.between(List.of(model(heir), model(parent)));
        if (!model.keys().isEmpty()) {
            String key = model.keys().getFirst();
            throw new UserError(block + "." + key + ": expected that of the run it starts from, "
                    + told(model.values().get(1).getFirst()) + ", found "
                    + told(model.values().getFirst().getFirst()) + remark);
        }
    }

    private static String told(String value) {
        return value.isEmpty() ? "none" : value;
    }

    private static Json.Fields model(ModelSpec spec) {
        Json.Fields model = SpecText.fields(spec, false);
        OF_THE_START.forEach(model.values()::remove);
        return model;
    }

    private static Succession networks(Network heir, Network parent) {
        Map<String, Shape> known = parent.arrays();
        List<String> taken = new ArrayList<>();
        List<String> afresh = new ArrayList<>();
        heir.arrays().forEach((name, shape) -> {
            if (Objects.equals(known.get(name), shape)) {
                taken.add(name);
            } else if (head(heir).contains(name)) {
                afresh.add(name);
            } else {
                Shape other = known.get(name);
                throw new UserError("its array " + name + " is " + shape + ", and in the run that it starts from "
                        + (other == null ? "there is none of that name" : "it is " + other)
                        + "; only the last layer, " + last(heir) + ", may differ");
            }
        });
        for (String name : known.keySet()) {
            if (!heir.arrays().containsKey(name) && !head(parent).contains(name)) {
                throw new UserError("the run that it starts from has an array " + name
                        + ", for which it has no place; only the last layer, " + last(parent) + ", may differ");
            }
        }
        if (taken.isEmpty()) {
            throw new UserError(
                    "it takes nothing from the run that it starts from: no array has the same name and shape");
        }
        return new Succession("", taken, afresh);
    }

    private static String last(Network network) {
        return network.layers().getLast().name();
    }

    private static Set<String> head(Network network) {
        Set<String> names = new LinkedHashSet<>();
        network.layers().getLast().parameters().stream().map(Parameter::name).forEach(names::add);
        return names;
    }

    /** The same with what is remembered of the arrays that are taken over. */
    private Succession withMemory(Spec heir, Learner after, Learner before) {
        if (Update.of(heir.optimizer()).dependsOnStep() || heir.rule().dependsOnStep()) {
            throw new UserError(
                    "optimizer.kind: " + heir.optimizer().kind().name().toLowerCase(java.util.Locale.ROOT)
                            + " corrects its memory by the number of updates since it was empty, which begins anew here; take the"
                            + " weights without the memory, or use sgd");
        }
        List<String> all = new ArrayList<>(taken);
        List<String> fresh = new ArrayList<>(afresh);
        Map<String, Shape> known = before.memory();
        after.memory().forEach((name, shape) -> {
            if (Objects.equals(known.get(name), shape)) {
                all.add(name);
            } else if (afresh.stream().anyMatch(name::endsWith)) {
                fresh.add(name);
            } else {
                throw new UserError("it asks for the optimizer's memory, and the run that it starts from has no array "
                        + name + " of the shape " + shape + "; optimizer, momentum and rule must be the same for that");
            }
        });
        return new Succession("", all, fresh);
    }
}
