package io.orrery.app;

import io.orrery.app.command.Orrery;
import io.orrery.app.command.Problems;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Where the process starts. Exit codes: 0 done, 1 a claim refuted or a run diverged, 2 wrong input, 3 our fault, 130 interrupted. */
public final class Main {
    private Main() {}

    /** Runs a command line and exits with its code. */
    public static void main(String[] arguments) {
        System.setOut(utf8(FileDescriptor.out));
        System.setErr(utf8(FileDescriptor.err));
        int code = commandLine(arguments).execute(arguments);
        System.out.flush();
        System.err.flush();
        System.exit(code);
    }

    static CommandLine commandLine(String... arguments) {
        return Orrery.commandLine(arguments)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(110)
                .setParameterExceptionHandler(Problems::wrongArguments)
                .setExecutionExceptionHandler(Problems::failed);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
