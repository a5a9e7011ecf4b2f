package io.orrery.lab.claim.trial;

import io.orrery.lab.UserError;
import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.At;
import io.orrery.lab.claim.EvidenceSource;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Procedure;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.text.Nearest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a user's changes do to the arms of a protocol that are computed or examined. */
final class ComputedArms {
    private final Set<String> names = new LinkedHashSet<>();
    private final List<String> assignments;

    /**
     * The arms of a protocol.
     *
     * @throws UserError if nothing is trained and a change is of no parameter
     */
    ComputedArms(String claim, List<Arm> arms, Alterations alterations) {
        this.assignments = alterations.assignments();
        arms.stream().flatMap(arm -> parameters(arm.work())).forEach(names::add);
        if (arms.stream().anyMatch(arm -> arm.work() instanceof EvidenceSource.Training)) {
            return;
        }
        for (String assignment : assignments) {
            String key = Alterations.key(assignment);
            if (!names.contains(key)) {
                throw new UserError("--set " + assignment + ": the claim " + claim
                        + " is computed, nothing is trained, so it has no spec; "
                        + Nearest.to(key, names)
                                .map(near -> "did you mean '" + near + "'? ")
                                .orElse("")
                        + "it can be changed in " + String.join(", ", names));
            }
        }
    }

    /** The parameters of all computations and examinations. */
    Set<String> names() {
        return names;
    }

    /** A setting with the changes that are of a procedure's parameters. */
    Setting setting(Procedure procedure, Setting setting) {
        Setting altered = setting;
        for (String assignment : assignments) {
            if (parameters(procedure).anyMatch(Alterations.key(assignment)::equals)) {
                altered = altered.with(assignment, procedure);
            }
        }
        return altered;
    }

    private static Stream<String> parameters(EvidenceSource work) {
        return switch (work) {
            case EvidenceSource.Training _ -> Stream.empty();
            case EvidenceSource.Computing(Computation computation, Setting _) -> parameters(computation);
            case EvidenceSource.Examining(Examination examination, Setting _, List<At> _) -> parameters(examination);
        };
    }

    private static Stream<String> parameters(Procedure procedure) {
        return procedure.parameters().stream().map(Parameter::name);
    }
}
