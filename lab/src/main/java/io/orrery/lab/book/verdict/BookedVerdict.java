package io.orrery.lab.book.verdict;

import io.orrery.lab.UserError;
import io.orrery.lab.file.Checksum;
import io.orrery.lab.file.Disk;
import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A verdict as the lab book keeps it, in {@code verdict.json} beside the runs that it rests on.
 *
 * @param claim id of the claim
 * @param scale quick or full
 * @param kind effect, trend, bound or identity
 * @param outcome supported, refuted or inconclusive
 * @param control the same of the negative control
 * @param effect of the main finding, NaN if there is none
 * @param low lower end of its interval
 * @param high upper end of its interval
 * @param threshold the limit nearest to the effect
 * @param predictedLow from where the effect was predicted to lie; negative infinity if there is no lower limit
 * @param predictedHigh up to where; infinity if there is no upper limit
 * @param prediction the main finding's prediction in one sentence
 * @param explanation the main finding in plain words
 * @param reason why the outcome is what it is
 * @param sentences what was judged, the source's sentence and ours, each with its verdict
 * @param seeds runs of each arm
 * @param altered what the user changed, as arguments of the command line
 * @param beyond the assignments among them that make it another question than the claim's
 * @param numerics {@link io.orrery.engine.Numerics#VERSION} of the build that ran it
 * @param seconds of the work when it was last run in full
 * @param command repeats it bit for bit
 */
public record BookedVerdict(
        String claim,
        String scale,
        String kind,
        String outcome,
        String control,
        double effect,
        double low,
        double high,
        double threshold,
        double predictedLow,
        double predictedHigh,
        String prediction,
        String explanation,
        String reason,
        List<BookedSentence> sentences,
        int seeds,
        List<String> altered,
        List<String> beyond,
        int numerics,
        double seconds,
        String command) {
    private static final String FILE = "verdict.json";

    /** Raised whenever verdicts are reached in another way: those of before are judged again. */
    private static final int FORMAT = 3;

    /** Copies the lists. */
    public BookedVerdict {
        sentences = List.copyOf(sentences);
        altered = List.copyOf(altered);
        beyond = List.copyOf(beyond);
    }

    /**
     * Keeps it in the folder of its runs.
     *
     * @throws UserError if the folder cannot be written
     */
    public void write(Path folder) {
        Disk.folder(folder);
        Json.Fields json = filed();
        json.put(Checksum.KEY, Checksum.sha256(json));
        Disk.replace(folder.resolve(FILE), json.write() + "\n");
    }

    /** What {@link #of} reads. */
    Json.Fields filed() {
        return json().put("format", FORMAT);
    }

    /** Takes away the verdict kept in a folder, if there is one. */
    public static void delete(Path folder) {
        Disk.delete(folder.resolve(FILE));
    }

    /** As one JSON object; limits that there are not are null. */
    public Json.Fields json() {
        return Json.object()
                .put("claim", claim)
                .put("scale", scale)
                .put("kind", kind)
                .put("verdict", outcome)
                .put("control", control)
                .put("effect", effect)
                .put("interval", Json.array(List.of(Json.number(low), Json.number(high))))
                .put("threshold", threshold)
                .put("predicted", Json.array(List.of(Json.number(predictedLow), Json.number(predictedHigh))))
                .put("prediction", prediction)
                .put("explanation", explanation)
                .put("reason", reason)
                .put(
                        "sentences",
                        Json.array(sentences.stream().map(BookedSentence::json).toList()))
                .put("seeds", seeds)
                .put("altered", Json.array(altered.stream().map(Json::text).toList()))
                .put("beyond", Json.array(beyond.stream().map(Json::text).toList()))
                .put("numerics", numerics)
                .put("seconds", seconds)
                .put("command", command);
    }

    /**
     * What is found in a folder.
     *
     * @param verdict empty if there is none that can be relied on: it is then judged again
     * @param damage for people: why the one that is there cannot be used
     */
    public record Found(Optional<BookedVerdict> verdict, Optional<String> damage) {}

    /** The verdict kept in a folder; empty if there is none that this build can read: it is then judged again. */
    public static Optional<BookedVerdict> read(Path folder) {
        return look(folder).verdict();
    }

    /** The same, a damaged one named. Verdicts of earlier builds have no checksum. */
    public static Found look(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (Json.parse(Files.readString(file)) instanceof Json.Fields fields) {
                Optional<Json> recorded = fields.get(Checksum.KEY);
                fields.values().remove(Checksum.KEY);
                if (recorded.isPresent() && !recorded.get().equals(Json.text(Checksum.sha256(fields)))) {
                    return damaged(file, "its content does not have the SHA-256 that was recorded");
                }
                return new Found(Optional.of(of(fields)), Optional.empty());
            }
            return damaged(file, "it is not an object");
        } catch (NoSuchFileException none) {
            return new Found(Optional.empty(), Optional.empty());
        } catch (IOException | Json.SyntaxException | IllegalArgumentException unreadable) {
            return damaged(file, String.valueOf(unreadable.getMessage()));
        }
    }

    private static Found damaged(Path file, String how) {
        return new Found(
                Optional.empty(),
                Optional.of(file + " cannot be used: " + how + "; 'claim' judges the runs again and writes it anew"));
    }

    static BookedVerdict of(Json.Fields fields) {
        if (Booked.number(fields, "format") != FORMAT) {
            throw new IllegalArgumentException("another judge reached it");
        }
        List<Json> interval = Booked.pair(fields, "interval");
        List<Json> predicted = Booked.pair(fields, "predicted");
        return new BookedVerdict(
                Booked.text(fields, "claim"),
                Booked.text(fields, "scale"),
                Booked.text(fields, "kind"),
                Booked.text(fields, "verdict"),
                Booked.text(fields, "control"),
                Booked.number(fields, "effect"),
                Booked.number(interval.get(0)),
                Booked.number(interval.get(1)),
                Booked.number(fields, "threshold"),
                Booked.limit(predicted.get(0), Double.NEGATIVE_INFINITY),
                Booked.limit(predicted.get(1), Double.POSITIVE_INFINITY),
                Booked.text(fields, "prediction"),
                Booked.text(fields, "explanation"),
                Booked.text(fields, "reason"),
                Booked.list(fields, "sentences").stream()
                        .map(BookedSentence::of)
                        .toList(),
                (int) Booked.number(fields, "seeds"),
                Booked.texts(fields, "altered"),
                Booked.texts(fields, "beyond"),
                (int) Booked.number(fields, "numerics"),
                Booked.number(fields, "seconds"),
                Booked.text(fields, "command"));
    }
}
