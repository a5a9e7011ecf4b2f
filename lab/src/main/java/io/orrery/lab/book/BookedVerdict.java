package io.orrery.lab.book;

import io.orrery.lab.UserError;
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
        List<Sentence> sentences,
        int seeds,
        List<String> altered,
        List<String> beyond,
        int numerics,
        double seconds,
        String command) {
    private static final String FILE = "verdict.json";

    /** Raised whenever verdicts are reached in another way: those of before are judged again. */
    private static final int FORMAT = 2;

    /**
     * A sentence with its verdict.
     *
     * @param whose source or ours
     * @param outcome supported, refuted or inconclusive
     */
    public record Sentence(String whose, String text, String outcome, String reason) {
        private Json json() {
            return Json.object()
                    .put("whose", whose)
                    .put("text", text)
                    .put("verdict", outcome)
                    .put("reason", reason);
        }

        private static Sentence of(Json json) {
            if (json instanceof Json.Fields fields) {
                return new Sentence(
                        BookedVerdict.text(fields, "whose"),
                        BookedVerdict.text(fields, "text"),
                        BookedVerdict.text(fields, "verdict"),
                        BookedVerdict.text(fields, "reason"));
            }
            throw new IllegalArgumentException("a sentence is an object");
        }
    }

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
        Json.Fields json = json().put("format", FORMAT);
        json.put(RunFolder.SHA, RunFolder.sha256(json));
        Disk.replace(folder.resolve(FILE), json.write() + "\n");
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
                        Json.array(sentences.stream().map(Sentence::json).toList()))
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
                Optional<Json> recorded = fields.get(RunFolder.SHA);
                fields.values().remove(RunFolder.SHA);
                if (recorded.isPresent() && !recorded.get().equals(Json.text(RunFolder.sha256(fields)))) {
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

    private static BookedVerdict of(Json.Fields fields) {
        if (number(field(fields, "format")) != FORMAT) {
            throw new IllegalArgumentException("another judge reached it");
        }
        List<Json> interval = pair(fields, "interval");
        List<Json> predicted = pair(fields, "predicted");
        return new BookedVerdict(
                text(fields, "claim"),
                text(fields, "scale"),
                text(fields, "kind"),
                text(fields, "verdict"),
                text(fields, "control"),
                number(field(fields, "effect")),
                number(interval.get(0)),
                number(interval.get(1)),
                number(field(fields, "threshold")),
                limit(predicted.get(0), Double.NEGATIVE_INFINITY),
                limit(predicted.get(1), Double.POSITIVE_INFINITY),
                text(fields, "prediction"),
                text(fields, "explanation"),
                text(fields, "reason"),
                sentences(field(fields, "sentences")),
                (int) number(field(fields, "seeds")),
                texts(fields, "altered"),
                texts(fields, "beyond"),
                (int) number(field(fields, "numerics")),
                number(field(fields, "seconds")),
                text(fields, "command"));
    }

    private static List<Sentence> sentences(Json json) {
        if (json instanceof Json.Items(List<Json> items)) {
            return items.stream().map(Sentence::of).toList();
        }
        throw new IllegalArgumentException("sentences is no list");
    }

    private static Json field(Json.Fields fields, String key) {
        return fields.get(key).orElseThrow(() -> new IllegalArgumentException("there is no " + key));
    }

    private static String text(Json.Fields fields, String key) {
        if (field(fields, key) instanceof Json.Text text) {
            return text.value();
        }
        throw new IllegalArgumentException(key + " is no text");
    }

    private static List<String> texts(Json.Fields fields, String key) {
        if (field(fields, key) instanceof Json.Items(List<Json> items)
                && items.stream().allMatch(Json.Text.class::isInstance)) {
            return items.stream().map(item -> ((Json.Text) item).value()).toList();
        }
        throw new IllegalArgumentException(key + " is no list of texts");
    }

    private static List<Json> pair(Json.Fields fields, String key) {
        if (field(fields, key) instanceof Json.Items(List<Json> ends) && ends.size() == 2) {
            return ends;
        }
        throw new IllegalArgumentException(key + " has two ends");
    }

    private static double limit(Json value, double none) {
        return value instanceof Json.Number number ? number.asDouble() : none;
    }

    private static double number(Json value) {
        return value instanceof Json.Number number ? number.asDouble() : Double.NaN;
    }
}
