package io.orrery.lab.train.step;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.model.Initial;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.Parameter;
import io.orrery.lab.model.PyTorchWeights;
import io.orrery.lab.train.update.Decay;
import io.orrery.lab.train.update.DecaySpec;
import io.orrery.lab.train.update.Optimizer;
import io.orrery.lab.train.update.OptimizerSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A network of a run beside the main one.
 *
 * @param role what the rule asked for
 * @param network with the role in all its names
 * @param optimizer what updates it; empty if updates by directions are not what changes it
 */
public record RoleNetwork(NetworkRole role, Network network, Optional<Optimizer> optimizer) {
    /**
     * The networks that a rule asks for beside the main one.
     *
     * @param optimizer of the spec; the layers that it freezes are those of the main network
     * @throws UserError if a model does not fit, naming the key under which it stands
     */
    public static List<RoleNetwork> of(StepRule rule, Network main, OptimizerSpec optimizer, DecaySpec decay) {
        List<RoleNetwork> networks = rule.networks(main).stream()
                .map(role -> of(role, optimizer.withoutFrozen(), decay))
                .toList();
        long different = networks.stream()
                .map(network -> network.role().role())
                .distinct()
                .count();
        if (different < networks.size()) {
            throw new IllegalStateException("a rule asks for two networks of one role");
        }
        return networks;
    }

    private static RoleNetwork of(NetworkRole role, OptimizerSpec optimizer, DecaySpec decay) {
        Network network;
        try {
            network = Network.of(role.role(), role.model(), role.example(), role.outputs());
        } catch (UserError misfit) {
            throw new UserError(role.key() + ": " + misfit.getMessage(), misfit);
        }
        return new RoleNetwork(
                role,
                network,
                role.change() == NetworkRole.Change.BY_DIRECTIONS
                        ? Optional.of(new Optimizer(optimizer, Decay.of(decay, optimizer, network), network))
                        : Optional.empty());
    }

    /** The same network as the main one of a run of its own would be. */
    public Network alone() {
        return Network.of(role.model(), role.example(), role.outputs());
    }

    /** The name of what the main network of a run of its own has under a name. */
    public String named(String name) {
        return Network.named(role.role(), name);
    }

    /** Names and shapes of its parameters and statistics. */
    public SequencedMap<String, Shape> arrays() {
        return network.arrays();
    }

    /** The parameters that updates by directions change. */
    public List<Parameter> trained() {
        return optimizer.map(Optimizer::trained).orElse(List.of());
    }

    /** Whether its values must come from another run, for neither a draw nor a file gives them. */
    public boolean needsStart() {
        return role.start() == NetworkRole.Start.GIVEN && role.model().weights().isEmpty();
    }

    /** The key of the spec that names the file with its values, if one does. */
    public String weightsKey() {
        return role.key() + ".weights";
    }

    /**
     * Its arrays before the first step, unless another run gives them: from the file that its model names, else drawn.
     *
     * @throws UserError if there is such a file and it does not hold them
     */
    public SequencedMap<String, double[]> initial(long seed) {
        if (role.model().weights().isEmpty()) {
            return Initial.of(network, seed);
        }
        SequencedMap<String, double[]> values = new LinkedHashMap<>();
        PyTorchWeights.read(alone(), Path.of(role.model().weights().get()), weightsKey())
                .forEach((name, array) -> values.put(named(name), array));
        return values;
    }
}
