package io.orrery.app.command;

import io.orrery.lab.UserError;
import io.orrery.lab.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a user reads when something goes wrong: one or two lines, no stack trace unless {@code --debug}. */
public final class Problems {
    /** The user's input is wrong. */
    public static final int WRONG_INPUT = 2;

    /** We are wrong. */
    public static final int OUR_FAULT = 3;

    /** Commands of the ./orrery script itself. */
    private static final List<String> LAUNCHER = List.of("test", "bench");

    private Problems() {}

    /** Arguments that cannot be parsed. */
    public static int wrongArguments(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        String message = problem instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched.getUnmatched().getFirst(), command)
                : String.valueOf(problem.getMessage());
        System.err.println("orrery: " + message);
        String name = command.getCommandSpec().qualifiedName();
        if (!message.contains("--help")) {
            System.err.println("See '" + name + " --help'.");
        }
        return WRONG_INPUT;
    }

    private static String unmatched(String argument, CommandLine command) {
        if (argument.startsWith("-")) {
            String name = argument.replaceFirst("=.*", "");
            List<String> options = command.getCommandSpec().options().stream()
                    .map(OptionSpec::longestName)
                    .toList();
            return "there is no option '" + name + "'; " + Nearest.hint(name, options);
        }
        if (!command.getSubcommands().isEmpty()) {
            List<String> commands = new ArrayList<>(command.getSubcommands().keySet());
            commands.addAll(LAUNCHER);
            return "there is no command '" + argument + "'; " + Nearest.hint(argument, commands);
        }
        return "did not expect '" + argument + "' after " + command.getCommandName()
                + "; are blanks in an argument quoted?";
    }

    /** A command that threw. */
    public static int failed(Exception problem, CommandLine command, ParseResult parsed) {
        boolean debug = parsed.originalArgs().contains("--debug");
        if (debug) {
            problem.printStackTrace(System.err);
        }
        if (problem instanceof UserError) {
            System.err.println("orrery: " + problem.getMessage());
            return WRONG_INPUT;
        }
        System.err.println("orrery: internal error: " + problem
                + (debug ? "" : "\nThis is our fault; repeat with --debug for the details to report."));
        return OUR_FAULT;
    }
}
