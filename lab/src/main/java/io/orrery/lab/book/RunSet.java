package io.orrery.lab.book;

import io.orrery.lab.setup.SpecDifferences;
import io.orrery.lab.text.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs that differ in nothing but the seed and the values of the grid: same spec, same data, same numerics. What a study is
 * called says nothing: somebody may have changed its spec, or the file that it reads.
 *
 * @param id names the set: digits of a digest of what its runs have in common
 * @param runs in the order in which they were begun
 */
public record RunSet(String id, List<BookedRun> runs) {
    /** Provenance under these keys is the SHA-256 of a file that the run read, by its part in the spec. */
    private static final String FILE = "file ";

    private static final String STARTED = "started";
    private static final int DIGITS = 8;

    /** Copies the runs. */
    public RunSet {
        runs = List.copyOf(runs);
    }

    /** The provenance of a run with the files that it reads: SHA-256 by their part in the spec. */
    public static Map<String, String> provenance(Map<String, String> provenance, Map<String, String> digests) {
        Map<String, String> all = new LinkedHashMap<>(provenance);
        digests.forEach((part, digest) -> all.put(FILE + part, digest));
        return all;
    }

    /**
     * What sorts a run into a set.
     *
     * @param id of what it has in common with others of its set, but for keys that only some values of a grid have
     * @param started when the command was given that began it, empty if nobody noted it
     */
    public record Mark(String id, Map<String, String> setting, String started) {
        /** The mark of a run. */
        public static Mark of(BookedRun run) {
            return new Mark(RunSet.id(run), run.setting(), run.provenance().getOrDefault(STARTED, ""));
        }
    }

    /** The sets that runs make up, the one that was begun last at the end. */
    public static List<RunSet> of(List<BookedRun> runs) {
        return group(runs, Mark::of).entrySet().stream()
                .map(set -> new RunSet(set.getKey(), set.getValue()))
                .toList();
    }

    /**
     * The sets that the runs of one study make up, by id, the one that was begun last at the end. Runs that one command began
     * are of one spec: a grid of kinds gives each its own keys, and the arms of a claim differ as they like. They are one set
     * unless two of the same setting differ.
     */
    public static <T> SequencedMap<String, List<T>> group(List<T> runs, Function<T, Mark> marks) {
        Map<String, List<T>> byId = runs.stream()
                .sorted(Comparator.comparing(run -> marks.apply(run).started()))
                .collect(Collectors.groupingBy(run -> marks.apply(run).id(), TreeMap::new, Collectors.toList()));
        SequencedMap<String, List<T>> sets = new LinkedHashMap<>();
        byId.forEach((id, group) -> {
            Set<Map<String, String>> settings =
                    values(group, run -> marks.apply(run).setting());
            Set<String> commands = values(group, run -> marks.apply(run).started());
            commands.remove("");
            Optional<List<T>> other = sets.values().stream()
                    .filter(set -> !Collections.disjoint(
                                    commands,
                                    values(set, run -> marks.apply(run).started()))
                            && Collections.disjoint(
                                    settings,
                                    values(set, run -> marks.apply(run).setting())))
                    .findFirst();
            other.ifPresentOrElse(set -> set.addAll(group), () -> sets.put(id, new ArrayList<>(group)));
        });
        SequencedMap<String, List<T>> ordered = new LinkedHashMap<>();
        sets.entrySet().stream()
                .sorted(Comparator.comparing(set -> latest(set.getValue(), marks)))
                .forEach(set -> ordered.put(set.getKey(), List.copyOf(set.getValue())));
        return ordered;
    }

    private static <T, V> Set<V> values(List<T> runs, Function<T, V> value) {
        return runs.stream().map(value).collect(Collectors.toCollection(HashSet::new));
    }

    private static <T> String latest(List<T> runs, Function<T, Mark> marks) {
        return runs.stream()
                .map(run -> marks.apply(run).started())
                .max(Comparator.naturalOrder())
                .orElse("");
    }

    /** When the latest of its runs was begun, in ISO 8601; empty if nobody noted it. */
    public String started() {
        return latest(runs, Mark::of);
    }

