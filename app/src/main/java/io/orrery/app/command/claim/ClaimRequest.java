package io.orrery.app.command.claim;

import io.orrery.lab.UserError;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimRunner;
import java.util.List;
import java.util.Optional;

/**
 * Which claims a user wants judged, and how.
 *
 * @param everything whether all claims, or all of a family, were asked for, rather than each by its name
 * @param again whether to delete what the lab book holds of them first
 */
record ClaimRequest(List<Claim> claims, Scale scale, Alterations alterations, boolean everything, boolean again) {
    ClaimRequest {
        claims = List.copyOf(claims);
    }

    /**
     * Refuses, before anything runs, what does not fit a claim that was named, or fits none of all.
     *
     * @throws UserError with the first reason
     */
    void refuseWrongInput(ClaimRunner runner) {
        if (everything && alterations.none()) {
            return;
        }
        Optional<UserError> first = Optional.empty();
        for (Claim claim : claims) {
            try {
                runner.plan(claim, scale, alterations);
                if (everything) {
                    return;
                }
            } catch (UserError refused) {
                if (!everything) {
                    throw refused;
                }
                first = first.or(() -> Optional.of(refused));
            }
        }
        first.ifPresent(refused -> {
            throw refused;
        });
    }
}
