package io.orrery.lab.claim;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The measurements of a protocol, arm by arm in its order.
 *
 * @param arms every arm of the protocol, with the runs of all seeds in order
 */
public record Evidence(Scale scale, List<ArmRuns> arms) {
    /** Copies the arms. */
    public Evidence {
        arms = List.copyOf(arms);
    }

    /** The runs of an arm by its name. */
    public ArmRuns arm(String name) {
        return arms.stream()
                .filter(arm -> arm.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the protocol has no arm '" + name + "'; it has "
                        + arms.stream().map(ArmRuns::name).collect(Collectors.joining(", "))));
    }
}
