package io.orrery.lab.claim;

/** Evidence in which an arm's runs stand under another's name: what a world would look like in which the cause did the opposite. */
public final class SwappedArms {
    private SwappedArms() {}

    /** The same evidence with the runs of two arms exchanged; names and settings stay. */
    public static Evidence of(Evidence evidence, String first, String second) {
        return new Evidence(
                evidence.scale(),
                evidence.arms().stream()
                        .map(arm -> {
                            String from = arm.name().equals(first)
                                    ? second
                                    : arm.name().equals(second) ? first : arm.name();
                            return new ArmRuns(
                                    new Arm(arm.name(), arm.part(), work(arm)),
                                    arm.ran(),
                                    evidence.arm(from).runs());
                        })
                        .toList());
    }

    private static EvidenceSource work(ArmRuns arm) {
        return switch (arm.ran()) {
            case Ran.Computed(var computation, var setting) -> new EvidenceSource.Computing(computation, setting);
            case Ran.Examined(var examination, var setting, var of) ->
                new EvidenceSource.Examining(examination, setting, of);
            case Ran.Trained _ -> throw new IllegalArgumentException("the arm " + arm.name() + " was trained");
        };
    }
}
