package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what users name in a lab book, and says what there is when it is not there. */
final class BookSearch {
    private static final int MOST_NAMED = 10;

    private final LabBook book;

    BookSearch(LabBook book) {
        this.book = book;
    }

    /** See {@link LabBook#find}. */
    BookedRun find(String text) {
        int slash = text.lastIndexOf('/');
        String study = slash < 0 ? "" : text.substring(0, slash);
        String wanted = text.substring(slash + 1);
        LabBook.Listing listing = book.runs();
        List<BookedRun> runs = listing.runs().stream()
                .filter(run -> study.isEmpty()
                        || run.study().equals(study)
                        || run.folderName().startsWith(study + "/"))
                .toList();
        List<BookedRun> exact = runs.stream()
                .filter(run -> run.key().equals(wanted) || folderName(run).equals(wanted))
                .toList();
        List<BookedRun> found = exact.isEmpty() && !wanted.isEmpty()
                ? runs.stream().filter(run -> run.key().startsWith(wanted)).toList()
                : exact;
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            throw unknown(text, wanted, listing);
        }
        throw new UserError("'" + text + "' fits " + found.size() + " runs: "
                + found.stream().limit(5).map(BookedRun::name).collect(Collectors.joining(", "))
                + (found.size() > 5 ? ", ..." : "") + "; give more of the id, or study/id");
    }

    private UserError unknown(String text, String wanted, LabBook.Listing listing) {
        if (!wanted.isEmpty()) {
            Optional<String> damaged = listing.damaged().stream()
                    .filter(how -> how.contains("-" + wanted))
                    .findFirst();
            if (damaged.isPresent()) {
                return new UserError(damaged.get());
            }
        }
        if (listing.runs().isEmpty()) {
            return new UserError("there is no run '" + text + "': the lab book " + book.folder() + " holds no "
                    + (listing.damaged().isEmpty() ? "" : "readable ")
                    + "runs; choose another with --out or ORRERY_BOOK");
        }
        List<String> studies =
                listing.runs().stream().map(BookedRun::study).distinct().toList();
        if (studies.contains(text)) {
            return new UserError("'" + text + "' is a study; name one of its runs, such as "
                    + book.study(text).getFirst().name());
        }
        List<String> names = new ArrayList<>(studies);
        listing.runs().stream().map(BookedRun::key).distinct().forEach(names::add);
        return new UserError("there is no run or study '" + text + "' in the lab book " + book.folder()
                + Nearest.to(wanted, names)
                        .map(near -> "; did you mean '" + near + "'?")
                        .orElse("; 'orrery list' shows all " + listing.runs().size()));
    }

    /** See {@link LabBook#unknownStudy}. */
    UserError unknownStudy(String name) {
        List<String> studies =
                book.runs().runs().stream().map(BookedRun::study).distinct().toList();
        String where = "the lab book " + book.folder() + " ";
        if (studies.isEmpty()) {
            return new UserError(where + "has no study '" + name
                    + "', nor any other; begin with 'orrery run', or choose another with --out or ORRERY_BOOK");
        }
        return new UserError(where + "has no study '" + name + "'; "
                + (studies.size() <= MOST_NAMED
                        ? Nearest.hint(name, studies)
                        : Nearest.to(name, studies)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse("see 'orrery list'")));
    }

    private static String folderName(BookedRun run) {
        return run.folder().getFileName().toString();
    }
}
