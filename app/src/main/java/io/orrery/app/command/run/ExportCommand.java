package io.orrery.app.command.run;

import io.orrery.app.command.common.CommonOptions;
import io.orrery.app.command.common.Omissions;
import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.Checkpoint;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.export.ExportedRun;
import io.orrery.lab.book.export.MeasurementCsv;
import io.orrery.lab.book.export.MeasurementFile;
import io.orrery.lab.book.export.MeasurementJsonLines;
import io.orrery.lab.study.RunWeights;
import io.orrery.lab.text.FileTrouble;
import io.orrery.lab.text.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measurements for other tools. */
@Command(
        name = "export",
        description = "Writes the measurements of runs as CSV, JSON lines or Parquet, or the weights of one run.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  orrery export scribbles > scribbles.csv",
            "  orrery export scribbles --format jsonl --to scribbles.jsonl",
            "  orrery export scribbles --format parquet --to scribbles.parquet",
            "  orrery export 3f2a --weights trained.safetensors",
            "",
            "Parquet fetches DuckDB on first use, 80 MB. PyTorch and 'orrery measure' read",
            "the weights."
        })
public final class ExportCommand implements Callable<Integer> {
    /** What can be written. */
    enum Format {
        CSV,
        JSONL,
        PARQUET
    }

    @Mixin
    private CommonOptions common;

    @Parameters(arity = "1..*", paramLabel = "RUNS", description = "Studies, runs, or STUDY:key=value.")
    private List<String> names = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "csv, jsonl or parquet. Default: csv; with --json jsonl.")
    private Optional<String> format = Optional.empty();

    @Option(names = "--to", paramLabel = "FILE", description = "Where to. Default: standard output (not for parquet).")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "Writes the weights of one run instead: safetensors under PyTorch's names.")
    private Optional<String> weights = Optional.empty();

    @Option(
            names = "--step",
            paramLabel = "STEP",
            description = "With --weights: the checkpoint. Default: the last that can be read.")
    private Optional<Long> step = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (weights.isPresent()) {
            writeWeights(weights.get());
            return 0;
        }
        if (step.isPresent()) {
            throw new UserError("export: --step goes with --weights; measurements are written for all steps");
        }
        Format chosen = format();
        if (common.json() && target.isEmpty() && chosen != Format.JSONL) {
            throw new UserError("export: --json wants JSON on standard output; take --format jsonl, or give --to FILE");
        }
        LabBook book = common.book();
        Omissions omissions = new Omissions();
        RunSets sets = new RunSets(book, omissions);
        List<ExportedRun> runs = names.stream()
                .flatMap(name -> sets.booked(name).stream())
                .map(run -> ExportedRun.of(book, run, Omissions::unfinished))
                .toList();
        int before = omissions.all().size();
        if (chosen == Format.PARQUET) {
            Path file = path(target.orElseThrow(() -> new UserError("export: --format parquet needs --to FILE")));
            ServiceLoader.load(MeasurementFile.class)
                    .findFirst()
                    .orElseThrow(() -> new UserError(
                            "export: Parquet is not on the class path; use the ./orrery script, which fetches it"))
                    .write(runs, file, omissions::add);
        } else if (target.isPresent()) {
            write(chosen, runs, path(target.get()), omissions);
        } else {
            Writer out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
            write(chosen, runs, out, omissions);
            out.flush();
        }
        int written = runs.size() - (omissions.all().size() - before);
        target.ifPresent(file -> wrote(file, written + " runs"));
        return omissions.exitCode();
    }

    private void writeWeights(String file) {
        if (names.size() != 1 || target.isPresent()) {
            throw new UserError("export: expected one run with --weights FILE and no --to, found "
                    + String.join(" ", names) + target.map(to -> " --to " + to).orElse(""));
        }
        Path place = path(file);
        if (isNoPlainFile(place)) {
            throw new UserError("export: cannot write " + file
                    + ": weights need a file of their own, found a folder, a link or a device");
        }
        LabBook book = common.book();
        BookedRun run = book.find(names.getFirst());
        LabBook.Found found = book.checkpoint(run, step.map(OptionalLong::of).orElse(OptionalLong.empty()));
        found.passedOver().forEach(damage -> System.err.println("orrery: " + damage + "; passed over"));
        Checkpoint checkpoint = found.checkpoint();
        RunWeights.of(run.identity(), checkpoint).write(place);
        wrote(file, "the weights of " + run.name() + " at step " + checkpoint.step());
    }

    private void wrote(String file, String what) {
        if (common.json()) {
            System.out.println(Json.object()
                    .put("event", "finished")
                    .put("file", file)
                    .put("content", what)
                    .write());
        } else {
            System.err.println("wrote " + file + ": " + what);
        }
    }

    private static Path path(String file) {
        try {
            if (file.isBlank()) {
                throw new UserError("export: expected a file to write, found nothing");
            }
            Path path = Path.of(file);
            Path folder = Optional.ofNullable(path.toAbsolutePath().getParent()).orElse(path);
            if (!Files.isDirectory(folder)) {
                throw new UserError("export: cannot write " + file + ": there is no folder " + folder);
            }
            return path;
        } catch (InvalidPathException invalid) {
            throw new UserError("export: '" + file + "' is not a path", invalid);
        }
    }

    private Format format() {
        String text = format.orElse(common.json() ? "jsonl" : "csv");
        for (Format candidate : Format.values()) {
            if (candidate.name().equals(text.toUpperCase(Locale.ROOT))) {
                return candidate;
            }
        }
        throw new UserError("--format: expected csv, jsonl or parquet, found '" + text + "'");
    }

    /** Whether a folder, a device or a link such as /dev/stdout has that name, which no file may take the place of. */
    static boolean isNoPlainFile(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Beside the file and then in its place: an interruption leaves what was there before. */
    private static void write(Format format, List<ExportedRun> runs, Path file, Omissions omissions) {
        boolean device = isNoPlainFile(file);
        Path part = device
                ? file
                : file.resolveSibling(
                        file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try (Writer out = Files.newBufferedWriter(part)) {
                write(format, runs, out, omissions);
            }
            if (!device) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException failure) {
            throw new UserError("export: cannot write " + file + ": " + FileTrouble.reason(failure), failure);
        } finally {
            if (!device && Files.exists(part)) {
                part.toFile().delete();
            }
        }
    }

    private static void write(Format format, List<ExportedRun> runs, Writer out, Omissions omissions)
            throws IOException {
        if (format == Format.CSV) {
            MeasurementCsv.write(runs, out, omissions::add);
        } else {
            MeasurementJsonLines.write(runs, out, omissions::add);
        }
    }
}
