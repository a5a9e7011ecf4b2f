package io.orrery.app.command.claim;

import io.orrery.app.terminal.Durations;
import io.orrery.app.terminal.JsonEvents;
import io.orrery.app.terminal.TextTable;
import io.orrery.lab.UserError;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.study.StudyEstimate;
import io.orrery.lab.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What claims would cost, for {@code claim --dry-run}. */
final class ClaimEstimates {
    private static final int DONE = 0;
    private static final int MEGABYTE_BITS = 20;

    private final boolean json;

    ClaimEstimates(boolean json) {
        this.json = json;
    }

    /** Prints one line per claim and, for people, what they sum to. Runs that are in the lab book are counted too. */
    int print(ClaimRequest request, ClaimRunner runner, int threads) {
        TextTable table = new TextTable("CLAIM", "RUNS", "STEPS", "FLOPS", "TIME", "MEMORY", "DISK");
        double seconds = 0;
        Map<String, List<String>> refusals = new LinkedHashMap<>();
        for (Claim claim : request.claims()) {
            String id = claim.card().id();
            try {
                int evaluations = runner.evaluations(claim, request.scale(), request.alterations())
                        .size();
                if (evaluations > 0) {
                    seconds += claim.card().quickSeconds() * (threads == 1 ? 2 : 1);
                    computed(table, claim, request, evaluations, threads);
                    continue;
                }
                StudyEstimate estimate = StudyEstimate.of(
                        runner.plan(claim, request.scale(), request.alterations()),
                        threads,
                        known(claim, request, threads));
                seconds += estimate.seconds();
                if (json) {
                    System.out.println(event(id, estimate)
                            .put("scale", request.scale().text())
                            .write());
                } else {
                    row(table, id, estimate);
                }
            } catch (UserError refused) {
                if (!request.everything()) {
                    throw refused;
                }
                refusals.computeIfAbsent(String.valueOf(refused.getMessage()), _ -> new ArrayList<>())
                        .add(id);
            }
        }
        if (!json) {
            table.lines().forEach(System.out::println);
            System.out.println("about " + Durations.text(seconds) + " on " + threads
                    + " threads in all. Nothing was trained, computed or written.");
        }
        refusals.forEach((reason, ids) ->
                System.err.println("orrery: would not be run: " + String.join(", ", ids) + ": " + reason));
        return DONE;
    }

    /** Of what is computed the card alone knows the time, at its quick protocol. */
    private void computed(TextTable table, Claim claim, ClaimRequest request, int evaluations, int threads) {
        double quick = claim.card().quickSeconds() * (threads == 1 ? 2 : 1);
        boolean known = known(claim, request, threads).isPresent();
        if (json) {
            System.out.println(JsonEvents.event("estimate")
                    .put("claim", claim.card().id())
                    .put("evaluations", evaluations)
                    .put("seconds", known ? quick : Double.NaN)
                    .put("scale", request.scale().text())
                    .write());
        } else {
            table.row(
                    claim.card().id(),
                    evaluations + " computed",
                    "–",
                    "–",
                    (known ? "" : "quick: ") + Durations.text(quick),
                    "–",
                    megabytes(0));
        }
    }

    /** The card of a claim says what its quick protocol takes on two cores: timing it again would take longer than a minute. */
    private static OptionalDouble known(Claim claim, ClaimRequest request, int threads) {
        return request.scale() == Scale.QUICK && request.alterations().none()
                ? OptionalDouble.of(claim.card().quickSeconds() * (threads == 1 ? 2 : 1))
                : OptionalDouble.empty();
    }

    private static void row(TextTable table, String id, StudyEstimate estimate) {
        table.row(
                id,
                Integer.toString(estimate.runs()),
                String.format(Locale.ROOT, "%,d", estimate.steps()),
                String.format(Locale.ROOT, "%.2g", estimate.flops()),
                Durations.text(estimate.seconds()),
                megabytes(estimate.memoryBytes()),
                megabytes(estimate.diskBytes()));
    }

    private static Json.Fields event(String id, StudyEstimate estimate) {
        return Json.object()
                .put("event", "estimate")
                .put("claim", id)
                .put("runs", estimate.runs())
                .put("steps", estimate.steps())
                .put("flops", estimate.flops())
                .put("seconds", estimate.seconds())
                .put("memoryBytes", estimate.memoryBytes())
                .put("diskBytes", estimate.diskBytes());
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", Math.max(1, bytes >> MEGABYTE_BITS));
    }
}
