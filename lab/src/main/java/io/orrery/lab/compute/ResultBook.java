package io.orrery.lab.compute;

import io.orrery.lab.book.SetAside;
import io.orrery.lab.file.Checksum;
import io.orrery.lab.file.Disk;
import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * What was computed, in the folder {@code computed} of a lab book: one file per evaluation, written whole or not at all,
 * with the SHA-256 of its content. Several processes may use one at the same time: they write the same bytes.
 *
 * @param folder of the lab book
 */
public record ResultBook(Path folder) {
    private static final String PLACE = "computed";
    private static final String SHA = "sha256";

    /**
     * What was computed, and how long that took.
     *
     * @param seconds on the machine that did it
     */
    public record Kept(Results results, double seconds) {}

    /** What is found of an evaluation. */
    sealed interface Found {
        /** It was computed. */
        record Sound(Kept kept) implements Found {}

        /** It was not. */
        record None() implements Found {}

        /** Its file cannot be relied on; it was moved out of the way. */
        record Damaged(String note) implements Found {}
    }

    /** Where the answer lies, or will. */
    public Path file(Evaluation evaluation) {
        return folder.resolve(PLACE)
                .resolve(evaluation.computation().name() + "-seed-" + evaluation.seed() + "-" + evaluation.id()
                        + ".json");
    }

    /** The answer, if there is a sound one; a file that is not sound is set aside, and the note says so. */
    Found find(Evaluation evaluation) {
        Path file = file(evaluation);
        try {
            return new Found.Sound(read(Files.readString(file), evaluation));
        } catch (NoSuchFileException none) {
            return new Found.None();
        } catch (IOException | Json.SyntaxException | IllegalArgumentException wrong) {
            return new Found.Damaged(file + " cannot be used: " + wrong.getMessage() + "; it was moved to "
                    + setAside(file).getFileName() + " and is computed again");
        }
    }

    /** Keeps an answer: once this returns, a crash does not lose it. */
    void write(Evaluation evaluation, Kept kept) {
        Json.Fields series = Json.object();
        kept.results()
                .series()
                .forEach((name, values) -> series.put(
                        name, Json.array(values.stream().map(ResultBook::json).toList())));
        Json.Fields json = evaluation.json().put("series", series).put("seconds", kept.seconds());
        json.put(SHA, Checksum.sha256(json));
        Path file = file(evaluation);
        Disk.folder(folder.resolve(PLACE));
        Disk.replaceShared(file, json.write() + "\n");
    }

    /** Deletes an answer, if there is one. */
    public void delete(Evaluation evaluation) {
        Disk.delete(file(evaluation));
    }

    /**
     * Takes in the answers of another book on the same disk that this one does not have: they are moved.
     *
     * @return how many
     */
    public int takeIn(ResultBook other) {
        int moved = 0;
        for (Path file : other.answers()) {
            Path mine = folder.resolve(PLACE).resolve(file.getFileName());
            if (!Files.exists(mine)) {
                Disk.folder(folder.resolve(PLACE));
                Disk.move(file, mine);
                moved++;
            }
        }
        return moved;
    }

    private List<Path> answers() {
        Path place = folder.resolve(PLACE);
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw Disk.cannotRead(place, failed);
        }
    }

    private static Kept read(String text, Evaluation evaluation) {
        if (!(Json.parse(text) instanceof Json.Fields fields)) {
            throw new IllegalArgumentException("it is not an object");
        }
        Optional<Json> recorded = Optional.ofNullable(fields.values().remove(SHA));
        if (!recorded.equals(Optional.of(Json.text(Checksum.sha256(fields))))) {
            throw new IllegalArgumentException("its content does not have the SHA-256 that was recorded");
        }
        for (String key : evaluation.json().values().keySet()) {
            if (!fields.get(key).equals(evaluation.json().get(key))) {
                throw new IllegalArgumentException("it is the answer to another question: its " + key + " differs");
            }
        }
        if (!(fields.get("series").orElseThrow(() -> new IllegalArgumentException("there is no series"))
                        instanceof Json.Fields named)
                || !(fields.get("seconds").orElse(new Json.Null()) instanceof Json.Number seconds)) {
            throw new IllegalArgumentException("series and seconds are not what they should be");
        }
        SequencedMap<String, List<Double>> series = new LinkedHashMap<>();
        named.values().forEach((name, values) -> series.put(name, numbers(values)));
        return new Kept(new Results(series), seconds.asDouble());
    }

    private static List<Double> numbers(Json json) {
        if (json instanceof Json.Items(List<Json> items)) {
            return items.stream().map(ResultBook::number).toList();
        }
        throw new IllegalArgumentException("a series is a list");
    }

    /** JSON has no words for what is not finite. */
    private static Json json(double value) {
        return Double.isFinite(value) ? Json.number(value) : Json.text(Double.toString(value));
    }

    private static double number(Json json) {
        return switch (json) {
            case Json.Number number -> number.asDouble();
            case Json.Text(String word) -> Double.parseDouble(word);
            default -> throw new IllegalArgumentException("a series holds numbers");
        };
    }

    /** The folder into which it was moved; its name says when and why. */
    private static Path setAside(Path file) {
        Path place = Objects.requireNonNull(file.getParent());
        SetAside aside = new SetAside(place, "result-damaged");
        aside.move(file);
        return aside.folder().orElse(place);
    }
}
