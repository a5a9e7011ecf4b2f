package io.orrery.lab.claim.trial;

import io.orrery.lab.UserError;
import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.EvidenceSource;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.judge.statistics.Plain;
import io.orrery.lab.model.Architecture;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDocument;
import java.util.List;
import java.util.OptionalInt;

/**
 * Whether a protocol can be run with a user's changes. What goes wrong then is told of what the user set, not of keys that only
 * the protocol gives.
 *
 * @param claim its id
 * @param protocol as it stands
 */
record ProtocolFit(String claim, Protocol protocol, Alterations alterations, DatasetCache datasets) {
    /**
     * Refuses an arm that the changes make impossible.
     *
     * @param own the arm as the protocol has it
     * @throws UserError if it cannot be run; it begins with what the user set
     */
    void require(Arm arm, SpecDocument own, SpecDocument altered) {
        if (alterations.assignments().isEmpty()) {
            return;
        }
        Spec before = own.spec();
        Spec after = altered.spec();
        requireLayers(arm, before, after);
        if (!before.data().imbalance().isEmpty()
                && after.data().imbalance().equals(before.data().imbalance())
                && after.data().perClass().isPresent()) {
            throw new UserError(
                    set("data") + ": the claim " + claim + " sets the size of each class itself, data.imbalance = "
                            + before.data().imbalance() + " in the arm '" + arm.name() + "'; leave data.perClass out");
        }
        try {
            altered.study(Instruments.names());
        } catch (UserError wrong) {
            throw named(wrong, "");
        }
        if (alterations.gives("data")) {
            requireData(arm, before, after);
        }
    }

    /** Lists with one number per layer fit the protocol's number of layers. */
    private void requireLayers(Arm arm, Spec before, Spec after) {
        String lists =
                list("decay.perLayer", before.decay().perLayer(), after.decay().perLayer())
                        + list(
                                "model.initialScales",
                                before.model().initialScales(),
                                after.model().initialScales());
        OptionalInt wanted = hidden(before.model().architecture());
        OptionalInt found = hidden(after.model().architecture());
        if (lists.isEmpty() || wanted.isEmpty() || wanted.equals(found)) {
            return;
        }
        List<Integer> depths = protocol.arms().stream()
                .filter(any -> any.work() instanceof EvidenceSource.Training)
                .flatMapToInt(any -> hidden(any.spec().spec().model().architecture()).stream())
                .distinct()
                .boxed()
                .toList();
        String here = found.isPresent() ? ", not " + found.getAsInt() : "";
        if (depths.size() > 1) {
            throw new UserError(set("model") + ": the claim " + claim + " compares networks of different depths, "
                    + Plain.list(depths.stream().map(String::valueOf).toList())
                    + " hidden layers, and --set gives all of them the same; leave it out");
        }
        throw new UserError(set("model") + ": the claim " + claim + " needs " + depths.getFirst()
                + (depths.getFirst() == 1 ? " hidden layer" : " hidden layers")
                + here + ": its arm '" + arm.name() + "' sets" + lists
                + ", one number for each weight layer; change the widths, not how many there are");
    }

    private static String list(String key, List<Double> before, List<Double> after) {
        return before.isEmpty() || !before.equals(after) ? "" : " " + key + " = " + before;
    }

    private static OptionalInt hidden(Architecture architecture) {
        return architecture instanceof Mlp mlp ? OptionalInt.of(mlp.widths().size()) : OptionalInt.empty();
    }

    /** What is wrong with the data that the protocol's own have not is the doing of the changes. */
    private void requireData(Arm arm, Spec before, Spec after) {
        try {
            datasets.load(after.data(), 1);
        } catch (UserError wrong) {
            try {
                datasets.load(before.data(), 1);
            } catch (UserError alsoWithout) {
                throw wrong;
            }
            throw named(wrong, " in the arm '" + arm.name() + "'");
        }
    }

    private UserError named(UserError wrong, String where) {
        String message = String.valueOf(wrong.getMessage());
        boolean told = message.startsWith("--set")
                || alterations.assignments().stream()
                        .anyMatch(assignment -> message.startsWith(Alterations.key(assignment)));
        return told ? wrong : new UserError(set("") + where + ": " + message, wrong);
    }

    /** The changes below a block, or all if there are none, as on the command line. */
    private String set(String block) {
        List<String> below = alterations.assignments().stream()
                .filter(assignment -> Alterations.key(assignment).equals(block)
                        || Alterations.key(assignment).startsWith(block + "."))
                .toList();
        return "--set " + String.join(" --set ", below.isEmpty() ? alterations.assignments() : below);
    }
}
