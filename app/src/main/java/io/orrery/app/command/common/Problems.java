package io.orrery.app.command.common;

import io.orrery.lab.UserError;
import io.orrery.lab.text.Nearest;
import io.orrery.lab.text.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** What picocli says of {@code help nonsense}. */
    private static final Pattern UNKNOWN_COMMAND = Pattern.compile("Unknown subcommand '(.*)'\\.?");

    /** How picocli ends its message on a word that is no number, in terms of Java. */
    private static final String NO_NUMBER = " is not an? (int|long)$";

    private Problems() {}

    /** Arguments that cannot be parsed. */
    public static int wrongArguments(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        String message = message(problem, command, arguments);
        System.err.println("orrery: " + Printable.shown(message));
        String name = command.getCommandSpec().qualifiedName();
        if (!message.contains("--help")) {
            System.err.println("See '" + name + " --help'.");
        }
        return WRONG_INPUT;
    }

    private static String message(ParameterException problem, CommandLine command, String[] arguments) {
        String text = String.valueOf(problem.getMessage());
        Matcher unknown = UNKNOWN_COMMAND.matcher(text);
        if (unknown.matches()) {
            return unmatched(unknown.group(1), command, arguments);
        }
        return problem instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched.getUnmatched().getFirst(), command, arguments)
                : text.replaceFirst(NO_NUMBER, " is not a whole number that fits");
    }

    private static String unmatched(String argument, CommandLine command, String[] arguments) {
        if (argument.startsWith("-") && !command.getSubcommands().isEmpty()) {
            return "the option '" + argument + "' stands before the command; write it after, as in 'orrery "
                    + Arrays.stream(arguments)
                            .filter(word -> command.getSubcommands().containsKey(word))
                            .findFirst()
                            .orElse("run")
                    + " " + argument + "'";
        }
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

    /** The machine's limits met where nothing else could be said of them. */
    public static int exhausted(VirtualMachineError exhausted) {
        if (exhausted instanceof OutOfMemoryError) {
            System.err.printf(
                    "orrery: out of memory: the heap of %,d MB is full; take fewer --threads, smaller data or model, or"
                            + " give more with ORRERY_JAVA_FLAGS=-Xmx8g%n",
                    Runtime.getRuntime().maxMemory() >> 20);
            return WRONG_INPUT;
        }
        System.err.println("orrery: internal error: " + exhausted + "; this is our fault");
        return OUR_FAULT;
    }

    /**
     * What was printed but did not arrive: an error, because a file of results is not whole. A reader that has seen enough, as
     * {@code head} does, is none.
     *
     * @param code the exit code if all is well
     */
    public static int lostOutput(Optional<IOException> failure, int code) {
        String reason = failure.map(lost -> String.valueOf(lost.getMessage())).orElse("");
        if (failure.isEmpty() || reason.contains("Broken pipe")) {
            return code;
        }
        System.err.println("orrery: cannot write to standard output: " + reason + "; what arrived there is not whole");
        return code == 0 ? WRONG_INPUT : code;
    }

    /** A command that threw. */
    public static int failed(Exception problem, CommandLine command, ParseResult parsed) {
        boolean debug = parsed.originalArgs().contains("--debug");
        if (debug) {
            problem.printStackTrace(System.err);
        }
        if (problem instanceof UserError) {
            System.err.println("orrery: " + Printable.shown(String.valueOf(problem.getMessage())));
            return WRONG_INPUT;
        }
        System.err.println("orrery: internal error: " + Printable.shown(String.valueOf(problem))
                + (debug ? "" : "\nThis is our fault; repeat with --debug for the details to report."));
        return OUR_FAULT;
    }
}
