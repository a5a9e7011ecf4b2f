package io.orrery.lab.setup;

import io.orrery.lab.UserError;
import io.orrery.lab.spec.Binder;
import io.orrery.lab.spec.Choices;
import io.orrery.lab.spec.Grid;
import io.orrery.lab.spec.KeyPlaces;
import io.orrery.lab.spec.Literals;
import io.orrery.lab.spec.Origin;
import io.orrery.lab.spec.Tree;
import io.orrery.lab.spec.TreeReader;
import io.orrery.lab.spec.ValueType;
import io.orrery.lab.text.FileTrouble;
import io.orrery.lab.text.Nearest;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A spec as a user wrote it: the keys of {@link Spec}, and beside them {@code seeds} (a count or a list; default 3),
 * {@code grid} (dotted keys to lists of values), {@code question} and {@code description} (free text). Immutable.
 */
public final class SpecDocument {
    private static final List<String> STUDY_KEYS = List.of("seeds", "grid", "question", "description");
    private static final long DEFAULT_SEEDS = 3;
    private static final long MOST_BYTES = 1 << 20;
    /** What a study may ask for: each run is a folder of the lab book. */
    private static final long MOST_RUNS = 100_000;

    private final Tree.Block tree;

    private SpecDocument(Tree.Block tree) {
        this.tree = tree;
    }

    /**
     * Reads a YAML file. A spec without a name takes the file's.
     *
     * @throws UserError if it cannot be read or is not YAML
     */
    public static SpecDocument read(Path file) {
        SpecDocument document = of(text(file), file.toString());
        if (document.tree.entry("name").isPresent()) {
            return document;
        }
        String stem = stem(file).replaceAll("[^A-Za-z0-9._-]", "-");
        Origin origin = new Origin.Default(file.toString());
        return new SpecDocument(document.tree.with("name", new Tree.Scalar(stem, true, origin)));
    }

    /**
     * Reads YAML (JSON is YAML too).
     *
     * @param name where the text is from, for messages
     * @throws UserError if it is not YAML
     */
    public static SpecDocument of(String text, String name) {
        Tree tree = TreeReader.read(text, name);
        if (!(tree instanceof Tree.Block block)) {
            throw new UserError(tree.origin() + ": expected keys such as 'optimizer:', found " + tree.found());
        }
        return new SpecDocument(block);
    }

