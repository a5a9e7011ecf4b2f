package io.orrery.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The launcher shows the help of the bench from a file: compiling the bench and fetching its peers takes minutes. */
final class BenchHelpTest {
    @Test
    void theFileHoldsWhatTheCommandSays() throws IOException {
        Path file = Path.of(System.getProperty("orrery.root"), "bench", "help.txt");
        String said = new CommandLine(new Main()).getUsageMessage();
        Path written = Path.of("target", "help.txt");
        Files.createDirectories(written.getParent());
        Files.writeString(written, said);
        assertThat(Files.readString(file))
                .as("copy %s to %s", written.toAbsolutePath(), file)
                .isEqualTo(said);
    }
}
