package io.orrery.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** What {@code --help} shows can be read in 80 columns and typed as it stands. */
class HelpTest {
    private static final int COLUMNS = 80;

    @TestFactory
    Stream<DynamicTest> linesOfTheAuthorsFitEightyColumns() {
        return commands()
                .map(command -> DynamicTest.dynamicTest(
                        command.getCommandName(),
                        () -> assertThat(Arrays.asList(
                                        command.getCommandSpec().usageMessage().footer()))
                                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS))));
    }

    @TestFactory
    Stream<DynamicTest> examplesAreValidCommandLines() {
        return commands()
                .flatMap(HelpTest::examples)
                .map(words -> DynamicTest.dynamicTest(
                        String.join(" ", words),
                        () -> assertThat(Orrery.commandLine(words.toArray(String[]::new))
                                        .parseArgs(words.toArray(String[]::new))
                                        .hasSubcommand())
                                .isTrue()));
    }

    private static Stream<CommandLine> commands() {
        CommandLine orrery = Orrery.commandLine();
        return Stream.concat(
                Stream.of(orrery),
                orrery.getSubcommands().values().stream()
                        .filter(command -> !command.getCommandName().equals("help")));
    }

    /** What is typed: without the comment after several spaces and the file that the output goes to. */
    private static Stream<List<String>> examples(CommandLine command) {
        return Arrays.stream(command.getCommandSpec().usageMessage().footer())
                .filter(line -> line.startsWith("  orrery "))
                .map(line -> line.strip().replaceFirst(" {2,}.*| > .*", ""))
                .map(line -> List.of(line.substring("orrery ".length()).split(" ")));
    }
}