    private static String id(BookedRun run) {
        Json.Fields spec = trimmed(run);
        Map<String, String> files = files(run);
        Json.Fields common = Json.object()
                .put("spec", spec)
                .put(
                        "axes",
                        Json.array(new TreeSet<>(run.setting().keySet())
                                .stream().map(Json::text).toList()))
                .put("files", Json.texts(files))
                .put("numerics", run.numerics());
        run.parents().main().ifPresent(parent -> {
            common.put("after", parent.step());
            if (parent.memory()) {
                common.put("memory", "taken over");
            }
        });
        run.parents().byRole().forEach((role, parent) -> {
            if (!role.isEmpty()) {
                common.put("network " + role, parent.step());
            }
        });
        try {
            byte[] bytes = common.sorted().write().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** As {@code labels@3f2a11c0}: how a user names it. */
    public String name() {
        return runs.getFirst().study() + "@" + id;
    }

    /** For people: how many runs, of which seeds, begun when. */
    public String about() {
        String seeds = runs.stream()
                .map(BookedRun::seed)
                .distinct()
                .sorted()
                .map(seed -> Long.toString(seed))
                .collect(Collectors.joining(", "));
        return runs.size()
                + (runs.size() == 1 ? " run, seed " : " runs, seeds ")
                + seeds
                + (started().isEmpty() ? "" : ", begun " + started());
    }

    /** For people: in what sets differ, such as {@code model.widths ([32], [16])}, {@code the content of data.file}. */
    public static String differences(List<RunSet> sets) {
        List<BookedRun> samples = samples(sets);
        List<String> texts = new ArrayList<>();
        SpecDifferences specs =
                SpecDifferences.between(samples.stream().map(RunSet::trimmed).toList());
        for (int i = 0; i < specs.keys().size(); i++) {
            int key = i;
            texts.add(specs.keys().get(i) + " ("
                    + specs.values().stream()
                            .map(values -> values.get(key).isEmpty() ? "not set" : values.get(key))
                            .collect(Collectors.joining(", "))
                    + ")");
        }
        TreeSet<String> parts = new TreeSet<>();
        samples.forEach(run -> parts.addAll(files(run).keySet()));
        for (String part : parts) {
            if (samples.stream()
                            .map(run -> Optional.ofNullable(files(run).get(part)))
                            .distinct()
                            .count()
                    > 1) {
                texts.add("the content of " + part);
            }
        }
        different(
                "keys of the grid",
                samples.stream()
                        .map(run ->
                                String.join(", ", new TreeSet<>(run.setting().keySet())))
                        .toList(),
                texts);
        different(
                "numerics",
                samples.stream().map(run -> Integer.toString(run.numerics())).toList(),
                texts);
        return String.join("; ", texts);
    }

    /** A run of each set, of a setting that all have if there is one. */
    private static List<BookedRun> samples(List<RunSet> sets) {
        Optional<Map<String, String>> common = sets.getFirst().runs.stream()
                .map(BookedRun::setting)
                .filter(setting -> sets.stream().allMatch(set -> set.holds(setting)))
                .findFirst();
        return sets.stream()
                .map(set -> set.runs.stream()
                        .filter(run -> common.isEmpty() || run.setting().equals(common.get()))
                        .findFirst()
                        .orElse(set.runs.getFirst()))
                .toList();
    }

    private boolean holds(Map<String, String> setting) {
        return runs.stream().anyMatch(run -> run.setting().equals(setting));
    }

    private static void different(String what, List<String> values, List<String> texts) {
        if (values.stream().distinct().count() > 1) {
            texts.add(what + " ("
                    + values.stream()
                            .map(value -> value.isEmpty() ? "none" : value)
                            .collect(Collectors.joining(" / "))
                    + ")");
        }
    }

    private static Map<String, String> files(BookedRun run) {
        Map<String, String> files = new TreeMap<>();
        run.provenance().forEach((key, value) -> {
            if (key.startsWith(FILE)) {
                files.put(key.substring(FILE.length()), value);
            }
        });
        return files;
    }

    /** The spec without its name, the values of the grid, and where files lie whose content is known. */
    private static Json.Fields trimmed(BookedRun run) {
        if (!(Json.parse(run.spec()) instanceof Json.Fields spec)) {
            return Json.object();
        }
        spec.values().remove("name");
        run.setting().keySet().forEach(key -> remove(spec, key));
        // A part of a folder is called data.dir: test images.
        files(run).keySet().forEach(part -> remove(spec, part.replaceFirst(":.*", "")));
        return spec;
    }

    private static void remove(Json.Fields fields, String dotted) {
        int dot = dotted.indexOf('.');
        if (dot < 0) {
            fields.values().remove(dotted);
        } else if (fields.values().get(dotted.substring(0, dot)) instanceof Json.Fields inner) {
            remove(inner, dotted.substring(dot + 1));
        }
    }
}
