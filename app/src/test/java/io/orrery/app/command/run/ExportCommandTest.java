package io.orrery.app.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
    @Test
    void linksDevicesAndFoldersAreNotReplacedByAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        Path broken = Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("none"));
        assertThat(ExportCommand.isNoPlainFile(file)).isFalse();
        assertThat(ExportCommand.isNoPlainFile(folder.resolve("none"))).isFalse();
        assertThat(ExportCommand.isNoPlainFile(link)).isTrue();
        assertThat(ExportCommand.isNoPlainFile(broken)).isTrue();
        assertThat(ExportCommand.isNoPlainFile(folder)).isTrue();
        assertThat(ExportCommand.isNoPlainFile(Path.of("/dev/null"))).isTrue();
    }
}
