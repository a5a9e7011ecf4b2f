package io.orrery.lab.book.verdict;

import io.orrery.lab.text.Json;
import java.util.List;

/**
 * A sentence with its verdict as the lab book keeps it.
 *
 * @param whose source or ours
 * @param outcome supported, refuted or inconclusive
 * @param reason why the outcome is what it is
 * @param unmet requirements that were not met, in plain words
 * @param findings all that the verdict rests on, of the treatment and then of its negative control
 */
public record BookedSentence(
        String whose, String text, String outcome, String reason, List<String> unmet, List<BookedFinding> findings) {
    /** Copies the lists. */
    public BookedSentence {
        unmet = List.copyOf(unmet);
        findings = List.copyOf(findings);
    }

    Json json() {
        return Json.object()
                .put("whose", whose)
                .put("text", text)
                .put("verdict", outcome)
                .put("reason", reason)
                .put("unmet", Json.array(unmet.stream().map(Json::text).toList()))
                .put(
                        "findings",
                        Json.array(findings.stream().map(BookedFinding::json).toList()));
    }

    static BookedSentence of(Json json) {
        Json.Fields fields = Booked.object(json, "a sentence");
        return new BookedSentence(
                Booked.text(fields, "whose"),
                Booked.text(fields, "text"),
                Booked.text(fields, "verdict"),
                Booked.text(fields, "reason"),
                Booked.texts(fields, "unmet"),
                Booked.list(fields, "findings").stream().map(BookedFinding::of).toList());
    }
}
