package io.orrery.app.command.claim;

import io.orrery.app.Version;
import io.orrery.app.report.claim.Tallies;
import io.orrery.app.terminal.JsonEvents;
import io.orrery.lab.claim.JudgedSentence;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.Sentence;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.judge.Controlled;
import io.orrery.lab.judge.Finding;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Verdict;
import io.orrery.lab.text.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Claims as JSON events. */
final class ClaimEvents {
    private ClaimEvents() {}

    static Json.Fields started(ClaimRequest request) {
        return JsonEvents.event("started")
                .put("schema", JsonEvents.SCHEMA)
                .put("version", Version.text())
                .put("scale", request.scale().text())
                .put(
                        "claims",
                        texts(request.claims().stream()
                                .map(claim -> claim.card().id())
                                .toList()));
    }

    /** A claim was judged. */
    static Json.Fields verdict(ClaimResult result, Path page) {
        Verdict verdict = result.verdict();
        return JsonEvents.event("verdict")
                .put("claim", result.card().id())
                .put("scale", result.scale().text())
                .put("verdict", verdict.outcome().name())
                .put("effect", verdict.effect())
                .put(
                        "interval",
                        Json.array(List.of(
                                Json.number(verdict.interval().low()),
                                Json.number(verdict.interval().high()))))
                .put("threshold", verdict.threshold().nearest(verdict.effect()))
                .put("seeds", result.seeds())
                .put("control", verdict.control().outcome().name())
                .put("seconds", result.booked().seconds())
                .put("page", page.toString())
                .put("kind", kind(result.card().kind()))
                .put("reason", verdict.reason())
                .put(
                        "findings",
                        Json.array(verdict.treatment().findings().stream()
                                .map(ClaimEvents::finding)
                                .toList()))
                .put(
                        "sentences",
                        Json.array(result.sentences().stream()
                                .map(judged -> sentence(result, judged))
                                .toList()))
                .put("standing", result.standing().name().toLowerCase(Locale.ROOT))
                .put("altered", texts(result.alterations().arguments()))
                .put("beyond", texts(result.beyond()))
                .put("alreadyDone", result.alreadyDone())
                .put("command", result.booked().command());
    }

    /** A claim that could not be judged. */
    static Json.Fields failed(String claim, Scale scale, RuntimeException failure) {
        return JsonEvents.event("claim-failed")
                .put("claim", claim)
                .put("scale", scale.text())
                .put("message", String.valueOf(failure.getMessage()));
    }

    /**
     * The last line. The counts are of all verdicts, identities included; how many are identities, and the share that is
     * supported without them, stand beside.
     */
    static Json.Fields finished(ClaimSummary summary, double seconds, Optional<Path> report) {
        return JsonEvents.event("finished")
                .put("supported", summary.count(Outcome.SUPPORTED))
                .put("refuted", summary.count(Outcome.REFUTED))
                .put("inconclusive", summary.count(Outcome.INCONCLUSIVE))
                .put("seconds", seconds)
                .put(
                        "report",
                        report.<Json>map(path -> Json.text(path.toString())).orElse(new Json.Null()))
                .put("identities", summary.tally().identities())
                .put("identitiesHeld", summary.tally().identitiesHeld())
                .put("shareSupported", summary.shareSupported())
                .put("failed", summary.failed())
                .put("interrupted", summary.interrupted())
                .put("falseSupportedAtMost", Tallies.falseSupportedAtMost(summary.tally()));
    }

    private static Json.Fields sentence(ClaimResult result, JudgedSentence judged) {
        Sentence sentence = judged.sentence();
        return Json.object()
                .put("whose", sentence.whose().name().toLowerCase(Locale.ROOT))
                .put("text", sentence.text().isEmpty() ? result.card().statement() : sentence.text())
                .put("from", sentence.from())
                .put("exploratory", sentence.exploratory().<Json>map(Json::text).orElse(new Json.Null()))
                .put("verdict", judged.verdict().outcome().name())
                .put("reason", judged.verdict().reason())
                .put(
                        "findings",
                        Json.array(judged.verdict().findings().stream()
                                .map(ClaimEvents::controlled)
                                .toList()));
    }

    /** A finding with what its control says. */
    private static Json.Fields controlled(Controlled controlled) {
        return finding(controlled.finding())
                .put("withControl", controlled.outcome().name())
                .put(
                        "controls",
                        Json.array(controlled.controls().stream()
                                .map(ClaimEvents::finding)
                                .toList()));
    }

    private static Json.Fields finding(Finding finding) {
        return Json.object()
                .put("name", finding.name())
                .put("kind", kind(finding.kind()))
                .put("effect", finding.effect())
                .put(
                        "interval",
                        Json.array(List.of(
                                Json.number(finding.interval().low()),
                                Json.number(finding.interval().high()))))
                .put("threshold", finding.threshold().text())
                .put("outcome", finding.outcome().name());
    }

    private static String kind(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Json.Items texts(List<String> texts) {
        return Json.array(texts.stream().map(Json::text).toList());
    }
}
