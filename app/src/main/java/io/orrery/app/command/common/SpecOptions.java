package io.orrery.app.command.common;

import io.orrery.lab.UserError;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.text.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which spec a command works on and what is changed in it. */
public final class SpecOptions {
    private static final String EMBEDDED = "default.yaml";
    private static final String SOURCE = "data.source=";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SPEC",
            description = "A spec in YAML. Default: the embedded one, digits drawn from strokes.")
    private Optional<String> file = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override one value, such as optimizer.learningRate=0.1; may repeat.")
    private List<String> overrides = List.of();

    @Option(names = "--seeds", paramLabel = "SEEDS", description = "A count (3 means 1 to 3) or a list (1,2,5-9).")
    private Optional<String> seeds = Optional.empty();

    /** The spec with all overrides. */
    public SpecDocument document() {
        SpecDocument document =
                file.map(SpecOptions::read).orElseGet(() -> embedded().having("name=" + nameOfEmbedded()));
        for (String override : overrides) {
            document = document.with(override);
        }
        return seeds.isPresent() ? document.withSeeds(seeds.get()) : document;
    }

    /** The command line that repeats this, without the program's name and command. */
    public String text() {
        StringBuilder text = new StringBuilder(file.map(Shell::quoted).orElse(""));
        overrides.forEach(override -> text.append(" --set ").append(Shell.quoted(override)));
        seeds.ifPresent(value -> text.append(" --seeds ").append(value));
        return text.toString().strip();
    }

    /** The embedded spec is named after its data, whatever they are: a folder of images is no study of scribbles. */
    private String nameOfEmbedded() {
        return overrides.stream()
                .filter(override -> override.startsWith(SOURCE))
                .map(override -> override.substring(SOURCE.length()).strip())
                .filter(name -> name.matches("[a-z0-9-]+"))
                .reduce("scribbles", (_, last) -> last);
    }

    private static SpecDocument read(String file) {
        if (file.isBlank()) {
            throw new UserError("SPEC: expected a file, found nothing; leave it out for the embedded spec");
        }
        try {
            return SpecDocument.read(Path.of(file));
        } catch (InvalidPathException invalid) {
            throw new UserError("'" + file + "' is not a path", invalid);
        }
    }

    private static SpecDocument embedded() {
        try (InputStream resource = SpecOptions.class.getResourceAsStream("/io/orrery/app/" + EMBEDDED)) {
            if (resource == null) {
                throw new IllegalStateException("the embedded spec is missing from the build");
            }
            return SpecDocument.of(new String(resource.readAllBytes(), StandardCharsets.UTF_8), "the embedded spec");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
