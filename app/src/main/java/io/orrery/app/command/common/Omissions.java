package io.orrery.app.command.common;

import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a command was asked for and could not use: each is named on standard error, and the exit code says that something is
 * missing.
 */
public final class Omissions {
    private final Set<String> named = new LinkedHashSet<>();

    /** Names something that was left out, once. */
    public void add(String what) {
        if (named.add(what)) {
            System.err.println("orrery: left out: " + what);
        }
    }

    /** Notes what was left out, and why. */
    public void add(UserError why) {
        add(String.valueOf(why.getMessage()));
    }

    /** Says of a run that more of it may follow, or was lost: what there is of it is used. */
    public static void unfinished(BookedRun run) {
        System.err.println("orrery: the run " + run.name()
                + " has no end: it is under way, was killed, or the end of its log was lost; 'resume' goes on with it");
    }

    /** What was named, in order. */
    public List<String> all() {
        return List.copyOf(named);
    }

    /** 0 if nothing is missing, else 2. */
    public int exitCode() {
        return named.isEmpty() ? 0 : Problems.WRONG_INPUT;
    }
}