    private static String text(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new UserError(file + ": expected a spec in YAML, but it is "
                        + (Files.isDirectory(file) ? "a folder" : "a pipe or device, which has no end that is known"));
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new UserError(file + ": expected a spec in YAML, found a file of " + Files.size(file) + " bytes");
            }
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new UserError(file + ": there is no such file" + near(file), missing);
        } catch (CharacterCodingException notText) {
            throw new UserError(file + ": expected a spec in YAML, found bytes that are not UTF-8 text", notText);
        } catch (IOException unreadable) {
            throw new UserError(
                    file + ": expected a spec in YAML, but it cannot be read: " + FileTrouble.reason(unreadable),
                    unreadable);
        }
    }

    /** The spec of that folder, or of the folder specs, that was probably meant. */
    private static String near(Path file) {
        Path specs = Path.of("specs");
        Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        for (Path place : List.of(folder, specs)) {
            try (Stream<Path> files = Files.list(place)) {
                Map<String, Path> valid = files.filter(other -> other.toString().matches(".*\\.ya?ml"))
                        .collect(Collectors.toMap(SpecDocument::stem, other -> other, (first, _) -> first));
                Optional<String> nearest = Nearest.to(stem(file), valid.keySet());
                if (nearest.isPresent()) {
                    return "; did you mean '" + valid.get(nearest.get()) + "'?";
                }
            } catch (IOException unreadable) {
                // No folder, no advice.
            }
        }
        return "; ready-made specs are in the folder specs of Orrery";
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    }

    /**
     * This document with one value overridden, as by {@code --set}: a dotted key, an equals sign and a value in YAML; paths,
     * names and free texts are taken as they stand. The
     * value {@code null} takes a key away so that its default holds. A key of the grid gets this one value.
     * Another kind, such as {@code data.source=csv}, takes away the keys that only the one before has.
     *
     * @throws UserError if the argument has no key or its value is not YAML
     */
    public SpecDocument with(String assignment) {
        return with(assignment, new Origin.Given("--set " + assignment));
    }

    /**
     * This document with one value changed by a program rather than by the user: as {@link #with}, but a kind that the user
     * chooses later takes such keys away as it takes those of the document.
     */
    public SpecDocument having(String assignment) {
        return with(assignment, new Origin.Default(assignment));
    }

    private SpecDocument with(String assignment, Origin origin) {
        int equals = assignment.indexOf('=');
        String path = equals < 0 ? "" : assignment.substring(0, equals).strip();
        if (path.isEmpty() || path.startsWith(".") || path.endsWith(".") || path.contains("..")) {
            throw new UserError(origin + ": expected key=value, such as optimizer.learningRate=0.1");
        }
        Tree value = Literals.read(Spec.class, path, assignment.substring(equals + 1), origin);
        if (value instanceof Tree.Block block && block.entries().isEmpty() && assignment.endsWith("=")) {
            throw new UserError(origin + ": expected a value after the equals sign; null takes the key away");
        }
        if (path.startsWith("grid.")) {
            return new SpecDocument(withAxis(path.substring("grid.".length()), value, origin));
        }
        Tree.Block before = withoutAxis(path);
        Tree.Block after = Choices.settled(Spec.class, before, before.with(path, value), path);
        if (path.equals("data.source")
                && after.entry("data").map(Tree.Entry::value).orElse(after) instanceof Tree.Block data) {
            after = after.with("data", DataDefaults.withoutChannels(data, value.text()));
        }
        return new SpecDocument(after);
    }

    private Tree.Block withAxis(String key, Tree value, Origin origin) {
        Tree.Block grid =
                tree.entry("grid").map(Tree.Entry::value).orElse(Tree.Block.empty(origin)) instanceof Tree.Block block
                        ? block
                        : Tree.Block.empty(origin);
        grid = grid.without(List.of(key));
        if (!(value instanceof Tree.Scalar scalar && scalar.isNull())) {
            grid.entries().put(key, new Tree.Entry(origin, value));
        }
        return tree.with("grid", grid);
    }

    private Tree.Block withoutAxis(String path) {
        return tree.entry("grid")
                .map(Tree.Entry::value)
                .filter(grid ->
                        grid instanceof Tree.Block block && block.entry(path).isPresent())
                .map(grid -> tree.with("grid", ((Tree.Block) grid).without(List.of(path))))
                .orElse(tree);
    }

    /**
     * This document with other seeds, as by {@code --seeds}: a count (3 means 1 to 3) or a list with ranges (1,2,5-9; 7-7 is
     * the one seed 7).
     *
     * @throws UserError if the text is neither
     */
    public SpecDocument withSeeds(String seeds) {
        Origin.Given origin = new Origin.Given("--seeds " + seeds);
        List<Tree> values = SeedList.parse(seeds, origin + ": ").stream()
                .<Tree>map(seed -> new Tree.Scalar(Long.toString(seed), false, origin))
                .toList();
        return new SpecDocument(tree.with("seeds", new Tree.Items(values, origin)));
    }

    /** Whether the document gives a value to a dotted key, so that no default holds. */
    public boolean says(String path) {
        return Choices.valueAt(tree, path).isPresent();
    }

    /**
     * The resolved spec without its grid: what the keys outside {@code grid:} say. Not checked for impossible values.
     *
     * @throws UserError if a key, kind or type is wrong
     */
    public Spec spec() {
        return bind(tree);
    }

    /**
     * Every run that the document asks for, each bound and checked.
     *
     * @param instruments the names that {@code measure.instruments} may hold
     * @throws UserError if anything is wrong with any of them
     */
    public StudyPlan study(Set<String> instruments) {
        List<Long> seeds = tree.entry("seeds")
                .map(entry -> SeedList.read(entry.value()))
                .orElseGet(() -> java.util.stream.LongStream.rangeClosed(1, DEFAULT_SEEDS)
                        .boxed()
                        .toList());
        Grid grid = tree.entry("grid").map(entry -> Grid.read(entry.value())).orElse(new Grid(Map.of()));
        // Reads the keys outside the grid too: a mistake there must not hide behind a grid value that replaces it.
        Spec base = bind(tree);
        List<Grid.Point> points = grid.points(tree);
        requireFewRuns(points.size(), seeds.size());
        List<RunPlan> runs = new ArrayList<>();
        for (Grid.Point point : points) {
            Spec spec = bind(point.block());
            SpecCheck.check(spec, instruments).stream().findFirst().ifPresent(problem -> {
                throw new UserError(point.block().locate(problem.key()) + ": " + problem);
            });
            seeds.forEach(seed -> runs.add(new RunPlan(spec, seed, point.setting())));
        }
        return new StudyPlan(base.name(), free("question"), free("description"), runs);
    }

    private void requireFewRuns(long settings, long seeds) {
        if (settings * seeds > MOST_RUNS) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s: a study has at most %,d runs, found %,d: %,d settings with %,d seeds each; divide it",
                    tree.locate("grid"),
                    MOST_RUNS,
                    settings * seeds,
                    settings,
                    seeds));
        }
    }

    private String free(String key) {
        return tree.entry(key)
                .map(entry -> {
                    if (entry.value() instanceof Tree.Scalar scalar) {
                        return scalar.value().strip();
                    }
                    throw new UserError(entry.origin() + ": " + key + ": expected a text, found "
                            + entry.value().found());
                })
                .orElse("");
    }

    private static Spec bind(Tree.Block block) {
        Set<String> valid = new LinkedHashSet<>();
        ValueType.group(Spec.class).fields().forEach(field -> valid.add(field.name()));
        valid.addAll(STUDY_KEYS);
        block.entries().forEach((key, entry) -> {
            if (!valid.contains(key)) {
                throw new UserError(entry.origin() + ": there is no key '" + key + "'; "
                        + KeyPlaces.of(Spec.class).hint(key, valid));
            }
        });
        return Binder.bind(Spec.class, DataDefaults.settled(block.without(STUDY_KEYS)));
    }
}
