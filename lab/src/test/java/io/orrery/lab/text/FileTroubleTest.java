package io.orrery.lab.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTroubleTest {
    @Test
    void reasonsAreWordsAndNotNamesOfFiles() {
        assertThat(FileTrouble.reason(new AccessDeniedException("/a/b"))).isEqualTo("permission denied");
        assertThat(FileTrouble.reason(new NoSuchFileException("/a/b"))).isEqualTo("there is no such file");
        assertThat(FileTrouble.reason(new FileSystemException("/a/b", null, "Read-only file system")))
                .isEqualTo("Read-only file system");
    }

    @Test
    void aFolderReadAsAFileIsCalledOne(@TempDir Path folder) {
        try {
            Files.readString(folder);
        } catch (IOException failure) {
            assertThat(FileTrouble.reason(failure)).isEqualTo("it is a folder, not a file");
        }
    }
}
