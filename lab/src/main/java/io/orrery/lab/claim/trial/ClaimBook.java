package io.orrery.lab.claim.trial;

import io.orrery.lab.UserError;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.compute.ResultBook;
import io.orrery.lab.file.Disk;
import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lab book that all claims share, {@code BOOK/claims}: its one study {@code runs} holds what was trained, {@code computed}
 * what was computed, each once however many claims ask for it; {@code ID-SCALE} the verdict and page of a claim. The file
 * {@code layout.json} says which layout that is. In layout 1, which had no such file, each claim kept its runs and results in
 * {@code ID-SCALE}: they are moved when the claim is run again.
 */
final class ClaimBook {
    /** The study of all runs. */
    static final String RUNS = "runs";

    private static final int LAYOUT = 2;
    private static final String FILE = "layout.json";
    private static final String KEY = "layout";

    private final LabBook book;
    private final ResultBook results;

    /** The one in a folder, which is made when the first claim is run. */
    ClaimBook(Path folder) {
        this.book = LabBook.open(folder);
        this.results = new ResultBook(folder);
    }

    /** What was trained. */
    LabBook runs() {
        return book;
    }

    /** What was computed. */
    ResultBook results() {
        return results;
    }

    /**
     * Makes the folder a book of this layout.
     *
     * @throws UserError if a later build made it one of another
     */
    void open() {
        Path file = book.folder().resolve(FILE);
        String text = Json.object().put(KEY, LAYOUT).write() + "\n";
        try {
            if (!Files.readString(file).equals(text)) {
                throw new UserError(file + ": expected layout " + LAYOUT + " of the book of claims, found "
                        + Files.readString(file).strip()
                        + "; use the build that wrote it, or another lab book (--out)");
            }
        } catch (NoSuchFileException none) {
            Disk.folder(book.folder());
            Disk.replaceShared(file, text);
        } catch (IOException unreadable) {
            throw Disk.cannotRead(file, unreadable);
        }
    }

    /**
     * Moves what a claim's folder holds in layout 1 into this book.
     *
     * @return for people: what was moved, and what stays; nothing if there is nothing of that layout
     */
    List<String> takeIn(Path claimFolder, String claim) {
        Path former = claimFolder.resolve(claim);
        List<String> notes = new ArrayList<>();
        if (!Files.isDirectory(former)) {
            return notes;
        }
        int runs = book.takeIn(former, RUNS);
        if (runs > 0) {
            notes.add(runs + " runs of an earlier layout of the lab book were moved from " + former + " to "
                    + book.studyFolder(RUNS));
        }
        if (!empty(former)) {
            notes.add(former
                    + " holds runs of an earlier layout that are not used: the lab book has the same ones, or they"
                    + " are damaged or being written");
        }
        return notes;
    }

    /** The same of what was computed. */
    List<String> takeIn(Path claimFolder) {
        int answers = results.takeIn(new ResultBook(claimFolder));
        return answers == 0
                ? List.of()
                : List.of(answers + " results of an earlier layout of the lab book were moved from " + claimFolder
                        + " to " + results.folder());
    }

    /** Whether nothing is left in a folder, which then goes too. */
    private static boolean empty(Path folder) {
        try {
            Files.delete(folder);
            return true;
        } catch (IOException notEmpty) {
            return false;
        }
    }
}
