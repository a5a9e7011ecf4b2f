package io.orrery.lab.book.verdict;

import io.orrery.lab.text.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a claim came to which verdict on disjoint blocks of fresh seeds, each as large as its protocol asks for.
 *
 * @param first the first seed of the first block; blocks follow without a gap
 * @param seeds of a block
 */
public record Replication(int supported, int refuted, int inconclusive, long first, int seeds) {
    /** Share of blocks that must agree with a verdict for it to stand. */
    public static final double ENOUGH = 0.9;

    /** How many blocks were judged. */
    public int blocks() {
        return supported + refuted + inconclusive;
    }

    /** Whether as many blocks agree as a verdict needs. */
    public boolean isSteady() {
        return Math.max(supported, Math.max(refuted, inconclusive)) >= ENOUGH * blocks();
    }

    /** As {@code of 20 blocks of 10 fresh seeds 19 say supported, 1 inconclusive}. */
    public String text() {
        List<String> parts = new ArrayList<>();
        add(parts, supported, "supported");
        add(parts, refuted, "refuted");
        add(parts, inconclusive, "inconclusive");
        return "of " + blocks() + " blocks of " + seeds + " fresh seeds " + String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String outcome) {
        if (count > 0) {
            parts.add(count + (parts.isEmpty() ? count == 1 ? " says " : " say " : " ") + outcome);
        }
    }

    Json.Fields json() {
        return Json.object()
                .put("supported", supported)
                .put("refuted", refuted)
                .put("inconclusive", inconclusive)
                .put("first", first)
                .put("seeds", seeds);
    }

    static Replication of(Json json) {
        Json.Fields fields = Booked.object(json, "replication");
        return new Replication(
                (int) Booked.number(fields, "supported"),
                (int) Booked.number(fields, "refuted"),
                (int) Booked.number(fields, "inconclusive"),
                (long) Booked.number(fields, "first"),
                (int) Booked.number(fields, "seeds"));
    }
}
