package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * @param explanation the main finding in plain words
 * @param reason why the outcome is what it is
 * @param seeds runs of each arm
 * @param altered what the user changed, as given to {@code --set} and {@code --seeds}
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
        String explanation,
        String reason,
        int seeds,
        List<String> altered,
        int numerics,
        double seconds,
        String command) {
    private static final String FILE = "verdict.json";
    private static final int FORMAT = 1;

    /** Copies the list. */
    public BookedVerdict {
        altered = List.copyOf(altered);
    }

    /**
     * Keeps it in the folder of its runs.
     *
     * @throws UserError if the folder cannot be written
     */
    public void write(Path folder) {
        Disk.folder(folder);
        Disk.replace(folder.resolve(FILE), json().put("format", FORMAT).write() + "\n");
    }

    /** As one JSON object. */
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
                .put("explanation", explanation)
                .put("reason", reason)
                .put("seeds", seeds)
                .put("altered", Json.array(altered.stream().map(Json::text).toList()))
                .put("numerics", numerics)
                .put("seconds", seconds)
                .put("command", command);
    }

    /** The verdict kept in a folder; empty if there is none that this build can read: it is then judged again. */
    public static Optional<BookedVerdict> read(Path folder) {
        try {
            return Json.parse(Files.readString(folder.resolve(FILE))) instanceof Json.Fields fields
                    ? Optional.of(of(fields))
                    : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | Json.SyntaxException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static BookedVerdict of(Json.Fields fields) {
        List<String> altered = new ArrayList<>();
        if (field(fields, "altered") instanceof Json.Items items) {
            items.values().forEach(item -> altered.add(((Json.Text) item).value()));
        }
        List<Json> interval = field(fields, "interval") instanceof Json.Items items ? items.values() : List.of();
        if (interval.size() != 2) {
            throw new IllegalArgumentException("an interval has two ends");
        }
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
                text(fields, "explanation"),
                text(fields, "reason"),
                (int) number(field(fields, "seeds")),
                altered,
                (int) number(field(fields, "numerics")),
                number(field(fields, "seconds")),
                text(fields, "command"));
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

    private static double number(Json value) {
        return value instanceof Json.Number number ? number.asDouble() : Double.NaN;
    }
}
