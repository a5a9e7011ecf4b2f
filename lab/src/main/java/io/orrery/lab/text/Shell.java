package io.orrery.lab.text;

import java.util.List;
import java.util.stream.Collectors;

/** Command lines that a reader can paste into a shell. */
public final class Shell {
    private Shell() {}

    /** One argument, quoted if a shell would read it otherwise. */
    public static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_./=,:+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    /** Arguments in a row. */
    public static String line(List<String> arguments) {
        return arguments.stream().map(Shell::quoted).collect(Collectors.joining(" "));
    }
}
