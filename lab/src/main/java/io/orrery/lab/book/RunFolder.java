package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.spec.SpecText;
import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a run: where they are and what their names mean. */
record RunFolder(Path path) {
    static final String IDENTITY = "run.json";
    static final int FORMAT = 1;
    private static final String SHA = "sha256";
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

    Path log() {
        return path.resolve("measurements.log");
    }

    Path lock() {
        return path.resolve("lock");
    }

    private Path checkpointFolder() {
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
        json.put(SHA, sha256(json));
        Disk.write(
                path.resolve("spec.yaml"),
                "# " + run.name() + ": all it takes to run it again\nseeds: [" + run.seed() + "]\n"
                        + SpecText.yaml(SpecText.read(run.spec(), IDENTITY)));
        // Last, because a folder with this file is a run.
        Disk.replace(identity(), json.write() + "\n");
    }

    /**
     * Reads the identity.
     *
     * @throws UserError if it is damaged
     */
    BookedRun read() {
        Json json;
        try {
            json = Json.parse(Files.readString(identity(), StandardCharsets.UTF_8));
        } catch (java.nio.charset.CharacterCodingException | Json.SyntaxException damaged) {
            throw damaged(String.valueOf(damaged.getMessage()));
        } catch (IOException failed) {
            throw Disk.cannotRead(identity(), failed);
        }
        if (!(json instanceof Json.Fields fields)) {
            throw damaged("it is not an object");
        }
        String recorded = fields.get(SHA).map(Json::write).orElse("");
        fields.values().remove(SHA);
        if (!recorded.equals("\"" + sha256(fields) + "\"")) {
            throw damaged("its content does not have the SHA-256 that was recorded");
        }
        if (whole(fields, "format") != FORMAT) {
            throw new UserError(
                    identity() + " has format " + whole(fields, "format") + ", this build reads format " + FORMAT);
        }
        return new BookedRun(
                text(fields, "study"),
                text(fields, "run"),
                text(fields, "key"),
                whole(fields, "seed"),
                texts(fields, "setting"),
                fields.get("spec").orElse(Json.object()).write(),
                Math.toIntExact(whole(fields, "numerics")),
                texts(fields, "provenance"),
                path);
    }

    private UserError damaged(String how) {
        return new UserError(identity() + " is damaged: " + how + "; put it back from a copy, or delete the folder "
                + path + " and run it anew");
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

    private static String sha256(Json json) {
        try {
            byte[] bytes = json.sorted().write().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
