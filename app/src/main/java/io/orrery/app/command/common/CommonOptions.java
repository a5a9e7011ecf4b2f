package io.orrery.app.command.common;

import io.orrery.lab.UserError;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.text.Printable;
import io.orrery.lab.text.Shell;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that most commands share. */
public final class CommonOptions {
    @Option(names = "--out", paramLabel = "FOLDER", description = "The lab book. Default: $ORRERY_BOOK, or ./lab-book.")
    private Optional<String> out = Optional.empty();

    @Option(names = "--json", description = "Standard output holds one JSON object per line and nothing else.")
    private boolean json;

    @Option(names = "--debug", description = "Show stack traces.")
    private boolean debug;

    /** Whether the answer is events and results in JSON, and no text. */
    public boolean json() {
        return json;
    }

    boolean debug() {
        return debug;
    }

    /** What a command line that repeats this one ends with. */
    public String text() {
        return out.map(folder -> " --out " + Shell.quoted(folder)).orElse("");
    }

    /** The folder of the lab book. */
    public Path bookFolder() {
        String place = out.orElseGet(() -> Optional.ofNullable(System.getenv("ORRERY_BOOK"))
                .filter(text -> !text.isBlank())
                .orElse("lab-book"));
        if (place.isBlank()) {
            throw new UserError("--out: expected a folder for the lab book, found nothing");
        }
        if (!Printable.isName(place)) {
            throw new UserError("--out: a folder cannot be named '" + Printable.shown(place)
                    + "'; leave line breaks and other control characters out");
        }
        try {
            return Path.of(place);
        } catch (InvalidPathException invalid) {
            throw new UserError(
                    "--out: '" + place + "' cannot name a folder here: " + invalid.getReason()
                            + "; a locale with UTF-8 names any: LC_ALL=C.UTF-8",
                    invalid);
        }
    }

    /** The lab book in that folder. */
    public LabBook book() {
        return LabBook.open(bookFolder());
    }
}
