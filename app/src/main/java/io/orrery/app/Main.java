package io.orrery.app;

import io.orrery.app.command.Orrery;
import io.orrery.app.command.Problems;
import io.orrery.app.terminal.StandardOutput;
import io.orrery.app.terminal.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Where the process starts. Exit codes: 0 done, 1 a claim refuted or a run diverged, 2 wrong input, 3 our fault, 130 interrupted. */
public final class Main {
    /** The help is laid out for 80 columns, fits others, and cannot be narrower than this. */
    private static final int LEAST_HELP_WIDTH = 55;

    private static final int MOST_HELP_WIDTH = 110;

    private Main() {}

    /** Runs a command line and exits with its code. */
    public static void main(String[] arguments) {
        StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        System.setOut(utf8(out));
        System.setErr(utf8(new FileOutputStream(FileDescriptor.err)));
        int code;
        try {
            code = commandLine(arguments).execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError exhausted) {
            code = Problems.exhausted(exhausted);
        }
        System.out.flush();
        code = Problems.lostOutput(out.failure(), code);
        System.err.flush();
        System.exit(code);
    }

    static CommandLine commandLine(String... arguments) {
        return Orrery.commandLine(arguments)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(Math.clamp(Terminal.columnsOfProcess(), LEAST_HELP_WIDTH, MOST_HELP_WIDTH))
                .setParameterExceptionHandler(Problems::wrongArguments)
                .setExecutionExceptionHandler(Problems::failed);
    }

    private static PrintStream utf8(OutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
