package io.orrery.app.command;

import io.orrery.lab.UserError;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a command was asked for and could not use: each is named on standard error, and the exit code says that something is
 * missing.
 */
final class Omissions {
    private final Set<String> named = new LinkedHashSet<>();

    /** Names something that was left out, once. */
    void add(String what) {
        if (named.add(what)) {
            System.err.println("orrery: left out: " + what);
        }
    }

    void add(UserError why) {
        add(String.valueOf(why.getMessage()));
    }

    /** What was named, in order. */
    List<String> all() {
        return List.copyOf(named);
    }

    /** 0 if nothing is missing, else 2. */
    int exitCode() {
        return named.isEmpty() ? 0 : Problems.WRONG_INPUT;
    }
}
