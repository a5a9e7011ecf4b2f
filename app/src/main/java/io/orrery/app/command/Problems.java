package io.orrery.app.command;

import io.orrery.lab.UserError;
import io.orrery.lab.text.Nearest;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a user reads when something goes wrong: one or two lines, no stack trace unless {@code --debug}. */
public final class Problems {
    /** The user's input is wrong. */
    public static final int WRONG_INPUT = 2;

    /** We are wrong. */
    public static final int OUR_FAULT = 3;

    private Problems() {}

    /** Arguments that cannot be parsed. */
    public static int wrongArguments(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        String message = String.valueOf(problem.getMessage());
        String hint = "";
        if (problem instanceof UnmatchedArgumentException unmatched) {
            List<String> near = unmatched.getSuggestions().isEmpty()
                    ? nearestCommand(unmatched.getUnmatched(), command)
                    : unmatched.getSuggestions();
            if (!near.isEmpty()) {
                hint = " Did you mean "
                        + String.join(" or ", near.stream().limit(2).toList()) + "?";
            }
        }
        System.err.println("orrery: " + message + hint);
        String name = command.getCommandSpec().qualifiedName();
        if (!message.contains("--help")) {
            System.err.println("See '" + name + " --help'.");
        }
        return WRONG_INPUT;
    }

    private static List<String> nearestCommand(List<String> unmatched, CommandLine command) {
        return unmatched.isEmpty()
                ? List.of()
                : Nearest.to(unmatched.getFirst(), command.getSubcommands().keySet()).stream()
                        .toList();
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
