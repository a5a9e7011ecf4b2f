package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.file.Checksum;
import io.orrery.lab.file.Disk;
import io.orrery.lab.setup.RunParents;
import io.orrery.lab.setup.SpecText;
import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a run: where they are and what their names mean. */
record RunFolder(Path path) {
    static final String IDENTITY = "run.json";
    static final int FORMAT = 1;
    private static final String SPEC = "spec.yaml";
    private static final Pattern CHECKPOINT = Pattern.compile("step-([0-9]{1,18})\\.safetensors");
    private static final int LONGEST_LABEL = 80;

    /** The name of a run's folder: its setting and seed for people, its key for programs. */
    static String name(Map<String, String> setting, long seed, String key) {
        StringBuilder label = new StringBuilder();
        setting.forEach((name, value) -> label.append(name.substring(name.lastIndexOf('.') + 1))
                .append('-')
                .append(value)
                .append('_'));
        String plain = label.toString().replaceAll("[^A-Za-z0-9._=-]+", "-");
        return (plain.length() > LONGEST_LABEL ? plain.substring(0, LONGEST_LABEL) + "_" : plain) + "seed-" + seed + "-"
                + key;
    }

    Path identity() {
        return path.resolve(IDENTITY);
    }

    /** The spec in YAML; what is read is the identity. */
    Path specForPeople() {
        return path.resolve(SPEC);
    }

    Path log() {
        return path.resolve("measurements.log");
    }

    Path lock() {
        return path.resolve("lock");
    }

    Path checkpointFolder() {
        return path.resolve("checkpoints");
    }

    Path checkpoint(long step) {
        return Disk.folder(checkpointFolder()).resolve("step-" + step + ".safetensors");
    }

    /** The checkpoints by step. */
    SortedMap<Long, Path> checkpoints() {
        SortedMap<Long, Path> checkpoints = new TreeMap<>();
        for (Path file : list(checkpointFolder())) {
            Matcher matcher = CHECKPOINT.matcher(file.getFileName().toString());
            if (matcher.matches()) {
                checkpoints.put(Long.parseLong(matcher.group(1)), file);
            }
        }
        return Collections.unmodifiableSortedMap(checkpoints);
    }

    /** What is in a folder, by name; nothing if there is no such folder. */
    static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException failed) {
            throw Disk.cannotRead(folder, failed);
        }
    }

    /** Writes the identity, with a checksum, and beside it the spec in YAML for people. */
    void write(BookedRun run) {
        Json.Fields json = run.json();
        json.put(Checksum.KEY, Checksum.sha256(json));
        Disk.write(
                specForPeople(),
                "# " + run.name() + ": all it takes to run it again\nseeds: [" + run.seed() + "]\n"
                        + SpecText.yaml(SpecText.read(run.spec(), IDENTITY)));
        // Last, because a folder with this file is a run.
        Disk.replace(identity(), json.write() + "\n");
    }

    /** What {@code run.json} is found to be. */
    sealed interface Identity {
        /** It says who the run is. */
        record Sound(BookedRun run) implements Identity {}

        /** It is there but cannot be relied on. */
        record Damaged(UserError how) implements Identity {}

        /** It is not there, though other files of a run are. */
        record Missing(UserError how) implements Identity {}

        /** This is no run, or the creation of one that was cut short before anything was measured. */
        record None() implements Identity {}
    }

    /**
     * Reads the identity.
     *
     * @throws UserError if it is missing or damaged
     */
    BookedRun read() {
        return switch (look()) {
            case Identity.Sound(BookedRun run) -> run;
            case Identity.Damaged(UserError how) -> throw how;
            case Identity.Missing(UserError how) -> throw how;
            case Identity.None() -> throw new UserError(path + " is no folder of a run: it has no " + IDENTITY);
        };
    }

    /**
     * Looks at the identity.
     *
     * @throws UserError if it cannot be read, or has a format that this build does not know
     */
    Identity look() {
        if (!Files.exists(identity())) {
            return holdsMeasurements()
                    ? new Identity.Missing(new UserError(identity() + " is missing, though other files of a run are"
                            + " there; put it back from a copy, or run it anew: 'run' sets " + path + " aside"))
                    : new Identity.None();
        }
        Json json;
        try {
            json = Json.parse(Files.readString(identity(), StandardCharsets.UTF_8));
        } catch (java.nio.charset.CharacterCodingException | Json.SyntaxException damaged) {
            return new Identity.Damaged(damaged(String.valueOf(damaged.getMessage())));
        } catch (IOException failed) {
            throw Disk.cannotRead(identity(), failed);
        }
        if (!(json instanceof Json.Fields fields)) {
            return new Identity.Damaged(damaged("it is not an object"));
        }
        String recorded = fields.get(Checksum.KEY).map(Json::write).orElse("");
        fields.values().remove(Checksum.KEY);
        if (!recorded.equals("\"" + Checksum.sha256(fields) + "\"")) {
            return new Identity.Damaged(damaged("its content does not have the SHA-256 that was recorded"));
        }
        if (whole(fields, "format") != FORMAT) {
            throw new UserError(
                    identity() + " has format " + whole(fields, "format") + ", this build reads format " + FORMAT);
        }
        return new Identity.Sound(new BookedRun(
                text(fields, "study"),
                text(fields, "run"),
                text(fields, "key"),
                whole(fields, "seed"),
                texts(fields, "setting"),
                fields.get("spec").orElse(Json.object()).write(),
                Math.toIntExact(whole(fields, "numerics")),
                texts(fields, "provenance"),
                path,
                parents(fields)));
    }

    /** Whether there is a checkpoint, or a log with more than the header that it is made with. */
    private boolean holdsMeasurements() {
        try {
            return Files.exists(log()) && Files.size(log()) > Frames.HEADER_BYTES
                    || !checkpoints().isEmpty();
        } catch (IOException gone) {
            return false;
        }
    }

    /** Moves all files of the run out of the way of a new one; the lock and what was set aside before stay. */
    Optional<Path> setAside(String why) {
        SetAside aside = new SetAside(path, why);
        aside.move(log());
        aside.move(checkpointFolder());
        aside.move(specForPeople());
        // Last: until then a crash leaves a folder that still says that it is damaged.
        aside.move(identity());
        return aside.folder();
    }

    private RunParents parents(Json.Fields fields) {
        try {
            return RunParents.in(fields);
        } catch (IllegalArgumentException missing) {
            throw damaged(String.valueOf(missing.getMessage()));
        }
    }

    private UserError damaged(String how) {
        return new UserError(identity() + " is damaged: " + how + "; put it back from a copy, or run it anew: 'run'"
                + " sets what is in " + path + " aside");
    }

    private String text(Json.Fields fields, String key) {
        return fields.get(key).orElse(new Json.Null()) instanceof Json.Text(String value) ? value : missing(key);
    }

    private long whole(Json.Fields fields, String key) {
        return fields.get(key).orElse(new Json.Null()) instanceof Json.Number number
                ? number.asLong()
                : Long.parseLong(missing(key));
    }

    private Map<String, String> texts(Json.Fields fields, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (fields.get(key).orElse(new Json.Null()) instanceof Json.Fields inner) {
            inner.values().forEach((name, _) -> texts.put(name, text(inner, name)));
        }
        return texts;
    }

    private String missing(String key) {
        throw new UserError(identity() + " was not written by this program: it has no " + key);
    }
}
