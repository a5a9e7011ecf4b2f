package io.orrery.app;

import io.orrery.app.command.Orrery;
import io.orrery.app.command.common.Problems;
import io.orrery.app.terminal.Guarded;
import io.orrery.app.terminal.Heartbeat;
import io.orrery.app.terminal.StandardOutput;
import io.orrery.app.terminal.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
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
        Heartbeat heartbeat = new Heartbeat();
        StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        System.setOut(utf8(new Guarded(out, heartbeat)));
        System.setErr(utf8(new Guarded(new FileOutputStream(FileDescriptor.err), heartbeat)));
        heartbeat.watch(arguments.length == 0 ? "orrery" : arguments[0], System.err);
        PrintWriter help = new PrintWriter(out, true, StandardCharsets.UTF_8);
        int code;
        try {
            // What picocli prints is our own help, in colours of its own.
            code = commandLine(arguments).setOut(help).execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError exhausted) {
            code = Problems.exhausted(exhausted);
        }
        help.flush();
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
