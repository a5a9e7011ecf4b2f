package io.orrery.lab.book.verdict;

import io.orrery.lab.file.Checksum;
import io.orrery.lab.file.Disk;
import io.orrery.lab.text.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A verdict that is handed on with the sources, so that others see it without running the claim, and can hold their own
 * against it.
 *
 * @param commit of the sources that reached it
 * @param protocol digest of what the claim asked to be run at that commit
 * @param cpuSeconds of processor time that its work took, NaN where that was not measured because runs were there already
 * @param replication how often fresh seeds gave which verdict, where that was counted
 */
public record PublishedVerdict(
        BookedVerdict verdict, String commit, String protocol, double cpuSeconds, Optional<Replication> replication) {
    private static final int SHORT = 8;
    private static final String VERDICT = "verdict";
    private static final String COMMIT = "commit";
    private static final String PROTOCOL = "protocol";
    private static final String CPU_SECONDS = "cpuSeconds";
    private static final String REPLICATION = "replication";

    /** The file of a claim at a scale in a folder of published verdicts. */
    public static String fileName(String claim, String scale) {
        return claim + "-" + scale + ".json";
    }

    /**
     * Writes it to a folder, under {@link #fileName}.
     *
     * @throws io.orrery.lab.UserError if the folder cannot be written
     */
    public void write(Path folder) {
        Disk.folder(folder);
        Json.Fields json = json();
        json.put(Checksum.KEY, Checksum.sha256(json));
        Disk.replace(folder.resolve(fileName(verdict.claim(), verdict.scale())), json.write() + "\n");
    }

    /** As one JSON object. */
    public Json.Fields json() {
        Json.Fields json = Json.object()
                .put(VERDICT, verdict.filed())
                .put(COMMIT, commit)
                .put(PROTOCOL, protocol)
                .put(CPU_SECONDS, cpuSeconds);
        replication.ifPresent(counted -> json.put(REPLICATION, counted.json()));
        return json;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static PublishedVerdict parse(String text) {
        Json.Fields fields;
        try {
            fields = Booked.object(Json.parse(text), "a published verdict");
        } catch (Json.SyntaxException broken) {
            throw new IllegalArgumentException(broken.getMessage(), broken);
        }
        String recorded = Booked.text(fields, Checksum.KEY);
        fields.values().remove(Checksum.KEY);
        if (!recorded.equals(Checksum.sha256(fields))) {
            throw new IllegalArgumentException("its content does not have the SHA-256 that was recorded");
        }
        return new PublishedVerdict(
                BookedVerdict.of(Booked.object(Booked.field(fields, VERDICT), VERDICT)),
                Booked.text(fields, COMMIT),
                Booked.text(fields, PROTOCOL),
                Booked.number(fields, CPU_SECONDS),
                fields.get(REPLICATION).map(Replication::of));
    }

    /** Enough of the commit's id to find it. */
    public String shortCommit() {
        return commit.substring(0, Math.min(SHORT, commit.length()));
    }

    /** Whether another verdict rests on the same numbers, bit for bit, and says the same; words may differ. */
    public boolean isSameAs(BookedVerdict other) {
        return verdict.outcome().equals(other.outcome()) && numbers(verdict).equals(numbers(other));
    }

    private static List<List<Object>> numbers(BookedVerdict verdict) {
        return verdict.sentences().stream()
                .flatMap(sentence -> sentence.findings().stream())
                .map(finding -> List.<Object>of(finding.outcome(), finding.effect(), finding.low(), finding.high()))
                .toList();
    }
}
