package io.orrery.app.command;

import io.orrery.app.Version;
import io.orrery.app.command.claim.ClaimCommand;
import io.orrery.app.command.claim.ClaimsCommand;
import io.orrery.app.command.run.CompareCommand;
import io.orrery.app.command.run.ExportCommand;
import io.orrery.app.command.run.ListCommand;
import io.orrery.app.command.run.MeasureCommand;
import io.orrery.app.command.run.ReportCommand;
import io.orrery.app.command.run.ResumeCommand;
import io.orrery.app.command.run.RunCommand;
import io.orrery.app.command.run.ShowCommand;
import io.orrery.lab.catalogue.Registered;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line as a whole. Every command is one class of this package and one line here. */
@Command(
        name = "orrery",
        description = "A laboratory for the training dynamics of deep classifiers: trains, measures, reports.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Orrery.VersionText.class,
        footer = {
            "",
            "Two more commands belong to the launcher:",
            "  test     Formatter, static checks and all tests of Orrery itself.",
            "  bench    Times the engine side by side with libtorch and DL4J.",
            "",
            "Examples:",
            "  orrery run                       trains the embedded default, writes a report",
            "  orrery run specs/mnist-mlp.yaml --set data.dir=/data/mnist --seeds 3",
            "  orrery claim neural-collapse     holds theory against measurements",
            "  orrery list                      what the lab book holds",
            "",
            "Exit codes: 0 done, 1 a claim was refuted or a run diverged (with",
            "--fail-on-divergence), 2 wrong input, 3 our fault, 130 interrupted."
        })
public final class Orrery implements Runnable {
    private static final Map<String, Class<?>> COMMANDS = commands(
            RunCommand.class,
            ResumeCommand.class,
            ClaimsCommand.class,
            SystemsCommand.class,
            ClaimCommand.class,
            MeasureCommand.class,
            ListCommand.class,
            ShowCommand.class,
            CompareCommand.class,
            ExportCommand.class,
            ReportCommand.class,
            DataCommand.class,
            ShapeCommand.class,
            DoctorCommand.class,
            HelpCommand.class);

    @Spec
    private CommandSpec spec;

    /**
     * The commands that can be meant by arguments: the one that is named first, or all. Reading the options of one takes
     * a tenth of the time of reading all, which is felt at every start.
     */
    public static CommandLine commandLine(String... arguments) {
        CommandLine line = new CommandLine(new Orrery());
        String first = arguments.length == 0 ? "" : arguments[0];
        COMMANDS.forEach((name, command) -> {
            if (name.equals(first) || !COMMANDS.containsKey(first) || first.equals("help")) {
                line.addSubcommand(name, command);
            }
        });
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().versionProvider(new VersionText()));
        return line;
    }

    private static Map<String, Class<?>> commands(Class<?>... classes) {
        Map<String, Class<?>> byName = new LinkedHashMap<>();
        for (Class<?> command : classes) {
            byName.put(command.getAnnotation(Command.class).name(), command);
        }
        return byName;
    }

    /** The commands that say which systems of the field they serve. */
    static List<Registered> registered() {
        return COMMANDS.entrySet().stream()
                .flatMap(command -> Registered.of("command", command.getKey(), command.getValue()).stream())
                .toList();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? See 'orrery --help'; to begin: 'orrery run'.");
    }

    /** The line that {@code --version} prints. */
    static final class VersionText implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "orrery " + Version.text() + " (JDK " + Runtime.version() + ", " + System.getProperty("os.arch") + ")"
            };
        }
    }
}
